import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const hashes = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, "g"))].map((found) => hash(found[1] ?? ""));

/**
 * Writes the content security policy into the page: what a school enters cannot leave its machine.
 * The single file may connect nowhere; the hosted page only to where it came from, for its service worker.
 */
export function contentSecurityPolicy(single: boolean): Plugin {
  return {
    name: "content-security-policy",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
          const html = String(file.source);
          const own = single ? [] : ["'self'"];
          const policy = {
            "default-src": ["'none'"],
            "script-src": [...own, ...(single ? hashes(html, "script") : []), "'wasm-unsafe-eval'"],
            "style-src": [...own, ...(single ? hashes(html, "style") : [])],
            "connect-src": single ? ["'none'"] : own,
            "worker-src": [...own, "blob:"],
            "img-src": ["data:"],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
          };
          const content = Object.entries(policy).map(([name, values]) => `${name} ${values.join(" ")}`).join("; ");
          if (single) file.fileName = "bulou.html";
          file.source = html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${content}" />`);
        }
      },
    },
  };
}
