// What is copied as code is run, as whoever pasted it would run it, and asks for what the screen shows.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { copied, dateline, openBrowser, printed, serve, visit, withServer } from "./house.js";

const STORIES = ["../examples/ghana-border.html", "../tests/stories/estonia-cable/page.html", "../tests/stories/peru-port-strike/page.html"];
const TOKEN = "0123456789abcdef0123";

let folder, database, server, browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "dateline-code-"));
  database = join(folder, "code.db");
  await dateline("add", "--db", database, ...STORIES);
  [server, browser] = [await serve("--db", database), await openBrowser()];
});
after(async () => {
  await browser?.close();
  server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

const json = (path) => fetch(server.origin + path).then((answer) => answer.json());

function run(command, args, environment = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", env: { ...process.env, ...environment } });
  assert.equal(error, undefined, `${command}: ${error}`);
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${stderr}`);
  return stdout;
}

const inShell = (line, environment) => JSON.parse(run("sh", ["-c", `${line} --silent --show-error --fail`], environment));
const has = (command, args) => spawnSync(command, args).status === 0;
const hasPandas = has("python3", ["-c", "import pandas"]);
const hasR = has("Rscript", ["--version"]);
if (!hasPandas) console.log("the lines for Python are read and not run: python3 has no pandas here");
if (!hasR) console.log("the lines for R are read and not run: there is no Rscript here");

/** Runs a snippet that makes a table, and counts its rows. */
function rowsInPython(code, name, environment) {
  assert.match(code, new RegExp(`${name} = pd\\.read_csv\\("http`));
  return hasPandas ? Number(run("python3", ["-c", `${code}\nprint(len(${name}))`], environment)) : null;
}

function rowsInR(code, name, environment) {
  assert.match(code, new RegExp(`${name} <- read\\.csv\\(`));
  return hasR ? Number(run("Rscript", ["-e", `${code}\ncat(nrow(${name}))`], environment)) : null;
}

for (const view of ["events", "map", "pairs", "network"]) {
  test(`the lines of the Explorer run, and ask for what is filtered (${view})`, async () => {
    const filter = "event_type=PROTEST,ASSAULT&actor_country=PER,GHA";
    const { counts } = await json(`/api/v1/facets?${filter}`);
    assert.ok(counts.events > 1);
    const page = await visit(browser, server.origin, `/explore?${filter}${view === "events" ? "" : `&view=${view}`}`);
    await page.waitForFunction((events) => document.querySelector(".counts b")?.textContent === String(events), counts.events);
    const [link, curl, python, r, sql] = await copied(page, ["Copy link", "curl", "Python", "R", "SQL"]);
    assert.equal(link, page.url());
    const answer = inShell(curl);
    const told = { events: answer.rows?.length, map: answer.points?.length, pairs: answer.pairs?.length, network: answer.rows?.length }[view];
    assert.ok(told > 0, `${curl} says nothing`);
    if (view === "events") assert.equal(told, counts.events);
    assert.ok([counts.events, null].includes(rowsInPython(python, "events")));
    assert.ok([counts.events, null].includes(rowsInR(r, "events")));
    const rows = (await printed("sql", "--db", database, "--format", "ndjson", sql)).trim().split("\n");
    assert.equal(rows.length, counts.events);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("the lines of the other screens run too", async () => {
  const [story, entity, event, article] = await Promise.all(
    ["stories", "entities", "events", "articles"].map(async (listing) => (await json(`/api/v1/${listing}?limit=1`)).rows[0].id),
  );
  for (const [path, table] of [
    ["/quotes", "quotes"], ["/entities", "entities"], ["/stories", "stories"], [`/story/${story}`, "events"], [`/entity/${entity}`, "events"],
    [`/event/${event}`, "events"], [`/article/${article}`, "events"],
  ]) {
    const page = await visit(browser, server.origin, path);
    await page.waitForSelector(".share");
    const [link, curl, python, r] = await copied(page, ["Copy link", "curl", "Python", "R"]);
    assert.equal(link, page.url(), path);
    assert.equal(typeof inShell(curl), "object", path);
    const rows = rowsInPython(python, table);
    assert.ok(rows === null || rows > 0, `${path}: ${rows} rows`);
    const inR = rowsInR(r, table);
    assert.ok(rows === null || inR === null || inR === rows, `${path}: ${rows} rows in Python, ${inR} in R`);
    const button = page.locator(".share button", { hasText: /^SQL$/ });
    if (table === "events") {
      await button.waitFor();
      const [sql] = await copied(page, ["SQL"]);
      assert.ok((await printed("sql", "--db", database, "--format", "ndjson", sql)).trim().length > 0, path);
    }
    assert.deepEqual(page.faults, [], path);
    await page.context().close();
  }
});

test("where a token is asked for, the lines send it", async () => {
  await withServer(["--db", database, "--token", TOKEN], async (origin) => {
    assert.equal((await fetch(`${origin}/api/v1/events`)).status, 401);
    const page = await visit(browser, origin, `/?token=${TOKEN}`);
    await page.waitForSelector(".events .event");
    assert.ok(!page.url().includes(TOKEN), "the token leaves the address");
    const [link, curl, python, r] = await copied(page, ["Copy link", "curl", "Python", "R"]);
    assert.ok([link, curl, python, r].every((text) => !text.includes(TOKEN)));
    const { rows } = inShell(curl, { DATELINE_TOKEN: TOKEN });
    assert.ok(rows.length > 0);
    const all = (await json("/api/v1/facets")).counts.events;
    assert.ok([all, null].includes(rowsInPython(python, "events", { DATELINE_TOKEN: TOKEN })));
    assert.ok([all, null].includes(rowsInR(r, "events", { DATELINE_TOKEN: TOKEN })));
    assert.deepEqual(page.faults, []);
  });
});
