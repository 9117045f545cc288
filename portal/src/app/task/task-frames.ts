import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { FrameChannel } from "./frame-channel";
import type { Slot } from "./task-state";

/** The frames of a job's tasks: the one worked on, and the next one, which loads out of sight. */
export class TaskFrames extends LitElement {
  static override styles = css`
    :host {
      position: absolute;
      inset: 0;
    }
    iframe {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      border: 0;
      background: #ffffff;
      color-scheme: light;
    }
    iframe.current {
      z-index: 1;
    }
    iframe.current:focus-visible {
      outline: none;
    }
    iframe.waiting {
      opacity: 0;
      pointer-events: none;
    }
  `;
  static override properties = {
    channel: { attribute: false },
    current: { attribute: false },
    next: { attribute: false },
    heading: {},
    working: { type: Boolean },
  };

  declare channel: FrameChannel;
  declare current: Slot | null;
  declare next: Slot | null;
  declare heading: string;
  /** The worker may work on the current task. */
  declare working: boolean;

  override render(): TemplateResult {
    return html`${repeat(this.slots, (slot) => slot.key, (slot) => this.frame(slot))}`;
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.has("current") ? changed.get("current") : this.current;
    const { current, working } = this;
    if (working && current !== null && (changed.has("working") || before?.key !== current.key)) {
      this.focus();
    } else if (current?.ready === true && before?.ready === false && this.hasFocus) {
      this.focus();
    }
  }

  /** Focus given to a frame before its page has loaded does not reach the page, so it is given anew. */
  override focus(): void {
    const frame = this.renderRoot.querySelector<HTMLIFrameElement>("iframe.current");
    frame?.blur();
    frame?.focus();
  }

  protected override willUpdate(): void {
    this.channel.keep(this.slots.map((slot) => slot.key));
  }

  private get slots(): Slot[] {
    return [this.current, this.next].filter((slot) => slot !== null);
  }

  private get hasFocus(): boolean {
    return (this.renderRoot as ShadowRoot).activeElement?.localName === "iframe";
  }

  private frame(slot: Slot): TemplateResult {
    const isCurrent = slot.key === this.current?.key;
    this.channel.connect(slot.key, () => this.windowOf(slot.key));
    return html`<iframe
      data-key=${slot.key}
      class=${isCurrent ? "current" : "waiting"}
      title=${isCurrent ? `Task of ${this.heading}` : "Next task"}
      aria-hidden=${isCurrent ? nothing : "true"}
      ?inert=${!isCurrent || !this.working}
      sandbox="allow-scripts allow-forms allow-modals"
      referrerpolicy="no-referrer"
      src=${slot.pageUrl}
    ></iframe>`;
  }

  private windowOf(key: string): Window | null {
    return this.renderRoot.querySelector<HTMLIFrameElement>(`iframe[data-key="${key}"]`)?.contentWindow ?? null;
  }
}

customElements.define("portal-task-frames", TaskFrames);
