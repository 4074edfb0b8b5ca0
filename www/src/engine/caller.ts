// One worker and the requests that wait for it.

import type { Answer, Progress, Reply, Request } from "./protocol.ts";
import { Unstarted } from "./unstarted.ts";
import CheckWorker from "./worker.ts?worker&inline";

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
  tell: ((progress: Progress) => void) | undefined;
}

export class Caller {
  #worker: Worker | undefined;
  #broken: Error | undefined;
  #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor() {
    try {
      this.#listen((this.#worker = new CheckWorker()));
    } catch {
      this.#broken = new Unstarted("worker");
    }
  }

  #listen(worker: Worker) {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id);
      if ("progress" in data) return waiting?.tell?.(data.progress);
      this.#waiting.delete(data.id);
      if ("error" in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.reply);
    });
    // It did not start, or it ended: nothing that waits for it will be answered.
    const lost = () => this.#lost(new Unstarted("worker"));
    worker.addEventListener("error", lost);
    worker.addEventListener("messageerror", lost);
  }

  #lost(error: Error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#broken = error;
  }

  ask(request: Request, tell?: (progress: Progress) => void): Promise<Reply> {
    if (this.#broken) return Promise.reject(this.#broken);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, tell });
      this.#worker?.postMessage({ id, request });
    });
  }

  async text(request: Request, tell?: (progress: Progress) => void): Promise<string> {
    return String((await this.ask(request, tell)) ?? "");
  }

  async bytes(request: Request): Promise<Uint8Array | undefined> {
    const reply = await this.ask(request);
    return reply instanceof Uint8Array ? reply : undefined;
  }

  /** Ends the worker in the middle of whatever it does; what waits for it is never answered. */
  stop() {
    this.#worker?.terminate();
    this.#waiting.clear();
  }
}
