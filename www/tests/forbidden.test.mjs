// A file with what must not be filled in: its report is the file's own, and nothing of that is kept.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";

import { at, box, downloaded, drafts, launch, open, openFile, setDay, single } from "./browser.mjs";
import { commandLine, samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const day = "2022-06-28";
const document = { ...JSON.parse(samples.find(({ name }) => name === "南街小学.json").bytes), 身份证号: "机密一" };
const file = { name: "南街小学-多填.json", bytes: Buffer.from(JSON.stringify(document)), day };
const sha256 = createHash("sha256").update(file.bytes).digest("hex");

test("the report of a file with a forbidden key names the file and its fingerprint, as on the command line; nothing forbidden is kept", async () => {
  const page = await open(browser, single);
  await setDay(page, day);
  await openFile(page, file.name, file.bytes);
  await page.locator("main").getByText(`${file.name} · ${sha256.slice(0, 16)}`).waitFor();
  assert.equal((await downloaded(page, "报告 JSON")).text, commandLine(file));
  await rest(page);
  const kept = JSON.stringify(await drafts(page));
  assert.ok(kept.includes(file.name) && kept.includes(sha256) && !kept.includes("机密"), kept);
  assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes("机密"));
  // What is left of it after F5 is not that file, and says so.
  await page.reload();
  const notice = page.getByText(`这份是从「${file.name}」(指纹 ${sha256.slice(0, 8)})读来的`);
  await notice.waitFor();
  assert.ok(!(await page.locator("main").innerText()).includes(`${file.name} · ${sha256.slice(0, 16)}`));
  // What goes out is without it, and has a fingerprint of its own.
  await openFile(page, file.name, file.bytes);
  assert.equal(await notice.count(), 0);
  const out = await downloaded(page, "导出 JSON");
  assert.ok(!out.text.includes("机密") && out.text.includes("(不许填,没有抄出)"), out.text);
  assert.ok(out.name.includes(createHash("sha256").update(out.bytes).digest("hex").slice(0, 8)), out.name);
  // Once it is changed it is another document.
  await page.goto(single + at("学校"));
  await box(page, "/学校/乡镇").fill("东乡");
  await rest(page);
  await page.goto(single + "#/report");
  const heading = page.getByRole("heading", { level: 1, name: /核对报告/ });
  await heading.waitFor();
  await page.reload();
  await heading.waitFor();
  assert.equal(await notice.count(), 0);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

const panel = (page) => page.getByRole("region", { name: /表里没有的内容/ });
const show = (page, route) => page.evaluate((route) => (location.hash = route), route);
const south = JSON.parse(samples.find(({ name }) => name === "南街小学.json").bytes);

test("the verdict says why in numbers that agree, and so does the end", async () => {
  const page = await open(browser, single);
  await setDay(page, day);
  await openFile(page, file.name, file.bytes);
  assert.match(await page.locator("#verdict").innerText(), /^不合格\s+有 1 处填了不许填的内容\(删去才能合格\)。$/);
  await show(page, "#/finish");
  await page.getByRole("heading", { name: "还有 1 处填了不许填的", exact: true }).waitFor();
  await page.getByText("收到的一方会看到 1 处填了不许填的,结果是「不合格」").waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), /0 条|0 项|0 处/);
  await page.context().close();
});

test("what must not be there, and what the form does not have, is taken away by a button and had back; the rest goes out", async () => {
  const page = await open(browser, single);
  await setDay(page, day);
  const extra = { 备注: "留着", 更深: [{ 身份证号: "机密二", 楼: 3 }] };
  const document = { ...south, 学校: { ...south.学校, 身份证号: "机密三", 校训: "勤" }, extra, 身份证号: "机密一" };
  await openFile(page, "多填.json", Buffer.from(JSON.stringify(document)));
  const gone = "(不许填,没有抄出)";
  for (const view of ["#/report", "#/fill", "#/finish", at("学校")]) {
    await show(page, view);
    await panel(page).waitFor();
    const words = await panel(page).innerText();
    assert.match(words, /表里没有的内容\(5\)/, view);
    for (const line of [/学校基本情况 › 校训: 勤/, /extra: .*留着/, /学校基本情况 › 身份证号: 不许填/, /extra › 更深.*身份证号: 不许填/]) assert.match(words, line, view);
    assert.ok(!(await page.locator("body").innerText()).includes("机密"), view);
  }
  const out = async () => {
    const { 填报: { 版次: _, ...filled }, ...others } = JSON.parse((await downloaded(page, "导出 JSON")).text);
    return { ...others, 填报: filled };
  };
  const left = { ...south, 学校: { ...south.学校, 身份证号: gone, 校训: "勤" }, extra: { 备注: "留着", 更深: [{ 身份证号: gone, 楼: 3 }] }, 身份证号: gone };
  assert.deepEqual(await out(), left);
  // One by one, each to be had back where it was.
  await panel(page).getByRole("button", { name: /^删去 extra › .*身份证号$/ }).click();
  const undo = panel(page).getByRole("button", { name: "撤销" });
  await panel(page).getByText(/已删去:extra › .*身份证号/).waitFor();
  assert.ok(await undo.evaluate((one) => one === document.activeElement));
  assert.deepEqual((await out()).extra, { 备注: "留着", 更深: [{ 楼: 3 }] });
  await undo.click();
  assert.deepEqual((await out()).extra, left.extra);
  // An undo of what the form does not have leads nowhere else.
  await panel(page).getByRole("button", { name: "删去 身份证号", exact: true }).click();
  await page.getByRole("button", { name: "撤销" }).first().click();
  await panel(page).getByText("表里没有的内容(5)").waitFor();
  assert.equal(await page.getByText("这一部分").count(), 0);
  await panel(page).getByRole("button", { name: "全部删去" }).click();
  await panel(page).getByText("表里没有的内容(0)").waitFor();
  await rest(page);
  const clean = await out();
  assert.deepEqual(clean, south);
  await show(page, "#/report");
  await page.locator("#verdict").waitFor();
  assert.doesNotMatch(await page.locator("#verdict").innerText(), /不合格/);
  await rest(page);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});
