// Coming back: what was filled in is offered before a blank form is, and an address that leads nowhere says so.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, blankForm, box, drafts, launch, open, single } from "./browser.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const link = (page, name) => page.getByRole("navigation").getByRole("link", { name, exact: true });

async function filled() {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  await box(page, "/学校/名称").fill("城关小学");
  await rest(page);
  return page;
}

test("after F5 on the start view a draft is offered wherever one is asked for, and no blank form begins", async () => {
  const page = await filled();
  for (const [name, shown] of [["填表", "填自查表 · 城关小学"], ["报告", "核对报告 · 城关小学"], ["上报", "检查并上报 · 城关小学"]]) {
    await page.goto(single + "#/");
    await page.getByRole("heading", { name: "校园安全自查" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "校园安全自查" }).waitFor();
    await link(page, name).click();
    await page.getByRole("heading", { name: "这台电脑上有填过的自查表" }).waitFor();
    await page.locator("li", { hasText: "城关小学" }).getByRole("button", { name: "接着填" }).click();
    await page.getByRole("heading", { level: 1, name: shown }).waitFor();
  }
  assert.equal((await drafts(page)).length, 1);
  // The same of an address into the form, in another tab.
  const other = await open(browser, single + at("学校", "名称"), { context: page.context() });
  await other.getByRole("button", { name: "接着填" }).click();
  await box(other, "/学校/名称").waitFor();
  assert.equal(await box(other, "/学校/名称").inputValue(), "城关小学");
  assert.deepEqual([...page.errors, ...other.errors], []);
  await page.context().close();
});

test("a new one is one click away, and what was put away is not offered", async () => {
  const page = await filled();
  await page.goto(single + "#/");
  await page.reload();
  await link(page, "填表").click();
  await page.getByRole("button", { name: "新填一份" }).click();
  await page.getByRole("heading", { name: "填自查表", exact: true }).waitFor();
  await page.goto(single + at("学校"));
  assert.equal(await box(page, "/学校/名称").inputValue(), "");
  await page.goto(single + "#/");
  await page.getByRole("button", { name: "移走" }).click();
  await rest(page);
  await page.reload();
  await link(page, "填表").click();
  await page.getByRole("heading", { name: "填自查表", exact: true }).waitFor();
  await page.context().close();
});

test("an address that leads to no place says so, however deep it goes", async () => {
  const page = await filled();
  for (const [route, words] of [
    [at("不存在"), "表里没有「不存在」这一部分"],
    [at("学校", "不存在"), "› 不存在」这一部分"],
    [at("隐患", "0", "不存在"), "› 不存在」这一部分"],
    [at("隐患", "第一行"), "这一部分"],
    [at("学校", "名称", "再往下"), "› 再往下」这一部分"],
    ["#/report/不存在", "没有这个页面"],
    ["#/help/不存在", "没有这个页面"],
    ["#/finish/1/2", "没有这个页面"],
    ["#/county/1/2/3", "没有这个页面"],
    ["#//不存在", "没有这个页面"],
  ]) {
    await page.goto(single + route);
    await page.locator("main").getByText(words).waitFor();
    await page.reload();
    await page.locator("main").getByText(words).waitFor();
  }
  for (const route of [at("学校"), at("学校", "名称"), at("隐患", "0", "编号"), "#/", "#/help"]) {
    await page.goto(single + route);
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await page.locator("main").getByText(/这一部分|没有这个页面/).count(), 0, route);
  }
  await page.context().close();
});
