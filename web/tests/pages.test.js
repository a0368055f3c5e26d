// Pages of one thing: a story, an article, an event, somebody; and the lists of stories, names and quotes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { copied, counted, openBrowser, serve, visit, withStore } from "./house.js";

let server, browser;
before(async () => {
  [server, browser] = [await serve("--examples"), await openBrowser()];
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const json = (path, origin = server.origin) => fetch(origin + path).then((answer) => answer.json());
const rows = async (path, origin) => (await json(path, origin)).rows;

/** The text of each element, with white space as it is seen. */
const texts = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.textContent.replace(/\s+/g, " ").trim()));

test("a story has its counts, its events in order with their roles, and its articles", async () => {
  const story = (await rows("/api/v1/stories?limit=100")).find((one) => one.originals < one.articles);
  const { events, articles } = await json(`/api/v1/stories/${story.id}`);
  const page = await visit(browser, server.origin, `/story/${story.id}`);
  await page.waitForSelector(".event .piece.trigger");
  await page.waitForSelector(".articles .line > a");
  const counts = await page.locator("caption:has-text('Counts') ~ tbody td").allTextContents();
  const tellings = events.reduce((sum, event) => sum + event.tellings, 0);
  assert.deepEqual(counts, [story.articles, story.originals, tellings, story.events, "", story.publishers].map(String));
  assert.deepEqual(await page.locator(".event .when").evaluateAll((all) => all.map((link) => link.getAttribute("href"))), events.map((event) => `/event/${event.id}`));
  assert.deepEqual(events.map((event) => event.day), events.map((event) => event.day).sort());
  assert.equal(await page.locator(".event .piece.trigger").evaluateAll((all) => new Set(all.map((one) => one.closest(".event"))).size), events.length, "a trigger is marked in each");
  assert.ok((await page.locator(".event .piece.actor").count()) > 0 && (await page.locator(".event .piece.recipient").count()) > 0);
  assert.deepEqual(await page.locator(".articles .line > a").evaluateAll((all) => all.map((link) => link.getAttribute("href"))), articles.map((article) => `/article/${article.id}`));

  await page.locator(".event .when").nth(1).click();
  await page.waitForURL(new RegExp(`/event/${events[1].id}$`));
  await page.waitForSelector("h2:has-text('Told')");
  await page.goBack();
  await page.waitForSelector(".event .piece.trigger");
  assert.deepEqual(page.faults, []);
});

test("an article shows its own sentences, in the order of its text, and its quotes", async () => {
  const copy = (await rows("/api/v1/articles?limit=100")).find((one) => one.copy_of);
  for (const id of [copy.copy_of, copy.id]) {
    const { versions } = await json(`/api/v1/articles/${id}`);
    const page = await visit(browser, server.origin, `/article/${id}`);
    await page.waitForSelector(".event .piece.trigger");
    const sentences = await page.locator(".event .sentence").evaluateAll((all) => all.map((one) => [...one.querySelectorAll(".piece")].map((piece) => piece.textContent).join("")));
    const places = sentences.map((sentence) => versions.at(-1).text.indexOf(sentence));
    assert.ok(places.every((place) => place >= 0), `not of this article: ${sentences[places.indexOf(-1)]}`);
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
    await counted(page, ".quote-row", (await rows(`/api/v1/quotes?article=${id}`)).length);
    assert.deepEqual(page.faults, []);
  }
});

test("an article whose text was not kept shows its evidence, and what its publisher reserves", async () => {
  const story = `<html><head><title>Envoys meet in Oslo</title><meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://example.org/terms">
    <meta property="article:published_time" content="2024-05-14T08:00:00Z"><meta property="og:site_name" content="Fjord Gazette"></head><body><article><h1>Envoys meet in Oslo</h1>
    <p>OSLO, Norway — Norwegian Foreign Minister Kari Solberg met Swedish envoy Lars Ekman in Oslo on Monday to discuss fishing rights, officials said.</p>
    <p>Norway promised to send two patrol boats to the border. “We want quiet waters,” Solberg told reporters after the meeting in the capital.</p></article></body></html>`;
  await withStore({ "oslo.html": story }, async (origin) => {
    const [article] = await rows("/api/v1/articles", origin);
    const page = await visit(browser, origin, `/article/${article.id}`);
    await page.waitForSelector(".event .piece.trigger");
    const facts = (await page.locator("main dl").first().textContent()).replace(/\s+/g, " ");
    assert.match(facts, /not kept/);
    assert.match(facts, /publisher reserves text and data mining/);
    assert.equal(await page.locator("a:has-text('Its terms')").getAttribute("href"), "https://example.org/terms");
    assert.equal(await page.locator("text=Read it with its marks").count(), 0);
    assert.deepEqual(page.faults, []);
  });
});

test("an event has every telling, and leads from its rule to the codebook and back", async () => {
  const event = (await rows("/api/v1/events?limit=500")).find((one) => one.tellings > 1 && one.articles > 1);
  const { tellings } = await json(`/api/v1/events/${event.id}`);
  const page = await visit(browser, server.origin, `/event/${event.id}`);
  await page.waitForSelector(".tellings .piece.trigger");
  assert.deepEqual(await page.locator(".tellings .source > a:first-child").evaluateAll((all) => all.map((link) => link.getAttribute("href"))), tellings.map((telling) => `/article/${telling.article.id}`));
  const said = await texts(page, ".tellings > li");
  tellings.forEach((telling, at) => {
    for (const part of [telling.article.publisher, telling.made_by.codebook, telling.made_by.weights, telling.made_by.gazetteer, ...telling.roles.map((role) => role.text)]) {
      assert.ok(said[at].includes(part), `${part} in ${said[at]}`);
    }
  });
  const [file, name] = tellings[0].rule.split("#");
  await page.locator(".tellings a[href^='/codebook/']").first().click();
  await page.waitForSelector(`details[open][id="${name}"]`);
  assert.match(page.url(), new RegExp(`/codebook/${file.replace(".md", "").toUpperCase()}#${name}$`));
  await page.goBack();
  await page.waitForSelector(".tellings");
  assert.deepEqual(page.faults, []);
});

test("somebody is found by name, and the list is there again on the way back", async () => {
  const page = await visit(browser, server.origin, "/entities");
  await page.waitForSelector(".entity");
  await page.keyboard.press("/");
  await page.keyboard.type("Kéita");
  await page.keyboard.press("Enter");
  await page.waitForURL(/actor=K/);
  const found = await rows(`/api/v1/entities?actor=${encodeURIComponent("Kéita")}`);
  await counted(page, ".entity", found.length);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/entity/${found[0].id}$`));
  await page.waitForSelector("h1:has-text('Mariama Kéita')");
  assert.match(await page.title(), /Mariama Kéita/);
  await page.goBack();
  await counted(page, ".entity", found.length);
  assert.equal(await page.inputValue("input[name=actor]"), "Kéita");
  assert.deepEqual(page.faults, []);
});

test("the page of somebody has offices, names, quotes, partners and opponents, and its events by part", async () => {
  const [spain] = await rows("/api/v1/entities?actor=Spain&limit=1");
  const { events } = await json(`/api/v1/entities/${spain.id}`);
  const page = await visit(browser, server.origin, `/entity/${spain.id}`);
  await page.waitForSelector(".events .event");
  // The chart's table says what the events say.
  await page.click("summary:has-text('As a table')");
  const sums = (await page.locator("figure tfoot td").allTextContents()).map(Number);
  assert.deepEqual(sums, [1, 2, 3, 4].map((quad) => events.filter((event) => event.quad === quad && event.day).length));
  const [guinea] = await rows("/api/v1/entities?actor=Guinea&limit=1");
  const other = await visit(browser, server.origin, `/entity/${guinea.id}`);
  await other.waitForSelector(".events .event");
  for (const side of ["Partners", "Opponents"]) {
    const table = other.locator("section", { has: other.locator("h2", { hasText: side }) }).locator("tbody tr");
    await table.first().waitFor();
    assert.match(await table.first().locator("svg").getAttribute("aria-label"), /cooperation|conflict/);
  }
  await page.locator("section", { has: page.locator("h2", { hasText: /^Said$/ }) }).locator(".quote-row").first().waitFor();
  const about = page.locator("section", { has: page.locator("h2", { hasText: "Said about it" }) });
  assert.ok((await about.locator(".quote-row mark").allTextContents()).every((word) => word === "Spain"));

  await page.click("[data-tab=recipient]");
  await page.waitForURL(/role=recipient/);
  const mine = events.filter((event) => event.recipients.some((party) => party.id === spain.id));
  await counted(page, ".events .event", mine.length);
  const again = await visit(browser, server.origin, page.url().slice(server.origin.length));
  await again.waitForSelector(".events .event");
  await counted(again, ".events .event", mine.length);

  const [person] = await rows("/api/v1/entities?actor=Aldecoa&limit=1");
  const { offices } = await json(`/api/v1/entities/${person.id}`);
  await page.goto(`${server.origin}/entity/${person.id}`);
  await page.waitForSelector(".offices");
  assert.ok(offices.length > 0);
  const shown = await page.locator(".offices").textContent();
  for (const office of offices) {
    assert.ok(shown.includes(office.title), shown);
    assert.match(office.day_from, /^2024-03-\d\d$/);
  }
  assert.match(shown, /in print \d+.*Mar 2024/);
  assert.deepEqual([...page.faults, ...again.faults, ...other.faults], []);
});

test("quotes are filtered by speaker, words, publisher and day, and taken along as they are shown", async () => {
  const page = await visit(browser, server.origin, "/quotes");
  await page.waitForSelector(".quote-row");
  await page.fill("input[name=text]", "sea OR ban");
  await page.fill("input[name=actor]", "Kéita");
  await page.fill("input[name=date_from]", "2024-03-01");
  await page.locator("form button:has-text('Search')").click();
  await page.waitForURL(/text=.*actor=|actor=.*text=/);
  const question = new URL(page.url()).search;
  const expected = await rows(`/api/v1/quotes${question}`);
  assert.ok(expected.length > 0);
  await counted(page, ".quote-row", expected.length);
  assert.ok((await texts(page, ".quote-row .who a")).every((name) => name === "Mariama Kéita"));
  await page.waitForSelector(".quote-row mark");

  const [download] = await Promise.all([page.waitForEvent("download"), page.click(".share a:has-text('NDJSON')")]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map((line) => line.id), expected.map((quote) => quote.id));
  const [link, curl, python] = await copied(page, ["Copy link", "curl", "Python", "R"]);
  assert.equal(link, page.url());
  const asked = await fetch(curl.match(/'(.*)'/)[1]).then((answer) => answer.json());
  assert.deepEqual(asked.rows.map((quote) => quote.id), expected.map((quote) => quote.id));
  assert.match(python, /pd\.read_csv\("http.*quotes\?.*form=csv"\)/);

  const other = await visit(browser, server.origin, `/quotes${question}`);
  await other.waitForSelector(".quote-row");
  assert.equal(await other.inputValue("input[name=text]"), "sea OR ban");
  assert.deepEqual(await texts(other, ".quote-row"), await texts(page, ".quote-row"));

  await page.goto(`${server.origin}/quotes`);
  await page.waitForSelector(".quote-row");
  const printed = (await rows("/api/v1/quotes?limit=1000")).filter((quote) => quote.publisher === "Gulf Wire");
  await page.fill("input[name=publisher]", "Gulf Wire");
  await page.keyboard.press("Enter");
  await page.waitForURL(/publisher=Gulf/);
  await counted(page, ".quote-row", Math.min(40, printed.length));
  await page.click("form button:has-text('Clear')");
  await page.waitForURL(/\/quotes$/);
  assert.deepEqual([...page.faults, ...other.faults], []);
});

test("j and k walk through the quotes, Enter opens the article", async () => {
  const page = await visit(browser, server.origin, "/quotes");
  await page.waitForSelector(".quote-row");
  const quotes = await rows("/api/v1/quotes?limit=3");
  for (const key of ["j", "j", "j", "k"]) await page.keyboard.press(key);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll(".quote-row")].findIndex((row) => row.contains(document.activeElement))), 1);
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/article/${quotes[1].article}$`));
  await page.goBack();
  await page.waitForSelector(".quote-row");
  assert.deepEqual(page.faults, []);
});

test("stories are filtered by words, and what is copied as code asks for the story shown", async () => {
  const page = await visit(browser, server.origin, "/stories?text=fishing");
  await page.waitForSelector(".story");
  const expected = await rows("/api/v1/stories?text=fishing");
  assert.deepEqual(await page.locator(".story a").evaluateAll((all) => all.map((link) => link.getAttribute("href"))), expected.map((story) => `/story/${story.id}`));
  await page.locator(".story a").first().click();
  await page.waitForSelector(".share button:has-text('SQL')");
  const [link, curl, python, r, sql] = await copied(page, ["Copy link", "curl", "Python", "R", "SQL"]);
  assert.equal(link, `${server.origin}/story/${expected[0].id}`);
  assert.equal((await fetch(curl.match(/'(.*)'/)[1]).then((answer) => answer.json())).story.id, expected[0].id);
  for (const code of [python, r]) {
    const csv = await fetch(code.match(/"(http.*)"/)[1]).then((answer) => answer.text());
    const ids = (await rows(`/api/v1/events?story=${expected[0].id}`)).map((event) => event.id);
    assert.ok(ids.length > 0 && ids.every((id) => csv.includes(id)));
  }
  assert.ok(sql.includes(expected[0].id), sql);
  assert.deepEqual(page.faults, []);
});

test("more is loaded on demand, and back shows as much, where it was", async () => {
  const page = await visit(browser, server.origin, "/entities");
  await page.waitForSelector(".entity");
  await counted(page, ".entity", 40);
  await page.click("button:has-text('More')");
  await counted(page, ".entity", 80);
  await page.locator(".entity a").nth(70).scrollIntoViewIfNeeded();
  const at = await page.evaluate(() => scrollY);
  assert.ok(at > 500);
  await page.locator(".entity a").nth(70).click();
  await page.waitForURL(/\/entity\//);
  await page.waitForSelector(".numbers");
  await page.goBack();
  await counted(page, ".entity", 80);
  await page.waitForFunction((at) => Math.abs(scrollY - at) < 50, at);
  assert.deepEqual(page.faults, []);
});

test("markup in headlines, names and quotes is text on every page", async () => {
  const hostile = {
    id: "hostile",
    title: `<img src=x onerror="window.hurt = 1"> Minister meets <b>envoy</b>`,
    publisher: `<script>window.hurt = 1</script>Wire`,
    url: "javascript:window.hurt=1",
    published_at: "2024-05-15",
    text: `LIMA, Peru — Peruvian minister Ana <b>Quispe</b> met the Chilean ambassador in Lima on Tuesday.\n\n“<img src=x onerror=window.hurt=1> We will talk again,” Quispe said.\n\nPeru's army attacked rebels near <i>Cusco</i> on Monday, Quispe said.`,
  };
  await withStore({ "hostile.jsonl": `${JSON.stringify(hostile)}\n` }, async (origin) => {
    const [article] = await rows("/api/v1/articles", origin);
    const [event] = await rows("/api/v1/events", origin);
    const entities = await rows("/api/v1/entities", origin);
    const paths = ["/stories", `/story/${article.story}`, `/article/${article.id}`, `/event/${event.id}`, "/entities", "/quotes", ...entities.slice(0, 3).map((one) => `/entity/${one.id}`)];
    for (const path of paths) {
      const page = await visit(browser, origin, path);
      await page.waitForSelector("h1");
      await page.waitForTimeout(200);
      assert.equal(await page.locator("main img, main script, main .words b, main .sentence b, main h1 b").count(), 0, path);
      assert.equal(await page.locator("main a[href^='javascript:']").count(), 0, path);
      assert.equal(await page.evaluate(() => window.hurt), undefined, path);
      assert.deepEqual(page.faults, [], path);
      await page.context().close();
    }
    const page = await visit(browser, origin, `/article/${article.id}`);
    await page.waitForSelector("h1");
    assert.equal(await page.locator("h1").textContent(), hostile.title);
  });
});

test("what is not there is said, and a filter that lets nothing through too", async () => {
  for (const path of ["/story/ffff", "/article/ffff", "/event/ffff", "/entity/ffff"]) {
    const page = await visit(browser, server.origin, path);
    assert.match(await page.locator(".trouble").textContent(), /ffff/, path);
    await page.context().close();
  }
  for (const path of ["/stories?text=zzzzz", "/entities?actor=zzzzz", "/quotes?text=zzzzz"]) {
    const page = await visit(browser, server.origin, path);
    await page.waitForSelector(".none");
    await page.click("form button:has-text('Clear')");
    await page.waitForFunction(() => document.querySelector(".story, .entity, .quote-row"));
    assert.deepEqual(page.faults, [], path);
    await page.context().close();
  }
  const page = await visit(browser, server.origin, "/quotes?date_from=yesterday");
  assert.match(await page.locator(".trouble").textContent(), /date_from/);
});

test("an empty store says how to begin on every list", async () => {
  await withStore({}, async (origin) => {
    for (const path of ["/stories", "/entities", "/quotes"]) {
      const page = await visit(browser, origin, path);
      await page.waitForSelector("text=Nothing is stored yet");
      assert.deepEqual(page.faults, [], path);
      await page.context().close();
    }
  });
});

test("paper leaves out what cannot be pressed there", async () => {
  const [story] = await rows("/api/v1/stories?limit=1");
  const page = await visit(browser, server.origin, `/story/${story.id}`, { theme: "dark" });
  await page.waitForSelector(".event");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".share").isVisible(), false);
  assert.equal(await page.locator(".masthead").isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
});
