// Workbooks in the page: the command line's, byte for byte, and no load on who has none.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, box, downloaded, launch, open, openFile, root, serve, setDay, single } from "./browser.mjs";
import { annotatedCommandLine, commandLine, samples, templateCommandLine } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const day = "2022-06-28";
const north = samples.find(({ name }) => name.startsWith("北关小学"));
const drawn = ["手工.xlsx", "手工.xls", "手工.ods"].map((name) => ({ name, bytes: readFileSync(join(root, "tests/workbooks", name)), day }));

async function reported(page) {
  return (await downloaded(page, "报告 JSON")).text;
}

async function offline(script = () => {}) {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true });
  await context.addInitScript(script);
  await context.setOffline(true);
  const page = await open(browser, single, { context });
  await setDay(page, day);
  return page;
}

test("the single file hands out the template and judges workbooks as the command line does, with the network off", async () => {
  const page = await offline();
  const template = await downloaded(page, "下载 Excel 模板");
  assert.match(template.name, /2022\.6\.24\.xlsx$/);
  assert.deepEqual(template.bytes, templateCommandLine());
  const filled = { name: "北关.xlsx", bytes: templateCommandLine(north), day };
  for (const one of [filled, ...drawn]) {
    await openFile(page, one.name, one.bytes);
    assert.equal(await reported(page), commandLine(one), one.name);
  }
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("what was not read of a workbook stays in view after edits and reloads, until the person has looked after it", async () => {
  const page = await offline();
  const [one] = drawn;
  await openFile(page, one.name, one.bytes);
  const panel = page.getByRole("region", { name: /没有放进表里的/ });
  const cells = JSON.parse(await reported(page)).structure.filter(({ code, notice }) => ["D041", "D042", "D044", "D045"].includes(code) && !notice).map(({ cell }) => cell);
  assert.ok(cells.includes("自查表!C14") && cells.includes("隐患!J5") && cells.includes("隐患!I2"), String(cells));
  const shown = async () => {
    await panel.waitFor();
    const words = await panel.innerText();
    for (const cell of cells) assert.ok(words.includes(cell), `${cell}: ${words}`);
  };
  await shown();
  await page.evaluate((route) => (location.hash = route), at("学校"));
  await box(page, "/学校/乡镇").fill("东乡");
  await rest(page);
  await shown();
  await page.reload();
  await shown();
  await page.evaluate(() => (location.hash = "#/finish"));
  await page.getByText(/还不能上报:文件里有 \d+ 处没有放进表里/).waitFor();
  assert.equal(await page.getByRole("button", { name: /^上报|照现在这样上报/ }).count(), 0);
  await panel.getByRole("button", { name: "都处理好了" }).click();
  await panel.waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^上报|照现在这样上报/ }).waitFor();
  await rest(page);
  await page.reload();
  await page.getByRole("button", { name: /^上报|照现在这样上报/ }).waitFor();
  assert.equal(await panel.count(), 0);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

/** Words without the marks of quotes: in the page they are those of its language. */
const bare = (words) => words.replaceAll(/[`「」“”\s]/g, "");

test("what was not read of a workbook is said in the language that the page has now, whichever it had then", async () => {
  for (const [then, now] of [["中文", "English"], ["English", "中文"]]) {
    const page = await offline();
    const speak = (language) => page.getByRole("button", { name: language }).click();
    const messages = async () => {
      await rest(page);
      const { structure } = JSON.parse((await downloaded(page, page.getByRole("button", { name: /^(报告 JSON|Report as JSON)$/ }))).text);
      return structure.filter(({ code, notice, cell }) => cell && !notice && ["D041", "D042", "D044", "D045"].includes(code)).map(({ message }) => bare(message));
    };
    await speak(then);
    await openFile(page, drawn[0].name, drawn[0].bytes);
    const before = await messages();
    await speak(now);
    const after = await messages();
    await speak(then);
    assert.notDeepEqual(before, after);
    const panel = page.locator("section[aria-labelledby=unread]");
    const shows = async (all) => {
      await rest(page);
      const words = bare(await panel.innerText());
      for (const message of all) assert.ok(words.includes(message), `${message}: ${words}`);
    };
    await shows(before);
    // After an edit the workbook is gone, and cannot be asked again.
    await page.evaluate((route) => (location.hash = route), at("学校"));
    await box(page, "/学校/乡镇").fill("东乡");
    await rest(page);
    await speak(now);
    await shows(after);
    await page.reload();
    await shows(after);
    await page.context().close();
  }
});

test("a browser that cannot unpack the single file's parts has it done by code", async () => {
  const page = await offline(() => delete globalThis.DecompressionStream);
  const [one] = drawn;
  await openFile(page, one.name, one.bytes);
  assert.equal(await reported(page), commandLine(one));
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("problems of a workbook name sheet, row and column, and the marked copy is the command line's", async () => {
  const page = await offline();
  const [one] = drawn;
  await openFile(page, one.name, one.bytes);
  await page.getByText("隐患!D6").first().waitFor();
  await page.getByText("自查表!C12").first().waitFor();
  assert.equal(await page.getByText("第 1 行第 1 列").count(), 0);
  const marked = await downloaded(page, "标出问题的 Excel");
  assert.match(marked.name, /标注\.xlsx$/);
  assert.deepEqual(marked.bytes, annotatedCommandLine(one));
  await page.goto(single + "#/fill/" + encodeURIComponent("学校"));
  await page.waitForFunction(() => document.getElementById("/学校/学生数")?.value === "1460");
  await page.context().close();
});

test("out to Excel and in again keeps leading zeros, long codes and dates", async () => {
  const page = await offline();
  const document = JSON.parse(north.bytes.toString("utf8"));
  document.责任.任命文号 = "000123";
  document.平安档案.档案号 = "411302199001011234";
  document.消防.巡查日期 = ["2022-06-24"];
  const bytes = Buffer.from(JSON.stringify(document));
  await openFile(page, "a.json", bytes);
  const before = JSON.parse(await reported(page));
  await page.goto(single + "#/fill");
  const excel = await downloaded(page, "导出 Excel");
  assert.deepEqual(excel.bytes, templateCommandLine({ name: "a.json", bytes }));
  await page.locator("main input[type=file]").setInputFiles({ name: "回来.xlsx", mimeType: "", buffer: excel.bytes });
  await page.locator("[data-landing]").waitFor();
  const read = JSON.parse(await reported(page));
  assert.equal(read.document.name, "回来.xlsx");
  assert.deepEqual(read.counts, before.counts);
  // An edit makes it a JSON document of the page, in which nothing else has changed.
  await page.goto(single + "#/fill/" + encodeURIComponent("学校"));
  await page.locator('[id="/学校/名称"]').fill("北关小学(改)");
  const json = JSON.parse((await downloaded(page, "导出 JSON")).text);
  document.学校.名称 = "北关小学(改)";
  document.填报.版次 = 1;
  assert.deepEqual(json, document);
  // A draft that was left is there again with all that the workbook said.
  await page.reload();
  await page.goto(single + "#/");
  await page.getByRole("button", { name: "接着填" }).first().waitFor();
  await page.context().close();
});

test("a workbook that was only opened is still whole after the page was closed", async () => {
  const page = await offline();
  await openFile(page, "北关.xlsx", templateCommandLine(north));
  await page.goto(single + "#/");
  await page.reload();
  await setDay(page, day);
  await page.getByRole("button", { name: "接着填" }).first().click();
  await page.getByRole("link", { name: "看报告" }).first().click();
  await page.locator("[data-landing]").waitFor();
  assert.equal(await reported(page), commandLine({ name: "北关.xlsx", bytes: templateCommandLine(north), day }));
  await page.context().close();
});

test("an export is what its button says: JSON of a workbook that nobody edited is JSON", async () => {
  const page = await offline();
  for (const { name, bytes } of [{ name: "北关.xlsx", bytes: templateCommandLine(north) }, ...drawn]) {
    await openFile(page, name, bytes);
    const { name: out, bytes: json } = await downloaded(page, "导出 JSON");
    assert.match(out, /\.json$/);
    const document = JSON.parse(json.toString("utf8"));
    if (name === "北关.xlsx") assert.deepEqual(document, JSON.parse(north.bytes.toString("utf8")));
    // What is exported is judged as the workbook was.
    const statuses = (text) => JSON.parse(text).rules.map(({ id, status }) => `${id} ${status}`);
    assert.deepEqual(statuses(commandLine({ name: out, bytes: json, day })), statuses(commandLine({ name, bytes, day })), name);
    await page.goto(single + "#/fill");
    const excel = await downloaded(page, "导出 Excel");
    assert.equal(excel.bytes.subarray(0, 2).toString(), "PK", name);
  }
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("a damaged workbook and a file of another kind get their sentence, and the next file is read", async () => {
  const page = await offline();
  const whole = templateCommandLine(north);
  const bent = Buffer.from(drawn[1].bytes);
  bent.fill(0xa5, 512, 1024);
  const files = [
    ["cut.xlsx", whole.subarray(0, 9000)],
    ["old.xls", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)])],
    ["bent.xls", bent],
  ];
  for (const [name, bytes] of files) {
    await openFile(page, name, bytes);
    await page.getByText(/已损坏|压缩包|Office/).first().waitFor();
    assert.equal(JSON.parse(await reported(page)).rules.length, 0, name);
  }
  await page.goto(single + "#/");
  const archive = Buffer.concat([Buffer.from("504b03041400000000000000000000000000000000000000000006000000", "hex"), Buffer.from("a.json{}")]);
  await page.locator("main input[type=file]").first().setInputFiles({ name: "a.zip", mimeType: "application/zip", buffer: archive });
  await page.getByRole("alert").getByText("a.zip: 这是压缩包").waitFor();
  await openFile(page, "北关.xlsx", whole);
  assert.equal(await reported(page), commandLine({ name: "北关.xlsx", bytes: whole, day }));
  await page.context().close();
});

test("who has no workbook never loads the module for them", async () => {
  const server = await serve();
  const page = await open(browser, server.url, { serviceWorkers: "block" });
  await openFile(page, north.name, north.bytes);
  await page.getByRole("button", { name: "报告 JSON" }).waitFor();
  const loads = () => server.seen.filter(({ url }) => /office.*\.wasm/.test(url)).length;
  assert.equal(loads(), 0);
  await openFile(page, "手工.xlsx", drawn[0].bytes);
  await page.getByText("隐患!D6").first().waitFor();
  assert.equal(loads(), 1);
  await page.context().close();
  await server.close();
});
