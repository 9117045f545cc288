import { html } from "lit";
import { property, query, state } from "lit/decorators.js";
import { type Answer, flattenAnswer } from "../internal/answer";
import { isCrowdControl, isPage, isTextField } from "../internal/control";
import { delivery } from "../internal/delivery";
import { dialogStyles } from "../internal/dialog";
import { CrowdElement, define } from "../internal/element";
import { collectAnswer, controlsIn, firstProblem, showProblem } from "../internal/form-walk";
import { iconTemplate } from "../internal/icons";
import { instructionsDialog, instructionsPane, paneStyles, Regions } from "../internal/regions";
import { adoptPageStyles } from "../internal/page.styles";
import { styles } from "./crowd-form.styles";

const SUBMIT_BUTTON = 'crowd-button[form-action="submit"]';

/** Wraps a task: gathers the answer, checks it and submits it (the form contract of crowd elements). */
export class CrowdForm extends CrowdElement {
  static override styles = [styles, dialogStyles, paneStyles];

  /** `flatten-objects` turns nested objects of the answer into dotted keys. */
  @property({ attribute: "answer-format" }) answerFormat = "";

  @state() private notice = "";
  @state() private shownAnswer: string | null = null;
  @query("#full-instructions") private instructions!: HTMLDialogElement | null;

  private nativeForm: HTMLFormElement | null = null;
  private adopted = false;
  private stage: "idle" | "asking" | "sending" = "idle";
  private pending: Answer = {};
  private readonly regions = new Regions(this);
  private readonly arrivals = new MutationObserver(() => this.adoptChildren());

  constructor() {
    super();
    this.addEventListener("submit", (event) => this.takeOver(event));
    this.addEventListener("submit", (event) => this.hearNestedForm(event), { capture: true });
    this.addEventListener("reset", (event) => this.resetControls(event));
    for (const type of ["input", "change"]) {
      this.addEventListener(type, () => (this.notice = ""));
    }
    this.addEventListener("keydown", (event) => this.submitOnEnter(event));
  }

  /** The native form in the light tree that holds the template's children. */
  get form(): HTMLFormElement {
    if (!this.nativeForm) {
      this.nativeForm = document.createElement("form");
      this.nativeForm.noValidate = true;
    }
    return this.nativeForm;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.submitFromPage);
    adoptPageStyles(this.getRootNode() as Document | ShadowRoot);
    if (this.form.parentNode !== this) {
      this.prepend(this.form);
    }
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.adoptChildren(), { once: true });
    } else {
      this.adoptChildren();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.submitFromPage);
    this.arrivals.disconnect();
  }

  /** Check, ask the page's `submit` handlers, gather and send, as if the worker had pressed Submit. */
  submit(): void {
    HTMLFormElement.prototype.requestSubmit.call(this.form);
  }

  /** Bring every control back to the state the template gave it. */
  reset(): void {
    HTMLFormElement.prototype.reset.call(this.form);
  }

  /** The answer as it stands, before `answer-format`. */
  collect(): Answer {
    return collectAnswer(this.scope);
  }

  /** The answer in the shape that scripts of templates know: a one-element list as JSON text. */
  _serializeForm(): { taskAnswers: string } {
    return { taskAnswers: JSON.stringify([this.answer()]) };
  }

  /** The last step of a submit; scripts replace it on the instance to take the answer elsewhere. */
  _submitHelperForm(): void {
    const send = delivery();
    if (!send) {
      void this.showAnswer(this.pending);
      return;
    }
    this.stage = "sending";
    this.hold(true);
    send(this.pending).then(
      () => this.hold(false),
      (reason: unknown) => {
        this.hold(false);
        this.notice = reason instanceof Error ? reason.message : String(reason);
      },
    );
  }

  /** Show a submitted answer below the form, for a preview. */
  private async showAnswer(answer: Answer): Promise<void> {
    this.shownAnswer = JSON.stringify(answer, null, 2);
    await this.updateComplete;
    this.renderRoot.querySelector("#answers-box")?.scrollIntoView({ block: "end" });
  }

  /** Open the full instructions before the worker's first task; false when there are none. */
  openInstructions(onRead: () => void): Promise<boolean> {
    return this.regions.firstReading.open(onRead);
  }

  protected override content(): unknown {
    const pane = this.regions.any;
    return html`
      <div class="layout ${pane ? "with-pane" : ""}">
        ${pane ? instructionsPane(this.regions, () => this.instructions) : null}
        <div class="main"><slot></slot></div>
      </div>
      <div class="notice" part="notice" role="alert">
        ${this.notice ? html`<div>${iconTemplate("error-outline")}<span>${this.notice}</span></div>` : null}
      </div>
      ${this.shownAnswer === null ? null : html`<div id="answers-box" role="status">${this.shownAnswer}</div>`}
      ${instructionsDialog(this.regions)}
    `;
  }

  /** Where the controls are: in this form or, when it is a widget's inner form, in the widget. */
  private get scope(): Element {
    const root = this.getRootNode();
    return root instanceof ShadowRoot && isCrowdControl(root.host) ? root.host : this;
  }

  private answer(): Answer {
    const answer = this.collect();
    return this.answerFormat === "flatten-objects" ? flattenAnswer(answer) : answer;
  }

  /** Browsers stop the submit of a nested form at the form around it, so it is taken where it starts. */
  private hearNestedForm(event: SubmitEvent): void {
    if (event.target !== this && event.target !== this.form) {
      event.target?.addEventListener("submit", (nested) => this.takeOver(nested as SubmitEvent), { once: true });
    }
  }

  private takeOver(event: SubmitEvent): void {
    if (event.target === this) {
      return;
    }
    const vetoed = event.defaultPrevented;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!vetoed && this.stage === "idle") {
      this.runSubmit(event.submitter);
    }
  }

  private runSubmit(submitter: HTMLElement | null): void {
    const problem = firstProblem(this.scope);
    if (problem) {
      this.notice = problem.message;
      showProblem(problem.control, problem.message);
      return;
    }
    this.notice = "";
    this.stage = "asking";
    const allowed = this.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter }));
    this.stage = "idle";
    if (allowed) {
      this.pending = this.answer();
      this._submitHelperForm();
    }
  }

  private hold(sending: boolean): void {
    this.stage = sending ? "sending" : "idle";
    this.form.toggleAttribute("inert", sending);
    this.form.setAttribute("aria-busy", String(sending));
    for (const button of this.querySelectorAll<HTMLElement & { waiting: boolean }>(SUBMIT_BUTTON)) {
      button.waiting = sending;
    }
  }

  /** Without a focus keys go to the page, past the form. */
  private readonly submitFromPage = (event: KeyboardEvent): void => {
    if (isPage(event.composedPath()[0])) {
      this.submitOnEnter(event);
    }
  };

  private submitOnEnter(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.repeat || event.isComposing || event.defaultPrevented || event.altKey || event.shiftKey) {
      return;
    }
    if (event.ctrlKey || event.metaKey || isTextField(event.composedPath()[0])) {
      event.preventDefault();
      this.submit();
    }
  }

  private resetControls(event: Event): void {
    if (event.defaultPrevented || event.target === this) {
      return;
    }
    this.notice = "";
    for (const nested of this.form.querySelectorAll("form")) {
      HTMLFormElement.prototype.reset.call(nested);
    }
    for (const control of controlsIn(this.scope)) {
      if (isCrowdControl(control)) {
        control.reset();
      }
    }
  }

  /** Move what the parser or a script put into crowd-form itself into the native form; regions stay beside it. */
  private adoptChildren(): void {
    if (!this.isConnected) {
      return;
    }
    this.arrivals.disconnect();
    const arrived = [...this.childNodes].filter((node) => node !== this.form && !this.regions.claims(node));
    if (this.adopted) {
      const submit = this.querySelector("crowd-button.groundwork-submit");
      for (const node of arrived) {
        Node.prototype.insertBefore.call(this.form, node, submit?.parentNode === this.form ? submit : null);
      }
    } else {
      Element.prototype.prepend.apply(this.form, arrived);
      this.adopted = true;
      this.addSubmitButton();
    }
    this.regions.refresh();
    this.arrivals.observe(this, { childList: true });
  }

  private addSubmitButton(): void {
    if (this.querySelector(SUBMIT_BUTTON)) {
      return;
    }
    const button = document.createElement("crowd-button");
    button.setAttribute("form-action", "submit");
    button.setAttribute("variant", "primary");
    button.className = "groundwork-submit";
    button.textContent = "Submit";
    Node.prototype.appendChild.call(this.form, button);
  }
}

define("crowd-form", CrowdForm);
