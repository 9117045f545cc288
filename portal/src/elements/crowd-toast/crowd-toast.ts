import { html, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, decimal, define, flag } from "../internal/element";
import { styles } from "./crowd-toast.styles";

let visible: CrowdToast | null = null;

/** A note at the bottom that goes away by itself; only one is visible at a time. */
export class CrowdToast extends CrowdElement {
  static override styles = styles;

  /** Milliseconds until it goes; 0 keeps it. */
  @property({ converter: decimal }) duration?: number;
  /** What it says; without it, its content. */
  @property() text = "";
  @property({ converter: flag, reflect: true }) opened = false;

  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override content(): unknown {
    return html`<div class="toast ${this.opened ? "opened" : ""}" role="status">${this.text || html`<slot></slot>`}</div>
      ${this.text ? html`<slot></slot>` : null}`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("opened")) {
      clearTimeout(this.timer);
      if (this.opened) {
        this.takeThePlace();
      } else if (visible === this) {
        visible = null;
      }
    }
  }

  private takeThePlace(): void {
    if (visible && visible !== this) {
      visible.opened = false;
    }
    visible = this;
    const duration = this.duration ?? 3000;
    if (duration > 0) {
      this.timer = setTimeout(() => {
        this.opened = false;
      }, duration);
    }
  }
}

define("crowd-toast", CrowdToast);
