// Work on rule files, in the worker.

import * as bureau from "../wasm/bureau.js";
import * as compiler from "../wasm/compiler.js";
import * as office from "../wasm/office.js";
import { guard, startOffice } from "./office-module.ts";
import type { EffectFiles, Module, Progress, Reply, Service, Task } from "./protocol.ts";
import { Reading } from "./reading.ts";

const BEGIN: Record<Module, (module: WebAssembly.Module) => unknown> = {
  bureau: (module) => bureau.initSync({ module }),
  compiler: (module) => compiler.initSync({ module }),
  office: startOffice,
};

export class RuleTasks {
  #editor: compiler.Editor | undefined;

  answer(task: Task, tell: (progress: Progress) => void): Reply | Promise<Reply> {
    switch (task.do) {
      case "module":
        BEGIN[task.name](task.module);
        return undefined;
      case "edit":
        this.#editor?.free();
        this.#editor = new compiler.Editor(task.files);
        return undefined;
      case "service":
        return this.#service(task.name, task.args);
      case "load":
        return loaded(task.files, (pack) => pack.answer(task.lang));
      case "cases":
        return bureau.runCases(task.files, task.lang);
      case "expecting":
        return bureau.expecting(task.text, task.place, task.rule, task.status);
      case "difference":
        return bureau.difference(task.old, task.files, task.asOf, task.lang);
      case "publish":
      case "needed":
      case "receive":
        return bureau[task.do](task.call);
      case "effects":
        return effects(task.effects, tell);
      case "zip":
        return office.zip(JSON.stringify(task.files));
    }
  }

  #service(name: Service, args: (string | number)[]): Reply {
    const editor = this.#editor;
    if (!editor) throw new Error("no files are being edited");
    const method = editor[name] as (...args: (string | number)[]) => string | undefined;
    return method.apply(editor, args);
  }
}

function loaded<T>(files: string, use: (pack: compiler.Compiled) => T): T {
  const pack = new compiler.Compiled(files);
  try {
    return use(pack);
  } finally {
    pack.free();
  }
}

async function effects(about: EffectFiles, tell: (progress: Progress) => void): Promise<string> {
  const old = office.Pack.compiled(new Uint8Array(about.old));
  const renewed = office.Pack.compiled(loaded(JSON.stringify(about.files), (pack) => pack.bytes()));
  const found = new office.Effects(old, JSON.stringify(about.oldOptions), renewed, JSON.stringify(about.newOptions));
  const add = (name: string, bytes: Uint8Array) => found.add(name, bytes);
  const taker = { document: add, line: add, unread: (name: string) => found.unread(name), passOver: () => undefined };
  const reader = guard();
  await new Reading(about.documents, about.newOptions.lang ?? "zh", "", taker, reader, tell).read();
  reader.stop();
  return found.found();
}
