// The Reader: a story in, its record out, facts and words that light each other up.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { counted, openBrowser, serve, visit } from "./house.js";

let server, browser;
before(async () => {
  [server, browser] = [await serve("--examples"), await openBrowser()];
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const STORY = `Teachers march in Lima 🎓

LIMA, Peru (Example Wire) — Thousands of teachers marched in Lima on Tuesday against the education ministry, police said.

“We won’t teach for nothing,” union leader Rosa Quispe told the crowd.`;

test("a pasted story is shown with its marks beside its record", async () => {
  const page = await visit(browser, server.origin, "/read");
  await page.fill("#story", STORY);
  await page.fill("input[type=date]", "2024-05-15");
  await page.click("text=Read it");
  await page.waitForSelector(".fact");
  const triggers = await page.locator(".story .piece.trigger").allTextContents();
  // Offsets are bytes: the emoji and the quotation marks before the words must not move the marks.
  assert.ok(triggers.includes("marched"), `triggers: ${triggers}`);
  await page.click("[data-tab=quote]");
  assert.match(await page.locator(".fact").first().textContent(), /Quispe|police/i);
  assert.deepEqual(page.faults, []);
});

test("a fact lights up its words, and a word its facts", async () => {
  const page = await visit(browser, server.origin, "/read?example=ghana-border");
  const fact = page.locator(".fact", { hasText: "ASSAULT" }).filter({ hasText: "drone" }).first();
  await fact.hover();
  await page.waitForSelector(".story.focused .piece.actor");
  const lit = await page.locator(".story .piece.actor").allTextContents();
  assert.equal(lit.join(""), "Burkina Faso’s army");
  await page.mouse.move(5, 5);
  await page.locator(".story .piece", { hasText: "drone strike" }).first().hover();
  assert.match(await page.locator(".fact.lit").first().textContent(), /drone/);
  assert.deepEqual(page.faults, []);
});

test("a fact that is held shows its rule, stands in the address, and lets go", async () => {
  const page = await visit(browser, server.origin, "/read?example=ghana-border");
  await page.locator(".fact", { hasText: "drone" }).first().locator(".head").click();
  await page.waitForSelector(".why pre.rule");
  assert.match(await page.locator(".why").textContent(), /ASSAULT, rule drone/);
  const shared = page.url();
  const other = await visit(browser, server.origin, shared.slice(server.origin.length));
  await other.waitForSelector(".why pre.rule");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".why", { state: "detached" });
  assert.ok(!page.url().includes("fact="));
  await other.click(".why a");
  await other.waitForSelector("details[open] pre");
  assert.match(other.url(), /\/codebook\/ASSAULT#drone$/);
  assert.deepEqual([...page.faults, ...other.faults], []);
});

test("the keyboard alone reads a story and walks through its facts", async () => {
  const page = await visit(browser, server.origin, "/read");
  await page.waitForSelector("#story");
  await page.keyboard.press("/");
  await page.keyboard.insertText(STORY);
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".fact");
  await page.keyboard.press("j");
  await counted(page, ".fact.lit", 1);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".why");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".why", { state: "detached" });
  assert.deepEqual(page.faults, []);
});

test("markup in a story is text", async () => {
  const page = await visit(browser, server.origin, "/read");
  await page.evaluate(() => (window.hurt = false));
  await page.fill("#story", `Envoy <script>window.hurt = true</script> says <img src=x onerror="window.hurt = true">\n\nLIMA — Peru's <b>army</b> attacked <i>Quito</i> on Monday, the envoy said.`);
  await page.click("text=Read it");
  await page.waitForSelector(".record");
  assert.equal(await page.evaluate(() => window.hurt), false);
  assert.equal(await page.locator(".story script, .story img, .story b, .story i").count(), 0);
  assert.deepEqual(page.faults, []);
});

test("what cannot be read is said, with what to try", async () => {
  const page = await visit(browser, server.origin, "/read");
  await page.setInputFiles("input[type=file]", { name: "x.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n\0\0\0binary") });
  const said = await page.locator(".trouble").textContent();
  assert.match(said, /PDF/i);
});

test("a file that is too long is refused with the limit", async () => {
  const page = await visit(browser, server.origin, "/read");
  await page.setInputFiles("input[type=file]", { name: "x.txt", mimeType: "text/plain", buffer: Buffer.alloc(20_000_000, "A man walked. ") });
  assert.match(await page.locator(".trouble").textContent(), /more than 4000000 bytes.*one story at a time/s);
});

test("a stored article is read with its marks", async () => {
  const { rows } = await fetch(`${server.origin}/api/v1/articles?limit=1`).then((answer) => answer.json());
  const page = await visit(browser, server.origin, `/article/${rows[0].id}`);
  await page.click("text=Read it with its marks");
  await page.waitForSelector(".story .piece.trigger");
  assert.deepEqual(page.faults, []);
});
