import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

/** Loved and heavy: kept when it was shown once, not fetched for it. */
const heavy = /nastaliq/;

/** Writes `sw.js`: the service worker with the list of what this build consists of. */
export function shell(): Plugin {
  return {
    name: "shell",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const built = Object.keys(bundle).filter((name) => name.startsWith("assets/") && /\.(js|css|woff2)$/.test(name) && !heavy.test(name)).sort();
        const files = ["/", "/icon.svg", "/manifest.webmanifest", ...built.map((name) => `/${name}`)];
        const worker = readFileSync(resolve(import.meta.dirname, "worker.js"), "utf8");
        const version = createHash("sha256").update(worker).update(files.join()).digest("hex").slice(0, 12);
        this.emitFile({ type: "asset", fileName: "sw.js", source: worker.replace("__VERSION__", version).replace("__FILES__", JSON.stringify(files)) });
      },
    },
  };
}
