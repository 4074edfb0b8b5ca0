import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The scripts and styles that a page runs which may load nothing. */
export interface Inline {
  scripts: readonly string[];
  styles: readonly string[];
}

/**
 * Writes the content security policy into a page: what a school enters cannot leave its machine. The single file may connect
 * nowhere, and runs what it holds; the hosted page connects only to where it came from, for its service worker.
 */
export function withPolicy(html: string, inline?: Inline): string {
  const own = inline ? [] : ["'self'"];
  const policy = {
    "default-src": ["'none'"],
    "script-src": [...own, ...(inline?.scripts.map(hash) ?? []), "'wasm-unsafe-eval'"],
    "style-src": [...own, ...(inline?.styles.map(hash) ?? [])],
    "connect-src": inline ? ["'none'"] : own,
    "worker-src": [...own, "blob:"],
    "img-src": ["data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
  };
  const content = Object.entries(policy).map(([name, values]) => `${name} ${values.join(" ")}`).join("; ");
  return html.replace("<head>", () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${content}" />`);
}

/** The same for the hosted page. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".html")) file.source = withPolicy(String(file.source));
        }
      },
    },
  };
}
