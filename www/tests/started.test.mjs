// A browser that says it has made a worker, and begins none: the page asks for another one, and says so if none begins.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, openFile, single } from "./browser.mjs";
import { samples } from "./cases.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Makes the first workers of a page such that never begin, and has the page wait less long for each. */
function dead(count) {
  window.made = 0;
  const empty = URL.createObjectURL(new Blob([]));
  window.Worker = class extends Worker {
    constructor(url, options) {
      window.made += 1;
      super(window.made > count ? url : empty, options);
    }
  };
  const later = setTimeout;
  window.setTimeout = (run, time, ...rest) => later(run, [20_000, 60_000, 180_000].includes(time) ? time / 100 : time, ...rest);
}

test("another worker is made for one that does not begin, and checks", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  await context.addInitScript(dead, 2);
  const page = await open(browser, single, { context });
  await openFile(page, "自查.json", samples[0].bytes);
  assert.equal(await page.evaluate(() => window.made), 3);
  await context.close();
});

test("where none begins the page says so", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  await context.addInitScript(dead, 99);
  const page = await open(browser, single, { context });
  await page.getByRole("alert").getByText(/在后台运行程序/).waitFor();
  assert.equal(await page.evaluate(() => window.made), 3);
  await context.close();
});
