// A worker that has begun. Now and then a browser says that it has made one, and none begins.

import { Unstarted } from "./unstarted.ts";

/** What a worker says of itself when it takes requests. */
export const READY = { ready: true } as const;

/** How long is waited for a worker before another one is made, in seconds; a machine may be busy. */
const PATIENCE = [20, 60, 180];

/** @throws Unstarted when none begins. */
export async function started(make: () => Worker | Promise<Worker>): Promise<Worker> {
  for (const seconds of PATIENCE) {
    const worker = await make();
    if (await begins(worker, seconds)) return worker;
    worker.terminate();
  }
  throw new Unstarted("worker");
}

function begins(worker: Worker, seconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), seconds * 1000);
    const ended = (settle: () => void) => () => {
      clearTimeout(timer);
      settle();
    };
    worker.addEventListener("message", ended(() => resolve(true)), { once: true });
    worker.addEventListener("error", ended(() => reject(new Unstarted("worker"))), { once: true });
  });
}
