// The rules view: errors as one types, quick fixes, cases, whose result changes, and files that the command line accepts.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { downloaded, launch, open, root, serve, setDay, single } from "./browser.mjs";
import { program, samples } from "./cases.mjs";
import { rest } from "./rest.mjs";
import { chosen, contents, keys, publish, sign, today, verify, written } from "./published.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** The rules view with a file in the editor, looked at once by the compiler. */
async function begun(file = "6-people", url = single, options = {}) {
  const page = await open(browser, url + "#/rules", options);
  await page.getByText("没有错误,也没有提醒。").waitFor();
  await choose(page, file);
  await page.getByRole("textbox", { name: `编辑 ${file}.bulou` }).waitFor();
  return page;
}

/** A rule file by its title, which is what it says of itself. */
const choose = (page, file) => page.locator(`button[title="${file}.bulou"]`).click();

/** Puts the cursor behind a text of the file that is shown. */
async function behind(page, text) {
  await page.getByRole("button", { name: "查找" }).click();
  await page.locator(".cm-search input[name=search]").fill(text);
  await page.locator(".cm-search input[name=search]").dispatchEvent("change");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
}

const text = (page) => page.locator(".cm-content").innerText();
const tab = (page, name) => page.getByRole("tab", { name }).click();

/** Gives the edited pack another version. */
async function renumber(page, version) {
  await choose(page, "pack");
  await behind(page, "版本 2022.6.24");
  for (let index = 0; index < "2022.6.24".length; index += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type(version);
}

test("a misspelt field is marked as one types, explained, and mended by its button", async () => {
  const page = await begun();
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
  const page = await begun();
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
  const page = await begun("data");
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
  const page = await begun();
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
  const first = await begun("6-people", server.url, { context });
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
  const page = await begun("data");
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

test("cases follow every edit, side by side with what comes out, and take it over where it is right", async () => {
  const page = await begun();
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
  const page = await begun();
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
  const page = await begun("pack");
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
  const page = await begun("pack");
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
  const page = await begun();
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
  const page = await begun();
  await behind(page, "要求 从业查询.教职工查询数 ≥ 学校.教职工数");
  await page.keyboard.type(" + 1000");
  await tab(page, "发布");
  await rest(page);
  await page.getByRole("button", { name: "检查并准备发布" }).click();
  await page.getByText("还不能发布:").waitFor();
  await page.getByText(/案例不对,不能发布/).first().waitFor();
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

/** Unpacks an archive; the answer is the folder that it holds. */
function unzipped(bytes) {
  const path = mkdtempSync(join(tmpdir(), "bulou-unzipped-"));
  writeFileSync(join(path, "a.zip"), bytes);
  execFileSync("python3", ["-m", "zipfile", "-e", join(path, "a.zip"), path]);
  return join(path, "published");
}

test("edited rules are called saved when they are, and what a full disk refuses is said and tried again", async () => {
  const page = await begun();
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
