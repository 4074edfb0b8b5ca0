// The checker with rule files, workbooks and counties, off the page's thread: a long work never freezes the form.

import * as checker from "../wasm/checker.js";
import * as compiler from "../wasm/compiler.js";
import * as office from "../wasm/office.js";
import { RuleTasks } from "./rule-tasks.ts";
import type { Progress, Reply, Request } from "./protocol.ts";
import { guard, startOffice } from "./office-module.ts";
import { Roll } from "./roll.ts";
import { serve } from "./serving.ts";

/** The pack that came with the page. */
let own: checker.Pack | undefined;
/** The pack in force. */
let pack: checker.Pack | undefined;
/** The same as bytes, when it did not come with the page. */
let compiled: Uint8Array | undefined;
/** The same for counties and workbooks. */
let officePack: office.Pack | undefined;
let roll: Roll | undefined;
const tasks = new RuleTasks();

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("nothing is loaded");
  return value;
}

/** A workbook that can be gone through is the office's, any other file gets its sentence from the checker. */
function judged(request: Request & { do: "check" | "csv" }): string {
  const { name, bytes, sound } = request;
  const options = JSON.stringify(request.options);
  if (sound?.is === "stopped" && request.do === "check") return there(officePack).stopped(name, bytes, options, sound.seconds);
  return (sound?.is === "sound" ? there(officePack) : there(pack))[request.do](name, bytes, options);
}

function answer(request: Request, tell: (progress: Progress) => void): Reply | Promise<Reply | void> {
  switch (request.do) {
    case "start":
      checker.initSync({ module: request.module });
      own = pack = checker.Pack.compiled(new Uint8Array(request.pack));
      return pack.answer(request.lang);
    case "restore":
      if (pack !== own) pack?.free();
      pack = own;
      compiled = undefined;
      return there(own).answer(request.lang);
    case "compile":
      compiler.initSync({ module: request.module });
      return compile(request.files, request.lang);
    case "take":
      return take(request.compiled, request.lang);
    case "compiled":
      return compiled;
    case "office":
      officePack?.free();
      startOffice(request.module);
      officePack = office.Pack.compiled(new Uint8Array(request.pack));
      return undefined;
    case "check":
    case "csv":
      return judged(request);
    case "template":
      return there(officePack).template(request.lang);
    case "workbook":
      return there(officePack).workbook(request.bytes, request.lang);
    case "annotated":
      return there(officePack).annotated(request.name, request.bytes, JSON.stringify(request.options));
    case "document":
      return there(officePack).document(request.bytes, request.lang);
    case "read":
      roll = new Roll(there(officePack), request.county, guard(), tell);
      return roll.read();
    case "finish":
      return there(roll).finish(request.previous);
    case "towns":
      return there(roll).towns();
    case "export":
      return there(roll).export(request.form);
    case "school":
      return there(roll).school(request.document);
    case "tasks":
      return tasks.answer(request.task, tell);
  }
}

function take(bytes: Uint8Array, lang: string): string {
  try {
    put(bytes);
  } catch {
    return "";
  }
  return there(pack).answer(lang);
}

/** Rule files with errors leave the pack in force as it is. */
function compile(files: string, lang: string): string {
  const made = new compiler.Compiled(files);
  try {
    const text = made.answer(lang);
    if ((JSON.parse(text) as checker.LoadAnswer).pack) put(made.bytes());
    return text;
  } finally {
    made.free();
  }
}

/** Puts a pack into force. */
function put(bytes: Uint8Array) {
  const taken = checker.Pack.compiled(bytes);
  if (pack !== own) pack?.free();
  [pack, compiled] = [taken, bytes];
}

serve(answer);
