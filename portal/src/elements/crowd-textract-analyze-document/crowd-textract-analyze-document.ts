import { html, nothing, svg, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { announceChange, define, flag } from "../internal/element";
import "../internal/image-view";
import type { ImageView } from "../internal/image-view";
import type { Json } from "../internal/relaxed-json";
import { shortcutsDialog } from "../internal/shortcuts";
import { Widget } from "../internal/widget";
import { areaOf, type Block, type KeyValue, list, missingKeys, pairsOf, reviewed, type Verdict, verdictIn } from "./blocks";
import { styles } from "./crowd-textract-analyze-document.styles";

/** Asks whether the keys and values that were read from a form are right. */
export class CrowdTextractAnalyzeDocument extends Widget {
  static override styles = styles;
  static override readonly jsonAttributes = {
    "initial-value": "initialValue",
    initialvalue: "initialValue",
    "block-types": "blockTypes",
    blocktypes: "blockTypes",
    keys: "keys",
  };

  /** Address of the document's image. */
  @property() src = "";
  @property({ attribute: false }) initialValue: Json = [];
  @property({ attribute: false }) blockTypes: Json = [];
  /** The keys that matter; without any, all do. */
  @property({ attribute: false }) keys: Json = [];
  @property({ attribute: "no-key-edit", converter: flag }) noKeyEdit = false;
  /** Kept for templates; places can't be edited in this version. */
  @property({ attribute: "no-geometry-edit", converter: flag }) noGeometryEdit = false;

  @state() private verdicts: ReadonlyMap<Json | undefined, Verdict> = new Map();
  /** Place of the pair that stands out in the document. */
  @state() private current = 0;
  @query("groundwork-image") private view!: ImageView | null;

  readonly answerKey = "AWS/Textract/AnalyzeDocument/Forms/V1";

  /** The answer object as it stands, a copy of its own each time. */
  get value(): Record<string, Json> {
    return this._submittableValue;
  }

  get _submittableValue(): Record<string, Json> {
    return { blocks: reviewed(this.blocks, this.pairs, (pair) => this.verdictOf(pair)) };
  }

  restore(saved: Json | undefined): void {
    const blocks = (saved as { blocks?: Json } | null | undefined)?.blocks;
    if (Array.isArray(blocks)) {
      const verdicts = this.pairs.map((pair) => [pair.key["id"], verdictIn(blocks as readonly Block[], pair)] as const);
      this.verdicts = new Map(verdicts.flatMap(([id, verdict]) => (verdict ? [[id, verdict]] : [])));
      announceChange(this);
    }
  }

  reset(): void {
    this.verdicts = new Map();
    this.complaint = "";
  }

  problem(): string | null {
    const open = this.pairs.find((pair) => !this.verdictOf(pair));
    return open ? `Please say whether “${open.name}” is valid.` : null;
  }

  protected override focusForProblem(): void {
    this.current = this.pairs.findIndex((pair) => !this.verdictOf(pair));
    this.renderRoot.querySelector<HTMLElement>(`[name="valid-${this.current}"]`)?.focus();
  }

  protected override work(): unknown {
    return html`<groundwork-image
      .src=${this.src}
      .alternative=${"Document to review"}
      .drawing=${svg`<svg width="100%" height="100%" viewBox="0 0 1 1" preserveAspectRatio="none">
        ${this.pairs.map((pair, at) => [pair.key, ...pair.values].map((block) => outline(block, at === this.current)))}
      </svg>`}
    ></groundwork-image>`;
  }

  protected override pane(): unknown {
    const missing = missingKeys(this.pairs, this.keys);
    return html`<p class="list-title">Keys and values</p>
      ${this.pairs.map((pair, at) => this.card(pair, at))}
      ${missing.length > 0 ? html`<p class="missing">Not found in the document: ${missing.join(", ")}</p>` : nothing}
      ${this.pairs.length > 1
        ? html`<button type="button" class="all" @click=${() => this.approveRest()}>All others are valid</button>`
        : nothing}
      <div class="complaint" role="alert">${this.complaint}</div>`;
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog([
      [["Y", "N"], "The pair in focus is valid, or is not"],
      [["Tab"], "Go to the next control"],
      [["+", "−", "F"], "Zoom in, zoom out, fit the document"],
      [["Ctrl+Enter"], "Submit from anywhere"],
    ]);
  }

  protected override takeKey(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    const pair = this.pairs[this.current];
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return false;
    }
    if (pair && (key === "y" || key === "n")) {
      this.judge(pair, key === "y" ? { verdict: "valid" } : { verdict: "corrected" });
      return true;
    }
    return this.view?.takeKey(event.key) ?? false;
  }

  private get blocks(): readonly Block[] {
    return list(this.initialValue) as readonly Block[];
  }

  private get pairs(): readonly KeyValue[] {
    return pairsOf(this.blocks, this.keys);
  }

  private verdictOf({ key }: KeyValue): Verdict | undefined {
    return this.verdicts.get(key["id"]);
  }

  private card(pair: KeyValue, at: number): TemplateResult {
    const given = this.verdictOf(pair);
    const isWrong = given !== undefined && given.verdict !== "valid";
    return html`<section
      class="card ${at === this.current ? "current" : ""}"
      role="group"
      aria-label=${pair.name}
      @focusin=${() => (this.current = at)}
      @click=${() => (this.current = at)}
    >
      ${this.noKeyEdit
        ? html`<h2>${pair.name}</h2>`
        : html`<label class="field">Key ${this.input(given?.name ?? pair.name, (name) => this.judge(pair, { name, verdict: given?.verdict ?? "valid" }))}</label>`}
      <p class="text" dir="auto">${pair.text || "(blank)"}</p>
      <div class="valid" role="radiogroup" aria-label="Is “${pair.name}” valid?">
        ${radio(`valid-${at}`, "Valid", given?.verdict === "valid", () => this.judge(pair, { verdict: "valid" }))}
        ${radio(`valid-${at}`, "Not valid", isWrong, () => this.judge(pair, { verdict: "corrected" }))}
      </div>
      ${isWrong ? this.correction(pair, given, at) : nothing}
    </section>`;
  }

  private correction(pair: KeyValue, given: Verdict, at: number): TemplateResult {
    const option = (verdict: Verdict["verdict"], text: string): TemplateResult =>
      radio(`wrong-${at}`, text, given.verdict === verdict, () => this.judge(pair, { verdict }));
    return html`<div class="wrong" role="radiogroup" aria-label="What is wrong with “${pair.name}”?">
        ${option("corrected", "The value is different")} ${option("not-found", "Key not found")} ${option("blank", "Value is blank")}
      </div>
      ${given.verdict === "corrected"
        ? html`<label class="field">Value ${this.input(given.text, (text) => this.judge(pair, { text, verdict: "corrected" }))}</label>`
        : nothing}`;
  }

  private input(text: string, onInput: (text: string) => void): TemplateResult {
    return html`<input type="text" .value=${live(text)} @input=${(event: Event) => onInput((event.target as HTMLInputElement).value)} />`;
  }

  private judge(pair: KeyValue, change: Partial<Verdict>): void {
    const given = this.verdictOf(pair);
    const text = change.text ?? (given?.verdict === "corrected" ? given.text : pair.text);
    const next: Verdict = { verdict: "valid", name: given?.name ?? pair.name, ...change, text };
    this.verdicts = new Map(this.verdicts).set(pair.key["id"], next);
    this.complaint = "";
    announceChange(this);
  }

  private approveRest(): void {
    for (const pair of this.pairs.filter((each) => !this.verdictOf(each))) {
      this.judge(pair, { verdict: "valid" });
    }
  }
}

function radio(name: string, text: string, isChosen: boolean, act: () => void): TemplateResult {
  return html`<label><input type="radio" name=${name} .checked=${live(isChosen)} @change=${act} />${text}</label>`;
}

function outline(block: Block, isCurrent: boolean): unknown {
  const area = areaOf(block);
  return area
    ? svg`<rect x=${area.left} y=${area.top} width=${area.width} height=${area.height} vector-effect="non-scaling-stroke"
        fill=${isCurrent ? "rgb(255 190 0 / 30%)" : "none"} stroke=${isCurrent ? "#a34a00" : "#1f5fa8"} stroke-width=${isCurrent ? 3 : 1.5}></rect>`
    : nothing;
}

define("crowd-textract-analyze-document", CrowdTextractAnalyzeDocument);
