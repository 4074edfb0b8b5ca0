// A bureau beside the page: its keys by the real minisign, its folder by the command line, and a page with its key.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { root } from "./browser.mjs";
import { program } from "./cases.mjs";
import { pack } from "./counties.mjs";

const folder = (name) => mkdtempSync(join(tmpdir(), `bulou-${name}-`));
const quiet = { stdio: ["ignore", "pipe", "pipe"] };

/** A pair of minisign's keys without a password, as paths. */
export function keys(name = "bureau") {
  const [secret, open] = ["key", "pub"].map((kind) => join(folder("keys"), `${name}.${kind}`));
  execFileSync("minisign", ["-G", "-W", "-s", secret, "-p", open], quiet);
  return { secret, open };
}

/** What the signature of an index has to say of it. */
function comment(path) {
  const { serial, published, expires, packs } = JSON.parse(readFileSync(join(path, "index.json")));
  const { id, version } = packs.at(-1);
  return `bulou serial:${serial} published:${published} expires:${expires} pack:${id}@${version}`;
}

/** Signs an index as an officer does. */
export function sign(path, { secret }, said = comment(path)) {
  execFileSync("minisign", ["-S", "-s", secret, "-m", join(path, "index.json"), "-t", said], quiet);
}

/** Runs `bulou verify`: its exit code and what it says. */
export function verify(path, { open }, day) {
  try {
    const out = execFileSync(program, ["verify", path, "--public-key", open, "--newest-only", "--as-of", day], quiet);
    return { code: 0, text: out.toString() };
  } catch (error) {
    return { code: error.status, text: error.stderr.toString() };
  }
}

/** The pack's files in another version, with changes, in a folder. */
export function written(version, change = (_, text) => text) {
  const path = folder("pack");
  const renamed = (name, text) => change(name, name === "pack.bulou" ? text.replace("版本 2022.6.24", `版本 ${version}`) : text);
  for (const [name, bytes] of pack(renamed)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
  // Nothing is published without a case that holds.
  const document = JSON.parse(readFileSync(join(root, "tests/samples/南街小学.json"), "utf8"));
  mkdirSync(join(path, "cases"), { recursive: true });
  writeFileSync(join(path, "cases/a.json"), JSON.stringify({ 说明: "南街小学", 今天: "2022-06-28", 数据: document, 期望: { 对照检查: "pass" } }));
  return path;
}

/** Publishes a pack into a copy of a folder, signed; the answer is the new folder. */
export function publish(pack, { secret }, { before, day = today(), days = 180, params, waivers, engine, last, next, revoke } = {}) {
  const path = folder("published");
  if (before) cpSync(before, path, { recursive: true });
  const file = (name, value) => {
    const to = join(folder("given"), name);
    writeFileSync(to, JSON.stringify(value));
    return to;
  };
  const args = [
    ...(params ? ["--params", file("params.json", params)] : []),
    ...(waivers ? ["--waivers", file("waivers.json", waivers)] : []),
    ...(engine ? ["--min-engine", engine] : []),
    ...(last ? ["--last-key", last.open] : []),
    ...(next ? ["--next-key", next.open] : []),
    ...(revoke ? ["--revoke", revoke.open] : []),
  ];
  execFileSync(program, ["publish", pack, "-o", path, "--key", secret, "--as-of", day, "--days", String(days), ...args], quiet);
  return path;
}

/** Today in Beijing, as the page and the command line say it. */
export const today = (shift = 0) => new Date(Date.now() + 8 * 3_600_000 + shift * 86_400_000).toISOString().slice(0, 10);

/** The files of a folder by name. */
export const contents = (path) => Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name))]));

/** Files for a file box. */
export const chosen = (files) => Object.entries(files).map(([name, buffer]) => ({ name, mimeType: "application/json", buffer }));

/** Both outputs, built with a public key. */
export function build({ open }) {
  const path = folder("dist");
  const env = { ...process.env, BULOU_PUBLIC_KEY: open };
  for (const mode of [[], ["--mode", "single"]]) {
    execFileSync("npx", ["vite", "build", "--logLevel", "error", "--outDir", path, ...mode], { cwd: join(root, "www"), env, ...quiet });
  }
  return { dist: path, single: "file://" + join(path, "bulou.html") };
}
