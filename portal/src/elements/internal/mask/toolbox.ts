import { nothing } from "lit";
import type { Size } from "../annotation/geometry";
import type { Tool } from "../annotation/image-tool";
import { BrushTool } from "./brush-tool";
import type { Easel, MaskTool } from "./easel";
import { OutlineTool } from "./outline-tool";
import { largest, nextSize, sizeControl } from "./size-control";
import { SuperpixelTool } from "./superpixel-tool";

/** The tools of a mask, which one is in hand, their sizes, and whether they erase. */
export class Toolbox {
  readonly outline: OutlineTool;
  readonly superpixels: SuperpixelTool;
  inHand: MaskTool;
  /** Whether the tool in hand takes labels away. */
  erasing = false;
  private readonly brush: BrushTool;
  private sizes = { brush: 20, spacing: 20 };

  /** `changed` hears when something else is to be shown. */
  constructor(
    private readonly easel: Easel,
    private readonly changed: () => void,
  ) {
    this.brush = new BrushTool(easel, () => this.sizes.brush);
    this.outline = new OutlineTool(easel);
    this.superpixels = new SuperpixelTool(easel, changed);
    this.inHand = this.brush;
  }

  /** Whether the page may read the image, so that there are superpixels. */
  get readable(): boolean {
    return this.easel.stage.source.image?.crossOrigin !== null;
  }

  /** The image is another one, of this size; null: of a size that is not known yet. */
  resetFor(size: Size | null): void {
    this.inHand.putDown();
    this.superpixels.forget();
    if (size) {
      const short = Math.min(size.width, size.height);
      this.sizes = { brush: Math.max(2, Math.round(short / 25)), spacing: Math.max(8, Math.round(short / 40)) };
      this.take(this.inHand === this.superpixels && !this.readable ? this.brush : this.inHand);
    }
  }

  /** Buttons of the tools. */
  buttons(): readonly Tool[] {
    const button = (name: string, key: string, tool: MaskTool): Tool => ({
      name,
      text: name,
      key,
      pressed: this.inHand === tool,
      act: () => this.take(tool),
    });
    return [
      button("Brush", "B", this.brush),
      { ...button("Polygon", "P", this.outline), id: "polygon" },
      { ...button("Superpixels", "S", this.superpixels), disabled: !this.readable },
      { name: "Erase", text: "Erase", key: "E", pressed: this.erasing, act: () => this.erase(!this.erasing) },
    ];
  }

  /** The slider of the size of the tool in hand. */
  sizeControl(): unknown {
    const { size } = this.easel.stage;
    if (!size || this.inHand === this.outline) {
      return nothing;
    }
    const name = this.inHand === this.brush ? "Brush" : "Superpixels";
    return sizeControl(name, this.sizes[this.sizeKey], largest(size), (to, final) => this.resize(to, final));
  }

  /** Take a letter; false when it is none of a tool's. */
  takeLetter(key: string): boolean {
    switch (key.toLowerCase()) {
      case "b":
        return this.take(this.brush);
      case "p":
        return this.take(this.outline);
      case "s":
        return this.readable && this.take(this.superpixels);
      case "e":
        return this.erase(!this.erasing);
      case "[":
      case "]":
        return this.resize(nextSize(this.sizes[this.sizeKey], key === "]" ? 1 : -1, this.easel.stage.size), true);
      default:
        return false;
    }
  }

  /** Erase with the tool in hand, or paint; always true. */
  erase(on: boolean): boolean {
    this.erasing = on;
    this.changed();
    return true;
  }

  private get sizeKey(): "brush" | "spacing" {
    return this.inHand === this.superpixels ? "spacing" : "brush";
  }

  private take(tool: MaskTool): boolean {
    if (tool !== this.inHand) {
      this.inHand.putDown();
    }
    this.inHand = tool;
    this.easel.say(null);
    if (tool === this.superpixels && !this.superpixels.map) {
      this.superpixels.find(this.sizes.spacing);
    }
    return this.erase(false);
  }

  /** Superpixels are found anew once their size is final. */
  private resize(to: number, final: boolean): boolean {
    const key = this.sizeKey;
    this.sizes = { ...this.sizes, [key]: to };
    if (final && key === "spacing") {
      this.superpixels.find(to);
    }
    this.changed();
    return true;
  }
}
