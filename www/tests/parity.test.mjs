// Page and command line give the same report, byte for byte.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { downloaded, launch, open, openFile, root, setDay, single } from "./browser.mjs";
import { alike, cases, commandLine, commandLines, commandLineTable, countyCommandLine, samples } from "./cases.mjs";
import { initSync, Pack } from "../src/wasm/checker.js";
import * as office from "../src/wasm/office.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("the wasm package gives the command line's report of every sample and every case of the pack", () => {
  initSync({ module: readFileSync(join(root, "www/src/wasm/checker_bg.wasm")) });
  const pack = Pack.compiled(readFileSync(join(root, "www/src/wasm/pack.bin")));
  assert.ok(cases.length > 80);
  for (const documents of alike([...samples, ...cases])) {
    const [{ day, params = {}, waivers = [] }] = documents;
    const options = JSON.stringify({ as_of: day, params, waivers });
    const reports = commandLines(documents);
    assert.equal(reports.length, documents.length);
    for (const [index, { name, bytes }] of documents.entries()) assert.equal(pack.check(name, bytes, options), reports[index], name);
    const tables = documents.map(({ name, bytes }) => pack.csv(name, bytes, options));
    const headings = tables[0].slice(0, tables[0].indexOf("\n") + 1);
    assert.equal(headings + tables.map((table) => table.slice(headings.length)).join(""), commandLineTable(documents));
  }
});

test("the office module gives the command line's county, whatever the order and the split", () => {
  office.initSync({ module: readFileSync(join(root, "www/src/wasm/office_bg.wasm")) });
  const pack = office.Pack.compiled(readFileSync(join(root, "www/src/wasm/pack.bin")));
  const county = join(root, "tests/county/全县.json");
  const about = { day: "2022-06-28", county };
  const options = JSON.stringify({ as_of: about.day });
  const roll = (documents) => {
    const one = new office.County(pack, options);
    for (const { name, bytes } of documents) one.add(name, bytes);
    return one;
  };
  const [first, ...rest] = samples.toReversed();
  const parts = [roll([first]), roll(rest)];
  parts[0].merge(parts[1].partial());
  const paths = [join(root, "tests/samples")];
  for (const one of [roll(samples), parts[0]]) {
    const answer = one.finish("全县.json", readFileSync(county));
    assert.equal(answer.json(), countyCommandLine(paths, about));
    assert.equal(answer.csv(), countyCommandLine(paths, about, "csv"));
  }
});

test("the page's report JSON and CSV are the command line's", async () => {
  const page = await open(browser, single);
  await setDay(page, samples[0].day);
  for (const one of samples) {
    await openFile(page, one.name, one.bytes);
    assert.equal((await downloaded(page, "报告 JSON")).text, commandLine(one), one.name);
    assert.equal((await downloaded(page, "报告 CSV")).text, commandLine(one, "csv"), one.name);
  }
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

/** Opens a document and takes what would be downloaded as its report, all within the page. */
async function handedOver({ name, text }) {
  const until = async (found) => {
    for (;;) {
      const one = found();
      if (one) return one;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };
  location.hash = "#/";
  await until(() => !document.querySelector("[data-landing]"));
  const box = await until(() => document.querySelector("main input[type=file]"));
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name));
  box.files = transfer.files;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  await until(() => document.querySelector("[data-landing]"));
  const button = [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === "报告 JSON");
  const blob = new Promise((resolve) => (window.handed = resolve));
  button.click();
  return (await blob).text();
}

// The module's reports of all cases are compared above; here is what the page makes of them.
const some = cases.filter(({ params, waivers }, index) => index % 4 === 0 && Object.keys(params).length + waivers.length === 0);
for (const documents of alike(some)) {
  test(`the page's report JSON is the command line's: the ${documents.length} cases of ${documents[0].day}`, async () => {
    const page = await open(browser, single);
    await page.evaluate(() => {
      URL.createObjectURL = (blob) => (window.handed(blob), "#/report");
      HTMLAnchorElement.prototype.click = () => {};
    });
    await setDay(page, documents[0].day);
    const reports = commandLines(documents);
    for (const [index, { name, bytes }] of documents.entries()) {
      assert.equal(await page.evaluate(handedOver, { name, text: bytes.toString() }), reports[index], name);
    }
    assert.deepEqual(page.errors, []);
    await page.context().close();
  });
}

test("a file in GB18030 is read by the browser's own decoder, with the command line's notice", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  // {"学校":{"名称":"南街小学"}} in GB18030.
  const bytes = Buffer.from("7b22d1a7d0a3223a7b22c3fbb3c6223a22c4cfbdd6d0a1d1a7227d7d", "hex");
  await openFile(page, "gb.json", bytes);
  const { text: report } = await downloaded(page, "报告 JSON");
  assert.equal(report, commandLine({ name: "gb.json", bytes, day: "2022-06-28" }));
  assert.equal(JSON.parse(report).structure[0].code, "D016");
  assert.equal(JSON.parse(report).subject.name, "南街小学");
  await page.goto(single + "#/fill/" + encodeURIComponent("学校"));
  await page.waitForFunction(() => document.getElementById("/学校/名称")?.value === "南街小学");
  await page.context().close();
});

test("a day across a deadline turns 未到期 into 不符合 on exactly that day", async () => {
  const page = await open(browser, single);
  const school = samples.find(({ name }) => name === "南街小学.json");
  await setDay(page, "2022-07-04");
  await openFile(page, school.name, school.bytes);
  const result = async () => {
    const report = JSON.parse((await downloaded(page, "报告 JSON")).text);
    return report.rules.find((rule) => rule.id === "隐患按期销号").status;
  };
  assert.equal(await result(), "pending");
  await page.getByText("就是今天").first().waitFor();
  await setDay(page, "2022-07-05");
  await page.getByText("已超过 1 天").first().waitFor();
  assert.equal(await result(), "fail");
  await page.context().close();
});
