// Documents that mean harm, or are merely enormous.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, open, openFile, root, serve, setDay, single } from "./browser.mjs";
import { commandLine, countyCommandLine, samples, templateCommandLine } from "./cases.mjs";
import { day, folder, own, school as numbered, zip } from "./counties.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const school = () => JSON.parse(samples.find(({ name }) => name === "南街小学.json").bytes);
const MARKUP = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';

test("names with markup, a text of a million characters and ten thousand hazards are shown as text, and reported", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  const document = school();
  document.学校.名称 = MARKUP;
  document.隐患 = Array.from({ length: 10_000 }, (_, index) => ({
    编号: `${MARKUP}${index}`, 部位: "大门", 领域: "防盗", 等级: "一般", 描述: index === 0 ? "长".repeat(1_000_000) : MARKUP, 发现日期: "2022-06-25",
  }));
  await openFile(page, `${MARKUP}.json`, Buffer.from(JSON.stringify(document)));
  await page.getByRole("heading", { level: 1, name: MARKUP }).waitFor();
  assert.match(await page.locator("#verdict").innerText(), /不合格/);
  await page.goto(single + "#/fill/%E9%9A%90%E6%82%A3");
  await page.getByText("第 1 至 50 行,共 10000 行").waitFor();
  await page.evaluate(() => {
    window.changes = 0;
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver((changes) => (window.changes += changes.length)).observe(document.body, all);
  });
  await page.locator('[id="/隐患/1/责任人"]').pressSequentially("总务主任");
  assert.equal(await page.locator('[id="/隐患/1/责任人"]').inputValue(), "总务主任");
  const changes = await page.evaluate(() => window.changes);
  assert.ok(changes < 400, `four letters are no work for ten thousand rows: ${changes} changes`);
  await page.goto(single + "#/fill/%E9%9A%90%E6%82%A3/9999/%E6%95%B4%E6%94%B9%E6%9C%9F%E9%99%90");
  await page.waitForFunction(() => document.activeElement?.id === "/隐患/9999/整改期限");
  await page.goto(single + "#/");
  await page.getByText(MARKUP).first().waitFor();
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

for (const [name, bytes, words] of [
  ["empty.json", Buffer.from(""), /空/],
  ["not.json", Buffer.from("这不是 JSON"), /JSON/],
  ["cut.json", Buffer.from('{"学校": {"名称": "南'), /不完整|没有写完/],
  ["table.xlsx", Buffer.concat([Buffer.from("504b030414000600080000002100000000000000000000000000130000000000", "hex").subarray(0, 30), Buffer.from("[Content_Types].xml xl/workbook.xml")]), /Excel 文件已损坏/],
  ["utf16.json", Buffer.from("\ufeff{}", "utf16le"), /UTF-16|UTF-8/],
  ["list.json", Buffer.from("[]"), /对象/],
  ["twice.json", Buffer.from('{"学校": {"名称": "甲", "名称": "乙"}}'), /两次/],
  ["deep.json", Buffer.from("[".repeat(5000)), /深/],
]) {
  test(`a file that cannot be read gets a sentence of its own: ${name}`, async () => {
    const page = await open(browser, single);
    await openFile(page, name, bytes);
    assert.match(await page.locator("main").innerText(), words);
    const verdict = await page.locator("#verdict").innerText();
    assert.doesNotMatch(verdict, /^合格/);
    assert.deepEqual(page.errors, []);
    await page.context().close();
  });
}

/** Parsing these never ends, and takes all memory. */
const endless = readFileSync(join(root, "tests/workbooks/endless.ods"));
const boundless = readFileSync(join(root, "tests/workbooks/boundless.xls"));

test("a workbook that never ends is named with what to do, the page stays usable, and the next file is read", async () => {
  const page = await open(browser, single);
  await setDay(page, day);
  await page.locator("main input[type=file]").first().setInputFiles({ name: "没完.ods", mimeType: "", buffer: endless });
  await page.getByText(/正在读 没完\.ods/).waitFor();
  // Meanwhile the page does other work.
  await page.getByRole("link", { name: "说明" }).click();
  await page.getByRole("heading", { level: 1, name: "说明" }).waitFor();
  await page.getByText(/已停下,没有读取/).first().waitFor();
  assert.match(await page.locator("main").innerText(), /已停下,没有读取.*另存为 \.xlsx/);
  const whole = templateCommandLine(samples[0]);
  await openFile(page, "北关.xlsx", whole);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "报告 JSON" }).click()]);
  assert.equal(readFileSync(await download.path(), "utf8"), commandLine({ name: "北关.xlsx", bytes: whole, day }));
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("a county with workbooks that never end or take all memory, in a folder and in an archive, is the command line's", async () => {
  const file = (number) => Buffer.from(JSON.stringify(numbered(number)));
  const archive = zip([["a.json", file(3)], ["没完.ods", endless], ["z.json", file(4)]]);
  const path = folder([["一.json", file(1)], ["撑破.xls", boundless], ["收表.zip", archive], ["末.json", file(2)]]);
  const expected = countyCommandLine([path], { day, county: own });
  const server = await serve();
  for (const url of [single, server.url]) {
    const page = await open(browser, url + "#/county");
    await setDay(page, day);
    await page.locator("[data-pick=own]").setInputFiles(own);
    await page.locator("[data-pick=folder]").setInputFiles(path);
    await page.getByText(/正在读 .*没完\.ods/).waitFor();
    await page.locator("#headline").waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "报告 JSON", exact: true }).click()]);
    const text = readFileSync(await download.path(), "utf8");
    assert.equal(text, expected);
    assert.equal(JSON.parse(text).by_school.length, 4);
    assert.deepEqual(JSON.parse(text).schools.unreadable.map(({ name }) => name).toSorted(), ["撑破.xls", "收表.zip/没完.ods"].toSorted());
    await page.context().close();
  }
  await server.close();
});

test("several files are opened at once, and each is in the list", async () => {
  const page = await open(browser, single);
  const files = samples.map(({ name, bytes }) => ({ name, mimeType: "application/json", buffer: bytes }));
  await page.locator("main input[type=file]").first().setInputFiles([...files, { name: "x.json", mimeType: "application/json", buffer: Buffer.from("{") }]);
  await page.getByText("打开了 4 个文件,其中 1 个读不了").waitFor();
  await page.getByRole("alert").getByText(/^x\.json: ./).waitFor();
  assert.equal(await page.getByRole("button", { name: "接着填" }).count(), 3);
  await page.context().close();
});
