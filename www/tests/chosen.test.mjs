// Files that were chosen by mistake, and the way back to what was filled in.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, box, drafts, launch, open, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { zip } from "./counties.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer });
const south = samples.find(({ name }) => name === "南街小学.json");

test("what is no self-assessment is named with what to do, alone and among others, and nothing is opened", async () => {
  const page = await open(browser, single);
  const archive = zip([[south.name, south.bytes]]);
  const wrong = [
    [file("~$南街小学.xlsx", Buffer.from("\x05Zhang\0\0\0")), /~\$南街小学\.xlsx: .*请关掉 Excel(或 WPS),选「南街小学\.xlsx」|~\$南街小学\.xlsx: .*请关掉 Excel\(或 WPS\),选「南街小学\.xlsx」/],
    [file(".~lock.南街小学.xlsx#", Buffer.from(",zhang,pc;")), /选「南街小学\.xlsx」/],
    [file(".DS_Store", Buffer.from("\0\0\0\x01Bud1")), /\.DS_Store: 这是系统自己留下的文件/],
    [file("Thumbs.db", Buffer.from("d0cf11e0a1b11ae1", "hex")), /Thumbs\.db: 这是系统自己留下的文件/],
    [file("desktop.ini", Buffer.from("[.ShellClassInfo]\r\n")), /desktop\.ini: 这是系统自己留下的文件/],
    [file("各校.zip", archive), /各校\.zip: 这是压缩包.*拖到桌面.*「汇总」/],
    [file("空.zip", Buffer.from("504b0506".padEnd(44, "0"), "hex")), /空\.zip: 这是压缩包/],
  ];
  for (const [one, words] of wrong) {
    await page.goto(single + "#/");
    await page.locator("main input[type=file]").first().setInputFiles(one);
    await page.getByRole("alert").filter({ hasText: words }).waitFor();
    await rest(page);
    assert.match(page.url(), /#\/$/, one.name);
  }
  await page.locator("main input[type=file]").first().setInputFiles([file(south.name, south.bytes), ...wrong.map(([one]) => one)]);
  await page.getByText("打开了 8 个文件,其中 7 个读不了").waitFor();
  for (const [, words] of wrong) await page.getByRole("alert").filter({ hasText: words }).waitFor();
  await rest(page);
  assert.equal((await drafts(page)).length, 1);
  // A document that is only called so is one.
  await page.locator("main input[type=file]").first().setInputFiles(file("~$南街小学.json", south.bytes));
  await page.getByRole("heading", { name: "核对报告 · 南街小学" }).waitFor();
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("who wants to fill in a form and has begun one is offered it, again and again", async () => {
  const page = await open(browser, single);
  const begin = () => page.getByRole("button", { name: /我要填自查表/ }).click();
  await begin();
  await page.getByRole("heading", { name: "填自查表", exact: true }).waitFor();
  await page.evaluate((route) => (location.hash = route), at("学校"));
  await box(page, "/学校/名称").fill("城关小学");
  await rest(page);
  for (const reload of [false, true, false]) {
    await page.evaluate(() => (location.hash = "#/"));
    await page.getByRole("heading", { name: "校园安全自查" }).waitFor();
    if (reload) await page.reload();
    await begin();
    await page.getByRole("heading", { name: "这台电脑上有填过的自查表" }).waitFor();
    await page.locator("li", { hasText: "城关小学" }).getByRole("button", { name: "接着填" }).click();
    await page.getByRole("heading", { level: 1, name: "填自查表 · 城关小学" }).waitFor();
  }
  // The example is nobody's, and in nobody's way.
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("button", { name: "看示例报告" }).click();
  await page.getByText("这是示例,不是您学校的数据。").waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  await begin();
  await page.getByRole("button", { name: "新填一份" }).click();
  await page.getByRole("heading", { name: "填自查表", exact: true }).waitFor();
  await rest(page);
  assert.equal((await drafts(page)).length, 1);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});
