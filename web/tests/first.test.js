// The first minute: what happened, who did it, who said so, and where it is written.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, serve, visit, withoutStore, withStore } from "./house.js";

let server, browser;
before(async () => {
  [server, browser] = [await serve("--examples"), await openBrowser()];
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const json = (path) => fetch(server.origin + path).then((answer) => answer.json());

test("the front door leads to what is stored", async () => {
  const page = await visit(browser, server.origin, "/");
  await page.waitForSelector(".events .event");
  assert.equal(new URL(page.url()).pathname, "/explore");
  assert.deepEqual(page.faults, []);
});

test("our stories are said to be invented, and stories of others are not", async () => {
  const page = await visit(browser, server.origin, "/explore");
  await page.waitForSelector("text=They are invented");
  await withStore(["../examples/ghana-border.html"], async (origin) => {
    const other = await visit(browser, origin, "/explore");
    await other.waitForSelector(".events .event");
    assert.equal(await other.locator("text=They are invented").count(), 0);
    assert.deepEqual([...page.faults, ...other.faults], []);
  });
});

test("the front door leads to the Reader where nothing is stored", async () => {
  await withoutStore(async (origin) => {
    const page = await visit(browser, origin, "/");
    await page.waitForSelector(".examples a");
    assert.equal(new URL(page.url()).pathname, "/read");
    assert.deepEqual(page.faults, []);
  });
});

test("a row says what, who, to whom, who said so and where, and each leads on", async () => {
  const { rows } = await json("/api/v1/events?limit=1000");
  const told = rows.find((event) => event.evidence.said_by?.entity && event.actors.length && event.recipients.length);
  assert.ok(told, "an event of our stories is told by somebody quoted");
  const page = await visit(browser, server.origin, `/explore?article=${told.evidence.article}`);
  const row = page.locator(".event", { has: page.locator(`a[href="/event/${told.id}"]`) });
  await row.waitFor();
  const text = (await row.textContent()).replace(/\s+/g, " ");
  for (const part of [told.event_type, told.actors[0].name, told.recipients[0].name, told.evidence.sentence, `said by ${told.evidence.said_by.name}`, told.evidence.publisher])
    assert.ok(text.includes(part), `${part}: ${text}`);
  for (const address of [`/codebook/${told.event_type}`, `/entity/${told.actors[0].id}`, `/entity/${told.evidence.said_by.entity}`, `/article/${told.evidence.article}`])
    assert.ok((await row.locator(`a[href="${address}"]`).count()) > 0, address);
  await page.goto(`${server.origin}/event/${told.id}`);
  const said = page.locator("dl", { hasText: "said by" }).locator(`a[href="/entity/${told.evidence.said_by.entity}"]`);
  await said.first().waitFor();
  assert.deepEqual(page.faults, []);
});

test("in the Reader an event that is told in a quote lights up its speaker", async () => {
  const page = await visit(browser, server.origin, "/read?example=ghana-border");
  await page.locator(".fact", { hasText: "said by" }).first().hover();
  await page.waitForSelector(".story.focused .piece.speaker");
  const name = (await page.locator(".fact.lit", { hasText: "said by" }).first().textContent()).match(/said by (.*)/)[1];
  assert.ok(name.length > 2);
  assert.deepEqual(page.faults, []);
});

test("on a narrow screen what is touched in the story is shown at its foot", async () => {
  const page = await visit(browser, server.origin, "/read?example=ghana-border", { width: 360, height: 780 });
  await page.locator(".story .piece", { hasText: "drone strike" }).first().click();
  const held = page.locator(".held");
  await held.waitFor();
  assert.match(await held.textContent(), /ASSAULT.*drone/s);
  const box = await held.boundingBox();
  assert.ok(Math.abs(box.y + box.height - 780) < 2, "at the foot of the screen");
  await held.locator("summary").click();
  await held.locator("pre.rule").waitFor();
  await held.locator("button", { hasText: "Let go" }).click();
  await held.waitFor({ state: "detached" });
  assert.deepEqual(page.faults, []);
});

for (const width of [1440, 360]) {
  test(`no name on the network or the map lies on another (${width} pixels)`, async () => {
    for (const [view, shown] of [["network", ".node"], ["map", ".dot"]]) {
      const page = await visit(browser, server.origin, `/explore?view=${view}`, { width });
      await page.waitForSelector(shown);
      await page.waitForSelector("figure svg text");
      await page.evaluate(() => document.fonts.ready);
      const boxes = await page.locator("figure svg text").evaluateAll((all) => all.map((one) => ({ said: one.textContent, ...JSON.parse(JSON.stringify(one.getBoundingClientRect())) })));
      assert.ok(boxes.length > 5, `${boxes.length} names`);
      for (const [at, one] of boxes.entries())
        for (const other of boxes.slice(at + 1)) {
          const [wide, high] = [Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)];
          assert.ok(wide <= 3 || high <= 3, `${view}: ${one.said} and ${other.said}`);
        }
      assert.deepEqual(page.faults, []);
      await page.context().close();
    }
  });
}

test("the codebook says how many events of a type are stored, and leads to them", async () => {
  const { rows } = await json("/api/v1/counts?group_by=type");
  const page = await visit(browser, server.origin, "/codebook");
  const link = page.locator(`a[href="/explore?event_type=${rows[0].keys[0]}"]`);
  await link.waitFor();
  assert.equal(await link.textContent(), `${rows[0].events} events stored`);
  await page.goto(`${server.origin}/codebook/PROTEST`);
  const few = await page.locator("figure").count();
  await page.locator("button", { hasText: /^All \d+ examples$/ }).click();
  await page.waitForFunction((few) => document.querySelectorAll("figure").length > few, few);
  await page.locator(".stored a").click();
  await page.waitForURL(/\/explore\?event_type=PROTEST/);
  assert.deepEqual(page.faults, []);
});

test("what is wrong with a filter is said once, and a map without places says so", async () => {
  const page = await visit(browser, server.origin, "/explore?date_from=notadate");
  await page.waitForSelector(".trouble");
  await page.waitForLoadState("networkidle").catch(() => {});
  assert.equal(await page.locator(".trouble").count(), 1);
  assert.match(await page.locator(".trouble").textContent(), /a day looks like 2024-05-15/);
  const map = await visit(browser, server.origin, `/explore?view=map&actor=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`);
  await map.waitForSelector(".none:has-text('No event with a place fits')");
  assert.equal(await map.locator("main img").count(), 0);
  assert.deepEqual(map.faults, []);
});

test("an address with a stray per cent sign is told to be none", async () => {
  const page = await visit(browser, server.origin, "/event/%ff");
  await page.waitForSelector(".trouble");
  assert.ok(page.faults.every((fault) => fault.startsWith("console: Failed to load resource")), page.faults.join());
});
