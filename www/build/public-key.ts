import { existsSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** The line of minisign's public key file that is the key: given as it is, as the file's text, or as the file's path. */
function key(given: string): string {
  const text = existsSync(given) ? readFileSync(given, "utf8") : given;
  const found = text.trim().split(/\r?\n/).at(-1)?.trim() ?? "";
  if (found !== "" && !/^RW[\w+/]{54}$/.test(found)) throw new Error("BULOU_PUBLIC_KEY is no minisign public key");
  return found;
}

/** Writes the bureau's public key into the page: only rule files that are signed by it are accepted, and without it none. */
export function publicKey(): Plugin {
  const content = key(process.env["BULOU_PUBLIC_KEY"] ?? "");
  const tag = { tag: "meta", attrs: { name: "bulou-public-key", content }, injectTo: "head" as const };
  return { name: "public-key", transformIndexHtml: () => [tag] };
}
