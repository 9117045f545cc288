import { html } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, define } from "../internal/element";
import { styles } from "./crowd-tab.styles";

interface Tabs extends Element {
  show(tab: CrowdTab): void;
}

/** One tab of crowd-tabs; what it holds stays part of the form while it is hidden. */
export class CrowdTab extends CrowdElement {
  static override styles = styles;

  /** The text on the tab. */
  @property() header = "";
  /** Whether it is the one shown. */
  @property({ attribute: false }) active = true;

  /** Show this tab because of something inside. */
  reveal(): void {
    const tabs = this.closest("crowd-tabs") as Partial<Tabs> | null;
    tabs?.show?.(this);
  }

  protected override content(): unknown {
    return html`<div role="tabpanel" aria-label=${this.header || "Tab"} ?hidden=${!this.active}><slot></slot></div>`;
  }

  protected override willUpdate(): void {
    (this.closest("crowd-tabs") as CrowdElement | null)?.requestUpdate?.();
  }
}

define("crowd-tab", CrowdTab);
