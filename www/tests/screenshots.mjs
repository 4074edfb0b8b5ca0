// Pictures of the page for the documents: the form, the report and the source view.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { launch, open, openFile, root, setDay, single } from "./browser.mjs";
import { rest } from "./rest.mjs";

const browser = await launch();
const page = await open(browser, single, { viewport: { width: 1100, height: 820 } });
const name = "北关小学-有问题.json";
await setDay(page, "2022-06-28");
await openFile(page, name, readFileSync(join(root, "tests/samples", name)));
for (const [view, file] of [["fill", "form"], ["report", "report"], ["source", "source"]]) {
  await page.goto(`${single}#/${view}`);
  await rest(page);
  await page.screenshot({ path: join(root, "docs", `${file}.png`) });
}
await browser.close();
