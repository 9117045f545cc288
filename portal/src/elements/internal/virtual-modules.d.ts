declare module "virtual:iron-icons" {
  /** Icon name to path data, or to SVG markup where an icon is more than one path. */
  const icons: Readonly<Record<string, string>>;
  export default icons;
}

declare module "json5/lib/parse.js" {
  /** Reads JSON5 text; the package's parser alone. */
  export default function parse(text: string): unknown;
}
