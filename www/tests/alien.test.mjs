// A document that was filled in for another pack: one truth about where it is, no form, no handing in, and the ways out.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, box, downloaded, drafts, launch, open, openFile, setDay, single, tryRules } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { pack } from "./counties.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const south = JSON.parse(samples.find(({ name }) => name === "南街小学.json").bytes);
const content = JSON.stringify({ ...south, 规则集: "fire@1.0.0" });
const panel = (page) => page.getByRole("region", { name: "这份文件是按另一套规则填的" });
const show = (page, route) => page.evaluate((route) => (location.hash = route), route);
const header = (page) => page.locator("header [data-saved]");

test("a file of another pack is not kept, whatever is tried with it, and no view says that it is", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  await openFile(page, "消防.json", Buffer.from(content));
  await page.getByRole("button", { name: "报告 CSV" }).click();
  for (const view of ["#/report", "#/fill", "#/finish", at("学校"), at("学校", "名称")]) {
    await show(page, view);
    await panel(page).getByText("fire@1.0.0").waitFor();
    await rest(page);
    assert.equal(await header(page).innerText(), "没有存到本机", view);
    assert.match(await panel(page).innerText(), /没有存到本机/);
    assert.equal(await page.locator("main").getByRole("button", { name: /上报|导出/ }).count(), 0, view);
    assert.equal(await page.locator("main").getByRole("link", { name: "检查并上报" }).count(), 0, view);
    assert.equal(await box(page, "/学校/名称").count(), 0, view);
    assert.doesNotMatch(await page.locator("main").innerText(), /已填完|必填的都填了|读不了/);
  }
  assert.equal((await drafts(page).catch(() => [])).length, 0);
  const back = await downloaded(page, "存回原来的文件");
  assert.deepEqual([back.name, back.text], ["消防.json", content]);
  await page.getByRole("button", { name: "新填一份" }).click();
  await page.getByRole("heading", { level: 1, name: "填自查表", exact: true }).waitFor();
  assert.equal(await panel(page).count(), 0);
  await show(page, at("学校"));
  await box(page, "/学校/名称").fill("甲校");
  await rest(page);
  const [draft, ...more] = await drafts(page);
  assert.deepEqual([draft.title, more.length, JSON.parse(draft.text).学校], ["甲校", 0, { 名称: "甲校" }]);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("a draft of another pack that lies in this browser stays there as it is, and that is what is said", async () => {
  const page = await open(browser, single);
  await openFile(page, "南街小学.json", Buffer.from(JSON.stringify(south)));
  await rest(page);
  const [before] = await drafts(page);
  await tryRules(page, pack((_, text) => text.replace(/^规则集 campus-safety/m, "规则集 fire")).map(([name, buffer]) => ({ name, mimeType: "text/plain", buffer })));
  for (const view of ["#/report", "#/fill", "#/finish"]) {
    await show(page, view);
    await panel(page).getByText("它原样存在本机").waitFor();
    await rest(page);
    assert.match(await header(page).innerText(), /^已保存/, view);
    assert.doesNotMatch(await panel(page).innerText(), /没有存到本机/);
    assert.equal(await page.locator("main").getByRole("button", { name: /上报|导出/ }).count(), 0, view);
  }
  const [after] = await drafts(page);
  assert.equal(after.text, before.text);
  assert.equal((await downloaded(page, "存回原来的文件")).text, JSON.stringify(south));
  await page.context().close();
});
