import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

import { contentSecurityPolicy } from "./build/csp.ts";
import { packed } from "./build/packed.ts";
import { publicKey } from "./build/public-key.ts";
import { serviceWorker } from "./build/service-worker.ts";

// Two outputs from one source: dist/ for a web server, and with --mode single dist/bulou.html, which opens by double-click.
export default defineConfig(({ mode }) => {
  const single = mode === "single";
  return {
    base: "./",
    define: { __SINGLE_FILE__: JSON.stringify(single) },
    plugins: [
      svelte(),
      publicKey(),
      ...(single ? [packed(), viteSingleFile({ removeViteModuleLoader: true })] : []),
      contentSecurityPolicy(single),
      ...(single ? [] : [serviceWorker()]),
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
