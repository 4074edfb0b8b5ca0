// The checker, off the page's thread: a long check never freezes the form.

import { initSync, Pack } from "../wasm/bulou.js";
import type { Answer, Request } from "./protocol.ts";

let pack: Pack | undefined;

function answer(request: Request): string {
  switch (request.do) {
    case "start":
      initSync({ module: new WebAssembly.Module(request.wasm) });
      return "";
    case "load": {
      const loaded = new Pack(request.files);
      const text = loaded.answer(request.lang);
      pack?.free();
      pack = loaded;
      return text;
    }
    case "check":
    case "csv":
      if (!pack) throw new Error("no pack is loaded");
      return pack[request.do](request.name, request.bytes, JSON.stringify(request.options));
  }
}

addEventListener("message", (event: MessageEvent<{ id: number; request: Request }>) => {
  const { id, request } = event.data;
  let reply: Answer;
  try {
    reply = { id, text: answer(request) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  postMessage(reply);
});
