// Documents in files of any kind, one after another: files, lines, archives. Of a file only where it is stays here.

import * as office from "../wasm/office.js";
import { type Line, lines } from "./lines.ts";
import { members } from "./archive.ts";
import type { Guard } from "./guarded.ts";
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
  /** A file that systems leave in folders. */
  passOver(name: string): void;
}

/** Milliseconds between two messages about the progress. */
const TOLD = 50;
/** Bytes that tell an archive. */
const PREFIX = 64;

const isLines = (name: string) => /[^/]\.(ndjson|jsonl)$/i.test(name);
export const whole = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** Whether a file is what a system leaves, and no document that is only called so. */
async function isLeft({ name, file }: Named): Promise<boolean> {
  const most = file ? office.lookedAt(name) : 0;
  if (!file || most === 0) return office.isLeft(name, 0, new Uint8Array());
  try {
    return office.isLeft(name, file.size, await whole(file.slice(0, most)));
  } catch {
    return false;
  }
}

export class Reading {
  #progress: Progress;
  #told = 0;

  /** `unopened` says why a file that the browser does not open was not read. */
  constructor(
    readonly files: readonly Named[],
    readonly lang: string,
    readonly unopened: string,
    readonly taker: Taker,
    /** Parses what may have to be stopped. */
    readonly guard: Guard,
    readonly tell: (progress: Progress) => void,
  ) {
    this.#progress = { files: 0, of: files.length, part: 0, documents: 0, name: "" };
  }

  /** What systems leave in folders is no one's document; what a person chose by itself is. */
  async read(): Promise<void> {
    const names = this.files.filter(({ alone }) => !alone).map(({ name }) => name);
    const locks = new Map(JSON.parse(office.abandonedLocks(names, this.lang)) as [string, string][]);
    const wanted: { one: Named; lock: string | undefined }[] = [];
    for (const one of this.files) {
      const left = !one.alone && (await isLeft(one));
      const lock = left ? locks.get(one.name) : undefined;
      if (!left || lock !== undefined) wanted.push({ one, lock });
      else this.taker.passOver(one.name);
    }
    this.#step({ of: wanted.length });
    for (const { one, lock } of wanted) {
      if (lock === undefined) await this.#file(one);
      else this.#unread(one.name, lock);
      this.#step({ files: this.#progress.files + 1, part: 0, name: "" });
    }
  }

  /** `soon`: what comes may take long. */
  #step(change: Partial<Progress>, soon = false) {
    this.#progress = { ...this.#progress, ...change };
    const now = performance.now();
    if (!soon && now - this.#told < TOLD) return;
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
      else await this.#document(name, file.size <= PREFIX ? prefix : await whole(file), { file });
    } catch {
      this.#unread(name, this.unopened);
    }
  }

  /** An archive's files; an archive in an archive is none, and gets its sentence from the check. */
  async #archive(name: string, file: File): Promise<void> {
    this.#step({ name }, true);
    const pass = (inside: string) => this.taker.passOver(`${name}/${inside}`);
    for await (const { name: inside, bytes, trouble, left } of members(this.guard, () => whole(file), this.lang, pass)) {
      const path = inside === "" ? name : `${name}/${inside}`;
      if (!bytes) this.#unread(path, trouble ?? "");
      else if (isLines(path) && !office.isArchive(bytes)) await this.#lines(path, new Blob([bytes as BlobPart]), { file, member: inside });
      else await this.#document(path, bytes, { file, member: inside });
      this.#step({ part: 1 - left });
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

  async #document(name: string, bytes: Uint8Array, place: Place): Promise<void> {
    if (isWorkbook(bytes)) this.#step({ name }, true);
    const sound = isWorkbook(bytes) ? await this.guard.sound(bytes) : undefined;
    if (sound?.is === "damaged") this.#unread(name, office.damagedWorkbook(this.lang));
    else if (sound?.is === "stopped") this.#unread(name, office.stoppedReading(sound.seconds, this.lang));
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
