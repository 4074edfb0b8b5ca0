// Every view, in both languages, light and dark, at 320 px: no accessibility violation, nothing cut off.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { launch, open, openFile, setDay, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { own, school as numbered } from "./counties.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const school = samples.find(({ name }) => name.startsWith("北关小学"));
const VIEWS = ["#/", "#/fill", "#/fill/学校", "#/fill/隐患", "#/fill/护校队", "#/fill/事件", "#/report", "#/county", "#/county/2141000346", "#/rules", "#/source", "#/help"];

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

for (const language of ["中文", "English"]) {
  for (const colorScheme of ["light", "dark"]) {
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
      await page.context().close();
    });
  }
}

for (const [name, settings] of [
  ["320 px", { viewport: { width: 320, height: 640 } }],
  ["200 % zoom of a 1280 px window", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
]) {
  test(`nothing needs sideways scrolling: ${name}`, async () => {
    const page = await prepared(settings);
    for (const language of ["中文", "English"]) {
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
  assert.match(await page.locator("#verdict").innerText(), /^Not compliant: 12 rules fail\.$/);
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
