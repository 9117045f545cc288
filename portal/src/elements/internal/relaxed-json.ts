import parseJson5 from "json5/lib/parse.js";

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const ADDRESS = /https?:\/\/[^\s,{}\]]*/y;
const TOKEN = /\s+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[\w$.+-]+/y;

/**
 * Read the JSON of an attribute the way templates write it.
 *
 * On top of JSON5 (single quotes, bare keys, comments, trailing commas) it takes what template loops leave behind:
 * empty list items (`[ , 'a', , ]`) and addresses without quotes.
 *
 * @throws SyntaxError when the text is no value at all.
 */
export function parseRelaxedJson(text: string): Json {
  return parseJson5(tidy(text)) as Json;
}

/** Write a value as compact JSON, the form in which attributes are reflected. */
export function compactJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function tidy(text: string): string {
  let out = "";
  let last = "";
  let at = 0;
  while (at < text.length) {
    const token = nextToken(text, at, last);
    at += token.length;
    if (isBlank(token)) {
      continue;
    }
    if (token === "," && (last === "," || last === "[" || last === "{")) {
      continue;
    }
    out += /^https?:\/\//.test(token) ? JSON.stringify(token) : token;
    last = token.charAt(token.length - 1);
  }
  return out;
}

function nextToken(text: string, at: number, last: string): string {
  for (const pattern of last === "" || ":,[".includes(last) ? [ADDRESS, TOKEN] : [TOKEN]) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) {
      return found[0];
    }
  }
  return text.charAt(at);
}

function isBlank(token: string): boolean {
  return /^(\s|\/\/|\/\*)/.test(token);
}
