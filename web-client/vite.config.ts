import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { catalogs } from "./tools/catalogs.ts";
import { withinSizes } from "./tools/sizes.ts";
import { shell } from "./tools/shell.ts";
import { twins } from "./tools/twins.ts";

const api = process.env["REFERRAL_API"] ?? "http://localhost:5080";

export default defineConfig(({ mode }) => ({
  // The sizes are printed when they are asked for, and kept in every build.
  plugins: [react(), catalogs(), withinSizes(mode === "size" ? (line) => process.stdout.write(`${line}\n`) : undefined), shell(), twins()],
  resolve: {
    alias: [{ find: "@reference", replacement: fileURLToPath(new URL("../api/Referral.Api/Reference", import.meta.url)) }, { find: /^#/, replacement: fileURLToPath(new URL("./src/", import.meta.url)) }],
  },
  build: {
    target: "es2022",
    // A strict content security policy: nothing inline, no data: addresses, no injected script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The shapes of the map are those that the API ships.
    fs: { allow: [".", "../api/Referral.Api/Reference"] },
    proxy: Object.fromEntries(["/api", "/web", "/connect", "/swagger", "/account"].map((path) => [path, api])),
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
  },
}));
