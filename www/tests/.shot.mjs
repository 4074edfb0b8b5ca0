import { launch, open, single } from "/work/wt/rules/www/tests/browser.mjs";
const browser = await launch();
for (const [name, settings] of [["desk", { viewport: { width: 1280, height: 900 } }], ["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }], ["phone", { viewport: { width: 390, height: 800 } }]]) {
  const page = await open(browser, single + "#/rules", settings);
  await page.getByText("没有错误,也没有提醒。").waitFor({timeout:20000}).catch((e) => console.log(String(e).slice(0,200)));
  console.log(name, page.errors);
  await page.getByRole("button", { name: "6-people", exact: true }).click().catch(()=>{});
  await page.waitForTimeout(500);
  await page.screenshot({ path: `/tmp/shot-${name}.png` });
  await page.context().close();
}
await browser.close();
