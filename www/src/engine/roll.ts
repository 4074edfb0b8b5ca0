// A county's files, read and folded one after another in the worker. Of a file only where it is stays here.

import * as office from "../wasm/office.js";
import type { DocumentInfo } from "../wasm/checker.js";
import { type Line, lines } from "./lines.ts";
import { isWorkbook } from "./workbooks.ts";
import type { CountyFiles, Named, Progress, Reply } from "./protocol.ts";

/** Where a document's bytes are. */
interface Source {
  file: File;
  /** Its name in the file, which is an archive. */
  member?: string;
  /** Where its line stands. */
  range?: [from: number, to: number];
}

/** Milliseconds between two messages about the progress. */
const TOLD = 50;
/** Bytes that tell an archive. */
const PREFIX = 64;

const isLines = (name: string) => /[^/]\.(ndjson|jsonl)$/i.test(name);
const whole = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

export class Roll {
  #county: office.County;
  #own: CountyFiles["own"];
  #sources = new Map<string, Source>();
  #answer: office.CountyAnswer | undefined;
  #progress: Progress;
  #told = 0;

  constructor(
    readonly pack: office.Pack,
    readonly files: CountyFiles,
    readonly tell: (progress: Progress) => void,
  ) {
    this.#county = new office.County(pack, JSON.stringify(files.options));
    this.#own = files.own;
    this.#progress = { files: 0, of: files.files.length, part: 0, documents: 0 };
  }

  async read(): Promise<void> {
    const wanted = this.files.files.filter(({ name }) => !office.isLitter(name));
    this.#step({ of: wanted.length });
    for (const one of wanted) {
      await this.#file(one);
      this.#step({ files: this.#progress.files + 1, part: 0 });
    }
  }

  /** The county's report as text. */
  finish(previous: string | undefined): string {
    const { name, bytes } = this.#own ?? { name: "", bytes: new TextEncoder().encode("{}") };
    const answer = this.#county.finish(name, bytes, previous);
    this.#answer?.free();
    this.#answer = answer;
    return answer.json();
  }

  export(form: "csv" | "xlsx"): Reply {
    return form === "csv" ? this.#answer?.csv() : this.#answer?.xlsx();
  }

  /** One school's report; its file is read again. */
  async school({ name, sha256 }: DocumentInfo): Promise<string> {
    const source = this.#sources.get(key(name, sha256));
    if (!source) throw new Error(this.files.unopened);
    const bytes = await this.#bytes(source).catch(() => undefined);
    if (!bytes) throw new Error(this.files.unopened);
    return this.pack.check(name, bytes, JSON.stringify(this.files.options));
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
      this.#unread(name, this.files.unopened);
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
      return new office.Archive(bytes, this.files.options.lang ?? "zh");
    } catch (error) {
      this.#unread(name, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async #lines(name: string, blob: Blob, source: Source): Promise<void> {
    let number = 0;
    try {
      for await (const line of lines(blob, office.documentLimit())) {
        number = line.number;
        this.#line(`${name}:${number}`, line, source);
        if (!source.member) this.#step({ part: line.range[1] / blob.size });
      }
    } catch {
      this.#unread(`${name}:${number + 1}`, this.files.unopened);
    }
  }

  #line(name: string, { bytes, range }: Line, source: Source) {
    if (bytes) this.#add(name, bytes, { ...source, range });
    else this.#unread(name, this.#tooLarge());
  }

  #document(name: string, bytes: Uint8Array, source: Source) {
    if (this.#isOwn(bytes)) this.#own ??= { name: name.split("/").pop() ?? name, bytes };
    else this.#add(name, bytes, source);
  }

  /** Whether it is the county's own document: the one that was chosen, or when none was, the first that looks like it. */
  #isOwn(bytes: Uint8Array): boolean {
    const own = this.#own?.bytes;
    if (isWorkbook(bytes)) return false;
    return own ? own.length === bytes.length && own.every((byte, index) => byte === bytes[index]) : this.#county.isOwn(bytes);
  }

  #add(name: string, bytes: Uint8Array, source: Source) {
    if (isWorkbook(bytes) && !isSound(bytes)) return this.#unread(name, office.damagedWorkbook(this.files.options.lang ?? "zh"));
    const { id, sha256 } = JSON.parse(this.#county.add(name, bytes)) as office.Added;
    if (id !== null) this.#sources.set(key(name, sha256), source);
    this.#step({ documents: this.#progress.documents + 1 });
  }

  #unread(name: string, why: string) {
    this.#county.unread(name, why);
    this.#step({ documents: this.#progress.documents + 1 });
  }

  #tooLarge(): string {
    return office.tooLarge(this.files.options.lang ?? "zh");
  }

  async #bytes({ file, member, range }: Source): Promise<Uint8Array | undefined> {
    if (member === undefined) return whole(range ? file.slice(...range) : file);
    const archive = new office.Archive(await whole(file), this.files.options.lang ?? "zh");
    let found = archive.next();
    while (found && found.name !== member) found = archive.next();
    archive.free();
    return range ? found?.bytes?.subarray(...range) : found?.bytes;
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

const key = (name: string, sha256: string) => `${sha256} ${name}`;
