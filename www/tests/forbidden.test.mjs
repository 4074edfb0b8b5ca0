// A file with what must not be filled in: its report is the file's own, and nothing of that is kept.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";

import { at, box, downloaded, drafts, launch, open, openFile, setDay, single } from "./browser.mjs";
import { commandLine, samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const day = "2022-06-28";
const document = { ...JSON.parse(samples.find(({ name }) => name === "南街小学.json").bytes), 身份证号: "机密一" };
const file = { name: "南街小学-多填.json", bytes: Buffer.from(JSON.stringify(document)), day };
const sha256 = createHash("sha256").update(file.bytes).digest("hex");

test("the report of a file with a forbidden key names the file and its fingerprint, as on the command line; nothing forbidden is kept", async () => {
  const page = await open(browser, single);
  await setDay(page, day);
  await openFile(page, file.name, file.bytes);
  await page.locator("main").getByText(`${file.name} · ${sha256.slice(0, 16)}`).waitFor();
  assert.equal((await downloaded(page, "报告 JSON")).text, commandLine(file));
  await rest(page);
  const kept = JSON.stringify(await drafts(page));
  assert.ok(kept.includes(file.name) && kept.includes(sha256) && !kept.includes("机密"), kept);
  assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes("机密"));
  // What is left of it after F5 is not that file, and says so.
  await page.reload();
  const notice = page.getByText(`这份是从「${file.name}」(指纹 ${sha256.slice(0, 8)})读来的`);
  await notice.waitFor();
  assert.ok(!(await page.locator("main").innerText()).includes(`${file.name} · ${sha256.slice(0, 16)}`));
  // What goes out is without it, and has a fingerprint of its own.
  await openFile(page, file.name, file.bytes);
  assert.equal(await notice.count(), 0);
  const out = await downloaded(page, "导出 JSON");
  assert.ok(!out.text.includes("机密") && out.text.includes("(不许填,没有抄出)"), out.text);
  assert.ok(out.name.includes(createHash("sha256").update(out.bytes).digest("hex").slice(0, 8)), out.name);
  // Once it is changed it is another document.
  await page.goto(single + at("学校"));
  await box(page, "/学校/乡镇").fill("东乡");
  await rest(page);
  await page.goto(single + "#/report");
  const heading = page.getByRole("heading", { level: 1, name: /核对报告/ });
  await heading.waitFor();
  await page.reload();
  await heading.waitFor();
  assert.equal(await notice.count(), 0);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});
