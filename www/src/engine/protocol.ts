// What page and worker say to one another.

import type { CheckOptions, DocumentInfo } from "../wasm/checker.js";
import type { Soundness } from "./guarded.ts";

export type Request =
  /** The checker's module and the pack that came with it. */
  | { do: "start"; module: WebAssembly.Module; pack: ArrayBuffer; lang: string }
  /** Rule files by name, as JSON, and the compiler's module. */
  | { do: "compile"; module: WebAssembly.Module; files: string; lang: string }
  /** A pack that was compiled before; answered with nothing when another build compiled it. */
  | { do: "take"; compiled: Uint8Array; lang: string }
  /** Back to the pack that came with the page. */
  | { do: "restore"; lang: string }
  /** The pack that was compiled, as bytes for another module; none when the one that came with the page is in force. */
  | { do: "compiled" }
  /** The module for counties and workbooks, and the pack in force for it; again when another pack comes into force. */
  | { do: "office"; module: WebAssembly.Module; pack: ArrayBuffer }
  /** A workbook's check needs that module, and that it was gone through before. */
  | { do: "check" | "csv"; name: string; bytes: Uint8Array; sound: Soundness | undefined; options: CheckOptions }
  /** A workbook to fill in, or a document as one; needs that module. */
  | { do: "template"; lang: string }
  | { do: "workbook"; bytes: Uint8Array; lang: string }
  /** A document as a workbook with what a check finds at its cells; needs that module. */
  | { do: "annotated"; name: string; bytes: Uint8Array; options: CheckOptions }
  /** What a sound workbook says, as JSON; needs that module. */
  | { do: "document"; bytes: Uint8Array; lang: string }
  /** Reads a county's files; answered when all are read with the names of those that systems left, and progress meanwhile. */
  | { do: "read"; county: CountyFiles }
  /** The county's report of what was read, beside an earlier one. */
  | { do: "finish"; previous: Uint8Array | undefined }
  /** Towns by the ids of schools. */
  | { do: "towns" }
  /** That report for a spreadsheet. */
  | { do: "export"; form: "csv" | "xlsx" }
  /** One school's report, from its file as it is now. */
  | { do: "school"; document: DocumentInfo }
  /** Work on rule files. */
  | { do: "tasks"; task: Task };

/** Work on rule files, which are JSON objects of names and texts; languages are `zh` or `en`. */
export type Task =
  /** A module, before anything that needs it. */
  | { do: "module"; name: Module; module: WebAssembly.Module }
  /** The files to edit. */
  | { do: "edit"; files: string }
  /** A service of the editor by its method's name; answered as that method answers. */
  | { do: "service"; name: Service; args: (string | number)[] }
  /** What a pack is, or what is wrong with it: `LoadAnswer`. */
  | { do: "load"; files: string; lang: string }
  | { do: "cases"; files: string; lang: string }
  /** A case file in which a case expects another status of a rule. */
  | { do: "expecting"; text: string; place: number; rule: string; status: string }
  | { do: "difference"; old: string; files: string; asOf: string; lang: string }
  | { do: "publish" | "needed" | "receive"; call: string }
  /** Whose result changes from one pack to another. */
  | { do: "effects"; effects: EffectFiles }
  /** An archive of files by name. */
  | { do: "zip"; files: Record<string, string> };

/** The modules for work on rule files. */
export type Module = "compiler" | "bureau" | "office";

export type Service = "set" | "remove" | "problems" | "complete" | "hover" | "definition" | "rename" | "format" | "tokens";

/** What an answer about changed results is made of. */
export interface EffectFiles {
  /** The rules in force, compiled. */
  old: ArrayBuffer;
  /** The rule files that are to replace them. */
  files: Record<string, string>;
  documents: readonly Named[];
  oldOptions: CheckOptions;
  newOptions: CheckOptions;
}

/** What a county's report is made of. */
export interface CountyFiles {
  files: readonly Named[];
  /** The county's own document, when the person chose it; else it is looked for among the files. */
  own: { name: string; bytes: Uint8Array } | undefined;
  options: CheckOptions;
  /** Why a file that the browser does not open was not read. */
  unopened: string;
}

/** A file, and what its report calls it. */
export interface Named {
  name: string;
  /** `undefined` when the browser would not open it. */
  file: File | undefined;
  /** A person chose it by itself, and not a folder that it lies in. */
  alone?: boolean;
}

/** How far the reading has come. */
export interface Progress {
  files: number;
  of: number;
  /** Of the file that is being read, from 0 to 1. */
  part: number;
  documents: number;
  /** The file that is being read. */
  name: string;
}

/** What a request is answered with. */
export type Reply = string | Uint8Array | undefined;
export type Answer = { id: number; reply: Reply } | { id: number; error: string } | { id: number; progress: Progress };
