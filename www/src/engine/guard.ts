// The worker that parses workbooks and archives of others, and does nothing else: it can be ended at any moment.

import * as office from "../wasm/office.js";
import type { GuardAnswer, GuardRequest } from "./guarded.ts";
import { READY } from "./started.ts";

let memory: WebAssembly.Memory | undefined;
let archive: office.Archive | undefined;

function answer(request: GuardRequest): GuardAnswer["reply"] {
  switch (request.do) {
    case "start":
      ({ memory } = office.initSync({ module: request.module }));
      return undefined;
    case "probe":
      allow(office.workbookSeconds(request.bytes.length));
      office.probeWorkbook(request.bytes);
      return undefined;
    case "open":
      allow(office.archiveSeconds());
      archive = new office.Archive(request.bytes, request.after, request.lang);
      return { names: archive.names(), passedOver: archive.passedOver() };
    case "next": {
      allow(office.archiveSeconds());
      const member = archive?.next();
      return member && { name: member.name, bytes: member.bytes, trouble: member.trouble };
    }
  }
}

/** Says how long what comes may take, before it begins. */
const allow = (seconds: number) => postMessage({ seconds } satisfies GuardAnswer);

addEventListener("message", ({ data }: MessageEvent<GuardRequest>) => {
  let message: GuardAnswer;
  try {
    message = { reply: answer(data), full: (memory?.buffer.byteLength ?? 0) > office.parseMemory() };
  } catch (error) {
    message = { error: error instanceof Error ? error.message : String(error), trap: error instanceof WebAssembly.RuntimeError };
  }
  postMessage(message);
});
postMessage(READY);
