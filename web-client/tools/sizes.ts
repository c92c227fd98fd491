import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };

export type Size = { name: string; bytes: number; limit: number };

const kilobyte = 1024;
const limits = { initial: 120 * kilobyte, screen: 25 * kilobyte, words: 30 * kilobyte, css: 12 * kilobyte };

/** What must be fetched before the first screen, and what each further screen adds, gzipped. */
export function sizes(bundle: Bundle): Size[] {
  const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === "chunk");
  const files = (chunk: Chunk, seen = new Set<Chunk>()): Set<Chunk> => {
    if (!seen.has(chunk)) {
      seen.add(chunk);
      chunks.filter(({ fileName }) => chunk.imports.includes(fileName)).forEach((next) => files(next, seen));
    }
    return seen;
  };
  const zipped = (text: string | Uint8Array): number => gzipSync(text, { level: 9 }).length;
  const code = (of: Iterable<Chunk>): number => [...of].reduce((sum, chunk) => sum + zipped(chunk.code), 0);
  const isCatalog = ({ facadeModuleId }: Chunk): boolean => facadeModuleId?.includes("virtual:catalog/") === true;

  const first = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap((entry) => [...files(entry)]));
  const css = new Set([...first].flatMap(({ viteMetadata }) => [...viteMetadata?.importedCss ?? []]));
  const styles = Object.values(bundle).filter((file) => file.type === "asset" && css.has(file.fileName)).map((file) => zipped((file as Rolldown.OutputAsset).source));
  // One language is needed: a part before the first screen, the other with the first one behind the sign-in.
  const words = (part: string): number => Math.max(0, ...chunks.filter((chunk) => isCatalog(chunk) && chunk.facadeModuleId?.endsWith(part)).map((chunk) => zipped(chunk.code)));
  return [
    { name: "initial JS with one language", bytes: code(first) + words("/first"), limit: limits.initial },
    { name: "words of all screens", bytes: words("/inside"), limit: limits.words },
    { name: "initial CSS", bytes: styles.reduce((sum, bytes) => sum + bytes, 0), limit: limits.css },
    ...chunks.filter((chunk) => chunk.isDynamicEntry && !isCatalog(chunk)).map((chunk) => (
      { name: chunk.name, bytes: code([...files(chunk)].filter((one) => !first.has(one))), limit: limits.screen }
    )),
  ];
}

/** The poorest phone sets the pace: a build that is too big is no build. */
export function withinSizes(say: (line: string) => void = () => undefined): Plugin {
  return {
    name: "sizes",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const measured = sizes(bundle);
        measured.forEach(({ name, bytes, limit }) => say(`${name}: ${(bytes / kilobyte).toFixed(1)} of ${limit / kilobyte} KB`));
        const over = measured.filter(({ bytes, limit }) => bytes > limit);
        if (over.length > 0) {
          this.error(`Too big: ${over.map(({ name, bytes, limit }) => `${name}, ${(bytes / kilobyte).toFixed(1)} of ${limit / kilobyte} KB`).join("; ")}`);
        }
      },
    },
  };
}
