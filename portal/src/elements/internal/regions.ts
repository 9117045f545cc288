import { css, html, type LitElement, type ReactiveController, type TemplateResult } from "lit";
import { dialogTemplate, openDialog } from "./dialog";
import { FirstReading } from "./first-reading";
import { iconTemplate } from "./icons";

const REGIONS = ["short-instructions", "full-instructions", "classification-target", "worker-comment"] as const;

/** Where the pane stands above the content; the styles below and those of the widgets say the same. */
const NARROW = "(max-width: 720px)";

/** Name of a region tag of a widget. */
export type RegionName = (typeof REGIONS)[number];

/** Finds the region tags among an element's children, gives each its slot, and follows their changes. */
export class Regions implements ReactiveController {
  /** Whether the instructions pane is folded away by the worker. */
  folded = false;
  /** The reading of the full instructions before the first task. */
  readonly firstReading: FirstReading;
  private readonly found = new Map<RegionName, Element>();
  private readonly observer = new MutationObserver(() => this.refresh());

  constructor(private readonly host: LitElement) {
    host.addController(this);
    this.firstReading = new FirstReading(host, "#full-instructions");
  }

  hostConnected(): void {
    // On a phone the pane would push the task itself out of sight.
    this.folded = window.matchMedia(NARROW).matches;
    this.refresh();
    this.observer.observe(this.host, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["header", "link-text", "placeholder"],
    });
  }

  hostDisconnected(): void {
    this.observer.disconnect();
  }

  /** The region of that name, if the template has one. */
  get(name: RegionName): Element | undefined {
    return this.found.get(name);
  }

  /** Whether there are instructions to show. */
  get any(): boolean {
    return this.found.has("short-instructions") || this.found.has("full-instructions");
  }

  /** Whether a node is instructions that stand beside the content. */
  claims(node: Node): boolean {
    return node instanceof Element && (node.localName === "short-instructions" || node.localName === "full-instructions");
  }

  /** Look at the children again. */
  refresh(): void {
    this.found.clear();
    for (const child of this.host.children) {
      const name = REGIONS.find((region) => region === child.localName);
      if (name) {
        child.slot = name;
        this.found.set(name, this.found.get(name) ?? child);
      }
    }
    this.host.requestUpdate();
  }

  /** Show or fold the pane. */
  toggle(): void {
    this.folded = !this.folded;
    this.host.requestUpdate();
  }
}

/** The pane with the short instructions and the link to the full ones. */
export function instructionsPane(regions: Regions, dialog: () => HTMLDialogElement | null): TemplateResult {
  const title = regions.get("short-instructions")?.getAttribute("header") || "Instructions";
  return html`<aside class="awsui-app-layout__navigation ${regions.folded ? "folded" : ""}" aria-label="Instructions">
    <div class="pane-title">
      <h2>${title}</h2>
      <button
        type="button"
        class="fold"
        aria-expanded=${String(!regions.folded)}
        aria-label=${regions.folded ? "Show instructions" : "Hide instructions"}
        @click=${() => regions.toggle()}
      >
        ${iconTemplate(regions.folded ? "chevron-right" : "chevron-left")}
      </button>
    </div>
    <div class="pane-body" ?hidden=${regions.folded}>
      <slot name="short-instructions"></slot>
      ${regions.get("full-instructions")
        ? html`<button type="button" class="moreInstructionsLink" @click=${() => openDialog(dialog())}>
            View full instructions
          </button>`
        : null}
    </div>
  </aside>`;
}

/** The dialog with the full instructions; its id is `full-instructions`. */
export function instructionsDialog(regions: Regions): TemplateResult | null {
  const full = regions.get("full-instructions");
  return full
    ? dialogTemplate({
        id: "full-instructions",
        title: full.getAttribute("header") || "Instructions",
        body: html`<slot name="full-instructions"></slot>`,
        footer: regions.firstReading.footer(),
      })
    : null;
}

export const paneStyles = css`
  .awsui-app-layout__navigation {
    flex: none;
    width: 280px;
    max-width: 60vw;
    display: flex;
    flex-direction: column;
    border-right: 1px solid var(--gw-line);
    background: var(--gw-raised);
    color: var(--gw-text);
    overflow: hidden;
  }
  .awsui-app-layout__navigation.folded {
    width: 49px !important;
  }
  .pane-title {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding: 10px 4px 6px 20px;
  }
  .folded .pane-title {
    padding-left: 4px;
  }
  .folded .pane-title h2 {
    display: none;
  }
  .pane-title h2 {
    margin: 0;
    font-size: 1rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .fold {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--gw-quiet);
    cursor: pointer;
  }
  .fold:hover {
    background: var(--gw-line);
    color: var(--gw-text);
  }
  .pane-body {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 4px 20px 20px;
    overflow-wrap: break-word;
  }
  .pane-body[hidden] {
    display: none;
  }
  .moreInstructionsLink {
    margin-top: 12px;
    padding: 4px 0;
    border: 0;
    background: none;
    color: var(--gw-accent);
    font: inherit;
    font-weight: 600;
    text-align: left;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  ::slotted(short-instructions),
  ::slotted(full-instructions),
  ::slotted(classification-target) {
    display: block;
  }
  @media (max-width: 900px) {
    .awsui-app-layout__navigation {
      width: 220px;
    }
  }
  @media (max-width: 720px) {
    .awsui-app-layout__navigation,
    .awsui-app-layout__navigation.folded {
      width: auto !important;
      max-width: none;
      max-height: 40dvh;
      border-right: 0;
      border-bottom: 1px solid var(--gw-line);
    }
    .fold .icon {
      rotate: 90deg;
    }
    .folded .pane-title {
      padding-left: 20px;
    }
    .folded .pane-title h2 {
      display: block;
    }
  }
`;
