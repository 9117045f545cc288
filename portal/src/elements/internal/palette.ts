/** d3's category10. */
const PALETTE = [
  "#1f77b4",
  "#ff7f0e",
  "#2ca02c",
  "#d62728",
  "#9467bd",
  "#8c564b",
  "#e377c2",
  "#7f7f7f",
  "#bcbd22",
  "#17becf",
] as const;

/** The golden angle spreads any number of hues. */
const HUE_STEP = 137.508;

/** The colour of the n-th label, counted from 0, as `#rrggbb`; further distinct colours follow the palette's ten. */
export function paletteColor(index: number): string {
  return PALETTE[index] ?? hexOf((index * HUE_STEP) % 360, 0.65, index % 2 === 0 ? 0.42 : 0.6);
}

/** A hue in degrees, saturation and lightness as `#rrggbb`. */
function hexOf(hue: number, saturation: number, lightness: number): string {
  const spread = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): string => {
    const k = (n + hue / 30) % 12;
    const value = lightness - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
