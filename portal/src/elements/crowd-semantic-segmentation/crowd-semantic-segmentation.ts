import { define } from "../internal/element";
import type { Ink } from "../internal/mask/easel";
import { MOST_VALUES } from "../internal/mask/label-grid";
import { labelColors, type MaskEntry } from "../internal/mask/mask-colors";
import { MaskWidget } from "../internal/mask/mask-widget";
import { mappedColors } from "../internal/mask/saved-mask";
import type { Json } from "../internal/relaxed-json";
import { styles } from "./crowd-semantic-segmentation.styles";

/** Asks for the label of each pixel of an image. */
export class CrowdSemanticSegmentation extends MaskWidget<null> {
  static override styles = styles;

  /** The value of each label that was ever seen, so that a list that changes leaves the mask as it is. */
  private known: readonly string[] = [];

  protected override entries(): readonly MaskEntry[] {
    return this.labels.map((label) => this.entry(label, this.colorOf(label))).filter(({ value }) => value <= MOST_VALUES);
  }

  protected override savedEntries(saved: Json | undefined): readonly MaskEntry[] {
    return Object.entries(mappedColors(saved)).map(([label, color]) => this.entry(label, color));
  }

  protected override listOf(): null {
    return null;
  }

  protected override naming(used: readonly MaskEntry[]): Record<string, Json> {
    return { labelMappings: Object.fromEntries(used.map(({ label, color }) => [label, { color }])) };
  }

  protected override ink(): Ink | null {
    return this.entries().find((entry) => entry.label === this.label) ?? null;
  }

  protected override colorOf(label: string): string {
    return labelColors(this.labels, mappedColors(this.initialValue)).get(label) ?? super.colorOf(label);
  }

  private entry(label: string, color: string): MaskEntry {
    if (!this.known.includes(label)) {
      this.known = [...this.known, label];
    }
    return { value: this.known.indexOf(label) + 1, label, color };
  }
}

define("crowd-semantic-segmentation", CrowdSemanticSegmentation);
