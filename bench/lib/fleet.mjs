// What the benches of a fleet share: a program beside the page, the opened fleet, and what is counted over some seconds.

import { spawn } from "node:child_process";
import { framesWatched, looksAt, watchFrames } from "./console.mjs";
import { spread } from "./stats.mjs";

const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** A program that prints something when it is ready. */
export async function start(program, words, ready) {
  const process = spawn(program, words, { stdio: ["pipe", "pipe", "inherit"] });
  const said = await new Promise((done, fail) => {
    process.once("exit", (code) => fail(new Error(`${program} ended (${code})`)));
    process.once("error", fail);
    process.stdout.on("data", (data) => {
      const found = ready.exec(String(data));
      if (found) done(found[1]);
    });
  });
  return { said, end: () => process.kill() };
}

/** Imports a profile of a fleet and opens what it names; its name begins with "Bench fleet". */
export async function openFleet(page, console, profile) {
  await page.addInitScript(() => {
    globalThis.complaints = [];
    addEventListener("error", (event) => complaints.push(event.message));
  });
  await page.goto(console);
  await page.getByLabel("Import a profile").first().setInputFiles(profile);
  await page.locator("#network-profile").locator("option", { hasText: "Bench fleet" }).first().waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "Connected" }).first().waitFor();
}

/** Million messages a second over so many seconds, and what the page did meanwhile. */
export async function over(browser, seconds, count) {
  const look = looksAt(browser);
  await sleep(3);
  const [begun, first] = await look(async (page) => {
    await watchFrames(page);
    return [performance.now(), await count(page)];
  });
  await sleep(seconds);
  return look(async (page) => {
    const messages = (await count(page)) - first;
    const took = (performance.now() - begun) / 1000;
    return { rate: messages / took / 1e6, ...(await framesWatched(page)) };
  });
}

/** The spread of one figure of several runs. */
export const of = (runs, figure) => spread(runs.map((run) => run[figure]));
