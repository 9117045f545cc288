import { css, html, type TemplateResult } from "lit";
import { iconTemplate } from "./icons";

const open = new Set<HTMLDialogElement>();

/** Whether a dialog of a crowd element is open, so that Escape belongs to it. */
export function isDialogOpen(): boolean {
  for (const dialog of open) {
    if (dialog.isConnected && dialog.open) {
      return true;
    }
    open.delete(dialog);
  }
  return false;
}

/** Open a dialog over the page; the focus returns to where it was when the dialog closes. */
export function openDialog(dialog: HTMLDialogElement | null | undefined): void {
  if (dialog && !dialog.open) {
    dialog.showModal();
    open.add(dialog);
  }
}

/** A dialog with a title, a close button and a body that scrolls; Escape and a click beside it close it. */
export function dialogTemplate(part: {
  readonly id: string;
  readonly title: string;
  readonly body: unknown;
  readonly footer?: unknown;
}): TemplateResult {
  return html`<dialog
    id=${part.id}
    class="awsui-modal-dialog"
    aria-labelledby="${part.id}-title"
    @click=${closeFromBackdrop}
  >
    <div class="dialog-box">
      <header>
        <h2 id="${part.id}-title">${part.title}</h2>
        <button type="button" class="dialog-close" aria-label="Close" @click=${closeAround}>${iconTemplate("close")}</button>
      </header>
      <div class="dialog-body" tabindex="0">${part.body}</div>
      ${part.footer ? html`<footer>${part.footer}</footer>` : null}
    </div>
  </dialog>`;
}

function closeFromBackdrop(event: MouseEvent): void {
  if (event.target === event.currentTarget) {
    closeAround(event);
  }
}

function closeAround(event: Event): void {
  (event.currentTarget as Element).closest("dialog")?.close();
}

export const dialogStyles = css`
  dialog {
    border: 0;
    padding: 0;
    width: calc(100vw - 48px);
    max-width: 720px;
    max-height: calc(100dvh - 48px);
    border-radius: 12px;
    color: var(--gw-text);
    background: var(--gw-surface);
    box-shadow: 0 24px 64px rgb(0 0 0 / 28%);
    overflow: hidden;
  }
  dialog::backdrop {
    background: rgb(15 30 29 / 45%);
  }
  .dialog-box {
    display: flex;
    flex-direction: column;
    max-height: calc(100dvh - 48px);
  }
  .dialog-box > header {
    display: flex;
    align-items: center;
    gap: 16px;
    padding: 14px 16px 14px 24px;
    border-bottom: 1px solid var(--gw-line);
  }
  .dialog-box h2 {
    margin: 0;
    flex: 1;
    font-size: 1.2rem;
    line-height: 1.3;
  }
  .dialog-body {
    padding: 20px 24px;
    overflow: auto;
    outline-offset: -3px;
  }
  .dialog-box > footer {
    display: flex;
    justify-content: flex-end;
    gap: 12px;
    padding: 14px 24px;
    border-top: 1px solid var(--gw-line);
  }
  .dialog-close {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--gw-quiet);
    font: inherit;
    cursor: pointer;
  }
  .dialog-close:hover {
    background: var(--gw-raised);
    color: var(--gw-text);
  }
  .dialog-done {
    min-height: 40px;
    padding: 7px 20px;
    border: 0;
    border-radius: var(--gw-radius);
    background: var(--gw-accent);
    color: #ffffff;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .dialog-done:hover {
    background: var(--gw-accent-strong);
  }
`;
