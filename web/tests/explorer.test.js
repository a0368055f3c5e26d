// The Explorer: filters that all views share, an address that is the view, downloads of exactly what is shown.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { dateline, openBrowser, serve, visit, withoutStore, withStore } from "./house.js";

let server, browser;
before(async () => {
  [server, browser] = [await serve("--examples"), await openBrowser()];
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const json = (path) => fetch(server.origin + path).then((answer) => answer.json());
const found = async (page) => Number((await page.locator(".counts b").textContent()).replaceAll(",", ""));

test("filter, list, evidence, article, and back", async () => {
  const page = await visit(browser, server.origin, "/explore");
  await page.waitForSelector(".events .event");
  const all = await found(page);
  await page.locator("fieldset", { hasText: "Actor’s country" }).locator("label", { hasText: "Colombia" }).click();
  await page.waitForFunction((all) => document.querySelector(".counts b").textContent !== String(all), all);
  assert.match(page.url(), /actor_country=COL/);
  const few = await found(page);
  assert.ok(few > 0 && few < all, `${few} of ${all}`);
  assert.equal((await json("/api/v1/facets?actor_country=COL")).counts.events, few);
  await page.waitForFunction((few) => document.querySelectorAll(".events .event").length === Math.min(few, 40), few);

  await page.locator(".event .when").first().click();
  await page.waitForSelector("h2:has-text('Told')");
  await page.waitForSelector(".sentence .piece.trigger");
  await page.locator(".source a").first().click();
  await page.waitForURL(/\/article\//);
  await page.waitForSelector(".event");
  await page.goBack();
  await page.goBack();
  await page.waitForSelector(".explorer");
  assert.equal(await found(page), few);
  assert.deepEqual(page.faults, []);
});

test("a brush over the dates narrows everything, and back widens it", async () => {
  const page = await visit(browser, server.origin, "/explore?date_from=2024-03-01&date_to=2024-03-31");
  await page.waitForSelector(".u-over");
  await page.waitForFunction(() => document.querySelector(".counts b"));
  const before = await found(page);
  const box = await page.locator(".u-over").boundingBox();
  await page.mouse.move(box.x + box.width * 0.55, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + 50, { steps: 8 });
  await page.mouse.up();
  await page.waitForFunction(() => !location.search.includes("date_from=2024-03-01&date_to=2024-03-31"));
  const { from, to } = await page.evaluate(() => Object.fromEntries([["from", "date_from"], ["to", "date_to"]].map(([key, name]) => [key, new URLSearchParams(location.search).get(name)])));
  assert.match(from, /^\d{4}-\d\d-\d\d$/);
  assert.ok(from <= to, `${from} ${to}`);
  const { counts } = await json(`/api/v1/facets?date_from=${from}&date_to=${to}`);
  await page.waitForFunction((events) => document.querySelector(".counts b").textContent === String(events), counts.events);
  await page.goBack();
  await page.waitForFunction((events) => document.querySelector(".counts b").textContent === String(events), before);
  assert.deepEqual(page.faults, []);
});

test("the map narrows to what is around a place, by keyboard alone", async () => {
  const page = await visit(browser, server.origin, "/explore?view=map");
  const around = page.locator("form", { hasText: "Only within" });
  await around.waitFor();
  await page.waitForFunction(() => document.querySelectorAll("select[name=point] option").length > 1);
  const all = await found(page);
  const at = await around.locator("select option").nth(1).getAttribute("value");
  await around.locator("select").selectOption(at);
  await around.locator("input").fill("250");
  await around.locator("input").press("Enter");
  await page.waitForFunction((all) => document.querySelector(".counts b").textContent !== String(all), all);
  assert.equal(new URL(page.url()).searchParams.get("near"), `${at},250`);
  assert.equal((await json(`/api/v1/facets?near=${at},250`)).counts.events, await found(page));
  assert.match(await page.locator(".chips").textContent(), /within 250 km of/);
  await page.locator(".chips button", { hasText: "within 250 km" }).click();
  await page.waitForFunction((all) => document.querySelector(".counts b").textContent === String(all), all);
  assert.deepEqual(page.faults, []);
});

test("a shared link shows the same", async () => {
  const page = await visit(browser, server.origin, "/explore");
  await page.waitForSelector("#text");
  await page.fill("#text", "soldiers OR sailors");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".event mark");
  const rows = await page.locator(".event .sentence").allTextContents();
  const other = await visit(browser, server.origin, page.url().slice(server.origin.length));
  await other.waitForSelector(".event mark");
  assert.deepEqual(await other.locator(".event .sentence").allTextContents(), rows);
  assert.equal(await other.inputValue("#text"), "soldiers OR sailors");
  assert.deepEqual([...page.faults, ...other.faults], []);
});

test("a download is exactly what is filtered", async () => {
  const page = await visit(browser, server.origin, "/explore?quad=4");
  await page.waitForSelector(".events .event");
  const events = await found(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(".share a:has-text('NDJSON')")]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.length, events);
  assert.ok(lines.every((event) => event.quad === 4));
  const csv = await fetch(`${server.origin}/api/v1/events?quad=4&form=csv`).then((answer) => answer.text());
  const ids = (await json("/api/v1/events?quad=4&limit=1000")).rows.map((event) => event.id);
  assert.ok(ids.every((id) => csv.includes(id)));
  const { features } = await json("/api/v1/events?quad=4&form=geojson");
  assert.deepEqual(features.map((feature) => feature.id), ids);
});

test("the keyboard alone searches, walks, opens and returns", async () => {
  const page = await visit(browser, server.origin, "/explore");
  await page.waitForSelector(".events .event");
  await page.keyboard.press("/");
  await page.keyboard.type("soldiers");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".event mark");
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/event\//);
  await page.keyboard.press("Alt+ArrowLeft");
  await page.goBack().catch(() => {});
  assert.deepEqual(page.faults, []);
});

test("views are cross-filtered: a place, a pair and a name narrow all of them", async () => {
  const page = await visit(browser, server.origin, "/explore?view=map");
  await page.waitForSelector(".dot");
  await page.locator("ol.list button", { hasText: "Conakry" }).first().click();
  await page.waitForURL(/place=Conakry/);
  const { counts } = await json("/api/v1/facets?place=Conakry");
  await page.waitForFunction((events) => document.querySelector(".counts b").textContent === String(events), counts.events);

  await page.goto(`${server.origin}/explore?view=pairs`);
  await page.locator(".pairs button").first().click();
  await page.waitForURL(/actor_country=.*recipient_country=/);

  await page.goto(`${server.origin}/explore?view=network`);
  await page.waitForSelector(".node");
  await page.locator("ol.list button").first().click();
  await page.waitForURL(/actor=.*recipient=/);
  assert.deepEqual(page.faults, []);
});

test("copies are told apart: a story is printed by more than tell it", async () => {
  const stories = (await json("/api/v1/stories?limit=100")).rows;
  const story = stories.find((one) => one.originals < one.articles);
  assert.ok(story, "two of our stories have a copy");
  const page = await visit(browser, server.origin, `/story/${story.id}`);
  await page.waitForSelector("caption:has-text('Counts')");
  const row = await page.locator("table tr", { hasText: "articles" }).locator("td").allTextContents();
  assert.deepEqual(row, [String(story.articles), String(story.originals)]);
});

test("counts follow while another process adds", async () => {
  await withStore(["../examples/ghana-border.html"], async (origin, database) => {
    const page = await visit(browser, origin, "/explore");
    await page.waitForSelector(".stored:has-text('in 1 article')");
    await dateline("add", "--db", database, "../tests/stories/estonia-cable/page.html");
    await page.waitForSelector(".stored:has-text('2 articles')", { timeout: 15000 });
    await page.waitForSelector("text=Something was added");
    assert.deepEqual(page.faults, []);
  });
});

test("an empty store says how to begin", async () => {
  await withoutStore(async (origin) => {
    const page = await visit(browser, origin, "/explore");
    await page.waitForSelector("text=Nothing is stored yet");
    assert.match(await page.locator(".empty").textContent(), /dateline serve --examples/);
    assert.deepEqual(page.faults, []);
  });
});
