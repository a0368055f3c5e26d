// Pictures of the screens for the README: node tests/pictures.js FOLDER

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser, screens, serve, visit } from "./house.js";

const folder = process.argv[2] ?? "../docs/pictures";
const only = process.argv.slice(3);
const server = await serve("--examples");
const browser = await openBrowser();
await mkdir(folder, { recursive: true });

async function take(name, path, shown, options, act = async () => {}) {
  const page = await visit(browser, server.origin, path, options);
  await page.waitForSelector(shown);
  await act(page);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  for (const fault of page.faults) console.error(`${name}: ${fault}`);
  await page.context().close();
}

try {
  const all = await screens(server.origin);
  const hold = (page) => page.locator(".fact", { hasText: "drone" }).first().locator(".head").click();
  if (only.includes("every")) {
    for (const [name, [path, shown]] of Object.entries(all)) {
      for (const theme of ["light", "dark"]) {
        await take(`${name}-1440-${theme}`, path, shown, { theme });
        await take(`${name}-360-${theme}`, path, shown, { theme, width: 360, height: 780 });
      }
    }
  } else {
    await take("reader", ...all.reader, { width: 1280, height: 800 }, hold);
    await take("explorer", ...all.explorer, { width: 1280, height: 800 });
    await take("map", ...all.map, { width: 1280, height: 800, theme: "dark" });
  }
} finally {
  await browser.close();
  server.stop();
}
