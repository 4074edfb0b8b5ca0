import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Writes `sw.js`, which keeps every file of the build, so that the page works offline after its first load. */
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const files = Object.values(bundle).sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
        const hash = createHash("sha256");
        for (const file of files) hash.update(file.fileName).update(file.type === "asset" ? file.source : file.code);
        const names = files.map((file) => (file.fileName === "index.html" ? "./" : file.fileName));
        const template = readFileSync(new URL("sw.js", import.meta.url), "utf8");
        const source = template
          .replace("__VERSION__", JSON.stringify(hash.digest("hex").slice(0, 16)))
          .replace("__FILES__", JSON.stringify(names));
        this.emitFile({ type: "asset", fileName: "sw.js", source });
      },
    },
  };
}
