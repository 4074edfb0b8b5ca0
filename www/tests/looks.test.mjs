// Every view, in both languages, light and dark, at 320 px: no accessibility violation, nothing cut off.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { launch, open, openFile, setDay, single, unfold } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { own, school as numbered } from "./counties.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const school = samples.find(({ name }) => name.startsWith("北关小学"));
const VIEWS = ["#/", "#/fill", "#/fill/学校", "#/fill/隐患", "#/fill/护校队", "#/fill/事件", "#/finish", "#/report", "#/county", "#/county/2141000346", "#/rules", "#/source", "#/help"];

async function prepared(settings) {
  const page = await open(browser, single, settings);
  await setDay(page, "2022-06-28");
  // The first page is empty of a county; on the way its report comes.
  await page.goto(single + "#/county");
  const file = (name, buffer) => ({ name, mimeType: "application/json", buffer: Buffer.from(buffer) });
  const other = { ...numbered(1), 规则集: "campus-safety@2021.1.1" };
  const files = [...samples.map(({ name, bytes }) => file(name, bytes)), file("再交.json", school.bytes), file("空.json", ""), file("外校.json", JSON.stringify(other))];
  await page.locator("[data-pick=own]").setInputFiles(own);
  await page.locator("[data-pick=files]").setInputFiles(files);
  await page.locator("#headline").waitFor();
  await openFile(page, school.name, school.bytes);
  return page;
}

async function show(page, view) {
  await page.goto(single + encodeURI(view));
  await rest(page);
  if (view === "#/rules") await page.locator("#pane > *").first().waitFor();
}

async function accessible(page, view) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${view} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3).join(" | ")}`);
  assert.deepEqual(found, []);
}

// In each language and in each set of colours.
for (const [language, colorScheme] of ["中文", "English"].flatMap((one) => [[one, "light"], [one, "dark"]])) {
  test(`axe finds nothing: ${language}, ${colorScheme}`, async () => {
    const page = await prepared({ colorScheme });
    await page.getByRole("button", { name: language }).click();
    for (const view of VIEWS) {
      await show(page, view);
      // What is folded is looked at too.
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await accessible(page, view);
    }
    await show(page, "#/rules");
    for (let tab = 0; tab < 6; tab += 1) {
      await page.getByRole("tab").nth(tab).click();
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await accessible(page, `#/rules, tab ${tab}`);
    }
    // What a person is told of: cells without a place, what was undone, what can be gone on with.
    await show(page, "#/fill/隐患");
    await page.locator("summary", { hasText: /从表格粘贴|Paste from a spreadsheet/ }).click();
    await page.getByLabel(/在 Excel 或 WPS|Copy rows in Excel/).fill("编号\t责任人\t责任人\nY01\t张三\t李四\n");
    await accessible(page, "cells to come");
    await page.getByRole("button", { name: /加入 1 行|Add 1 rows/ }).click();
    await accessible(page, "cells without a place");
    await page.getByRole("button", { name: /撤销|Undo/ }).click();
    await page.locator("[data-stepped]", { hasText: /已撤销|Undone/ }).waitFor();
    await accessible(page, "undone");
    await rest(page);
    await show(page, "#/");
    await page.reload();
    await page.locator("nav a[href='#/fill']").click();
    await page.getByRole("button", { name: /新填一份|Begin a new one/ }).waitFor();
    await accessible(page, "to go on with");
    await page.context().close();
  });
}

for (const [name, settings] of [
  ["320 px", { viewport: { width: 320, height: 640 } }],
  ["200 % zoom of a 1280 px window", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
]) {
  test(`nothing needs sideways scrolling: ${name}`, async () => {
    const page = await prepared(settings);
    for (const language of ["中文", "English"]) {
      await unfold(page);
      await page.getByRole("button", { name: language }).click();
      for (const view of VIEWS) {
        await show(page, view);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${view} in ${language} is ${wide} px too wide`);
      }
      await show(page, "#/rules");
      for (let tab = 0; tab < 6; tab += 1) {
        await page.getByRole("tab").nth(tab).click();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `#/rules, tab ${tab} in ${language} is ${wide} px too wide`);
      }
    }
    await page.context().close();
  });
}

test("in English the page's own words are English, and the rules' words stay", async () => {
  const page = await prepared({});
  await page.getByRole("button", { name: "English" }).click();
  await show(page, "#/report");
  await page.getByRole("heading", { name: /^Report/ }).waitFor();
  assert.match(await page.locator("#verdict").innerText(), /^Not compliant\s+13 rules fail\.$/);
  assert.ok(await page.getByText("按标准配足持证保安").count());
  for (const view of ["#/", "#/help", "#/fill"]) {
    await show(page, view);
    const words = await page.locator("main").evaluate((main) => {
      const copy = main.cloneNode(true);
      copy.querySelectorAll("a[href*=fill], .panel, .first").forEach((one) => one.remove());
      return copy.innerText;
    });
    assert.doesNotMatch(words.replaceAll("北关小学", ""), /[\u4e00-\u9fff]/, view);
  }
  await page.context().close();
});

test("on a phone the header leaves the screen to the form, and its controls are one button away", async () => {
  const page = await prepared({ viewport: { width: 360, height: 640 } });
  for (const language of ["中文", "English"]) {
    await unfold(page);
    await page.getByRole("button", { name: language }).click();
    for (const view of VIEWS) {
      await show(page, view);
      const height = await page.locator("header").evaluate((header) => header.getBoundingClientRect().height);
      assert.ok(height <= 56, `${height} px in ${view}, ${language}`);
    }
  }
  await unfold(page);
  await accessible(page, "the menu");
  await page.getByRole("link", { name: "Report", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: /^Report/ }).waitFor();
  assert.equal(await page.locator("header input[type=date]").isVisible(), false);
  await page.context().close();
});

test("the report shows its verdict large, with ring, time line and tiles whose numbers are text as well", async () => {
  const page = await prepared({});
  await show(page, "#/report");
  const size = await page.locator("#verdict strong").evaluate((word) => parseFloat(getComputedStyle(word).fontSize));
  assert.ok(size >= 36, `${size} px`);
  assert.equal(await page.locator("#verdict strong").innerText(), "不合格");
  // What is drawn is as long as what is said.
  const drawn = await page.locator(".numbers circle.part").evaluateAll((all) => all.map((one) => [one.classList[1], parseFloat(one.getAttribute("stroke-dasharray")) + 0.6]));
  const said = Object.fromEntries(await page.locator(".numbers li").evaluateAll((all) => all.map((one) => [one.querySelector(".chip").classList[1], Number(/\d+$/.exec(one.innerText)[0])])));
  const total = Object.values(said).reduce((sum, one) => sum + one, 0);
  for (const [status, length] of drawn) assert.ok(Math.abs(length - (said[status] / total) * 100) < 0.01, `${status}: ${length}`);
  assert.ok((await page.locator("section", { has: page.locator("#timeline") }).innerText()).includes("2022-07-04,还有 6 天"));
  const tile = page.getByRole("button", { name: /二、专项整治/ });
  assert.match(await tile.innerText(), /不符合\s*3[\s\S]*符合 \d+ \/ \d+/);
  await tile.click();
  const shown = await page.locator("details.group article h3").allInnerTexts();
  assert.ok(shown.length > 0 && shown.length < total, `${shown.length} of ${total}`);
  await page.context().close();
});

test("no code, path or mark of the rule language stands in what a school reads", async () => {
  const page = await prepared({});
  await show(page, "#/report");
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  for (const media of ["screen", "print"]) {
    await page.emulateMedia({ media });
    const text = await page.locator("main").innerText();
    const found = text.match(/\bD0\d\d\b|→|不成立|[≥≤≠]|"[^"]*"|\(\/[^)]*\)|[\u4e00-\u9fff]\.[\u4e00-\u9fff]|\d人/g);
    assert.deepEqual(found, null, media);
  }
  await page.emulateMedia({ media: "screen" });
  await page.getByText("事件类别填的是「外人闯入」").waitFor();
  await page.context().close();
});
