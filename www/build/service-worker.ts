import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

import { LATER } from "./later.mjs";

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("base64");
const isLater = (name: string) => LATER.some((one) => name.startsWith(`assets/${one}`));

/**
 * Writes `sw.js`, which keeps what a school uses of the build, so that the page works offline after its first load, and the
 * rest where it is used.
 */
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const files = Object.values(bundle)
          .map((file) => [file.fileName === "index.html" ? "./" : file.fileName, sha256(file.type === "asset" ? file.source : file.code)] as const)
          .sort(([one], [two]) => (one < two ? -1 : 1));
        const list = (later: boolean) => JSON.stringify(Object.fromEntries(files.filter(([name]) => isLater(name) === later)));
        const source = readFileSync(new URL("sw.js", import.meta.url), "utf8")
          .replace("__VERSION__", JSON.stringify(createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16)))
          .replace("__FILES__", list(false))
          .replace("__LATER__", list(true));
        this.emitFile({ type: "asset", fileName: "sw.js", source });
      },
    },
  };
}
