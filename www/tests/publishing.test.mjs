// Edited rules on trial and published: cases, whose result changes, and files that the command line accepts.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { downloaded, launch, root, setDay } from "./browser.mjs";
import { program, samples } from "./cases.mjs";
import { chosen, contents, keys, sign, today, verify, written } from "./published.mjs";
import { rest } from "./rest.mjs";
import { atRules, behind, choose, tab } from "./rules-view.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Gives the edited pack another version. */
async function renumber(page, version) {
  await choose(page, "pack");
  await behind(page, "版本 2022.6.24");
  for (let index = 0; index < "2022.6.24".length; index += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type(version);
}

/** Unpacks an archive; the answer is the folder that it holds. */
function unzipped(bytes) {
  const path = mkdtempSync(join(tmpdir(), "bulou-unzipped-"));
  writeFileSync(join(path, "a.zip"), bytes);
  execFileSync("python3", ["-m", "zipfile", "-e", join(path, "a.zip"), path]);
  return join(path, "published");
}

test("cases follow every edit, side by side with what comes out, and take it over where it is right", async () => {
  const page = await atRules(browser);
  await tab(page, "案例");
  await page.getByRole("button", { name: "运行案例" }).click();
  await page.getByText(/\d+ 个案例都对/).waitFor();
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await page.keyboard.type(" + 1000");
  await page.getByText(/个案例中有 [1-9]\d* 个不对/).waitFor();
  await rest(page);
  const saved = async () => JSON.parse((await downloaded(page, page.getByRole("button", { name: "存为 .bulou.json" }))).bytes);
  await page.locator("summary", { hasText: "打开规则文件" }).click();
  const before = await saved();
  assert.match(before["6-people.bulou"], /教职工数 \+ 1000/);

  // Side by side: what the case says, what comes out, and why; what is right is taken over, and nothing else changes.
  const panels = page.locator("#pane .panel");
  const count = await panels.count();
  const row = panels.first().locator("tbody tr").first();
  assert.match(await row.innerText(), /符合[\s\S]*不符合[\s\S]*只查询了/);
  const rule = await row.locator("th").innerText();
  await row.getByRole("button", { name: `收下新结果:${rule}` }).click();
  await page.getByText("已收下 1 处新结果").waitFor();
  await page.waitForFunction((count) => document.querySelectorAll("#pane .panel").length < count, count);
  const after = await saved();
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  assert.equal(changed.length, 1);
  const lines = (text) => text.split("\n");
  const differing = lines(after[changed[0]]).filter((line, at) => line !== lines(before[changed[0]])[at]);
  assert.equal(differing.length, 1);
  assert.equal(lines(after[changed[0]]).length, lines(before[changed[0]]).length);
  assert.match(differing[0], /"fail"|"不符合"/);
  await panels.first().getByRole("button", { name: "看案例文件" }).click();
  await page.getByRole("textbox", { name: /编辑 cases\// }).waitFor();
  await page.context().close();
});

test("whose result changes is what the command line says, by school and by rule", async () => {
  const page = await atRules(browser);
  await setDay(page, "2022-06-28");
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await page.keyboard.type(" + 1000");
  await page.getByText("没有错误,也没有提醒。").waitFor();
  await tab(page, "谁的结果会变");
  const files = samples.map(({ name, bytes }) => ({ name, mimeType: "application/json", buffer: bytes }));
  await page.locator("[data-pick=effects]").setInputFiles([...files, { name: "坏.json", mimeType: "application/json", buffer: Buffer.from("{") }]);
  await page.getByText(/份文件,\d+ 份有变化/).first().waitFor();
  const changed = written("2022.6.24", (name, text) => (name === "6-people.bulou" ? text.replace("查询数 ≥ 学校.教职工数", "查询数 ≥ 学校.教职工数 + 1000") : text));
  const args = ["diff", join(root, "rules/campus-safety"), changed, "--as-of", "2022-06-28", "--format", "json", "--data", join(root, "tests/samples")];
  const { data } = JSON.parse(execFileSync(program, args).toString());
  await page.getByText(`${data.documents} 份文件,${data.schools.length} 份有变化,其中 ${data.verdicts} 份结论不同。`).waitFor();
  assert.ok(data.rules.length > 0);
  for (const { rule, schools } of data.rules) await page.locator("#pane tr", { hasText: rule }).getByRole("cell", { name: String(schools), exact: true }).first().waitFor();
  for (const { name } of data.schools) await page.locator("#pane .school", { hasText: name }).waitFor();
  await page.getByText("读不了的文件(1)").waitFor();
  await tab(page, "与现行规则的差别");
  await page.getByRole("button", { name: "与现行规则比较" }).click();
  await page.locator("#pane .panel", { hasText: "从业查询" }).first().waitFor();
  await page.locator("#pane .example").first().waitFor();
  await page.context().close();
});

test("what is published here and signed by minisign, the command line accepts; the next goes on from it", async () => {
  const key = keys();
  const page = await atRules(browser, "pack");
  await renumber(page, "2022.7.1");
  await page.getByText("没有错误,也没有提醒。").waitFor();
  await tab(page, "发布");
  await page.locator("[data-pick=key]").setInputFiles(key.open);
  await page.locator("summary", { hasText: "参数(县里选定的)" }).click();
  await page.getByLabel(/会议日期/).fill("2022-06-23");
  await page.getByRole("button", { name: "检查并准备发布" }).click();
  await page.getByText(/第 1 号索引已备好:campus-safety@2022\.7\.1/).waitFor();
  await page.getByText(/个案例都对/).waitFor();
  const command = await page.locator("#pane pre").innerText();
  const zip = await downloaded(page, page.getByRole("button", { name: "下载全部(zip)" }));
  const path = unzipped(zip.bytes);
  assert.ok(readdirSync(dirname(path)).includes("怎样签名.txt") && !("怎样签名.txt" in contents(path)));
  assert.equal(verify(path, key, today()).code, 1, "unsigned, it is refused");
  sign(path, key, /-t '(.*)'/.exec(command)[1]);
  const verified = verify(path, key, today());
  assert.equal(verified.code, 0, verified.text);
  const index = JSON.parse(readFileSync(join(path, "index.json")));
  assert.equal(index.packs[0].sha256, JSON.parse(execFileSync(program, ["check", "--pack", written("2022.7.1"), "--format", "json", "--as-of", "2022-06-28", join(root, "tests/samples/南街小学.json")], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim() || "{}").pack.sha256);

  // The same version with other content is no new version; a later one is.
  await page.locator("[data-pick=before]").setInputFiles(chosen(contents(path)));
  await choose(page, "6-people");
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await page.keyboard.type(" + 0");
  await rest(page);
  await page.getByRole("button", { name: "检查并准备发布" }).click();
  await page.getByText(/版本 2022\.7\.1 已经发布过,内容却改了/).waitFor();
  await choose(page, "pack");
  await behind(page, "版本 2022.7.1");
  await page.keyboard.type("5");
  await rest(page);
  await page.getByRole("button", { name: "检查并准备发布" }).click();
  await page.getByText(/第 2 号索引已备好:campus-safety@2022\.7\.15/).waitFor();
  const again = unzipped((await downloaded(page, page.getByRole("button", { name: "下载全部(zip)" }))).bytes);
  sign(again, key);
  assert.equal(verify(again, key, today()).code, 0);
  assert.equal(JSON.parse(readFileSync(join(again, "campus-safety.参数.json"))).会议日期, "2022-06-23");
  await page.context().close();
});

test("what was made ready is not handed out once anything that it is made of is another", async () => {
  const key = keys();
  const page = await atRules(browser, "pack");
  await tab(page, "发布");
  await page.locator("[data-pick=key]").setInputFiles(key.open);
  await page.locator("summary", { hasText: "参数(县里选定的)" }).click();
  const download = page.getByRole("button", { name: "下载全部(zip)" });
  const stale = page.locator("#pane").getByText("又改了,这是改之前的结果");
  const ready = async () => {
    await page.getByRole("button", { name: "检查并准备发布" }).click();
    await page.getByText(/第 1 号索引已备好/).waitFor();
    await download.waitFor();
    assert.equal(await stale.count(), 0);
  };
  const changes = {
    "a parameter": () => page.getByLabel(/会议日期/).fill("2022-06-23").then(() => page.getByLabel(/会议日期/).blur()),
    "the days": () => page.getByLabel("有效多少天").fill("30"),
    "the key": () => page.locator("[data-pick=key]").setInputFiles(keys().open),
    "the last publication": () => page.locator("[data-pick=before]").setInputFiles({ name: "index.json", mimeType: "application/json", buffer: Buffer.from("{}") }),
  };
  for (const [what, change] of Object.entries(changes)) {
    await ready();
    await change();
    await stale.waitFor();
    assert.equal(await download.count(), 0, what);
    assert.equal(await page.getByText(/索引已备好/).count(), 0, what);
  }
  // One that is none is told of, and nothing from before is left to be taken for it.
  await page.getByRole("button", { name: "检查并准备发布" }).click();
  await page.getByText("还不能发布:").waitFor();
  assert.equal(await download.count(), 0);
  await page.context().close();
});

test("whose result changes is told of the documents that were chosen last, on this day, or it is said to be of others", async () => {
  const page = await atRules(browser);
  await setDay(page, "2022-06-28");
  await tab(page, "谁的结果会变");
  const choose = (one) => page.locator("[data-pick=effects]").setInputFiles({ name: one.name, mimeType: "application/json", buffer: one.bytes });
  await choose(samples[0]);
  await page.getByText(/^1 份文件/).waitFor();
  await setDay(page, "2022-06-29");
  await page.locator("#pane").getByText("又改了,这是改之前的结果").waitFor();
  await page.getByRole("button", { name: "按现在的规则再算" }).click();
  await page.locator("#pane").getByText("又改了,这是改之前的结果").waitFor({ state: "detached" });
  await page.context().close();
});

test("rules with errors are not published, and all reasons are told", async () => {
  const page = await atRules(browser);
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await page.keyboard.type(" + 1000");
  await tab(page, "发布");
  await rest(page);
  await page.getByRole("button", { name: "检查并准备发布" }).click();
  await page.getByText("还不能发布:").waitFor();
  await page.getByText(/案例不对,不能发布/).first().waitFor();
  await page.context().close();
});
