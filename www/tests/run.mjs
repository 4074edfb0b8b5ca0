// Runs the tests' files, two at once for each processor, for a page often waits. How long they take is nobody's fault but the machine's;
// what has come to a standstill is stopped, and named.

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "node:test";
import { spec } from "node:test/reporters";

/** No single test takes a hundredth of this. */
const STANDSTILL = 15;

const folder = fileURLToPath(new URL(".", import.meta.url));
const chosen = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs") && (chosen.length === 0 || chosen.includes(name)));
if (files.length === 0) throw new Error(`there is no test ${chosen.join(", ")}`);

const stop = new AbortController();
const began = new Set();
let timer;
function moved() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    console.error(`no test began or ended for ${STANDSTILL} minutes; these had begun: ${[...began].join("; ")}`);
    process.exitCode = 1;
    stop.abort();
  }, STANDSTILL * 60_000);
}

const tests = run({ files: files.map((name) => join(folder, name)), concurrency: 2 * availableParallelism(), forceExit: true, signal: stop.signal });
tests.on("test:dequeue", ({ name }) => { began.add(name); moved(); });
for (const end of ["test:pass", "test:fail"]) tests.on(end, ({ name }) => { began.delete(name); moved(); });
tests.on("test:fail", () => (process.exitCode = 1));
tests.compose(new spec()).pipe(process.stdout);
tests.on("end", () => clearTimeout(timer));
moved();
