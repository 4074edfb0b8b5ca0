import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";
import { gzipAsync } from "@gfx/zopfli";
import { build, type Plugin, type PluginOption } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

import { encoded } from "../src/engine/base85.mjs";
import { withPolicy } from "./csp.ts";

/** The modules that are in one: what they have in common, the single file has once. The checker alone is ready sooner. */
export const IN_ONE = [{ find: /\/wasm\/(compiler|bureau|office)(?=[._])/, replacement: "/wasm/whole" }];

/** What stands there when the page does not open, because the file ends before what unpacks it. */
const OPENING =
  "正在打开…一直停在这里,就是文件没有拷完整,或浏览器太旧:请重新拷一份,用 Chrome 109 以上、Edge 或 Firefox 打开。 " +
  "Opening … If it stays like this, the file was not copied whole or the browser is too old: copy it again, and open it in Chrome 109 or later, Edge or Firefox.";
/** Nobody sees it while the page opens soon. */
const LATE = "#opening{visibility:hidden;animation:late 0s 2s forwards}@keyframes late{to{visibility:visible}}";

/** Packs by gzip. */
type Packing = (content: string | Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** As soon as possible. */
export const quickly: Packing = (content) => gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
/** A twentieth smaller than that, in twenty times the time. */
export const tightly: Packing = (content) => gzipAsync(Buffer.from(content), { numiterations: 15 });

/** What a page holds without running it: in a text it takes a quarter more room than it has bytes, and unpacked three times that. */
async function part(name: string, content: string | Uint8Array, packing: Packing): Promise<string> {
  const bytes = await packing(content);
  return `<script type="text/plain" data-part="${name}">${encoded(bytes)}</script>`;
}

/** What unpacks the rest. */
async function loader(): Promise<string> {
  const entry = fileURLToPath(new URL("../src/single.ts", import.meta.url));
  const lib = { entry, formats: ["iife" as const], name: "bulou" };
  const made = await build({ configFile: false, logLevel: "error", build: { target: "chrome109", write: false, lib } });
  const [output] = [made].flat();
  if (!output || !("output" in output)) throw new Error("the single file's loader was not built");
  return output.output[0].code.trim();
}

/** Makes the single file of the page: all of it packed, beside what unpacks it. */
export function singleFile(packing: Packing): PluginOption[] {
  const parts = new Map<string, string>();
  // What the build made beside the page's own code.
  const load: Plugin = {
    name: "single-file-parts",
    enforce: "pre",
    apply: "build",
    async load(id) {
      const [, path, name] = /^(.*\/src\/wasm\/([^/?]+)\.(?:wasm|bin|json))\?url$/.exec(id) ?? [];
      if (path === undefined || name === undefined) return undefined;
      parts.set(name, await part(name, readFileSync(path), packing));
      return `export default ${JSON.stringify(name)}`;
    },
  };
  const pack: Plugin = {
    name: "single-file",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      async handler(_, bundle) {
        const html = Object.values(bundle).find((file) => file.type === "asset" && file.fileName.endsWith(".html"));
        if (html?.type !== "asset") throw new Error("there is no page to make one file of");
        html.source = await packed(String(html.source), parts, packing);
        html.fileName = "bulou.html";
      },
    },
  };
  return [load, viteSingleFile({ removeViteModuleLoader: true }), pack];
}

/** The page whose code and styles stand in it, with both packed. */
async function packed(html: string, parts: ReadonlyMap<string, string>, packing: Packing): Promise<string> {
  const inline = { script: "", style: "" };
  const bare = html.replaceAll(/<(script|style)\b[^>]*>([\s\S]*?)<\/\1>\s*/g, (_, tag: "script" | "style", text: string) => {
    inline[tag] += text;
    return "";
  });
  if (inline.script === "" || inline.style === "") throw new Error("code or styles do not stand in the page");
  const first = await loader();
  const opening = `<style>${LATE}</style><p id="opening">${OPENING}</p>`;
  const own = await Promise.all([part("style", inline.style, packing), part("code", inline.script, packing)]);
  const body = [opening, ...own, ...parts.values(), `<script>${first}</script>`];
  const whole = bare.replace("</body>", () => `${body.join("\n")}\n</body>`);
  return withPolicy(whole, { scripts: [first, inline.script], styles: [LATE, inline.style] });
}
