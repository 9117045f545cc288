import { html, nothing, type TemplateResult } from "lit";
import { iconTemplate } from "../icons";

/** A button of the tool bar. */
export interface Tool {
  readonly name: string;
  readonly act: () => void;
  /** Its id, by which scripts find it. */
  readonly id?: string;
  readonly icon?: string;
  /** Shown next to the icon. */
  readonly text?: string;
  readonly key?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}

/** A button of a tool bar; its key stands in its title. */
export function toolButton({ name, act, id, icon, text, key, disabled, pressed }: Tool): TemplateResult {
  return html`<button
    type="button"
    id=${id ?? nothing}
    aria-label=${name}
    title=${key ? `${name} (${key.replace("Control", "Ctrl")})` : name}
    aria-keyshortcuts=${key ?? nothing}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    ?disabled=${disabled ?? false}
    @click=${act}
  >
    ${icon ? iconTemplate(icon) : nothing}${text ?? nothing}
  </button>`;
}
