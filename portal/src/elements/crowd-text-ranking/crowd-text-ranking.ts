import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Contribution } from "../internal/answer";
import { announceChange, define } from "../internal/element";
import type { Json } from "../internal/relaxed-json";
import { shortcutsDialog } from "../internal/shortcuts";
import { Widget } from "../internal/widget";
import { type Dimension, dimensionsOf, inOrder, ranked, type Ranks, ranksOf } from "./ranking";
import { styles } from "./crowd-text-ranking.styles";

const ANSWER_KEY = "ordinalRankingDimensions";

/** Asks to rank responses to a prompt, once for each dimension. */
export class CrowdTextRanking extends Widget {
  static override styles = styles;
  static override readonly jsonAttributes = { responses: "responses", "ordinal-ranking-dimensions": ANSWER_KEY };

  /** The prompt. */
  @property() text = "";
  @property({ attribute: false }) responses: Json = [];
  @property({ attribute: false }) ordinalRankingDimensions: Json = [];

  /** The ranks of each dimension, by its name. */
  @state() private ranks: ReadonlyMap<string, Ranks> = new Map();

  readonly answerKey = ANSWER_KEY;

  /** The answer object as it stands, a copy of its own each time. */
  get value(): Record<string, Json> {
    return this._submittableValue;
  }

  get _submittableValue(): Record<string, Json> {
    return {
      [ANSWER_KEY]: this.dimensions.map(({ name, allowTie }) => ({ name, allowTie, responseRankings: [...this.ranksIn(name)] })),
    };
  }

  /** The list stands at the top of the answer, not under the element's name. */
  override contribution(): Contribution {
    return { kind: "value", value: this._submittableValue[ANSWER_KEY] ?? [] };
  }

  restore(saved: Json | undefined): void {
    if (saved !== undefined) {
      this.ranks = new Map(this.dimensions.map(({ name }) => [name, ranksOf(saved, name, this.texts.length)]));
      announceChange(this);
    }
  }

  reset(): void {
    this.ranks = new Map();
    this.complaint = "";
  }

  problem(): string | null {
    const open = this.firstOpen();
    return open ? `Please rank response ${open.response + 1} for “${open.dimension}”.` : null;
  }

  protected override focusForProblem(): void {
    const open = this.firstOpen();
    if (open) {
      this.renderRoot.querySelector<HTMLElement>(`[name="${open.at}-${open.response}"]`)?.focus();
    }
  }

  protected override work(): unknown {
    return html`${this.text ? html`<section class="prompt"><h2 class="list-title">Prompt</h2><div dir="auto">${this.text}</div></section>` : null}
      ${this.texts.map(
        (text, response) => html`<section class="response">
          <h2 class="list-title">Response ${response + 1}</h2>
          <div class="said" dir="auto">${text}</div>
          ${this.dimensions.map((dimension, at) => this.ranksOf(dimension, at, response))}
        </section>`,
      )}`;
  }

  protected override pane(): unknown {
    return html`<p class="list-title">Ranks: 1 is the best</p>
      ${this.dimensions.map(({ name, allowTie }) => {
        const order = inOrder(this.ranksIn(name));
        return html`<h2>${name}</h2>
          <p class="rule">${order.length} of ${this.texts.length} ranked${allowTie ? "; ties are allowed" : ""}</p>
          <ol>
            ${order.map(([rank, response]) => html`<li value=${rank}><b>Response ${response + 1}</b> ${this.texts[response]}</li>`)}
          </ol>`;
      })}
      <div class="complaint" role="alert">${this.complaint}</div>`;
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog([
      [["1", "…", "9"], "Give the focused response that rank"],
      [["←", "→"], "Choose the rank before or after"],
      [["Tab"], "Go to the next response or dimension"],
      [["Ctrl+Enter"], "Submit from anywhere"],
    ]);
  }

  protected override takeKey(event: KeyboardEvent): boolean {
    const target = event.composedPath()[0];
    const rank = Number(event.key);
    const isRank = Number.isInteger(rank) && rank >= 1 && rank <= this.texts.length && event.key !== " ";
    if (!isRank || event.ctrlKey || event.altKey || event.metaKey || !(target instanceof HTMLInputElement) || !this.renderRoot.contains(target)) {
      return false;
    }
    const [at, response] = target.name.split("-").map(Number);
    const dimension = this.dimensions[at ?? -1];
    if (dimension) {
      this.rank(dimension, response ?? 0, rank);
      this.renderRoot.querySelector<HTMLElement>(`[name="${target.name}"][value="${rank}"]`)?.focus();
    }
    return true;
  }

  private get texts(): readonly string[] {
    return Array.isArray(this.responses) ? this.responses.map(String) : [];
  }

  private get dimensions(): readonly Dimension[] {
    return dimensionsOf(this.ordinalRankingDimensions);
  }

  private ranksIn(dimension: string): Ranks {
    const ranks = this.ranks.get(dimension) ?? [];
    return this.texts.map((_, index) => ranks[index] ?? null);
  }

  private firstOpen(): { dimension: string; at: number; response: number } | null {
    for (const [at, { name }] of this.dimensions.entries()) {
      const response = this.ranksIn(name).indexOf(null);
      if (response >= 0) {
        return { dimension: name, at, response };
      }
    }
    return null;
  }

  private ranksOf(dimension: Dimension, at: number, response: number): TemplateResult {
    const now = this.ranksIn(dimension.name)[response];
    return html`<div class="ranks" role="radiogroup" aria-label="${dimension.name}, response ${response + 1}">
      <span class="dimension" aria-hidden="true">${dimension.name}</span>
      ${this.texts.map(
        (_, index) => html`<label
          ><input
            type="radio"
            name="${at}-${response}"
            value=${index + 1}
            .checked=${live(now === index + 1)}
            @change=${() => this.rank(dimension, response, index + 1)}
          /><span>${index + 1}</span></label
        >`,
      )}
    </div>`;
  }

  private rank({ name, allowTie }: Dimension, response: number, rank: number): void {
    this.ranks = new Map(this.ranks).set(name, ranked(this.ranksIn(name), response, rank, allowTie));
    this.complaint = "";
    announceChange(this);
  }
}

define("crowd-text-ranking", CrowdTextRanking);
