import { defineConfig, type Plugin } from "vite";
import { ironIcons } from "./iron-icons.ts";

const LICENSES = `/*! Groundwork crowd elements. With Lit (BSD-3-Clause, Copyright Google LLC), JSON5 (MIT, Copyright Aseem
Kishore and others) and the iron-icons drawings (BSD-3-Clause, Copyright The Polymer Project Authors). */`;

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

/**
 * The bundle of one mode: `elements` for pages without drawing and marking tools, which need half as much, or
 * `all-elements`. One page loads one of them.
 */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [ironIcons(), denseTemplates()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: `src/frame/${mode}.ts`, formats: ["iife"], name: "groundworkElementsBundle", fileName: () => `${mode}.js` },
    rollupOptions: { output: { postBanner: LICENSES } },
  },
}));
