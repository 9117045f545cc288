import { html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { announceChange, decimal, define, flag } from "../internal/element";
import { iconTemplate } from "../internal/icons";
import type { Json } from "../internal/relaxed-json";
import { shortcutsDialog } from "../internal/shortcuts";
import "../internal/text/annotated-text";
import type { AnnotatedText, Pick } from "../internal/text/annotated-text";
import { CodePoints } from "../internal/text/code-points";
import type { Mark } from "../internal/text/text-drawing";
import { Widget } from "../internal/widget";
import { styles } from "./crowd-question-answer-generation.styles";
import { pairCard } from "./pair-card";
import { EMPTY, faultOf, type Limits, type Pair, readPairs, type Reference, writePairs } from "./pairs";

const QUOTE = 60;
const MARK_COLOR = "#1f5fa8";

/** Asks for questions and answers on a passage; parts of the passage may be attached as references. */
export class CrowdQuestionAnswerGeneration extends Widget {
  static override styles = styles;
  static override readonly jsonAttributes = { "question-tags": "questionTags" };

  /** The passage. */
  @property() text = "";
  @property({ attribute: "min-questions", converter: decimal }) minQuestions?: number;
  @property({ attribute: "max-questions", converter: decimal }) maxQuestions?: number;
  @property({ attribute: "question-min-words", converter: decimal }) questionMinWords?: number;
  @property({ attribute: "question-max-words", converter: decimal }) questionMaxWords?: number;
  @property({ attribute: "answer-min-words", converter: decimal }) answerMinWords?: number;
  @property({ attribute: "answer-max-words", converter: decimal }) answerMaxWords?: number;
  /** Tags to choose from; without any there is no chooser. */
  @property({ attribute: false }) questionTags: Json = [];
  @property({ attribute: "allow-custom-question-tags", converter: flag }) allowCustomQuestionTags = false;

  @state() private pairs: readonly Pair[] = [];
  /** Place of the pair that references go to. */
  @state() private current = 0;
  @state() private picked: Pick | null = null;
  @query("groundwork-text") private view!: AnnotatedText | null;
  private marks = new WeakMap<Reference, Mark>();

  /** The answer object as it stands, a copy of its own each time. */
  get value(): Record<string, Json> {
    return this._submittableValue;
  }

  get _submittableValue(): Record<string, Json> {
    return { questionAnswerPairs: writePairs(this.pairs, new CodePoints(this.text)) };
  }

  restore(saved: Json | undefined): void {
    const pairs = readPairs(saved, new CodePoints(this.text));
    if (pairs.length > 0) {
      this.pairs = pairs;
      announceChange(this);
    }
  }

  reset(): void {
    this.pairs = [];
    this.current = 0;
    this.complaint = "";
  }

  problem(): string | null {
    return faultOf(this.filled, this.limits)?.message ?? null;
  }

  protected override focusForProblem(): void {
    const fault = faultOf(this.filled, this.limits);
    this.renderRoot.querySelector<HTMLElement>(fault ? `#${fault.field}-${fault.at}` : "textarea")?.focus();
  }

  protected override work(): unknown {
    const references = this.filled[this.current]?.references ?? [];
    return this.text
      ? html`<groundwork-text
            .text=${this.text}
            .marks=${references.map((reference) => this.markOf(reference))}
            .name=${"Passage"}
            @pick=${(event: CustomEvent<Pick | null>) => (this.picked = event.detail)}
            @unmark=${(event: CustomEvent<Mark>) => this.removeReference(event.detail)}
          ></groundwork-text>
          <div class="attach">
            <button type="button" class="add" ?disabled=${!this.picked} @mousedown=${keepSelection} @click=${() => this.attach()}>
              ${iconTemplate("add")}Add the selected text to question ${this.current + 1}
            </button>
          </div>`
      : nothing;
  }

  protected override pane(): unknown {
    const { questions, questionWords, answerWords } = this.limits;
    const pairs = this.filled;
    return html`${pairs.map((pair, at) =>
        pairCard({
          pair,
          at,
          isCurrent: at === this.current && pairs.length > 1,
          tags: Array.isArray(this.questionTags) ? this.questionTags.map(String) : [],
          allowCustomTags: this.allowCustomQuestionTags,
          questionWords,
          answerWords,
          canRemove: pairs.length > questions.least,
          hasPassage: this.text !== "",
          quote: (reference) => this.quote(reference),
          onChange: (next) => this.change(pairs.with(at, next)),
          onFocus: () => (this.current = at),
          onRemove: () => this.removePair(at),
        }),
      )}
      <button type="button" class="add" ?disabled=${pairs.length >= (questions.most ?? Infinity)} @click=${() => this.addPair()}>
        ${iconTemplate("add")}Add a question
      </button>
      <div class="complaint" role="alert">${this.complaint}</div>`;
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog([
      [["←", "→", "↑", "↓"], "Move the caret in the passage; with Ctrl, by words"],
      [["Shift"], "Select, together with the keys that move the caret"],
      [["Enter"], "In the passage: add the selected text to the question"],
      [["Ctrl+Enter"], "Submit from anywhere"],
    ]);
  }

  protected override takeKey(event: KeyboardEvent): boolean {
    if (event.key === "Enter" && !event.ctrlKey && this.view?.isFocused) {
      this.attach();
      return true;
    }
    return this.view?.takeKey(event) ?? false;
  }

  private get limits(): Limits {
    return {
      questions: { least: this.minQuestions ?? 1, most: this.maxQuestions },
      questionWords: { least: this.questionMinWords ?? 1, most: this.questionMaxWords },
      answerWords: { least: this.answerMinWords ?? 1, most: this.answerMaxWords },
    };
  }

  /** The pairs on the screen: at least as many as are asked for. */
  private get filled(): readonly Pair[] {
    const missing = Math.max(1, this.limits.questions.least) - this.pairs.length;
    return [...this.pairs, ...Array.from({ length: Math.max(0, missing) }, () => EMPTY)];
  }

  private change(pairs: readonly Pair[]): void {
    this.pairs = pairs;
    this.complaint = "";
    announceChange(this);
  }

  private addPair(): void {
    this.current = this.filled.length;
    this.change([...this.filled, EMPTY]);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#question-${this.current}`)?.focus());
  }

  private removePair(at: number): void {
    this.marks = new WeakMap();
    this.current = Math.max(0, Math.min(this.current, this.filled.length - 2));
    this.change(this.filled.filter((_, index) => index !== at));
  }

  private attach(): void {
    const pair = this.filled[this.current];
    if (pair && this.picked) {
      const { start, end } = this.picked;
      const references = [...pair.references.filter((each) => each.start !== start || each.end !== end), { start, end }];
      this.change(this.filled.with(this.current, { ...pair, references }));
      this.view?.collapse(end);
    }
  }

  private removeReference(mark: Mark): void {
    const pair = this.filled[this.current];
    if (pair) {
      const references = pair.references.filter((each) => this.marks.get(each) !== mark);
      this.change(this.filled.with(this.current, { ...pair, references }));
    }
  }

  private quote({ start, end }: Reference): string {
    return end - start > QUOTE ? `${this.text.slice(start, start + QUOTE)}…` : this.text.slice(start, end);
  }

  private markOf(reference: Reference): Mark {
    let mark = this.marks.get(reference);
    if (!mark) {
      const removal = `Remove reference “${this.quote(reference)}”`;
      mark = { ...reference, color: MARK_COLOR, tag: `Q${this.current + 1}`, removal };
      this.marks.set(reference, mark);
    }
    return mark;
  }
}

function keepSelection(event: Event): void {
  event.preventDefault();
}

define("crowd-question-answer-generation", CrowdQuestionAnswerGeneration);
