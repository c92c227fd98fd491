import { compileMessage } from "@lingui/message-utils/compileMessage";
import { readdirSync, readFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import type { Plugin } from "vite";

/** Every sentence of the client, beside the screens that say it: `{ "<area>.<id>": { "en": …, "ur": … } }`. */
type TextFile = Record<string, Record<string, string>>;

const root = resolve(import.meta.dirname, "..");
const moduleName = /^virtual:catalog\/(en|ur)\/(first|inside)$/;
/** What everybody may come to, signed in or not; the words of all other screens come with the first of them. */
const open = /src\/(api|app|ui|features\/(follow|law|session))\/text\.json$/;

export type Part = "first" | "inside";

/** The files with the words of one part, or of both. */
export function textFiles(part?: Part): string[] {
  return readdirSync(resolve(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => basename(file) === "text.json")
    .map((file) => resolve(root, "src", file))
    .filter((file) => part === undefined || open.test(file) === (part === "first"))
    .sort();
}

/** The compiled catalog of one language, or of one part of it. Throws when a sentence lacks it, so that no build can ship a gap. */
export function catalog(language: string, part?: Part): Record<string, unknown> {
  const messages: Record<string, unknown> = {};
  for (const file of textFiles(part)) {
    const texts = JSON.parse(readFileSync(file, "utf8")) as TextFile;
    for (const [id, text] of Object.entries(texts)) {
      const sentence = text[language];
      if (!sentence?.trim()) {
        throw new Error(`${relative(root, file)}: "${id}" has no text in "${language}"`);
      }
      if (id in messages) {
        throw new Error(`${relative(root, file)}: "${id}" is already taken`);
      }
      messages[id] = compileMessage(sentence);
    }
  }
  return messages;
}

/** Serves `virtual:catalog/<language>/<part>`: messages are parsed at build time, so the browser needs no parser and no eval. */
export function catalogs(): Plugin {
  return {
    name: "catalogs",
    resolveId: (id) => (moduleName.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, language, part] = moduleName.exec(id.slice(1)) ?? [];
      if (!id.startsWith("\0") || language === undefined) {
        return undefined;
      }
      textFiles(part as Part).forEach((file) => this.addWatchFile(file));
      return `export const messages = ${JSON.stringify(catalog(language, part as Part))};`;
    },
  };
}
