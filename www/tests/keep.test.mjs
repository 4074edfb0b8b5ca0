// Nothing that a person types is lost, changed or invented.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { at, blankForm, box, drafts, exported, launch, open, openFile, serve, setDay, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const focused = (page) => page.evaluate(() => document.activeElement?.id);
const SIXTY = "一二三四五六七八九十".repeat(6);

test("the 41st character and every other stay in the box that has the focus, and so does the box", async () => {
  const page = await blankForm(browser);
  for (const [section, add, pointer] of [["学校", false, "/学校/乡镇"], ["隐患", true, "/隐患/0/描述"]]) {
    await page.goto(single + at(section));
    if (add) await page.getByRole("button", { name: /^加一行/ }).click();
    const field = await box(page, pointer).elementHandle();
    await field.focus();
    for (const [index, char] of [...SIXTY].entries()) {
      await page.keyboard.type(char);
      if (index === 40) await rest(page);
    }
    assert.equal(await field.inputValue(), SIXTY);
    for (let count = 0; count < 30; count += 1) await page.keyboard.press("Backspace");
    await page.keyboard.type("完");
    assert.equal(await field.inputValue(), SIXTY.slice(0, 30) + "完");
    assert.equal(await focused(page), pointer);
    // An input method commits all at once.
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Input.imeSetComposition", { text: "yi", selectionStart: 2, selectionEnd: 2 });
    await cdp.send("Input.insertText", { text: SIXTY });
    await page.keyboard.type("又");
    const whole = `${SIXTY.slice(0, 30)}完${SIXTY}又`;
    assert.equal(await box(page, pointer).inputValue(), whole);
    assert.ok(await field.evaluate((one) => one.isConnected && one === document.activeElement), "it is the same box");
    assert.ok(await field.evaluate((one) => one.scrollHeight <= one.clientHeight + 1), "the box has grown with its text");
  }
  await page.context().close();
});

test("a row added and removed leaves the list blank; that there are none is only ever said by its button", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("隐患"));
  await page.getByRole("button", { name: "加一行 隐患" }).click();
  await page.getByRole("button", { name: "删去 第 1 行" }).click();
  await page.getByText("还没有填。").first().waitFor();
  assert.equal((await exported(page)).隐患, undefined);
  // The same of a stated nothing to which a row came and went.
  await page.getByRole("button", { name: /没有\(无\)/ }).click();
  await page.getByRole("button", { name: "加一行 隐患" }).click();
  await page.getByRole("button", { name: "删去 第 1 行" }).click();
  assert.equal((await exported(page)).隐患, undefined);
  // And of a row that holds one answer, which was typed and taken back.
  await page.goto(single + at("消防"));
  await page.getByRole("button", { name: /加一行 .*巡查/ }).click();
  const first = page.locator('[id="/消防/巡查日期/0"]');
  await first.fill("2022-06-01");
  await first.fill("");
  assert.equal(await first.count(), 1, "the row stays under the hands");
  assert.notDeepEqual((await exported(page)).消防?.巡查日期, []);
  await page.context().close();
});

test("an answer that stands where a table or a group of questions belongs is shown, and not lost by what takes its place", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  const sample = JSON.parse(samples.find(({ name }) => name.startsWith("南街小学")).bytes);
  const said = { 隐患: "查过,只有北围墙一处破损", 消防: "灭火器32具,都在有效期内", 事件: { a: 1 } };
  await openFile(page, "a.json", Buffer.from(JSON.stringify({ ...sample, ...said })));
  const main = page.locator("main");
  for (const [part, words] of [["隐患", said.隐患], ["消防", said.消防], ["事件", '"a": 1']]) {
    await page.goto(single + at(part));
    await main.getByText(words).first().waitFor();
    assert.doesNotMatch(await main.innerText(), /isLosslessNumber/);
  }
  await page.goto(single + at("隐患"));
  await page.getByRole("button", { name: /没有\(无\)/ }).click();
  await page.goto(single + at("消防"));
  await box(page, "/消防/灭火器数").fill("32");
  const notice = page.getByRole("region", { name: /没有放进表里的 *\(2\)/ });
  const told = async () => {
    const text = await notice.innerText();
    for (const words of ["隐患", said.隐患, "消防", said.消防]) assert.ok(text.includes(words), words);
  };
  await told();
  // Had back, it is in the form again; and so on.
  await page.getByRole("button", { name: "撤销" }).click();
  await page.getByRole("region", { name: /没有放进表里的 *\(1\)/ }).waitFor();
  await page.getByRole("button", { name: "重做" }).click();
  await told();
  await page.reload();
  await told();
  await notice.getByRole("button", { name: "都处理好了" }).click();
  await notice.waitFor({ state: "detached" });
  await page.context().close();
});

test("who types on without a pause is saved each second", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  await box(page, "/学校/乡镇").focus();
  await rest(page);
  // Keys fall every 150 ms of the page's clock, however long they take.
  await page.evaluate(async () => {
    const { performance: clock, unrest: { later } } = window;
    let now = clock.now();
    clock.now = () => now;
    Date.now = () => now;
    for (let count = 0; count < 40; count += 1) {
      now += 150;
      document.execCommand("insertText", false, "字");
      await new Promise((resolve) => later(resolve, 20));
    }
  });
  const saved = (await drafts(page)).find(({ text }) => text.includes("字"));
  assert.ok(saved, "six seconds of typing are not all in memory");
  assert.ok(saved.text.match(/字/g).length > 20, saved.text);
  await page.context().close();
});

test("what was typed in the last moment before F5 is there again", async () => {
  const server = await serve();
  for (const url of [single, server.url]) {
    const page = await blankForm(browser, { url });
    await page.goto(url + at("学校"));
    await box(page, "/学校/乡镇").fill("城关");
    await rest(page);
    await box(page, "/学校/乡镇").focus();
    // In one task of the page: no timer and no answer of the database comes between.
    await Promise.all([page.waitForEvent("load"), page.evaluate(() => {
      document.activeElement.setSelectionRange(9, 9);
      document.execCommand("insertText", false, "镇东街");
      location.reload();
    })]);
    await page.getByRole("heading", { name: "学校基本情况" }).waitFor();
    assert.equal(await box(page, "/学校/乡镇").inputValue(), "城关镇东街");
    await page.context().close();
  }
  await server.close();
});

test("the very first answer is there again, whatever comes before it is saved", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  await box(page, "/学校/乡镇").focus();
  await Promise.all([page.waitForEvent("load"), page.evaluate(() => {
    document.execCommand("insertText", false, "镇东街");
    location.reload();
  })]);
  await page.getByRole("heading", { name: "学校基本情况" }).waitFor();
  assert.equal(await box(page, "/学校/乡镇").inputValue(), "镇东街");
  await rest(page);
  assert.equal((await drafts(page)).length, 1);
  await page.context().close();
});

test("what was typed before the page is put aside is kept at once, and the browser is asked not to clear it away", async () => {
  const page = await blankForm(browser, { script: () => (navigator.storage.persist = async () => (window.asked = (window.asked ?? 0) + 1) > 0) });
  await page.goto(single + at("学校"));
  const rescued = await page.evaluate(() => {
    document.getElementById("/学校/乡镇").focus();
    document.execCommand("insertText", false, "城关镇");
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    return JSON.stringify(localStorage);
  });
  assert.ok(rescued.includes("城关镇"), rescued);
  await rest(page);
  assert.ok((await drafts(page)).some(({ text }) => text.includes("城关镇")));
  assert.equal(await focused(page), "/学校/乡镇", "saving takes no focus");
  assert.ok(!JSON.stringify(await page.evaluate(() => ({ ...localStorage }))).includes("城关镇"), "what is saved need not be rescued");
  assert.equal(await page.evaluate(() => window.asked), 1);
  await page.context().close();
});

for (const [title, script, words] of [
  ["a full disk", () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => { throw new DOMException("x", "QuotaExceededError"); };
    window.allow = () => (IDBObjectStore.prototype.put = put);
  }, /空间满了/],
  ["a private window", () => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = () => { throw new DOMException("x", "SecurityError"); };
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("x", "SecurityError"); } });
    window.allow = () => (IDBFactory.prototype.open = open);
  }, /无痕窗口/],
]) {
  test(`what ${title} refuses to save is said, can be exported, is warned of, and is saved when it can be`, async () => {
    const page = await blankForm(browser, { script });
    await page.goto(single + at("学校"));
    await box(page, "/学校/名称").fill("城关小学");
    const alarm = page.locator("[role=alert]", { hasText: words });
    await alarm.waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), /已保存|DOMException|SecurityError|QuotaExceeded|undefined/);
    assert.match(await page.locator("[data-saved]").innerText(), /没有保存/);
    // Nor does the header of a narrow screen say anything else.
    await page.setViewportSize({ width: 360, height: 700 });
    assert.match(await page.locator("header").innerText(), /没有保存/);
    assert.doesNotMatch(await page.locator("body").innerText(), /已保存/);
    await page.setViewportSize({ width: 1280, height: 720 });
    const [download] = await Promise.all([page.waitForEvent("download"), alarm.getByRole("button", { name: "导出 JSON" }).click()]);
    assert.match(readFileSync(await download.path(), "utf8"), /城关小学/);
    // Leaving now would lose it.
    const asked = page.waitForEvent("dialog");
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
    await closing;
    await page.evaluate(() => void window.allow());
    await alarm.getByRole("button", { name: "再试一次" }).click();
    await page.locator("[data-saved]", { hasText: "已保存" }).waitFor();
    assert.equal(await alarm.count(), 0);
    await page.context().close();
  });
}

test("two tabs on one school say so, before and after both have changed it", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN" });
  const one = await open(browser, server.url, { context });
  await openFile(one, samples[0].name, samples[0].bytes);
  const two = await open(browser, one.url(), { context });
  for (const page of [one, two]) await page.getByText("在另一个标签页里也开着").waitFor();
  for (const [page, words] of [[one, "甲说"], [two, "乙说"]]) {
    await page.goto(server.url + at("学校"));
    await box(page, "/学校/乡镇").fill(words);
    await rest(page);
  }
  await two.getByText("两份都在开始页上").waitFor();
  assert.equal(await one.getByText("两份都在开始页上").count(), 0);
  await two.goto(server.url + "#/");
  await two.locator("li.panel", { hasText: "(另存的一份)" }).waitFor();
  assert.equal(await two.getByRole("button", { name: "接着填" }).count(), 2);
  await context.close();
  await server.close();
});

test("what was rescued while an older text was being saved outlives that saving", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  await box(page, "/学校/乡镇").focus();
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    const type = (text) => document.execCommand("insertText", false, text);
    IDBObjectStore.prototype.put = function (draft, ...rest) {
      if (draft.text.includes("甲乙")) throw new DOMException("x", "QuotaExceededError");
      if (draft.text.includes("甲") && !window.put) {
        window.put = true;
        type("乙");
        Object.defineProperty(document, "visibilityState", { value: "hidden" });
        document.dispatchEvent(new Event("visibilitychange"));
      }
      return put.call(this, draft, ...rest);
    };
    type("甲");
  });
  await page.getByRole("alert").filter({ hasText: "空间满了" }).waitFor();
  assert.deepEqual((await drafts(page)).map(({ text }) => JSON.parse(text).学校.乡镇), ["甲"]);
  assert.match(JSON.stringify(await page.evaluate(() => ({ ...localStorage }))), /甲乙/);
  // The first window is as good as killed; what it rescued is there in the next.
  const next = await open(browser, single, { context: page.context() });
  await next.locator("li.panel", { hasText: "(另存的一份)" }).waitFor();
  assert.deepEqual((await drafts(next)).map(({ text }) => JSON.parse(text).学校.乡镇).sort(), ["甲", "甲乙"].sort());
  await page.context().close();
});

test("each rescued text is saved, whatever is wrong with another, and beside what another tab saved since", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  for (const words of ["甲", "乙"]) {
    await box(page, "/学校/乡镇").fill(words);
    await rest(page);
  }
  const [{ text, id }] = await drafts(page);
  await page.evaluate(([id, text]) => {
    for (const key of ["0", "z"]) localStorage[`bulou.rescue.${key}`] = "{";
    localStorage[`bulou.rescue.${id}`] = JSON.stringify({ id, text: text.replace("乙", "丙"), title: "", saved: 1, revision: 1 });
  }, [id, text]);
  await page.reload();
  await page.goto(single + "#/");
  await page.locator("li.panel", { hasText: "(另存的一份)" }).waitFor();
  assert.deepEqual((await drafts(page)).map(({ text }) => JSON.parse(text).学校.乡镇).sort(), ["丙", "乙"].sort());
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("bulou.rescue.")).sort()), ["bulou.rescue.0", "bulou.rescue.z"]);
  await page.context().close();
});
