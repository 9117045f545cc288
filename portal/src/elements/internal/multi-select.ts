import { CategoryWidget } from "./category-widget";
import type { Json } from "./relaxed-json";

/** Widgets that ask for one or more categories. */
export abstract class MultiSelect extends CategoryWidget {
  protected override readonly several = true;

  /** The chosen categories in the order of the list, or the exclusion's text alone; a copy of its own each time. */
  get value(): readonly string[] {
    return [...this.answered];
  }

  set value(categories: readonly string[] | null | undefined) {
    this.answered = Array.isArray(categories) ? categories.map(String) : [];
  }

  protected override answerOf(texts: readonly string[]): Record<string, Json> {
    return { labels: [...texts] };
  }

  protected override savedTexts(saved: Json | undefined): readonly string[] {
    const labels = (saved as { labels?: Json } | null | undefined)?.labels;
    return Array.isArray(labels) ? labels.map(String) : [];
  }
}
