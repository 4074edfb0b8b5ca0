// What the page loads, raw and compressed, and the budgets that fail the build.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { LATER } from "./later.mjs";

const KB = 1024;
/**
 * What nothing may grow beyond unnoticed: a little more than it is. The aims are in docs/speed.md. The second: all that an
 * editor of rules asks for while somebody types: compiler, editor's services, formatter.
 */
const MODULES = { checker: 272 * KB, compiler: 410 * KB };
const FIRST_LOAD = 386 * KB;
/** What goes from hand to hand: three megabytes. */
const SINGLE_FILE = 3_000 * KB;
/**
 * What is no part of the first load beside what is kept for later: what workbooks and counties need, views beside the form and
 * the report, the example, and the service worker.
 */
const NOT_FIRST = [...LATER, "office", "guarded", "whole-worker", "Finish", "Source", "Help", "example", "sw.js"];

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const over = [];
let first = 0;
const row = (name, ...numbers) => console.log(name.padEnd(44), ...numbers.map((number) => String(number).padStart(10)));

row("bytes", "raw", "gzip", "brotli");
const paths = readdirSync(dist, { recursive: true }).filter((path) => statSync(join(dist, path)).isFile()).sort();
for (const path of paths) {
  const bytes = readFileSync(join(dist, path));
  // Goes by hand, as it is.
  if (path === "bulou.html") {
    row(path, bytes.length, "-", "-");
    if (bytes.length > SINGLE_FILE) over.push(`${path} is over ${SINGLE_FILE} bytes`);
    continue;
  }
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  const small = brotliCompressSync(bytes, { params }).length;
  row(path, bytes.length, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }).length, small);
  if (!NOT_FIRST.some((one) => path.includes(one))) first += small;
  for (const [module, budget] of Object.entries(MODULES)) {
    if (path.includes(module) && path.endsWith(".wasm") && small > budget) over.push(`${path} is over ${budget} bytes`);
  }
}
row("first load", "", "", first);
if (first > FIRST_LOAD) over.push(`the first load is over ${FIRST_LOAD} bytes`);
if (!paths.includes("index.html")) over.push("there is no page in www/dist");
if (over.length > 0) {
  console.error(over.join("; "));
  process.exitCode = 1;
}
