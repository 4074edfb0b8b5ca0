// One worker and the requests that wait for it.

import type { Answer, Reply, Request } from "./protocol.ts";
import CheckWorker from "./worker.ts?worker&inline";

export class Caller {
  #worker = new CheckWorker();
  #waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  #next = 0;

  constructor() {
    this.#worker.addEventListener("message", (event: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(event.data.id);
      this.#waiting.delete(event.data.id);
      if ("error" in event.data) waiting?.reject(new Error(event.data.error));
      else waiting?.resolve(event.data.reply);
    });
  }

  ask(request: Request): Promise<Reply> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  async text(request: Request): Promise<string> {
    return String((await this.ask(request)) ?? "");
  }

  async bytes(request: Request): Promise<Uint8Array | undefined> {
    const reply = await this.ask(request);
    return reply instanceof Uint8Array ? reply : undefined;
  }
}
