// How a worker answers what it is asked.

import type { Answer, Progress, Reply, Request } from "./protocol.ts";
import { READY } from "./started.ts";

/** Answers every request from now on. */
export function serve(answer: (request: Request, tell: (progress: Progress) => void) => Reply | Promise<Reply | void>) {
  addEventListener("message", async (event: MessageEvent<{ id: number; request: Request }>) => {
    const { id, request } = event.data;
    let message: Answer;
    try {
      const reply = await answer(request, (progress) => postMessage({ id, progress } satisfies Answer));
      message = { id, reply: reply ?? undefined };
    } catch (error) {
      message = { id, error: error instanceof Error ? error.message : String(error) };
    }
    postMessage(message);
  });
  postMessage(READY);
}
