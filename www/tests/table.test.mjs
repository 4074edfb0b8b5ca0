// Lists in the form: tables of rows, however long, and what a person does with them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, blankForm, box, exported, launch, open, openFile, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("of a long list the first rows can be filled in before the rest is drawn, and the row that the address names is there", async () => {
  const page = await open(browser, single);
  const many = JSON.parse(samples.find(({ name }) => name.startsWith("南街小学")).bytes);
  many.隐患 = Array.from({ length: 49 }, (_, number) => ({ ...many.隐患[0], 编号: `H${number}` }));
  await openFile(page, "a.json", Buffer.from(JSON.stringify(many)));
  await page.goto(single + at("隐患"));
  const boxes = page.locator("[id^='/隐患/'][id$='/编号']");
  await page.waitForFunction(() => document.getElementById("/隐患/48/编号"));
  assert.equal(await boxes.count(), 49);
  await page.goto(single + "#/");
  const seen = await page.evaluate(async () => {
    location.hash = `#/fill/${["隐患", "40", "编号"].map(encodeURIComponent).join("/")}`;
    while (document.activeElement?.id !== "/隐患/40/编号") await new Promise((resolve) => requestAnimationFrame(resolve));
    return document.activeElement.value;
  });
  assert.equal(seen, "H40");
  await page.context().close();
});

/** A school with so many hazards, at its list of them. */
async function atHazards(count, settings) {
  const page = await open(browser, single, settings);
  const many = JSON.parse(samples.find(({ name }) => name.startsWith("南街小学")).bytes);
  many.隐患 = Array.from({ length: count }, (_, number) => ({ ...many.隐患[0], 编号: `H${number}` }));
  await openFile(page, "a.json", Buffer.from(JSON.stringify(many)));
  await page.goto(single + at("隐患"));
  await box(page, `/隐患/${count - 1}/编号`).waitFor();
  return page;
}

test("a calendar is there for who asks for it, and what is chosen in it is the answer", async () => {
  const page = await atHazards(2);
  await page.evaluate(() => {
    HTMLInputElement.prototype.showPicker = function () { window.shown = this.value; };
  });
  assert.equal(await page.locator("main input[type=date]").count(), 0);
  await page.getByRole("button", { name: "选日期 发现日期 第 2 行" }).click();
  await page.waitForFunction(() => window.shown !== undefined);
  const before = await box(page, "/隐患/1/发现日期").inputValue();
  assert.equal(await page.evaluate(() => window.shown), before);
  await page.locator("main input[type=date]").evaluate((picker) => {
    picker.value = "2022-06-01";
    picker.dispatchEvent(new Event("change", { bubbles: true }));
  });
  assert.equal(await box(page, "/隐患/1/发现日期").inputValue(), "2022-06-01");
  await page.context().close();
});

test("who copies a row is in the first box of the copy, wherever that is", async () => {
  const page = await atHazards(50);
  await page.getByRole("button", { name: "复制 第 2 行", exact: true }).press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "/隐患/2/编号");
  assert.equal(await box(page, "/隐患/2/编号").inputValue(), "H1");
  // The copy of a page's last row stands on the next.
  await page.getByRole("button", { name: "复制 第 50 行", exact: true }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/隐患/50/编号");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("H99");
  await rest(page);
  const { 隐患 } = await exported(page);
  assert.deepEqual([隐患.length, 隐患[50].编号, 隐患[51].编号], [52, "H99", "H49"]);
  await page.context().close();
});

test("what a row is called stays in sight while a wide table is scrolled, hides no box that has the focus, and prints", async () => {
  const page = await atHazards(3, { viewport: { width: 1000, height: 768 } });
  const seen = (id) => page.evaluate((id) => {
    const one = document.getElementById(id);
    const { left, right, top, bottom } = one.getBoundingClientRect();
    // What is drawn at its two ends and its middle.
    return [left + 4, (left + right) / 2, right - 4].every((x) => one.contains(document.elementFromPoint(x, (top + bottom) / 2)));
  }, id);
  const scroll = page.locator(".scroll", { has: box(page, "/隐患/0/编号") });
  const most = await scroll.evaluate((one) => (one.scrollLeft = one.scrollWidth) && one.scrollLeft);
  assert.ok(most > 200, `the table is scrolled by ${most} px`);
  assert.equal(await seen("/隐患/1/编号"), true);
  // Back by Shift+Tab, box for box.
  await page.getByRole("button", { name: "复制 第 2 行", exact: true }).focus();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Shift+Tab");
    const { id, clear } = await page.evaluate(() => {
      const one = document.activeElement;
      const { left, top, height } = one.getBoundingClientRect();
      return { id: one.id, clear: one.contains(document.elementFromPoint(left + 4, top + height / 2)) };
    });
    assert.ok(clear, `${id} is covered`);
    if (id === "/隐患/1/编号") break;
    assert.notEqual(id, "/隐患/0/编号");
  }
  await scroll.locator("tbody").evaluate((one) => one.scrollIntoView());
  const uncovered = await page.getByRole("button", { name: "撤销" }).evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return top >= 0 && one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  assert.equal(uncovered, true, "the page's own buttons are covered by the table's heads");
  await page.emulateMedia({ media: "print" });
  const places = () => scroll.locator("tbody tr > *").evaluateAll((all) => all.map((one) => getComputedStyle(one).position));
  assert.deepEqual([...new Set(await places())], ["static"]);
  await page.context().close();
});

test("on a phone a row's name stays at the top while its boxes are gone through", async () => {
  const page = await atHazards(3, { viewport: { width: 360, height: 640 } });
  await page.locator("tbody tr:nth-child(2) > td").last().evaluate((one) => one.scrollIntoView({ block: "end" }));
  const name = page.locator("tbody tr:nth-child(2) > th");
  assert.equal(await name.innerText(), "第 2 行 · H1");
  const { y } = await name.boundingBox();
  assert.ok(y >= 0 && y < 60, `it stands at ${y} px`);
  const [height, wide] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  assert.ok(wide <= height, `${wide} px wide`);
  await page.context().close();
});

test("rows copied from a spreadsheet keep leading zeros, long codes and dates", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("隐患"));
  await page.getByText("从表格粘贴").click();
  const sheet = "编号\t隐患描述\t发现日期\t整改期限\n007\t\"两行\n描述\"\t2022/6/5\t2022.6.27\n410381199001011234\t门\t20220606\t下周\n";
  await page.getByLabel(/在 Excel 或 WPS/).fill(sheet);
  await page.getByRole("button", { name: "加入 2 行" }).click();
  const rows = (await exported(page)).隐患;
  assert.deepEqual(rows, [
    { 编号: "007", 描述: "两行\n描述", 发现日期: "2022-06-05", 整改期限: "2022-06-27" },
    { 编号: "410381199001011234", 描述: "门", 发现日期: "2022-06-06", 整改期限: "下周" },
  ]);
  // Into a box of the table: the cells go on from there.
  await box(page, "/隐患/0/描述").focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "甲\t2022-06-01\n乙\t2022-06-02");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await box(page, "/隐患/1/描述").inputValue(), "乙");
  assert.equal(await box(page, "/隐患/1/发现日期").inputValue(), "2022-06-02");
  assert.equal(await box(page, "/隐患/0/编号").inputValue(), "007");
  await page.context().close();
});

test("a list is blank, or stated to be empty by one click", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("事件"));
  await page.getByRole("button", { name: /没有\(无\)/ }).click();
  await page.getByText("已明确填写:没有").waitFor();
  assert.deepEqual((await exported(page)).事件, []);
  await page.getByRole("button", { name: /改为未填/ }).click();
  assert.equal((await exported(page)).事件, undefined);
  await page.context().close();
});
