import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { sharedStyles } from "../page/shared-styles";
import type { Notice, NoticeAction } from "./task-state";

const BUTTONS: Readonly<Record<NoticeAction, string>> = {
  "send-again": "Send now",
  "leave-anyway": "Leave anyway",
  report: "Report a problem",
  reload: "Load again",
};

/** A line above the task that says what happened and what can be done about it. */
export class NoticeBar extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1rem;
        border-radius: 0;
      }
      .notice p {
        flex: 1 1 20rem;
      }
      button {
        min-height: 2.1rem;
        padding: 0.1rem 0.7rem;
      }
    `,
  ];
  static override properties = { notice: { attribute: false } };

  declare notice: Notice | null;

  override render(): TemplateResult {
    const { notice } = this;
    const line = notice === null ? nothing : html`<p>${notice.text}</p>`;
    const urgent = notice?.tone === "error";
    return html`<div class=${notice === null ? "" : `notice ${notice.tone}`}>
      <div role="alert" ?hidden=${!urgent}>${urgent ? line : nothing}</div>
      <div role="status" ?hidden=${urgent}>${urgent ? nothing : line}</div>
      ${(notice?.actions ?? []).map(
        (action) => html`<button type="button" @click=${() => this.say(action)}>${BUTTONS[action]}</button>`,
      )}
      ${notice === null ? nothing : html`<button class="plain" @click=${() => this.say("dismiss")}>Dismiss</button>`}
    </div>`;
  }

  private say(action: NoticeAction | "dismiss"): void {
    this.dispatchEvent(new CustomEvent<NoticeAction | "dismiss">("choice", { detail: action }));
  }
}

customElements.define("portal-notice-bar", NoticeBar);
