// Counties for the tests: schools of their own, files of every kind, archives, and the view that takes them.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";

import { downloaded, open, root, setDay, single } from "./browser.mjs";
import { samples } from "./cases.mjs";

export const day = "2022-06-28";
/** The county's own document. */
export const own = join(root, "tests/county/全县.json");
/** What the command line is told beside the files. */
export const about = { day, county: own };
/** The files of the samples. */
export const paths = samples.map(({ name }) => join(root, "tests/samples", name));

const models = samples.map(({ bytes }) => JSON.parse(bytes));

/** A document as it was some days earlier, all its dates with it. */
function earlier(document, days) {
  const moved = (date) => new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
  return JSON.parse(JSON.stringify(document).replace(/\b\d{4}-\d{2}-\d{2}\b/g, moved));
}

/** A school whose answers vary with its number. */
export function school(number) {
  const document = earlier(models[number % models.length], number % 4);
  document.学校.标识码 = `2141${String(number).padStart(6, "0")}`;
  document.学校.名称 = `第${number}小学`;
  return document;
}

const bytes = (document) => Buffer.from(JSON.stringify(document));

/** A text in GB18030: the browser's and Node's own table, turned round. */
export const gb18030 = (() => {
  const table = new Map();
  const decoder = new TextDecoder("gb18030");
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return (text) => Buffer.from([...text].flatMap((char) => (char < "\x80" ? [char.charCodeAt(0)] : table.get(char))));
})();

/** A zip archive of files that are stored as they are. */
export function zip(files) {
  const entries = [];
  const parts = [];
  let offset = 0;
  for (const [name, content] of files) {
    const path = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x0800, 6);
    head.writeUInt32LE(crc32(content), 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt32LE(content.length, 22);
    head.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    entries.push(entry, path);
    parts.push(head, path, content);
    offset += head.length + path.length + content.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

const wide = (text) => Buffer.from(text, "utf16le");
const spreadsheet = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(64), wide("Workbook")]);

/** What stands in the file of a number; files of one kind return every ten. */
function content(number) {
  const text = JSON.stringify(school(number));
  switch (number % 10) {
    case 0: return Buffer.from(`\uFEFF${text}`);
    case 1: return gb18030(text);
    case 2: return Buffer.from(text).subarray(0, text.length / 2);
    case 3: return spreadsheet;
    case 4: return bytes(school(number - 4));
    case 5: return Buffer.alloc(0);
    case 6: return Buffer.from('{"学校": {}}');
    default: return Buffer.from(text);
  }
}

/** 350 files as they come: two of them archives, one of lines, some in folders, some the same twice. Names with contents. */
export function mixed() {
  const files = [];
  for (let number = 0; number < 320; number += 1) {
    const name = number % 10 === 3 ? `s${number}.xls` : `s${number}.json`;
    files.push([number % 3 === 0 ? `${["城关镇", "东乡"][number % 2]}/${name}` : name, content(number)]);
  }
  // Sent a second time, byte for byte, in another folder.
  files.push(["再交/s7.json", content(7)]);
  files.push(["收表.zip", zip(Array.from({ length: 20 }, (_, index) => [`乡/z${index}.json`, content(400 + index)]))]);
  files.push(["另一批.ndjson", Buffer.concat(Array.from({ length: 8 }, (_, index) => Buffer.concat([bytes(school(500 + index)), Buffer.from("\r\n")])))]);
  files.push(["坏.zip", zip([["a.json", bytes(school(1))]]).subarray(0, 60)]);
  return files;
}
/** How many documents those are. */
export const MIXED = 350;

/** Writes files into a new folder. */
export function folder(files) {
  const path = mkdtempSync(join(tmpdir(), "bulou-county-"));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

/** The rule files of the pack, with changes. */
export function pack(change) {
  const base = join(root, "rules/campus-safety");
  const names = readdirSync(base).filter((name) => name.endsWith(".bulou"));
  const files = names.map((name) => [name, readFileSync(join(base, name), "utf8")]);
  files.push(["source/meeting.txt", readFileSync(join(base, "source/meeting.txt"), "utf8")]);
  files.push(["calendar/cn.json", readFileSync(join(root, "rules/calendar/cn.json"), "utf8")]);
  return files.map(([name, text]) => [name, Buffer.from(change(name, text))]);
}

/** The county view with the county's own document. */
export async function atCounty(browser, url = single, options = {}) {
  const page = await open(browser, url + "#/county", options);
  await setDay(page, day);
  await page.locator("[data-pick=own]").setInputFiles(own);
  return page;
}

/** Chooses files or a folder, and waits for the report. */
export async function choose(page, what, box = "files") {
  await page.locator(`[data-pick=${box}]`).setInputFiles(what);
  await page.locator("#headline").waitFor();
}

/** The report as the page hands it out. */
export const report = async (page) => (await downloaded(page, "报告 JSON")).text;
