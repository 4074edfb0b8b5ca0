// A new clerk's whole way through the single file with the network off: a small primary school, from the start view to the
// receipt. Counts what the hands do, on a PC and on a phone, and says how long that takes at a stated pace. With
// `--screenshots FOLDER` it keeps a picture of each stage.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { box, downloaded, launch, open, root, setDay, single } from "./browser.mjs";
import { rest } from "./rest.mjs";

/** Seconds for a click or tap, and for a key. */
const PACE = { click: 1.2, key: 0.2 };
/** Keys for a Chinese character: its pinyin and the choice among words, with a common input method. */
const CHARACTER = 3;
/** So many Tabs are pressed to get to a box; to another one people point. */
const TABS = 3;
const DAY = "2022-06-28";

const { values } = parseArgs({ options: { screenshots: { type: "string" } } });

/** What a village primary school of 40 pupils has to say. */
function school() {
  const model = JSON.parse(readFileSync(join(root, "tests/samples/南街小学.json"), "utf8"));
  const { 规则集, 食堂, ...one } = model;
  return {
    ...one,
    填报: { ...one.填报, 填报人: "王老师", 审核人: "李校长" },
    学校: { ...one.学校, 标识码: "2141000777", 名称: "柳林小学", 乡镇: "柳林镇", 有食堂: false, 学生数: 40, 教职工数: 5, 办学许可证号: "教民2141000777号" },
    检查: one.检查.filter(({ 领域 }) => 领域 !== "食品"),
    教育培训: one.教育培训.map((row) => ({ ...row, ...(row.对象 === "学生" ? { 应到: 40, 实到: 40 } : { 应到: 5, 实到: 5 }), 补训: 0 })),
    重点部位: one.重点部位.filter(({ 部位 }) => 部位 !== "餐厅"),
    责任书: one.责任书.filter(({ 部位 }) => 部位 !== "餐厅"),
    护校队: {
      ...one.护校队,
      成员: one.护校队.成员.slice(0, 6),
      巡查: one.护校队.巡查.filter(({ 部位 }) => 部位 !== "餐厅"),
    },
    演练: one.演练.map((row) => ({ ...row, 参加人数: 40 })),
    从业查询: { ...one.从业查询, 教职工查询数: 5 },
  };
}

class Clerk {
  clicks = 0;
  keys = 0;
  stage = 0;

  /** `tabs`: whether there is a Tab key. */
  constructor(page, { name, tabs }) {
    Object.assign(this, { page, name, tabs });
  }

  async click(target) {
    this.clicks += 1;
    await target.click();
  }

  async picture(what) {
    if (!values.screenshots) return;
    mkdirSync(values.screenshots, { recursive: true });
    await rest(this.page);
    this.stage += 1;
    await this.page.screenshot({ path: join(values.screenshots, `${this.name}-${String(this.stage).padStart(2, "0")}-${what}.png`) });
  }

  focused = () => this.page.evaluate(() => document.activeElement?.id);

  /** To a box: by Tab where that leads to it, else by pointing at it. */
  async reach(pointer) {
    if ((await this.focused()) === pointer) return;
    for (let count = 1; this.tabs && count <= TABS; count += 1) {
      await this.page.keyboard.press("Tab");
      if ((await this.focused()) === pointer) {
        this.keys += count;
        return;
      }
    }
    await this.click(box(this.page, pointer));
  }

  async type(pointer, text) {
    await this.reach(pointer);
    const target = box(this.page, pointer);
    // What stands in a copied row is typed over.
    await target.selectText();
    for (const char of text) {
      this.keys += char < "\x80" ? 1 : CHARACTER;
      if (char < "\x80") await this.page.keyboard.press(char === " " ? "Space" : char);
      else await this.page.keyboard.insertText(char);
    }
  }

  /** One answer, whatever box it has. */
  async answer(pointer, value) {
    const target = box(this.page, pointer);
    const kind = await target.evaluate((one) => (one.tagName === "SELECT" ? "select" : one.type));
    if (kind === "radio") {
      await this.click(this.page.locator(`[role=radiogroup]:has([id="${pointer}"])`).getByText(value ? "是" : "否", { exact: true }));
    } else if (kind === "select") {
      // The list is opened, and an entry chosen: one click each.
      await target.focus();
      this.clicks += 2;
      await target.selectOption(typeof value === "boolean" ? (value ? "是" : "否") : String(value));
    } else {
      await this.type(pointer, String(value));
    }
  }

  /** Whatever stands at a place. */
  async fill(pointer, value) {
    if (Array.isArray(value)) return this.rows(pointer, value);
    if (typeof value !== "object") return this.answer(pointer, value);
    const here = await this.order(Object.keys(value).map((key) => `${pointer}/${key}`));
    for (const inner of here) await this.fill(inner, value[inner.slice(pointer.length + 1)]);
  }

  /** Places as they follow each other on the page. */
  order(pointers) {
    return this.page.evaluate((pointers) => {
      const found = pointers.map((id) => document.getElementById(id)).filter((one) => one?.checkVisibility());
      return found.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1)).map((one) => one.id);
    }, pointers);
  }

  /** A list: a row that is much like the one before is copied. */
  async rows(pointer, rows) {
    const list = this.page.locator(`[id="${pointer}"]`);
    const buttons = list.locator("xpath=following-sibling::p[1]");
    if (rows.length === 0) return this.click(buttons.getByRole("button", { name: /^没有\(无\)/ }));
    for (const [index, row] of rows.entries()) {
      const place = `${pointer}/${index}`;
      const before = rows[index - 1];
      const record = typeof row === "object";
      const same = record && before ? Object.keys(row).filter((key) => row[key] === before[key]).length : 0;
      const alike = record && before && Object.keys(before).every((key) => key in row) && same * 2 >= Object.keys(row).length;
      if (alike) await this.click(list.getByRole("button", { name: `复制 第 ${index} 行`, exact: true }));
      else await this.click(buttons.getByRole("button", { name: /^加一行/ }));
      await this.page.locator(`[id^="${place}"]`).first().waitFor();
      if (!record) await this.answer(place, row);
      else await this.fill(place, alike ? Object.fromEntries(Object.entries(row).filter(([key, value]) => before[key] !== value)) : row);
    }
  }
}

async function way(browser, { name, tabs, ...options }) {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true, ...options });
  await context.setOffline(true);
  const page = await open(browser, single, { context });
  await setDay(page, DAY);
  const clerk = new Clerk(page, { name, tabs });
  const all = school();
  await clerk.picture("开始");
  await clerk.click(page.getByRole("button", { name: /我要填自查表/ }));
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  await clerk.picture("填表");
  // What decides which rules apply is asked first.
  const first = { 办学类型: all.学校.办学类型, 寄宿: all.学校.寄宿, 有食堂: all.学校.有食堂 };
  for (const [key, value] of Object.entries(first)) await clerk.answer(`/学校/${key}`, value);
  await clerk.click(page.locator(".tasks a").first());
  // The part is there when the way back to all of them is.
  await page.getByRole("link", { name: "← 所有部分" }).waitFor();
  for (let next = true; next; ) {
    const title = await page.getByRole("heading", { level: 1 }).innerText();
    const here = await clerk.order(Object.keys(all).map((key) => `/${key}`));
    for (const pointer of here) {
      const value = all[pointer.slice(1)];
      await clerk.fill(pointer, pointer === "/学校" ? Object.fromEntries(Object.entries(value).filter(([key]) => !(key in first))) : value);
    }
    await clerk.picture(title);
    const link = page.getByRole("link", { name: /^下一部分/ });
    next = (await link.count()) > 0;
    if (next) await clerk.click(link);
    if (next) await page.waitForFunction((title) => document.querySelector("main h1")?.textContent !== title, title);
  }
  await clerk.click(page.getByRole("link", { name: "检查并上报" }).first());
  await page.getByRole("heading", { level: 1, name: /检查并上报/ }).waitFor();
  await rest(page);
  await clerk.picture("检查");
  clerk.clicks += 1;
  const handed = await downloaded(page, page.locator("main").getByRole("button", { name: /上报/ }));
  await page.getByRole("region", { name: "回执" }).waitFor();
  await clerk.picture("回执");
  // What was typed, and what handing in adds.
  const { 规则集, ...document } = JSON.parse(handed.text);
  assert.deepEqual(document, { ...all, 填报: { ...all.填报, 版次: 1 } });
  assert.deepEqual(page.errors, []);
  const answers = (value) => (typeof value === "object" ? Object.values(value).reduce((sum, one) => sum + answers(one), 0) : 1);
  const minutes = (clerk.clicks * PACE.click + clerk.keys * PACE.key) / 60;
  console.log(`${name}: ${answers(all)} answers, ${clerk.clicks} clicks, ${clerk.keys} keys, ${minutes.toFixed(1)} minutes at ${PACE.click} s a click and ${PACE.key} s a key; handed in as ${handed.name}`);
  await context.close();
}

const browser = await launch();
await way(browser, { name: "1366×768", tabs: true, viewport: { width: 1366, height: 768 } });
await way(browser, { name: "360×740", tabs: false, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
await browser.close();
