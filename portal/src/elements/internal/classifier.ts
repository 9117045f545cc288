import { CategoryWidget } from "./category-widget";
import type { Json } from "./relaxed-json";

/** Widgets that ask for one category. */
export abstract class Classifier extends CategoryWidget {
  protected override readonly several = false;

  /** The chosen category or the exclusion's text; empty before any choice. */
  get value(): string {
    return this.answered[0] ?? "";
  }

  set value(category: string) {
    this.answered = [category];
  }

  protected override answerOf([label = ""]: readonly string[]): Record<string, Json> {
    return { label };
  }

  protected override savedTexts(saved: Json | undefined): readonly string[] {
    const label = (saved as { label?: Json } | null | undefined)?.label;
    return typeof label === "string" ? [label] : [];
  }
}
