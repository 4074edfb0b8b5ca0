// Where an address leads, also after a reload, and as of which day what is there is checked.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, blankForm, box, launch, open, openFile, serve, setDay, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("a page that is loaded again shows what it showed, on every route, and unknown routes say so", async () => {
  const server = await serve();
  for (const url of [single, server.url]) {
    const page = await blankForm(browser, { url });
    await page.goto(url + at("学校"));
    await box(page, "/学校/名称").fill("城关小学");
    await setDay(page, "2022-06-28");
    await rest(page);
    for (const [route, shown] of [
      ["#/fill", () => page.getByRole("heading", { name: "填自查表 · 城关小学" })],
      ["#/report", () => page.getByRole("heading", { name: "核对报告 · 城关小学" })],
      [at("学校", "名称"), () => page.getByRole("heading", { name: "学校基本情况" })],
    ]) {
      await page.goto(url + route);
      await shown().waitFor();
      const before = page.url();
      await page.reload();
      await shown().waitFor();
      assert.equal(page.url(), before);
      assert.equal(await page.locator("header input[type=date]").inputValue(), "2022-06-28");
    }
    await page.waitForFunction(() => document.activeElement?.id === "/学校/名称");
    assert.equal(await box(page, "/学校/名称").inputValue(), "城关小学");
    assert.match(await page.locator("header").innerText(), /已保存 \d/);
    for (const [route, words] of [
      ["#/nonsense", "没有这个页面"],
      ["#/fill/没有的", "表里没有「没有的」这一部分"],
      ["#/report?draft=none", "这份自查表不在这个浏览器里"],
    ]) {
      await page.goto(url + route);
      await page.getByText(words).waitFor();
      await page.reload();
      await page.getByText(words).waitFor();
    }
    assert.deepEqual(page.errors, []);
    await page.context().close();
  }
  await server.close();
});

test("an address leads to its own school, whatever is open", async () => {
  const page = await open(browser, single);
  const addresses = [];
  for (const { name, bytes } of samples.slice(0, 2)) {
    await openFile(page, name, bytes);
    addresses.push([page.url(), await page.getByRole("heading", { level: 1 }).innerText()]);
  }
  for (const [url, heading] of [...addresses, ...addresses]) {
    await page.goto(url);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  }
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: addresses[0][1] }).waitFor();
  await page.context().close();
});

test("today is Beijing's, and another one after midnight; a day that was chosen stays", async () => {
  // One minute before midnight in Beijing, in New York's morning.
  const script = () => {
    const start = Date.UTC(2026, 2, 1, 15, 59);
    window.shift = 0;
    Date.now = () => start + window.shift;
    window.later = [];
    const { setTimeout } = window;
    window.setTimeout = (run, delay, ...rest) => { window.later.push({ run, delay }); return setTimeout(run, delay, ...rest); };
  };
  const page = await blankForm(browser, { script, timezoneId: "America/New_York" });
  const day = page.locator("header input[type=date]");
  assert.equal(await day.inputValue(), "2026-03-01");
  await page.evaluate(() => {
    window.shift = 61_000;
    window.later.find(({ delay }) => delay > 55_000 && delay < 65_000).run();
  });
  await page.waitForFunction(() => document.querySelector("header input[type=date]").value === "2026-03-02");
  // A machine that slept has rung no bell.
  await page.evaluate(() => { window.shift += 86_400_000; window.dispatchEvent(new Event("focus")); });
  await page.waitForFunction(() => document.querySelector("header input[type=date]").value === "2026-03-03");
  await setDay(page, "2022-06-28");
  await page.evaluate(() => { window.shift += 86_400_000; window.dispatchEvent(new Event("focus")); });
  await page.getByText("今天是 2026-03-04").waitFor();
  assert.equal(await day.inputValue(), "2022-06-28");
  await page.getByRole("button", { name: "改为今天" }).click();
  assert.equal(await day.inputValue(), "2026-03-04");
  await page.context().close();
});

test("the example is checked as of its own day, says what it is, and is nobody's draft", async () => {
  const page = await open(browser, single);
  await page.getByRole("button", { name: "看示例报告" }).click();
  await page.locator("[data-landing]").waitFor();
  const day = page.locator("header input[type=date]");
  for (const again of [false, true]) {
    if (again) await page.reload();
    await page.getByText("这是示例,不是您学校的数据").waitFor();
    await page.getByText("北关小学").first().waitFor();
    assert.equal(await day.inputValue(), "2022-06-28");
    assert.doesNotMatch(await page.locator("main").innerText(), /已超过 \d{3,} 天/);
  }
  await page.goto(single + at("学校"));
  await box(page, "/学校/乡镇").fill("试一试");
  await rest(page);
  await page.goto(single + "#/");
  assert.equal(await page.getByRole("button", { name: "接着填" }).count(), 0);
  await page.getByRole("button", { name: /我要填自查表/ }).click();
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  assert.equal(await page.getByText("这是示例").count(), 0);
  assert.notEqual(await day.inputValue(), "2022-06-28");
  await page.context().close();
});
