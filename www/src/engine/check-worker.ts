// The worker with which the page begins: it checks by the pack that came with the page, which is all that most schools ever
// ask for. `worker.ts` does that and the rest.

import * as checker from "../wasm/checker.js";
import type { Reply, Request } from "./protocol.ts";
import { serve } from "./serving.ts";

let pack: checker.Pack | undefined;

serve((request: Request): Reply => {
  if (request.do === "start") {
    checker.initSync({ module: request.module });
    pack = checker.Pack.compiled(new Uint8Array(request.pack));
  }
  if (!pack) throw new Error("nothing is loaded");
  switch (request.do) {
    case "start":
    case "restore":
      return pack.answer(request.lang);
    case "check":
    case "csv":
      return pack[request.do](request.name, request.bytes, JSON.stringify(request.options));
    default:
      throw new Error(`this worker does not ${request.do}`);
  }
});
