import type { Shortcut } from "../shortcuts";

/** Keys of the mask tools. */
export const maskShortcuts: readonly Shortcut[] = [
  [["B", "P", "S"], "Brush, polygon, superpixels"],
  [["E"], "Erase with the tool, or paint again"],
  [["[", "]"], "Smaller or larger brush; smaller or larger superpixels"],
  [["←", "→", "↑", "↓"], "Move the polygon's cursor, or go from superpixel to superpixel; with Shift, by one pixel"],
  [["Space", "Enter"], "Paint the superpixel under the cursor"],
  [["Space"], "Set a corner of the polygon under the cursor"],
  [["Enter"], "Fill the polygon"],
  [["Backspace", "Esc"], "Take back a corner of the polygon, or all of it"],
  [["H"], "Hide or show the mask"],
];
