import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

import { contentSecurityPolicy } from "./build/csp.ts";
import { publicKey } from "./build/public-key.ts";
import { serviceWorker } from "./build/service-worker.ts";
import { IN_ONE, quickly, singleFile, tightly } from "./build/single-file.ts";
import { writeTexts } from "./build/texts.mjs";

writeTexts();

// Two outputs from one source: dist/ for a web server, and with --mode single dist/bulou.html, which opens by double-click;
// with --mode shipped it is as small as can be.
export default defineConfig(({ mode }) => {
  const shipped = mode === "shipped";
  const single = shipped || mode === "single";
  return {
    base: "./",
    define: { __SINGLE_FILE__: JSON.stringify(single) },
    resolve: { alias: single ? IN_ONE : [] },
    plugins: [
      svelte(),
      publicKey(),
      ...(single ? singleFile(shipped ? tightly : quickly) : [contentSecurityPolicy(), serviceWorker()]),
    ],
    worker: { format: "iife" },
    build: {
      // The last Chrome on Windows 7.
      target: "chrome109",
      emptyOutDir: !single,
      assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 0,
      modulePreload: { polyfill: false },
    },
  };
});
