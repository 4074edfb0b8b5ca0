// What page and worker say to one another.

import type { CheckOptions } from "../wasm/checker.js";

export type Request =
  /** The checker's module and the pack that came with it. */
  | { do: "start"; module: ArrayBuffer; pack: ArrayBuffer; lang: string }
  /** Rule files by name, as JSON; the compiler's module comes along the first time. */
  | { do: "compile"; module: ArrayBuffer | undefined; files: string; lang: string }
  /** Back to the pack that came with the page. */
  | { do: "restore"; lang: string }
  /** The pack that was compiled, as bytes for another module; none when the one that came with the page is in force. */
  | { do: "compiled" }
  /** The module for counties and workbooks, and the pack in force for it; again when another pack comes into force. */
  | { do: "office"; module: ArrayBuffer; pack: ArrayBuffer }
  | { do: "check" | "csv"; name: string; bytes: Uint8Array; options: CheckOptions };

/** What a request is answered with. */
export type Reply = string | Uint8Array | undefined;
export type Answer = { id: number; reply: Reply } | { id: number; error: string };
