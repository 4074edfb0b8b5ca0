// The page's side of the checker.

import wasmUrl from "../wasm/bulou_bg.wasm?url";
import type { CheckOptions, LoadAnswer } from "../wasm/bulou.js";
import CheckWorker from "./worker.ts?worker&inline";
import type { Answer, Request } from "./protocol.ts";

/** The checker's bytes: fetched from beside the page, or in the single file from the page itself. */
async function wasm(): Promise<ArrayBuffer> {
  const inline = /^data:[^,]*;base64,(.*)$/s.exec(wasmUrl)?.[1];
  if (inline === undefined) return (await fetch(wasmUrl)).arrayBuffer();
  return Uint8Array.from(atob(inline), (char) => char.charCodeAt(0)).buffer;
}

class Engine {
  #worker = new CheckWorker();
  #waiting = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  #next = 0;
  #started: Promise<string>;

  constructor() {
    this.#worker.addEventListener("message", (event: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(event.data.id);
      this.#waiting.delete(event.data.id);
      if ("text" in event.data) waiting?.resolve(event.data.text);
      else waiting?.reject(new Error(event.data.error));
    });
    this.#started = wasm().then((bytes) => this.#ask({ do: "start", wasm: bytes }));
  }

  #ask(request: Request): Promise<string> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  /** Loads a pack from its files by name, as JSON. */
  async load(files: string, lang: string): Promise<LoadAnswer> {
    await this.#started;
    return JSON.parse(await this.#ask({ do: "load", files, lang })) as LoadAnswer;
  }

  /** The report as text, byte for byte what `bulou check --format json` prints. */
  async check(name: string, bytes: Uint8Array, options: CheckOptions): Promise<string> {
    await this.#started;
    return this.#ask({ do: "check", name, bytes, options });
  }

  /** The report for a spreadsheet. */
  async csv(name: string, bytes: Uint8Array, options: CheckOptions): Promise<string> {
    await this.#started;
    return this.#ask({ do: "csv", name, bytes, options });
  }
}

export const engine = new Engine();
