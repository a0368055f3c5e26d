// Good manners, on every screen: accessible, quiet in the console, nothing from elsewhere, small, at home in 360 pixels.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openBrowser, screens, serve, visit } from "./house.js";

let server, browser, axe, all;
before(async () => {
  [server, browser] = [await serve("--examples"), await openBrowser()];
  axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  all = await screens(server.origin);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** Compressed bytes that a first visit takes, as the browser counted them. */
async function bytesOf(path, shown) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  let bytes = 0;
  network.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.goto(server.origin + path);
  await page.waitForSelector(shown);
  await page.waitForTimeout(1500);
  await context.close();
  return bytes;
}

for (const theme of ["light", "dark"]) {
  test(`no screen has a serious fault for those who see or steer otherwise (${theme})`, async () => {
    for (const [name, [path, shown]] of Object.entries(all)) {
      const page = await visit(browser, server.origin, path, { theme });
      await page.waitForSelector(shown);
      await page.waitForTimeout(300);
      const { violations } = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
      const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
      const said = serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary.split("\n")[1] ?? ""}`).join(" | ")}`);
      assert.deepEqual(said, [], name);
      assert.deepEqual(page.faults, [], name);
      await page.context().close();
    }
  });
}

test("nothing scrolls sideways in 360 pixels", async () => {
  for (const [name, [path, shown]] of Object.entries(all)) {
    const page = await visit(browser, server.origin, path, { width: 360, height: 740 });
    await page.waitForSelector(shown);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${name} is ${over} pixels too wide`);
    await page.context().close();
  }
});

test("a first visit takes less than 250 kB, map and all", async () => {
  for (const [name, limit] of [["map", 250_000], ["reader", 250_000], ["explorer", 250_000]]) {
    const bytes = await bytesOf(...all[name]);
    console.log(`${name}: ${Math.round(bytes / 1000)} kB`);
    assert.ok(bytes > 20_000 && bytes < limit, `${name} takes ${bytes} bytes`);
  }
});

test("a page that is not there says so", async () => {
  const answer = await fetch(`${server.origin}/nowhere`);
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get("content-type"), /problem\+json/);
});
