// The editor of rules: errors as one types, quick fixes, names, layout, the form beside it, and edits that are kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, serve } from "./browser.mjs";
import { rest } from "./rest.mjs";
import { atRules, behind, choose, tab } from "./rules-view.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const text = (page) => page.locator(".cm-content").innerText();

test("a misspelt field is marked as one types, explained, and mended by its button", async () => {
  const page = await atRules(browser);
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await page.keyboard.type("x");
  await page.locator(".cm-lintRange-error").first().waitFor();
  await page.getByText("1 个错误").waitFor();
  await page.getByText(/重点人员 第 \d+ 行/).first().waitFor();
  await page.getByText("E012 是什么意思").click();
  await page.waitForFunction(() => document.querySelector("#pane details p").textContent.length > 40);
  assert.match(await text(page), /≥ 学校\.教职工数x/);
  await page.locator("#pane").getByRole("button", { name: "改为「教职工数」" }).click();
  await page.getByText("没有错误,也没有提醒。").waitFor();
  assert.doesNotMatch(await text(page), /教职工数x/);
  await page.getByRole("button", { name: "撤销" }).click();
  await page.getByText("1 个错误").waitFor();
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("completion comes from the data model, hover says what a name means and where it is declared", async () => {
  const page = await atRules(browser);
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  for (let index = 0; index < 4; index += 1) await page.keyboard.press("Backspace");
  await page.keyboard.press("Control+Space");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "教职工数" }).first().waitFor();
  await page.keyboard.type("教职");
  await page.locator(".cm-tooltip-autocomplete li").nth(1).waitFor({ state: "detached" });
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "教职工数" }).first().click();
  await page.getByText("没有错误,也没有提醒。").waitFor();
  await page.locator(".cm-line", { hasText: "从业查询.教职工查询数 ≥" }).locator(".t-field", { hasText: "教职工数" }).last().hover();
  await page.locator(".cm-tooltip .hover", { hasText: "声明于 data.bulou" }).waitFor();
  await page.context().close();
});

test("layout, renaming in all files, undo", async () => {
  const page = await atRules(browser, "data");
  await behind(page, "教职工数: ");
  for (let index = 0; index < 2; index += 1) await page.keyboard.press("ArrowLeft");
  await page.getByRole("button", { name: "改名" }).click();
  await page.getByLabel("新名称").fill("教工数");
  await page.getByRole("button", { name: "全部改名" }).click();
  await page.getByText(/改了 [1-9]\d* 处/).waitFor();
  await choose(page, "6-people");
  await page.locator(".cm-line", { hasText: "≥ 学校.教工数" }).waitFor();
  await behind(page, "要求 从业查询.教职工查询数");
  await page.keyboard.type("     ");
  await page.getByRole("button", { name: "整理格式" }).click();
  await page.getByText("已整理 6-people.bulou").waitFor();
  assert.match(await text(page), /要求 从业查询\.教职工查询数 ≥ 学校\.教工数/);
  await page.context().close();
});

test("a pinyin input method keeps every character in the editor", async () => {
  const page = await atRules(browser);
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await page.keyboard.press("Enter");
  await page.keyboard.type("# ");
  const cdp = await page.context().newCDPSession(page);
  for (const [pinyin, words] of [["nan", "南"], ["jie", "街"], ["xiaoxue", "小学"]]) {
    for (let length = 1; length <= pinyin.length; length += 1) {
      await cdp.send("Input.imeSetComposition", { text: pinyin.slice(0, length), selectionStart: length, selectionEnd: length });
      // The compiler's word and a saving come in the middle of a composition.
      if (length === 2) await rest(page);
    }
    await cdp.send("Input.insertText", { text: words });
  }
  await page.locator(".cm-line", { hasText: /^\s*# 南街小学$/ }).waitFor();
  await page.context().close();
});

test("edits are kept, also when two tabs change the same files", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN" });
  const first = await atRules(browser, "6-people", server.url, { context });
  await behind(first, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await first.keyboard.type(" # 甲");
  await first.getByText(/已保存/).first().waitFor();
  await rest(first);
  const second = await open(browser, server.url + "#/rules", { context });
  await choose(second, "6-people");
  await second.locator(".cm-line", { hasText: "# 甲" }).waitFor();
  await second.locator(".cm-line", { hasText: "# 甲" }).click();
  await second.keyboard.press("End");
  await second.keyboard.type("乙");
  await rest(second);
  await first.keyboard.type("丙");
  await rest(first);
  const third = await open(browser, server.url + "#/rules", { context });
  await third.locator("summary", { hasText: "本机上改过的规则" }).click();
  assert.equal(await third.locator(".kept").count(), 2);
  const found = [];
  for (const way of [0, 1]) {
    if (way === 1) await third.getByRole("button", { name: "接着填" }).click();
    await choose(third, "6-people");
    found.push(await third.locator(".cm-line", { hasText: "# 甲" }).innerText());
  }
  assert.deepEqual(found.map((line) => line.slice(-2)).sort(), ["甲丙", "甲乙"].sort());
  await context.close();
  await server.close();
});

test("the form follows the edited data", async () => {
  const page = await atRules(browser, "data");
  await tab(page, "表单");
  await page.getByLabel("表单", { exact: true }).and(page.locator("select")).selectOption("学校基本情况");
  await page.getByLabel("学校全称").waitFor();
  await behind(page, '"学校全称');
  for (let index = 0; index < 4; index += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type("校名全文");
  await page.getByLabel("校名全文").waitFor();
  await page.getByLabel("校名全文").fill("试填小学");
  assert.equal(await page.getByLabel("校名全文").inputValue(), "试填小学");
  await page.context().close();
});

test("CodeMirror and the compiler are loaded with the rules view and not before, the bureau's module with the first trial", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN", serviceWorkers: "block" });
  const page = await open(browser, server.url, { context });
  for (const view of ["fill", "report", "county", "source", "help"]) {
    await page.goto(`${server.url}#/${view}`);
    await rest(page);
  }
  const asked = () => server.seen.map(({ url }) => url).filter((url) => /Rules|compiler|bureau|pack-texts/.test(url));
  assert.deepEqual(asked(), []);
  await page.goto(server.url + "#/rules");
  await page.getByText("没有错误,也没有提醒。").waitFor();
  assert.ok(asked().some((url) => /Rules-.*\.js/.test(url)) && asked().some((url) => /compiler/.test(url)));
  assert.ok(!asked().some((url) => /bureau/.test(url)));
  await tab(page, "案例");
  await page.getByRole("button", { name: "运行案例" }).click();
  await page.getByText(/\d+ 个案例都对/).waitFor();
  assert.ok(asked().some((url) => /bureau/.test(url)));
  assert.deepEqual(page.errors, []);
  await context.close();
  await server.close();
});

test("edited rules are called saved when they are, and what a full disk refuses is said and tried again", async () => {
  const page = await atRules(browser);
  const saved = page.locator("[data-saved-rules]");
  const alarm = page.getByRole("alert").filter({ hasText: "没有保存" });
  await behind(page, "要求 从业查询.教职工查询数");
  await page.keyboard.type(" ");
  await rest(page);
  assert.match(await saved.innerText(), /已保存/);
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => { throw new DOMException("x", "QuotaExceededError"); };
    window.allow = () => (IDBObjectStore.prototype.put = put);
  });
  await page.keyboard.type("x");
  assert.doesNotMatch(await saved.innerText(), /已保存/);
  await alarm.waitFor();
  assert.match(await saved.innerText(), /没有保存/);
  assert.doesNotMatch(await page.locator("main").innerText(), /已保存|QuotaExceeded/);
  // What cannot be saved does not give way unasked.
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.locator("summary", { hasText: "本机上改过的规则" }).click();
  await page.getByRole("button", { name: "从现行规则重新开始" }).click();
  await rest(page);
  assert.match(await text(page), /教职工查询数 x/);
  await page.evaluate(() => void window.allow());
  await alarm.getByRole("button", { name: "再试一次" }).click();
  await saved.getByText("已保存").waitFor();
  assert.equal(await alarm.count(), 0);
  await page.context().close();
});
