// A county of 86 schools as an officer sees it: short, its lists folded, its pictures in numbers as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { downloaded, launch, open, setDay, single } from "./browser.mjs";
import { day, own, school } from "./counties.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const SCHOOLS = 86;
const SENT = 50;
const MISSING = SCHOOLS - SENT;
const TOWNS = ["城关镇", "东乡", "西乡"];

/** A county whose roster has 86 schools in three towns, of which 50 sent something. */
async function county(settings, all = SCHOOLS) {
  const schools = Array.from({ length: all }, (_, number) => school(number));
  const roster = schools.map(({ 学校 }, number) => ({ 标识码: 学校.标识码, 名称: 学校.名称, 办学类型: "小学", 乡镇: TOWNS[number % 3], 重点校: false }));
  // A name that a spreadsheet would take for a formula.
  roster[60].名称 = '=1+"2",小学';
  const document = { ...JSON.parse(readFileSync(own)), 名册: roster };
  const file = (name, content) => ({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(content)) });
  const page = await open(browser, single + "#/county", settings);
  await setDay(page, day);
  await page.locator("[data-pick=own]").setInputFiles(file("全县.json", document));
  await page.locator("[data-pick=files]").setInputFiles(schools.slice(0, SENT).map((one, number) => file(`${number}.json`, one)));
  await page.locator("#headline").waitFor();
  await rest(page);
  return page;
}

const section = (page, id) => page.locator("section", { has: page.locator(`#${id}`) });

test("a finding says how many; the schools stand folded by town, to copy and to save", async () => {
  const page = await county({});
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const rules = section(page, "own-rules");
  const rule = rules.locator("details.panel", { hasText: "名册上的学校都交了自查表" });
  assert.match(await rule.locator("summary").first().innerText(), new RegExp(`没有交表的学校:${MISSING} 所$`));
  for (const words of await rules.locator("details.panel > summary").allInnerTexts()) assert.ok(words.length < 200, words);
  await rule.locator("summary").first().click();
  const list = rule.locator("details.folded");
  assert.match(await list.locator("summary").innerText(), /^没有交表的学校 36 所 (城关镇|东乡|西乡) 12、(城关镇|东乡|西乡) 12、(城关镇|东乡|西乡) 12$/);
  assert.equal(await list.locator("table").isVisible(), false);
  await list.locator("summary").click();
  const rows = await list.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.equal(rows.length, MISSING);
  assert.deepEqual(new Set(rows.map(([, , id]) => id)).size, MISSING);
  assert.deepEqual(rows.map(([town]) => town), rows.map(([town]) => town).sort((a, b) => a.localeCompare(b, "zh")));
  const { name, text } = await downloaded(page, list.getByRole("button", { name: "存为 CSV" }));
  assert.equal(name, "名册上的学校都交了自查表-没有交表的学校.csv");
  const lines = text.trimEnd().split("\r\n");
  assert.equal(lines.length, MISSING + 1);
  assert.equal(lines[0], '\uFEFF"乡镇","学校","标识"');
  assert.ok(lines.includes(`"城关镇","'=1+""2"",小学","2141000060"`), text);
  await list.getByRole("button", { name: "复制名单" }).click();
  await list.getByText(`已复制 ${MISSING} 行`).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied.split("\n").length, MISSING + 1);
  await page.context().close();
});

test("those that fail and those that cannot be judged are listed apart", async () => {
  const page = await county({});
  const rule = section(page, "own-rules").locator("details.panel", { hasText: "所有学校建立安全档案" });
  const [, open, unsure] = /:(\d+) 所\(还说不准的:(\d+) 所\)$/.exec(await rule.locator("summary").first().innerText());
  await rule.locator("summary").first().click();
  const lists = rule.locator("details.folded");
  assert.deepEqual(await lists.locator("summary strong").allInnerTexts(), [`没有建档,或没有交表的学校 ${open} 所`, `还说不准的 ${unsure} 所`]);
  await page.context().close();
});

test("what is left out beyond what a report lists is counted", async () => {
  const LISTED = 1000;
  const page = await county({}, SENT + LISTED + 25);
  const rule = section(page, "own-rules").locator("details.panel", { hasText: "名册上的学校都交了自查表" });
  await rule.locator("summary").first().click();
  await rule.getByText("另外还漏了 25 个,没有逐个列出").waitFor();
  await rule.locator("details.folded summary", { hasText: `${LISTED} 所` }).waitFor();
  await page.context().close();
});

test("the county's pictures say their numbers as text: headings, towns, weeks", async () => {
  const page = await county({});
  const numbers = async (id) => (await section(page, id).locator("li .text").allInnerTexts()).map((text) => [...text.matchAll(/ (\d+)/g)].map(([, count]) => Number(count)));
  const sum = (counts) => counts.reduce((all, count) => all + count, 0);
  for (const counts of await numbers("heat")) assert.equal(sum(counts), SENT);
  for (const line of await section(page, "heat").locator("li").all()) {
    const widths = await line.locator("rect").evaluateAll((all) => all.map((one) => Number(one.getAttribute("width"))));
    assert.equal(sum(widths), SENT);
  }
  const towns = await numbers("towns");
  assert.equal(towns.length, TOWNS.length);
  assert.equal(sum(towns.map(sum)), SCHOOLS);
  const weeks = (await section(page, "weeks").locator("li .text").allInnerTexts()).map((text) => text.match(/\d+/g).map(Number));
  const due = await section(page, "due").locator("summary").innerText();
  const [overdue, coming] = due.match(/\d+/g).map(Number);
  assert.equal(sum(weeks.map(([all]) => all)), overdue + coming, due);
  assert.equal(sum(weeks.map(([, over = 0]) => over)), overdue, due);
  await page.context().close();
});

for (const [width, most] of [[1366, 5800], [360, 9300]]) {
  test(`the county is short and nothing of it is wider than a screen of ${width} px`, async () => {
    const page = await county({ viewport: { width, height: 768 } });
    const size = () => page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
    const [height, wide] = await size();
    assert.ok(height <= most, `${height} px high`);
    assert.ok(wide <= width, `${wide} px wide`);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
    assert.ok((await size())[1] <= width);
    await page.context().close();
  });
}

test("on a phone no date, code or town of the county's tables is broken, and nothing of an open school is told", async () => {
  const page = await county({ viewport: { width: 360, height: 740 } });
  for (const details of await page.locator("main details").all()) await details.evaluate((one) => (one.open = true));
  const broken = await page.evaluate(() => {
    const found = [];
    for (const cell of document.querySelectorAll("main td")) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { 0: word, index } of node.data.matchAll(/\d{4}-\d{2}-\d{2}|\d{10}|城关镇|东乡|西乡/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
        }
      }
    }
    return found;
  });
  assert.deepEqual([...new Set(broken)], []);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("button", { name: "看示例报告" }).click();
  await page.getByText("这是示例,不是您学校的数据。").waitFor();
  await page.evaluate(() => (location.hash = "#/county"));
  await page.getByRole("heading", { name: "全县汇总" }).waitFor();
  assert.equal(await page.getByText(/这是示例|示例不保存/).count(), 0);
  await page.context().close();
});
