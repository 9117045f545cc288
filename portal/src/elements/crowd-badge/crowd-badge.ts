import { html } from "lit";
import { property, query } from "lit/decorators.js";
import { CrowdElement, define } from "../internal/element";
import { iconTemplate, iconWords } from "../internal/icons";
import { styles } from "./crowd-badge.styles";

/** A small mark that floats on the top right corner of another element and follows it. */
export class CrowdBadge extends CrowdElement {
  static override styles = styles;

  /** Id of the element it floats on; without it, its parent. */
  @property() for = "";
  /** Name of an icon or address of an image; beats the label. */
  @property() icon = "";
  @property() label = "";

  @query(".badge") private badge!: HTMLElement | null;
  private frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    const follow = (): void => {
      this.follow();
      this.frame = requestAnimationFrame(follow);
    };
    this.frame = requestAnimationFrame(follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
  }

  protected override content(): unknown {
    const icon = this.icon ? iconTemplate(this.icon) : null;
    return html`<span class="badge" role="img" aria-label=${this.label || iconWords(this.icon) || "mark"}>${icon ?? this.label}</span>
      <slot></slot>`;
  }

  /** Nothing tells when an element moves, so its place is read once a frame and written when it has changed. */
  private follow(): void {
    const root = this.getRootNode() as Document | ShadowRoot;
    const target = this.for ? root.getElementById(this.for) : this.parentElement;
    const badge = this.badge;
    if (!badge) {
      return;
    }
    const box = target?.getBoundingClientRect();
    const seen = box !== undefined && box.width > 0;
    const [left, top, visibility] = seen ? [`${box.right}px`, `${box.top}px`, "visible"] : ["0px", "0px", "hidden"];
    if (badge.style.left !== left || badge.style.top !== top || badge.style.visibility !== visibility) {
      Object.assign(badge.style, { left, top, visibility });
    }
  }
}

define("crowd-badge", CrowdBadge);
