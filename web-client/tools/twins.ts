import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Writes each script and style once more as `.br` and `.gz`: compressed as hard as it goes, once, at build time. */
export function twins(): Plugin {
  return {
    name: "twins",
    apply: "build",
    writeBundle({ dir = "" }) {
      const assets = join(dir, "assets");
      for (const file of readdirSync(assets).filter((name) => /\.(js|css)$/.test(name))) {
        const plain = readFileSync(join(assets, file));
        writeFileSync(join(assets, `${file}.br`), brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }));
        writeFileSync(join(assets, `${file}.gz`), gzipSync(plain, { level: 9 }));
      }
    },
  };
}
