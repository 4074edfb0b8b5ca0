// The module for counties and workbooks, in a worker.

import * as office from "../wasm/office.js";
import { Guard } from "./guarded.ts";

let module: WebAssembly.Module | undefined;

/** Begins it; one that is there stays. */
export function startOffice(given: WebAssembly.Module) {
  module ??= given;
  office.initSync({ module });
}

/** Another of it, for what may have to be stopped. */
export function guard(): Guard {
  if (!module) throw new Error("nothing is loaded");
  return new Guard(module);
}
