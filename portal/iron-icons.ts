import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const VIRTUAL = "virtual:iron-icons";

/** Icons the elements show themselves, and those templates name most: part of the bundle. */
const AT_HAND = [
  "add arrow-back arrow-forward cancel check check-circle chevron-left chevron-right close content-copy delete delete-sweep description done",
  "error-outline help help-outline highlight-off info info-outline lock lock-open redo remove report-problem search send star",
  "thumb-down thumb-up undo visibility visibility-off warning",
]
  .join(" ")
  .split(" ");

/**
 * The drawings of the iron-icons set: name to path data, or to SVG where an icon is more than paths. Those at hand are a
 * module, the rest is a script of its own, `icons.js`, which a page loads when it names one of them.
 */
export function ironIcons(): Plugin {
  const icons = readIcons();
  const isAtHand = ([name]: [string, string]): boolean => AT_HAND.includes(name);
  const atHand = Object.fromEntries(icons.filter(isAtHand));
  const others = Object.fromEntries(icons.filter((icon) => !isAtHand(icon)));
  return {
    name: "iron-icons",
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load: (id) =>
      id === `\0${VIRTUAL}`
        ? `export const atHand = ${JSON.stringify(atHand)};
           export const others = ${JSON.stringify(Object.keys(others).join(" "))}.split(" ");`
        : null,
    generateBundle() {
      const source = `groundworkIcons(${JSON.stringify(others)});\n`;
      this.emitFile({ type: "asset", fileName: "icons.js", source });
    },
  };
}

function readIcons(): [string, string][] {
  const file = createRequire(import.meta.url).resolve("@polymer/iron-icons/iron-icons.js");
  const groups = readFileSync(file, "utf8").matchAll(/<g id="([^"]+)">(.*?)<\/g>/g);
  return [...groups].map(([, name, drawing]) => [name ?? "", shorten(drawing ?? "")]);
}

function shorten(drawing: string): string {
  const paths = [...drawing.matchAll(/<path d="([^"]+)"><\/path>/g)];
  const isOnlyPaths = paths.map((path) => path[0]).join("") === drawing;
  return isOnlyPaths ? paths.map((path) => path[1]).join("") : drawing;
}
