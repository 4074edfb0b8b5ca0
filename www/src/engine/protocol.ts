// What page and worker say to one another.

import type { CheckOptions } from "../wasm/bulou.js";

export type Request =
  | { do: "start"; wasm: ArrayBuffer }
  | { do: "load"; files: string; lang: string }
  | { do: "check" | "csv"; name: string; bytes: Uint8Array; options: CheckOptions };

export type Answer = { id: number; text: string } | { id: number; error: string };
