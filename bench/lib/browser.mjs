// Real Chromium, headless, as installed by the system.

import { chromium } from "playwright-core";
import { existsSync } from "node:fs";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Without a GPU, and without what a browser does of its own accord. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--headless=new",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The browser's program. */
export function program() {
  const found = PLACES.filter(Boolean).find(existsSync);
  if (!found) throw new Error("no Chromium: `apt-get install chromium`, or name one in CHROMIUM");
  return found;
}

export async function launch() {
  const browser = await chromium.launch({ executablePath: program(), args: FLAGS });
  return { browser, version: `Chromium ${browser.version()}` };
}

/** Opens a bench page in a new context and returns what it reports. */
export async function load(browser, url, timeout = 120_000) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(url);
    const until = Date.now() + timeout;
    for (;;) {
      const result = await page.evaluate(() => globalThis.benchResult ?? null);
      if (result?.ok) return result;
      if (result) throw new Error(result.error);
      if (Date.now() > until) throw new Error(`no result from ${url}: ${complaints.join("; ")}`);
      await new Promise((done) => setTimeout(done, 200));
    }
  } finally {
    await context.close();
  }
}
