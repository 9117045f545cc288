import { LitElement, type TemplateResult, html, nothing } from "lit";
import { type PortalConfig, passwordPolicy } from "../config";
import { formStyles, sharedStyles } from "../page/shared-styles";
import type { Cognito } from "../session/cognito";
import { CognitoError } from "../session/cognito";
import { type NewPasswordChallenge, type Session, WrongWorkerError } from "../session/session";
import { signInSentence } from "../session/sign-in-error";
import { NO_PASSWORD, type NewPassword, newPasswordFields, showChoice } from "./new-password-fields";
import { passwordProblem } from "./password-rules";

type Step = "sign-in" | "first-password" | "forgotten" | "code";

/** Signs a worker in, with the first password and the forgotten one; `username` fixes the worker. */
export class SignInForm extends LitElement {
  static override styles = [sharedStyles, formStyles];
  static override properties = {
    config: { attribute: false },
    session: { attribute: false },
    cognito: { attribute: false },
    username: {},
    step: { state: true },
    problem: { state: true },
    hint: { state: true },
    busy: { state: true },
    shown: { state: true },
    fresh: { state: true },
  };

  declare config: PortalConfig;
  declare session: Session;
  declare cognito: Cognito;
  declare username: string;
  declare step: Step;
  declare problem: string;
  declare hint: string;
  declare busy: boolean;
  declare shown: boolean;
  declare fresh: NewPassword;
  private typedName = "";
  private challenge: NewPasswordChallenge | null = null;

  constructor() {
    super();
    this.username = "";
    this.step = "sign-in";
    this.problem = "";
    this.hint = "";
    this.busy = false;
    this.shown = false;
    this.fresh = NO_PASSWORD;
  }

  override render(): TemplateResult {
    return html`<form @submit=${this.submit} novalidate aria-busy=${this.busy}>
      ${this.hint ? html`<p class="notice" role="status">${this.hint}</p>` : nothing} ${this.fields()}
      <div role="alert">${this.problem ? html`<p class="notice error">${this.problem}</p>` : nothing}</div>
      ${this.buttons()}
    </form>`;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("step") && changed.get("step") !== undefined) {
      this.renderRoot.querySelector<HTMLElement>("input:not([hidden])")?.focus();
    }
  }

  private fields(): TemplateResult {
    const policy = passwordPolicy(this.config);
    const fresh = newPasswordFields(policy, this.fresh, (value) => (this.fresh = value));
    switch (this.step) {
      case "sign-in":
        return html`${this.nameField()}
          <div class="field">
            <label for="password">Password</label>
            <input
              id="password"
              name="password"
              type=${this.shown ? "text" : "password"}
              autocomplete="current-password"
              required
            />
          </div>
          ${showChoice(this.shown, (shown) => (this.shown = shown))}`;
      case "first-password":
        return html`<p>
            You signed in with a temporary password. Choose one of your own; only you will know it.
          </p>
          ${this.nameForPasswordManagers()} ${(this.challenge?.required ?? []).map((name) => attributeField(name))}
          ${fresh}`;
      case "forgotten":
        return html`<p>You will get a message with a code to set a new password.</p>
          ${this.nameField()}`;
      case "code":
        return html`${this.nameForPasswordManagers()}
          <div class="field">
            <label for="code">Code from the message</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required />
          </div>
          ${fresh}`;
    }
  }

  private nameField(): TemplateResult {
    return html`<div class="field">
      <label for="username">User name or e-mail address</label>
      <input
        id="username"
        name="username"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        required
        ?readonly=${this.username !== ""}
        .value=${this.username || this.typedName}
      />
    </div>`;
  }

  /** Whose password it is that they are to keep. */
  private nameForPasswordManagers(): TemplateResult {
    return html`<input name="username" autocomplete="username" readonly hidden .value=${this.typedName} />`;
  }

  private buttons(): TemplateResult {
    const main = {
      "sign-in": "Sign in",
      "first-password": "Set password and sign in",
      forgotten: "Send code",
      code: "Set password and sign in",
    }[this.step];
    const other =
      this.step === "sign-in"
        ? html`<button type="button" class="plain" @click=${() => this.go("forgotten")}>Password forgotten?</button>`
        : html`<button type="button" class="plain" @click=${() => this.go("sign-in")}>Back</button>`;
    return html`<div class="row">
      <button class="primary" type="submit" ?disabled=${this.busy}>${this.busy ? "One moment …" : main}</button>
      ${other}
    </div>`;
  }

  private go(step: Step, hint = ""): void {
    this.problem = "";
    this.hint = hint;
    this.fresh = NO_PASSWORD;
    this.step = step;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    const values = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(values.get(name) ?? "");
    this.typedName = text("username").trim() || this.typedName;
    this.problem = this.missing(text);
    if (this.problem !== "") {
      this.renderRoot.querySelector<HTMLElement>("input:not([hidden])")?.focus();
      return;
    }
    this.busy = true;
    try {
      await this.advance(text);
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  private missing(text: (name: string) => string): string {
    switch (this.step) {
      case "sign-in":
        return this.typedName && text("password") ? "" : "Enter your user name and your password.";
      case "forgotten":
        return this.typedName ? "" : "Enter your user name.";
      case "code":
        if (!text("code").trim()) {
          return "Enter the code from the message.";
        }
    }
    return passwordProblem(passwordPolicy(this.config), this.fresh.password, this.fresh.repeated) ?? "";
  }

  private async advance(text: (name: string) => string): Promise<void> {
    switch (this.step) {
      case "sign-in":
        return this.proceed(await this.session.signIn(this.typedName, text("password")));
      case "first-password": {
        const attributes = Object.fromEntries((this.challenge?.required ?? []).map((name) => [name, text(name)]));
        return this.proceed(await this.session.setFirstPassword(this.challenge!, this.fresh.password, attributes));
      }
      case "forgotten":
        await this.cognito.forgotPassword(this.typedName);
        return this.go("code", `If "${this.typedName}" has an account, a code is on its way.`);
      case "code":
        await this.cognito.confirmForgotPassword(this.typedName, text("code").trim(), this.fresh.password);
        return this.proceed(await this.session.signIn(this.typedName, this.fresh.password));
    }
  }

  private proceed(challenge: NewPasswordChallenge | null): void {
    this.challenge = challenge;
    if (challenge !== null) {
      this.go("first-password");
    }
  }

  private failed(error: unknown): void {
    if (error instanceof CognitoError && error.code === "PasswordResetRequiredException") {
      this.go("forgotten", "Your password was reset. Ask for a code to set a new one.");
    } else if (error instanceof WrongWorkerError) {
      this.problem = "This is another worker's account. Sign in as the same worker, or sign out first.";
    } else {
      this.problem = signInSentence(error);
    }
  }
}

function attributeField(name: string): TemplateResult {
  const label = name.replace(/^userAttributes\./, "").replace(/[_:]/g, " ");
  return html`<div class="field">
    <label for=${name}>${label.charAt(0).toUpperCase() + label.slice(1)}</label>
    <input id=${name} name=${name} required />
  </div>`;
}

customElements.define("portal-sign-in-form", SignInForm);
