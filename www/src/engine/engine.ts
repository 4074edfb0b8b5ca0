// The page's side of the checker.

import checkerUrl from "../wasm/checker_bg.wasm?url";
import compilerUrl from "../wasm/compiler_bg.wasm?url";
import packUrl from "../wasm/pack.bin?url";
import type { CheckOptions, LoadAnswer } from "../wasm/checker.js";
import CheckWorker from "./worker.ts?worker&inline";
import type { Answer, Request } from "./protocol.ts";

/** Bytes of the build: fetched from beside the page, or in the single file from the page itself. */
async function bytes(url: string): Promise<ArrayBuffer> {
  const inline = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  if (inline === undefined) return (await fetch(url)).arrayBuffer();
  return Uint8Array.from(atob(inline), (char) => char.charCodeAt(0)).buffer;
}

class Engine {
  #worker = new CheckWorker();
  #waiting = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  #next = 0;
  #started: Promise<unknown> = Promise.resolve();
  #compiler = false;

  constructor() {
    this.#worker.addEventListener("message", (event: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(event.data.id);
      this.#waiting.delete(event.data.id);
      if ("text" in event.data) waiting?.resolve(event.data.text);
      else waiting?.reject(new Error(event.data.error));
    });
  }

  #ask(request: Request): Promise<string> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  /** Starts the checker with the pack that came with the page. */
  async start(lang: string): Promise<LoadAnswer> {
    const started = Promise.all([bytes(checkerUrl), bytes(packUrl)]).then(([module, pack]) =>
      this.#ask({ do: "start", module, pack, lang }),
    );
    this.#started = started;
    return JSON.parse(await started) as LoadAnswer;
  }

  /** Compiles rule files by name, as JSON; with errors the pack in force stays. */
  async compile(files: string, lang: string): Promise<LoadAnswer> {
    const module = this.#compiler ? undefined : await bytes(compilerUrl);
    const answer = await this.#ask({ do: "compile", module, files, lang });
    this.#compiler = true;
    return JSON.parse(answer) as LoadAnswer;
  }

  /** Back to the pack that came with the page. */
  async restore(lang: string): Promise<LoadAnswer> {
    return JSON.parse(await this.#ask({ do: "restore", lang })) as LoadAnswer;
  }

  /** The report as text, byte for byte what `bulou check --format json` prints. */
  async check(name: string, document: Uint8Array, options: CheckOptions): Promise<string> {
    await this.#started;
    return this.#ask({ do: "check", name, bytes: document, options });
  }

  /** The report for a spreadsheet. */
  async csv(name: string, document: Uint8Array, options: CheckOptions): Promise<string> {
    await this.#started;
    return this.#ask({ do: "csv", name, bytes: document, options });
  }
}

export const engine = new Engine();
