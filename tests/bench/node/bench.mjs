// node bench.mjs FOLDER: the engines of JavaScript on what `bulou-bench` wrote into FOLDER, to which the answer goes as
// node.json. Every engine has to give the verdicts of the native ones before anything is timed.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ajv } from "./engines/ajv.mjs";
import { bulou } from "./engines/bulou.mjs";
import { jsonLogic } from "./engines/jsonlogic.mjs";
import { parsers } from "./engines/parsers.mjs";
import { rulesEngine } from "./engines/rules-engine.mjs";

/** No turn of the base is shorter than this, in milliseconds. */
const TURN = 3;
/** Rounds in which code is compiled and nothing is kept. */
const WARM = 8;

const folder = process.argv[2];
const task = JSON.parse(readFileSync(join(folder, "task.json")));
const document = (bytes) => ({ bytes, text: bytes.toString("utf8") });
const lines = readFileSync(join(folder, "many.ndjson"), "utf8").split("\n").filter(Boolean);
const sets = [
  [document(readFileSync(join(folder, "small.json")))],
  [document(readFileSync(join(folder, "large.json")))],
  lines.map((line) => document(Buffer.from(line))),
];

const given = {
  ...task,
  schema: JSON.parse(readFileSync(join(folder, "schema.json"))),
  jsonlogic: JSON.parse(readFileSync(new URL("../rules/twenty.jsonlogic.json", import.meta.url))),
  twenty: readFileSync(join(folder, "twenty.bin")),
  whole: readFileSync(join(folder, "whole.bin")),
};
const engines = [...parsers(), ajv(given), jsonLogic(given), rulesEngine(given), ...(await bulou(given))];

/** Compares the verdicts of all engines with the native ones', and says how many engines and verdicts there were. */
async function agree() {
  const wrong = [];
  let judging = 0;
  let compared = 0;
  for (const engine of engines) {
    let judges = false;
    for (const [index, one] of sets.flat().entries()) {
      const verdicts = await engine.run(one);
      if (verdicts === null) continue;
      judges = true;
      task.rules.forEach((rule, number) => {
        compared += 1;
        if (verdicts[number] !== task.expected[index][number]) {
          wrong.push(`${engine.name}: ${rule} of ${task.names[index]} is ${verdicts[number]}, natively ${task.expected[index][number]}`);
        }
      });
    }
    judging += judges ? 1 : 0;
  }
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  return { engines: judging, compared };
}

/** Milliseconds a document. */
async function turn(engine, set, repeats) {
  const began = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const one of set) {
      const answer = engine.run(one);
      if (answer instanceof Promise) await answer;
    }
  }
  return (performance.now() - began) / (repeats * set.length);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

async function measure() {
  const times = engines.map(() => sets.map(() => []));
  const repeats = [];
  for (let round = 0; round < WARM + task.rounds; round += 1) {
    for (const [number, set] of sets.entries()) {
      // How often a set is gone through is settled once its code is warm.
      if (round <= WARM) repeats[number] = Math.ceil(TURN / ((await turn(engines[0], set, 20)) * set.length));
      for (const [index, engine] of engines.entries()) {
        const time = await turn(engine, set, repeats[number]);
        if (round >= WARM) times[index][number].push(time);
      }
    }
  }
  return engines.map(({ name, kind, does }, index) => ({
    name,
    kind,
    does,
    cells: sets.map((_, number) => ({
      micros: median(times[index][number]) * 1000,
      ratio: median(times[index][number].map((time, round) => time / times[0][number][round])),
    })),
  }));
}

const agreed = await agree();
const rows = await measure();
writeFileSync(join(folder, "node.json"), JSON.stringify({ version: process.version, agreed, rows }));
