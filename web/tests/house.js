// What the tests stand on: a real server on our example stories, and a real browser.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const command = process.env.DATELINE_COMMAND;
const browserAt = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

if (!command || !browserAt) throw new Error("these tests are run by: cargo xtask web (which sets DATELINE_COMMAND), with Chromium installed");

/** Runs the command to its end. */
export function dateline(...args) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
    child.on("exit", (code) => (code === 0 ? done() : failed(new Error(`dateline ${args.join(" ")} ended with ${code}`))));
  });
}

/** Runs the command to its end and gives what it prints. */
export function printed(...args) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (piece) => (text += piece));
    child.on("close", (code) => (code === 0 ? done(text) : failed(new Error(`dateline ${args.join(" ")} ended with ${code}`))));
  });
}

/** What the buttons of these names put on the clipboard. */
export async function copied(page, names) {
  await page.evaluate(() => {
    window.copied = [];
    navigator.clipboard.writeText = async (text) => void window.copied.push(text);
  });
  for (const name of names) await page.locator(".share button", { hasText: new RegExp(`^${name}$`) }).click();
  return page.evaluate(() => window.copied);
}

/** A server; `origin` is its address. */
export function serve(...args) {
  return new Promise((started, failed) => {
    const child = spawn(command, ["serve", "--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.once("data", (line) => started({ origin: String(line).trim(), stop: () => child.kill("SIGTERM") }));
    child.once("exit", (code) => failed(new Error(`dateline serve ended with ${code}`)));
  });
}

/** A server of its own, while `act` does something with its address. */
export async function withServer(args, act) {
  const own = await serve(...args);
  try {
    await act(own.origin);
  } finally {
    own.stop();
  }
}

/** The same where there is no store. */
export const withoutStore = (act) => withServer(["--db", join(tmpdir(), "dateline-not-there.db")], act);

/** The same on a store of its own, of these files (paths, or contents by their names), which `act` is given too. */
export async function withStore(files, act, ...options) {
  const folder = await mkdtemp(join(tmpdir(), "dateline-web-"));
  try {
    const paths = Array.isArray(files) ? files : Object.keys(files).map((name) => join(folder, name));
    if (paths !== files) for (const [at, content] of Object.values(files).entries()) await writeFile(paths[at], content);
    const database = join(folder, "own.db");
    if (paths.length) await dateline("add", "--db", database, ...options, ...paths);
    await withServer(["--db", database], (origin) => act(origin, database));
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function openBrowser() {
  return chromium.launch({ executablePath: browserAt, args: FLAGS });
}

/** A page at an address. What goes wrong in it is kept in `faults`: console errors, exceptions, strange hosts. */
export async function visit(browser, origin, path, { width = 1440, height = 900, theme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, acceptDownloads: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => message.type() === "error" && page.faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.faults.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) page.faults.push(`another host: ${url}`);
  });
  await page.goto(origin + path);
  return page;
}

/** Waits until so many elements are there: what is read right after a step may be read before the page has followed. */
export async function counted(page, selector, count) {
  await page.waitForFunction(([selector, count]) => document.querySelectorAll(selector).length === count, [selector, count]);
}

/** The screens, each with what shows that it is there. */
export async function screens(origin) {
  const json = (path) => fetch(origin + path).then((answer) => answer.json());
  const event = (await json("/api/v1/events?actor_country=COL&limit=1")).rows[0];
  const story = (await json("/api/v1/stories?limit=50")).rows.sort((a, b) => b.articles - a.articles)[0];
  const entity = (await json("/api/v1/entities?limit=1&actor=Restrepo")).rows[0];
  return {
    intake: ["/read", ".examples a"],
    reader: ["/read?example=ghana-border", ".fact"],
    explorer: ["/explore", ".events .event"],
    map: ["/explore?view=map", ".dot"],
    pairs: ["/explore?view=pairs", ".pairs svg"],
    network: ["/explore?view=network", ".node"],
    event: [`/event/${event.id}`, ".sentence"],
    article: [`/article/${event.evidence.article}`, ".event"],
    stories: ["/stories", ".story"],
    story: [`/story/${story.id}`, ".event"],
    entity: [`/entity/${entity.id}`, ".event"],
    entities: ["/entities", ".entity"],
    quotes: ["/quotes", ".quote-row"],
    codebook: ["/codebook", "main li a"],
    codebook_page: ["/codebook/PROTEST", "figure"],
  };
}
