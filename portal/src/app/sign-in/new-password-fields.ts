import { type TemplateResult, html } from "lit";
import type { PasswordPolicy } from "../config";
import { passwordRules } from "./password-rules";

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
  readonly shown: boolean;
}

export const NO_PASSWORD: NewPassword = { password: "", repeated: "", shown: false };

/** The two fields of a new password with the pool's rules, ticked off while typing. */
export function newPasswordFields(
  policy: PasswordPolicy,
  value: NewPassword,
  onChange: (value: NewPassword) => void,
): TemplateResult {
  const type = value.shown ? "text" : "password";
  const text = (event: Event): string => (event.target as HTMLInputElement).value;
  return html`
    <div class="field">
      <label for="new-password">New password</label>
      <input
        id="new-password"
        name="new-password"
        type=${type}
        autocomplete="new-password"
        aria-describedby="password-rules"
        required
        .value=${value.password}
        @input=${(event: Event) => onChange({ ...value, password: text(event) })}
      />
    </div>
    <ul class="rules" id="password-rules" aria-label="The password needs">
      ${passwordRules(policy, value.password).map(
        (rule) =>
          html`<li class=${rule.kept ? "kept" : ""}>
            ${rule.text}<span class="hidden-text">${rule.kept ? " (done)" : " (missing)"}</span>
          </li>`,
      )}
    </ul>
    <div class="field">
      <label for="repeated-password">New password again</label>
      <input
        id="repeated-password"
        name="repeated-password"
        type=${type}
        autocomplete="new-password"
        required
        .value=${value.repeated}
        @input=${(event: Event) => onChange({ ...value, repeated: text(event) })}
      />
    </div>
    ${showChoice(value.shown, (shown) => onChange({ ...value, shown }))}
  `;
}

/** The choice to see what is typed into password fields. */
export function showChoice(shown: boolean, onChange: (shown: boolean) => void): TemplateResult {
  return html`<label class="choice">
    <input
      type="checkbox"
      name="show-password"
      .checked=${shown}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />
    Show what I type
  </label>`;
}
