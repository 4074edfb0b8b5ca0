// A pack's folder, as the command line reads it (src/cli/pack.rs): rules, sources, calendars and cases, no links, and a
// calendar beside the folder that the pack does not hold itself.

import { lstat, readFile, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { kind } from "./document.js";
import { UnfitError } from "./errors.js";

/** What may belong to a pack; all else is named, so that nobody takes it for a part. */
const BELONGS = /\.(bulou|txt|json)$/iu;
/** Far more than any pack holds. */
const [FILES, BYTES] = [4096, 64 << 20];

const unfit = (zh, en) => new UnfitError("folder", { zh, en });

/** The files of a folder, by their paths within it. */
export async function folder(source) {
  if (typeof source !== "string" && !(source instanceof URL)) {
    throw unfit(`规则集的文件夹要给路径,不能是 \`${kind(source)}\``, `a pack's folder is a path, not \`${kind(source)}\``);
  }
  const root = source instanceof URL ? fileURLToPath(source) : resolve(source);
  const about = await stat(root).catch((error) => {
    throw unfit(`规则集的文件夹读不了:${error.message}`, `the pack's folder cannot be read: ${error.message}`);
  });
  if (!about.isDirectory()) throw unfit(`\`${source}\` 是文件:要给规则集的文件夹`, `\`${source}\` is a file: give the pack's folder`);
  const files = {};
  let bytes = 0;
  const take = async (path, name) => {
    const one = await lstat(path);
    if (!one.isFile()) throw unfit(`\`${path}\` 不是普通文件,没有读`, `\`${path}\` is no ordinary file and was not read`);
    bytes += one.size;
    if (bytes > BYTES || Object.keys(files).length >= FILES) throw unfit(`\`${source}\` 里的文件太多、太大`, `\`${source}\` holds too many files, or too large ones`);
    files[name] = BELONGS.test(name.normalize("NFKC").trim()) ? await readFile(path) : "";
  };
  const walk = async (path, prefix) => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const [inner, name] = [join(path, entry.name), `${prefix}${entry.name}`];
      await (entry.isDirectory() ? walk(inner, `${name}/`) : take(inner, name));
    }
  };
  await walk(root, "");
  if (!Object.keys(files).some((name) => /\.bulou/iu.test(name))) throw unfit(`\`${source}\` 里没有规则文件(*.bulou)`, `\`${source}\` holds no rule files (*.bulou)`);
  await beside(join(root, "..", "calendar"), files, take);
  return files;
}

/** Calendars beside the pack that its rules name. */
async function beside(path, files, take) {
  const entries = await readdir(path).catch(() => []);
  const rules = Object.entries(files).filter(([name]) => /\.bulou$/iu.test(name));
  for (const entry of entries) {
    const name = `calendar/${entry}`;
    const named = rules.some(([, text]) => Buffer.from(text).includes(name));
    if (!named) continue;
    const own = files[name];
    await take(join(path, entry), name);
    if (own !== undefined && !Buffer.from(own).equals(files[name])) {
      throw unfit(`\`${name}\` 在规则集里和旁边各有一份,不一样`, `\`${name}\` lies in the pack and beside it, and they differ`);
    }
  }
}
