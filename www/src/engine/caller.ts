// One worker and the requests that wait for it.

import type { Answer, Progress, Reply, Request } from "./protocol.ts";
import { code } from "./parts.ts";
import { started } from "./started.ts";
import { Unstarted } from "./unstarted.ts";

/** The worker for everything, which is loaded when it is asked for. */
export const whole = async (): Promise<Worker> => (await code(import("./whole-worker.ts"))).made();

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
  tell: ((progress: Progress) => void) | undefined;
}

const unstarted = (error: unknown): Unstarted => (error instanceof Unstarted ? error : new Unstarted("worker"));

export class Caller {
  #worker: Worker | undefined;
  #broken: Error | undefined;
  #waiting = new Map<number, Waiting>();
  #next = 0;
  /** What was asked before the worker had begun. */
  #early: { id: number; request: Request }[] = [];
  #ending = false;

  constructor(make: () => Worker | Promise<Worker> = whole) {
    started(make).then((worker) => this.#listen(worker), (error: unknown) => this.#lost(unstarted(error)));
  }

  #listen(worker: Worker) {
    if (this.#ending && this.#waiting.size === 0) return worker.terminate();
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id);
      if ("progress" in data) return waiting?.tell?.(data.progress);
      this.#waiting.delete(data.id);
      if ("error" in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.reply);
      if (this.#ending && this.#waiting.size === 0) worker.terminate();
    });
    // It ended: nothing that waits for it will be answered.
    const lost = () => this.#lost(new Unstarted("worker"));
    worker.addEventListener("error", lost);
    worker.addEventListener("messageerror", lost);
    for (const early of this.#early.splice(0)) worker.postMessage(early);
  }

  #lost(error: Error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#broken = error;
  }

  ask(request: Request, tell?: (progress: Progress) => void): Promise<Reply> {
    if (this.#broken) return Promise.reject(this.#broken);
    // Whoever was given up may still be on the way to ask; a worker begun for him would read on, and nobody end it.
    if (this.#ending) return new Promise(() => {});
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, tell });
      if (this.#worker) this.#worker.postMessage({ id, request });
      else this.#early.push({ id, request });
    });
  }

  async text(request: Request, tell?: (progress: Progress) => void): Promise<string> {
    return String((await this.ask(request, tell)) ?? "");
  }

  async bytes(request: Request): Promise<Uint8Array | undefined> {
    const reply = await this.ask(request);
    return reply instanceof Uint8Array ? reply : undefined;
  }

  /** Ends the worker in the middle of whatever it does; what waits for it, or asks later, is never answered. */
  stop() {
    this.#waiting.clear();
    this.retire();
  }

  /** Ends the worker when all that waits for it is answered; nothing is asked any more. */
  retire() {
    this.#ending = true;
    if (this.#waiting.size === 0) this.#worker?.terminate();
  }
}
