import { html } from "lit";
import { state } from "lit/decorators.js";
import { CrowdElement, define } from "../internal/element";
import { tabList } from "../internal/tab-list";
import type { CrowdTab } from "../crowd-tab/crowd-tab";
import { styles } from "./crowd-tabs.styles";

/** A strip of tabs over its crowd-tab children. */
export class CrowdTabs extends CrowdElement {
  static override styles = styles;

  @state() private chosen = 0;

  /** Show one of its tabs. */
  show(tab: CrowdTab): void {
    const index = this.tabs().indexOf(tab);
    if (index >= 0) {
      this.choose(index);
    }
  }

  protected override willUpdate(): void {
    const tabs = this.tabs();
    this.chosen = Math.max(0, Math.min(this.chosen, tabs.length - 1));
    tabs.forEach((tab, index) => {
      tab.active = index === this.chosen;
    });
  }

  protected override content(): unknown {
    const titles = this.tabs().map((tab) => tab.getAttribute("header") || "Tab");
    return html`${titles.length > 0 ? tabList(titles, this.chosen, "Tabs", (index) => this.choose(index)) : null}
      <slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }

  private choose(index: number): void {
    this.chosen = index;
  }

  private tabs(): CrowdTab[] {
    const own = [...this.querySelectorAll<CrowdTab>("crowd-tab")];
    return own.filter((tab) => tab.closest("crowd-tabs") === this);
  }
}

define("crowd-tabs", CrowdTabs);
