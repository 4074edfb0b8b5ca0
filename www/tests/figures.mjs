// Figures of the page in Chromium, and of the checker beside JSON.parse on the same bytes in the same run.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { launch, open, openFile, root, serve, setDay, single } from "./browser.mjs";
import { folder, own, school } from "./counties.mjs";
import { initSync, Pack } from "../src/wasm/checker.js";

const sample = readFileSync(join(root, "tests/samples/南街小学.json"));
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

initSync({ module: readFileSync(join(root, "www/src/wasm/checker_bg.wasm")) });
const pack = Pack.compiled(readFileSync(join(root, "www/src/wasm/pack.bin")));
const options = JSON.stringify({ as_of: "2022-06-28" });
const text = sample.toString();
const time = (run) => median(Array.from({ length: 301 }, () => { const began = performance.now(); run(); return performance.now() - began; }));
const parse = time(() => JSON.parse(text));
const check = time(() => pack.check("a.json", sample, options));
console.log(`one document of ${sample.length} bytes in Node: JSON.parse ${(parse * 1000).toFixed(0)} µs, check with its report ${(check * 1000).toFixed(0)} µs, ratio ${(check / parse).toFixed(1)}`);

const browser = await launch();
const server = await serve();
for (const [name, url] of [["hosted", server.url], ["single file", single]]) {
  const times = [];
  for (let round = 0; round < 7; round += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const began = performance.now();
    await page.goto(url + "#/fill/%E5%AD%A6%E6%A0%A1");
    await page.locator('[id="/学校/名称"]').waitFor();
    times.push(performance.now() - began);
    await context.close();
  }
  console.log(`${name}: first usable form after ${median(times).toFixed(0)} ms`);
}

const page = await open(browser, single);
await setDay(page, "2022-06-28");
await openFile(page, "南街小学.json", sample);
await page.goto(single + "#/fill/%E5%AD%A6%E6%A0%A1");
const edits = await page.evaluate(async () => {
  const times = [];
  const send = Worker.prototype.postMessage;
  let began = 0;
  Worker.prototype.postMessage = function (...args) {
    if (args[0]?.request?.do === "check") {
      began = performance.now();
      this.addEventListener("message", () => times.push(performance.now() - began), { once: true });
    }
    return send.apply(this, args);
  };
  const box = document.getElementById("/学校/名称");
  for (let round = 0; round < 15; round += 1) {
    box.value = `南街小学${round}`;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return times;
});
console.log(`check after an edit, page to worker and back: ${median(edits).toFixed(1)} ms (${edits.length} edits)`);

// A county of 500 files, from their choice to the report on the screen.
const files = folder(Array.from({ length: 500 }, (_, number) => [`s${number}.json`, Buffer.from(JSON.stringify(school(number)))]));
await page.goto(single + "#/county");
await page.locator("[data-pick=own]").setInputFiles(own);
const rounds = [];
for (let round = 0; round < 5; round += 1) {
  const began = performance.now();
  await page.locator("[data-pick=folder]").setInputFiles(files);
  await page.locator("#headline").waitFor();
  rounds.push(performance.now() - began);
  await page.getByRole("button", { name: "清空" }).click();
  await page.locator("[data-pick=own]").setInputFiles(own);
}
console.log(`a county of 500 files, chosen to shown: ${median(rounds).toFixed(0)} ms`);
await browser.close();
await server.close();
