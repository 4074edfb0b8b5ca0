// Documents in files of any kind, one after another: files, lines, archives. Of a file only where it is stays here.

import * as office from "../wasm/office.js";
import { type Line, lines } from "./lines.ts";
import type { Named, Progress } from "./protocol.ts";
import { isWorkbook } from "./workbooks.ts";

/** Where a document's bytes are. */
export interface Place {
  file: File;
  /** Its name in the file, which is an archive. */
  member?: string;
  /** Where its line stands. */
  range?: [from: number, to: number];
}

/** Who takes the documents. */
export interface Taker {
  /** A document of its own, or a file of an archive. */
  document(name: string, bytes: Uint8Array, place: Place): void;
  /** A line of a file. */
  line(name: string, bytes: Uint8Array, place: Place): void;
  unread(name: string, why: string): void;
}

/** Milliseconds between two messages about the progress. */
const TOLD = 50;
/** Bytes that tell an archive. */
const PREFIX = 64;

const isLines = (name: string) => /[^/]\.(ndjson|jsonl)$/i.test(name);
export const whole = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

export class Reading {
  #progress: Progress;
  #told = 0;

  /** `unopened` says why a file that the browser does not open was not read. */
  constructor(
    readonly files: readonly Named[],
    readonly lang: string,
    readonly unopened: string,
    readonly taker: Taker,
    readonly tell: (progress: Progress) => void,
  ) {
    this.#progress = { files: 0, of: files.length, part: 0, documents: 0 };
  }

  async read(): Promise<void> {
    const wanted = this.files.filter(({ name }) => !office.isLitter(name));
    this.#step({ of: wanted.length });
    for (const one of wanted) {
      await this.#file(one);
      this.#step({ files: this.#progress.files + 1, part: 0 });
    }
  }

  #step(change: Partial<Progress>) {
    this.#progress = { ...this.#progress, ...change };
    const now = performance.now();
    if (now - this.#told < TOLD) return;
    this.#told = now;
    this.tell(this.#progress);
  }

  async #file({ name, file }: Named): Promise<void> {
    try {
      if (!file) throw new Error("the browser did not open it");
      const prefix = await whole(file.slice(0, PREFIX));
      if (office.isArchive(prefix)) await this.#archive(name, file);
      else if (isLines(name)) await this.#lines(name, file, { file });
      else if (file.size > office.documentLimit()) this.#unread(name, this.#tooLarge());
      else this.#document(name, file.size <= PREFIX ? prefix : await whole(file), { file });
    } catch {
      this.#unread(name, this.unopened);
    }
  }

  /** An archive's files; an archive in an archive is none, and gets its sentence from the check. */
  async #archive(name: string, file: File): Promise<void> {
    const archive = this.#opened(name, await whole(file));
    if (!archive) return;
    const all = archive.left();
    for (let member = archive.next(); member; member = archive.next()) {
      this.#step({ part: 1 - archive.left() / all });
      const { name: inside, bytes, trouble } = member;
      const path = inside === "" ? name : `${name}/${inside}`;
      if (!bytes) this.#unread(path, trouble ?? "");
      else if (isLines(path) && !office.isArchive(bytes)) await this.#lines(path, new Blob([bytes as BlobPart]), { file, member: inside });
      else this.#document(path, bytes, { file, member: inside });
    }
    archive.free();
  }

  #opened(name: string, bytes: Uint8Array): office.Archive | undefined {
    try {
      return new office.Archive(bytes, this.lang);
    } catch (error) {
      this.#unread(name, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async #lines(name: string, blob: Blob, place: Place): Promise<void> {
    let number = 0;
    try {
      for await (const line of lines(blob, office.documentLimit())) {
        number = line.number;
        this.#line(`${name}:${number}`, line, place);
        if (!place.member) this.#step({ part: line.range[1] / blob.size });
      }
      if (number === 0) this.#unread(name, office.noLines(this.lang));
    } catch {
      this.#unread(`${name}:${number + 1}`, this.unopened);
    }
  }

  #line(name: string, { bytes, range }: Line, place: Place) {
    if (bytes) this.#take(() => this.taker.line(name, bytes, { ...place, range }));
    else this.#unread(name, this.#tooLarge());
  }

  #document(name: string, bytes: Uint8Array, place: Place) {
    if (isWorkbook(bytes) && !isSound(bytes)) this.#unread(name, office.damagedWorkbook(this.lang));
    else this.#take(() => this.taker.document(name, bytes, place));
  }

  #unread(name: string, why: string) {
    this.#take(() => this.taker.unread(name, why));
  }

  #take(how: () => void) {
    how();
    this.#step({ documents: this.#progress.documents + 1 });
  }

  #tooLarge(): string {
    return office.tooLarge(this.lang);
  }
}

/** Whether a workbook can be gone through: a damaged one may trap, which must not happen within a roll-up or a check. */
export function isSound(bytes: Uint8Array): boolean {
  try {
    office.probeWorkbook(bytes);
    return true;
  } catch {
    return false;
  }
}
