// Files that a person opens as schools' documents: each is opened, or named with what to do.

import { engine } from "../engine/engine.ts";
import type { Row } from "../model/document.ts";
import { read } from "../model/reading.ts";
import { documentLimit, tooLarge } from "../wasm/checker.js";
import { t } from "../texts/main.ts";
import { checking } from "./checking.ts";
import { opening } from "./opening.svelte.ts";
import { router } from "./route.svelte.ts";
import { saying, type Saying } from "./said.ts";
import { settings } from "./settings.svelte.ts";

const MEGABYTE = 1 << 20;

class Intake {
  /** The file that is being read. */
  reading = $state.raw<{ name: string; megabytes: string }>();
  /** Files that were not opened, and why: said when it is read, for the language may be another by then. */
  troubles = $state.raw<{ name: string; why: Saying }[]>([]);

  /** Opens files; several stand in the list on the start view. Answers how many could not be read. */
  async receive(files: Iterable<File>): Promise<{ opened: number; unreadable: number }> {
    const list = [...files];
    const several = list.length > 1;
    this.troubles = [];
    for (const file of list) {
      this.reading = { name: file.name, megabytes: (file.size / MEGABYTE).toFixed(1) };
      // The page says so before it is busy.
      await new Promise((resolve) => setTimeout(resolve));
      const why = await this.#open(file, several);
      if (why) this.troubles = [...this.troubles, { name: file.name, why }];
    }
    this.reading = undefined;
    const unreadable = this.troubles.length;
    if (several) router.go("start");
    else if (list.length > 0 && unreadable === 0) router.go("report");
    return { opened: list.length, unreadable };
  }

  /** Opens a file, or says why not. What is wrong with a single one that is laid there the report says. */
  async #open(file: File, several: boolean): Promise<Saying | undefined> {
    if (file.size > documentLimit()) return () => tooLarge(settings.lang);
    let bytes;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      return () => t("open.unreadable");
    }
    if (/\.bulou$/i.test(file.name)) return () => t("open.rules");
    try {
      const found = read(await engine.json(bytes, settings.lang));
      const other = found ? undefined : noDocument(file.name, bytes);
      if (other) return other;
      if (isRules(found)) return () => t("open.rules");
      const opened = await opening.open(file.name, bytes, found);
      if (!several || opened) return undefined;
      const words = await checking.inAll((report) => report.structure[0]?.message);
      return () => words[settings.lang] ?? t("closed.unread");
    } catch (error) {
      return saying(error);
    }
  }
}

/** Files that systems leave beside others. */
const OF_SYSTEM = /^(\.DS_Store|desktop\.ini|Thumbs\.db|\._.*)$/i;
/** How archives of files begin, if there is anything in them and if there is not; workbooks begin like the first. */
const ARCHIVES = ["PK\x03\x04", "PK\x05\x06"];
const WORKBOOK = /\.(xlsx|xlsm|xlsb|ods|et)$/i;

/** What a file is that is no document at all, and what to do; nothing where the report says it. */
function noDocument(name: string, bytes: Uint8Array): Saying | undefined {
  const owner = /^~\$(.+)$/.exec(name)?.[1] ?? /^\.~lock\.(.+)#$/.exec(name)?.[1];
  if (owner) return () => t("open.lock", owner);
  if (OF_SYSTEM.test(name)) return () => t("open.system");
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  return ARCHIVES.includes(start) && !WORKBOOK.test(name) ? () => t("open.archive") : undefined;
}

/** Rule files in one JSON object, or the index of published ones. */
const isRules = (document: Row | undefined): boolean =>
  document !== undefined &&
  (Object.keys(document).some((key) => key.endsWith(".bulou")) || (Array.isArray(document["packs"]) && "serial" in document));

export const intake = new Intake();
