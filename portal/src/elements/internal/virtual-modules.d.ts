declare module "virtual:iron-icons" {
  /** Icon name to path data, or to SVG markup where an icon is more than one path: those in the bundle. */
  export const atHand: Readonly<Record<string, string>>;
  /** Names of the icons whose drawings are in `icons.js`. */
  export const others: readonly string[];
}

declare module "json5/lib/parse.js" {
  /** Reads JSON5 text; the package's parser alone. */
  export default function parse(text: string): unknown;
}
