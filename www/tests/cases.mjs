// The samples and the pack's cases as documents, and the command line that judges them beside the page.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "./browser.mjs";
import jsonPatch from "fast-json-patch";

const pack = join(root, "rules/campus-safety");

/** The sample schools, byte for byte. */
export const samples = readdirSync(join(root, "tests/samples"))
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, bytes: readFileSync(join(root, "tests/samples", name)), day: "2022-06-28" }));

/** RFC 7396. */
function merge(target, patch) {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const merged = typeof target === "object" && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function document(one) {
  if (!one.基准) return one.数据;
  const base = JSON.parse(readFileSync(join(pack, "cases", one.基准), "utf8"));
  if (Array.isArray(one.修改)) return jsonPatch.applyPatch(base, one.修改).newDocument;
  return one.修改 ? merge(base, one.修改) : base;
}

/** The pack's own cases. */
export const cases = readdirSync(join(pack, "cases"))
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(join(pack, "cases", name), "utf8")))
  // Those with schools are the county's, which the page does not judge; what expects nothing is no case.
  .filter((one) => one.期望 && !one.各校)
  .map((one, index) => ({
    name: `case-${index}.json`,
    bytes: Buffer.from(JSON.stringify(document(one), null, 2)),
    day: one.今天,
    params: one.参数 ?? {},
    waivers: one.豁免 ?? [],
  }));

function build() {
  const out = execFileSync("cargo", ["build", "--locked", "--bin", "bulou", "--message-format=json"], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  const built = out.toString().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return built.find((message) => message.executable?.match(/bulou(\.exe)?$/)).executable;
}

/** The program: the one that `cargo xtask test` has built, or a new one. */
export const program = process.env.BULOU ?? build();
const folder = mkdtempSync(join(tmpdir(), "bulou-"));

/** What `bulou check` prints of a document. */
export const commandLine = (document, format = "json") => printed([...judged(document, format), written(document)]);

/** Documents that are judged alike, so that one process takes them all. */
export function alike(documents) {
  const groups = new Map();
  for (const one of documents) {
    const key = JSON.stringify([one.day, one.params ?? {}, one.waivers ?? []]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** What `bulou check` prints of each of several documents that are judged alike. */
export function commandLines(documents) {
  if (documents.length === 1) return [commandLine(documents[0])];
  const array = printed([...judged(documents[0], "json"), ...documents.map(written)]);
  // Between two reports only, a line begins with a brace that opens.
  return array.slice("[\n".length, -"\n]\n".length).split(/,\n(?=\{)/).map((report) => `${report}\n`);
}

/** What `bulou check` prints of several such documents as one table. */
export const commandLineTable = (documents) => printed([...judged(documents[0], "csv"), ...documents.map(written)]);

/** The arguments for a document's day, parameters and waivers. */
function judged({ day, params = {}, waivers = [] }, format) {
  const args = ["check", "--format", format, "--as-of", day, ...Object.entries(params).flatMap(([key, value]) => ["--param", `${key}=${value}`])];
  if (waivers.length === 0) return args;
  writeFileSync(join(folder, "waivers"), JSON.stringify(waivers));
  return [...args, "--waivers", join(folder, "waivers")];
}

/** What `bulou county` prints of the documents at these paths. */
export function countyCommandLine(paths, { day, county, previous, pack, output }, format = "json") {
  const more = Object.entries({ previous, pack, output }).flatMap(([name, path]) => (path ? [`--${name}`, path] : []));
  return printed(["county", "--format", format, "--as-of", day, "--county", county, ...more, ...paths]);
}

/** What `bulou template` writes, with a document's content when there is one. */
export function templateCommandLine(document, { county = false } = {}) {
  const output = join(folder, "template.xlsx");
  const fill = document ? ["--fill", written(document)] : [];
  printed(["template", ...(county ? ["--county"] : []), "--output", output, ...fill]);
  return readFileSync(output);
}

/** What `bulou check --annotated` writes. */
export function annotatedCommandLine(document) {
  const output = join(folder, "annotated.xlsx");
  printed(["check", "--quiet", "--as-of", document.day, "--annotated", output, written(document)]);
  return readFileSync(output);
}

function written({ name, bytes }) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function printed(args) {
  try {
    return execFileSync(program, args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] }).toString();
  } catch (error) {
    // Exit code 1 says that something is not compliant.
    return error.stdout.toString();
  }
}
