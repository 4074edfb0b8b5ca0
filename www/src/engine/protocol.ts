// What page and worker say to one another.

import type { CheckOptions } from "../wasm/checker.js";

export type Request =
  /** The checker's module and the pack that came with it. */
  | { do: "start"; module: ArrayBuffer; pack: ArrayBuffer; lang: string }
  /** Rule files by name, as JSON; the compiler's module comes along the first time. */
  | { do: "compile"; module: ArrayBuffer | undefined; files: string; lang: string }
  /** Back to the pack that came with the page. */
  | { do: "restore"; lang: string }
  | { do: "check" | "csv"; name: string; bytes: Uint8Array; options: CheckOptions };

export type Answer = { id: number; text: string } | { id: number; error: string };
