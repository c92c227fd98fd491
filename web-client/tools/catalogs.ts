import { compileMessage } from "@lingui/message-utils/compileMessage";
import { readdirSync, readFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import type { Plugin } from "vite";

/** Every sentence of the client, beside the screens that say it: `{ "<area>.<id>": { "en": …, "ur": … } }`. */
type TextFile = Record<string, Record<string, string>>;

const root = resolve(import.meta.dirname, "..");
const moduleName = /^virtual:catalog\/(en|ur)$/;

export function textFiles(): string[] {
  return readdirSync(resolve(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => basename(file) === "text.json")
    .map((file) => resolve(root, "src", file))
    .sort();
}

/** The compiled catalog of one language. Throws when a sentence lacks it, so that no build can ship a gap. */
export function catalog(language: string): Record<string, unknown> {
  const messages: Record<string, unknown> = {};
  for (const file of textFiles()) {
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

/** Serves `virtual:catalog/<language>`: messages are parsed at build time, so the browser needs no parser and no eval. */
export function catalogs(): Plugin {
  return {
    name: "catalogs",
    resolveId: (id) => (moduleName.test(id) ? `\0${id}` : undefined),
    load(id) {
      const language = moduleName.exec(id.slice(1))?.[1];
      if (!id.startsWith("\0") || language === undefined) {
        return undefined;
      }
      textFiles().forEach((file) => this.addWatchFile(file));
      return `export const messages = ${JSON.stringify(catalog(language))};`;
    },
  };
}
