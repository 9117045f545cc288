import { html, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { dialogTemplate, openDialog } from "../internal/dialog";
import { CrowdElement, define } from "../internal/element";
import { FirstReading } from "../internal/first-reading";
import { iconTemplate } from "../internal/icons";
import { tabList } from "../internal/tab-list";
import { styles } from "./crowd-instructions.styles";

const REGIONS = ["short-summary", "detailed-instructions", "positive-example", "negative-example"];

interface Tab {
  readonly title: string;
  readonly body: TemplateResult;
}

/** A link or button that opens instructions in up to three tabs: summary, details, examples. */
export class CrowdInstructions extends CrowdElement {
  static override styles = styles;

  @property({ attribute: "link-text" }) linkText = "Click for instructions";
  /** `link` or `button`. */
  @property({ attribute: "link-type" }) linkType = "link";

  @state() private chosen = 0;
  @query("dialog") private dialog!: HTMLDialogElement | null;
  private readonly firstReading = new FirstReading(this, "dialog");
  private readonly arrivals = new MutationObserver(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.arrivals.observe(this, { childList: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.arrivals.disconnect();
  }

  /** Open them before the worker's first task; false when there are none. */
  async openInstructions(onRead: () => void): Promise<boolean> {
    return this.tabs().length > 0 && (await this.firstReading.open(onRead));
  }

  protected override willUpdate(): void {
    for (const child of this.children) {
      if (REGIONS.includes(child.localName)) {
        child.slot = child.localName;
      }
    }
  }

  protected override content(): unknown {
    const tabs = this.tabs();
    const chosen = Math.min(this.chosen, Math.max(tabs.length - 1, 0));
    const kind = this.linkType === "button" ? "button" : "link";
    const choose = (index: number): void => {
      this.chosen = index;
    };
    const body = html`${tabList(
      tabs.map((tab) => tab.title),
      chosen,
      "Instructions",
      choose,
    )}
    ${tabs.map(
      (tab, index) =>
        html`<div role="tabpanel" aria-label=${tab.title} ?hidden=${index !== chosen}>${tab.body}</div>`,
    )}`;
    return html`<button type="button" class="opener ${kind}" aria-haspopup="dialog" @click=${() => openDialog(this.dialog)}>
        ${this.linkText}
      </button>
      ${dialogTemplate({ id: "instructions", title: "Instructions", body, footer: this.firstReading.footer() })} <slot></slot>`;
  }

  private tabs(): Tab[] {
    const has = (name: string): boolean => [...this.children].some((child) => child.localName === name);
    const tabs: Tab[] = [];
    if (has("short-summary")) {
      tabs.push({ title: "Summary", body: html`<slot name="short-summary"></slot>` });
    }
    if (has("detailed-instructions")) {
      tabs.push({ title: "Detailed Instructions", body: html`<slot name="detailed-instructions"></slot>` });
    }
    if (has("positive-example") || has("negative-example")) {
      const good = has("positive-example") ? examples("good", "Good examples", "thumb-up", "positive-example") : null;
      const bad = has("negative-example") ? examples("bad", "Bad examples", "thumb-down", "negative-example") : null;
      tabs.push({ title: "Examples", body: html`${good}${bad}` });
    }
    return tabs;
  }
}

function examples(kind: string, title: string, icon: string, slot: string): TemplateResult {
  return html`<section class="examples ${kind}">
    <h3>${iconTemplate(icon)}${title}</h3>
    <slot name=${slot}></slot>
  </section>`;
}

define("crowd-instructions", CrowdInstructions);
