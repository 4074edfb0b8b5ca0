// The rules view for the tests, and what a person does in it.

import { open, single } from "./browser.mjs";

/** The rules view with a file in the editor, looked at once by the compiler. */
export async function atRules(browser, file = "6-people", url = single, options = {}) {
  const page = await open(browser, url + "#/rules", options);
  await page.getByText("没有错误,也没有提醒。").waitFor();
  await choose(page, file);
  await page.getByRole("textbox", { name: `编辑 ${file}.bulou` }).waitFor();
  return page;
}

/** A rule file by its title, which is what it says of itself. */
export const choose = (page, file) => page.locator(`button[title="${file}.bulou"]`).click();

/** Puts the cursor behind a text of the file that is shown. */
export async function behind(page, text) {
  await page.getByRole("button", { name: "查找" }).click();
  await page.locator(".cm-search input[name=search]").fill(text);
  await page.locator(".cm-search input[name=search]").dispatchEvent("change");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
}

export const tab = (page, name) => page.getByRole("tab", { name }).click();
