import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defineConfig, type Plugin } from "vite";

const VIRTUAL = "virtual:iron-icons";

const LICENSES = `/*! Groundwork crowd elements. With Lit (BSD-3-Clause, Copyright Google LLC), JSON5 (MIT, Copyright Aseem
Kishore and others) and the iron-icons drawings (BSD-3-Clause, Copyright The Polymer Project Authors). */`;

/** The drawings of the iron-icons set: name to path data, or to SVG where an icon is more than paths. */
export function ironIcons(): Plugin {
  return {
    name: "iron-icons",
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load: (id) => (id === `\0${VIRTUAL}` ? `export default ${JSON.stringify(readIcons())}` : null),
  };
}

function readIcons(): Record<string, string> {
  const file = createRequire(import.meta.url).resolve("@polymer/iron-icons/iron-icons.js");
  const groups = readFileSync(file, "utf8").matchAll(/<g id="([^"]+)">(.*?)<\/g>/g);
  return Object.fromEntries([...groups].map(([, name, drawing]) => [name, shorten(drawing ?? "")]));
}

function shorten(drawing: string): string {
  const paths = [...drawing.matchAll(/<path d="([^"]+)"><\/path>/g)];
  const isOnlyPaths = paths.map((path) => path[0]).join("") === drawing;
  return isOnlyPaths ? paths.map((path) => path[1]).join("") : drawing;
}

/** Templates and stylesheets in literals carry their indents into the bundle; they need not. */
function denseTemplates(): Plugin {
  return {
    name: "dense-templates",
    enforce: "pre",
    transform: (code, id) =>
      id.includes("/src/elements/")
        ? code.replace(/\n[ \t]+/g, "\n").replace(/\bcss`([^`]*)`/g, (_, text: string) => `css\`${text.replace(/\s+/g, " ").replace(/ ?([{};]) ?/g, "$1")}\``)
        : null,
  };
}

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [ironIcons(), denseTemplates()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "src/frame/main.ts", formats: ["iife"], name: "groundworkElementsBundle", fileName: () => "elements.js" },
    rollupOptions: { output: { postBanner: LICENSES } },
  },
});
