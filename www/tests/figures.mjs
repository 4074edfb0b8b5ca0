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

/** A school with so many hazards, opened in the form on a machine slower by a factor. */
async function hazards(count, rate) {
  const sampled = JSON.parse(text);
  const 隐患 = Array.from({ length: count }, (_, number) => ({ ...sampled.隐患[0], 编号: `H${number}` }));
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  await openFile(page, "a.json", Buffer.from(JSON.stringify({ ...sampled, 隐患 })));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate });
  return { page, devtools };
}

for (const rate of [1, 6]) {
  const { page } = await hazards(50, rate);
  // From the link until the first row can be filled in, and until all rows are there.
  const opened = [];
  for (let round = 0; round < 7; round += 1) {
    await page.goto(single + "#/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    opened.push(await page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const until = async (id) => {
        while (!document.getElementById(id)) await frame();
        await frame();
        return performance.now() - began;
      };
      const began = performance.now();
      location.hash = "#/fill/" + encodeURIComponent("隐患");
      return { first: await until("/隐患/0/编号"), all: await until("/隐患/49/编号") };
    }));
  }
  // From a key until the form shows what the new report says of the box.
  const edits = await page.evaluate(async () => {
    const times = [];
    const box = document.getElementById("/隐患/0/发现日期");
    for (let round = 0; round < 15; round += 1) {
      const wrong = round % 2 === 0;
      const began = performance.now();
      box.value = wrong ? "2022-13-45" : "2022-06-20";
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      while ((box.getAttribute("aria-invalid") === "true") !== wrong) await new Promise((resolve) => setTimeout(resolve, 1));
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 900));
    }
    return times;
  });
  const of = (what) => median(opened.map((one) => one[what])).toFixed(0);
  console.log(`50 hazards at ${rate}×: the section opens in ${of("first")} ms (all rows ${of("all")} ms), an edit shows after ${median(edits).toFixed(0)} ms`);
  await page.context().close();
}
{
  const { page, devtools } = await hazards(500, 1);
  await page.goto(single + "#/fill/%E9%9A%90%E6%82%A3");
  await page.locator('[id="/隐患/49/编号"]').waitFor();
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  console.log(`500 hazards: ${(usedSize / 1e6).toFixed(1)} MB of JavaScript's heap`);
  await page.context().close();
}

const page = await open(browser, single);
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
