import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { catalog, textFiles } from "../../tools/catalogs.ts";

const source = resolve(import.meta.dirname, "..");
const texts = textFiles().flatMap((file) => Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>));

// `{name}` or `{count, plural, …}`: what the code must hand over.
const placeholders = (sentence: string): string[] => [...new Set([...sentence.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ""))].toSorted();

/** The code that is there when a file is: its own, and what it imports, but not what it loads later. */
function codeFrom(file: string, seen = new Set<string>()): string {
  if (seen.has(file) || !existsSync(file)) {
    return "";
  }
  seen.add(file);
  const code = readFileSync(file, "utf8");
  const imported = [...code.matchAll(/^(?:import|export)(?! type)[^;]*? from "([#.][^"]+)"/gm)].map(([, path = ""]) => (path.startsWith("#") ? resolve(source, path.slice(1)) : resolve(dirname(file), path)));
  return [code, ...imported.map((next) => codeFrom(next, seen))].join("\n");
}

// More has a door to each screen inside, and comes after them.
const open = ["main.tsx", "features/follow/Follow.tsx", "features/law/OpenAge.tsx", "features/session/Welcome.tsx", "features/session/ChooseAgency.tsx"];

it.each(open)("%s says nothing that comes only with the screens inside", (file) => {
  const code = codeFrom(resolve(source, file));
  expect(code.length).toBeGreaterThan(1000);
  expect(Object.keys(catalog("en", "inside")).filter((id) => code.includes(`"${id}"`))).toEqual([]);
});

describe("every sentence", () => {
  it.each(["en", "ur"])("is there in %s and can be parsed", (language) => {
    expect(Object.keys(catalog(language))).toHaveLength(texts.length);
  });

  it.each(texts)("%s asks for the same values in both languages", (_, { en = "", ur = "" }) => {
    const inPlurals = (sentence: string): string => sentence.replace(/(one|other) \{([^{}]|\{[^{}]*\})*\}/g, "");
    expect(placeholders(inPlurals(ur))).toEqual(placeholders(inPlurals(en)));
  });

  it.each(texts)("%s is Urdu in Urdu", (_, { ur }) => {
    expect(ur).toMatch(/[\u0600-\u06ff]|^, $/);
  });

  it("is said somewhere", () => {
    const code = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(source, file), "utf8")).join("\n");
    // Ids made from a code of the server end in an underscore here: `referrals.act_${action}`.
    const made = [...code.matchAll(/[`"](\w+\.\w*?_|\w+\.)\$\{/g)].map(([, start]) => start ?? "");
    const unused = texts.map(([id]) => id).filter((id) => !code.includes(`"${id}"`) && !made.some((start) => id.startsWith(start)));
    expect(unused).toEqual([]);
  });
});
