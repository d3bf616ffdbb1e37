// The built console, served as it ships, driven by its stable names (docs/automation.md).

import { join } from "node:path";
import { alone } from "./alone.mjs";
import { ROOT } from "./build.mjs";

/** The profile of the benches' records, and its name. */
export const RECORDS = { file: join(ROOT, "records.toml"), name: "Bench records" };

/** Runs a function on the browser's page; between two looks nobody is attached. */
export const looksAt = (browser) => async (act) => {
  const { page, letGo } = await browser.attach();
  try {
    return await act(page);
  } finally {
    await letGo();
  }
};

/**
 * Opens the console in a browser of its own and connects it to a WebSocket, with the profile of the benches or another.
 * `look` runs a function on the page; between two looks nobody is attached to the browser.
 */
export async function openConsole(console, device, profile = RECORDS) {
  const browser = await alone();
  const look = looksAt(browser);
  await look((page) => connect(page, console, device, profile));
  return { look, resident: browser.resident, close: browser.close };
}

/** Opens the console in this tab and connects it to a WebSocket. */
export async function connect(page, console, device, profile = RECORDS) {
  await page.addInitScript(() => {
    globalThis.complaints = [];
    addEventListener("error", (event) => complaints.push(event.message));
    addEventListener("securitypolicyviolation", (event) => complaints.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(console);
  if (profile.file) await page.getByLabel("Import a profile").first().setInputFiles(profile.file);
  await page.getByRole("radio", { name: "WebSocket" }).check();
  await page.getByRole("textbox", { name: "Address" }).fill(device);
  const profiles = page.locator("#network-profile");
  const option = profiles.locator("option", { hasText: profile.name }).first();
  await option.waitFor({ state: "attached" });
  await profiles.selectOption({ label: (await option.textContent()) ?? "" });
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "Connected" }).first().waitFor();
}

/** What the page had to complain of since it was opened. */
export async function noComplaints(page) {
  const complaints = await page.evaluate(() => globalThis.complaints);
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
}

/** The ledger's numbers. */
export const ledger = (page) =>
  page.evaluate(() => {
    const { bytesIn, good, rejected, skipped, pending, frames, samples } = document.querySelector("[data-bytes-in]").dataset;
    return Object.fromEntries(Object.entries({ bytesIn, good, rejected, skipped, pending, frames, samples }).map(([k, v]) => [k, +v]));
  });

/** What the session's store holds, by its own account, and what it may hold, in MiB. */
export const held = (page) =>
  page.evaluate(() => {
    const { store, budget } = document.querySelector("[data-store]").dataset;
    return { store: store / 2 ** 20, budget: budget / 2 ** 20 };
  });

/** Waits until the ledger has so many bytes; fails when it stands still for half a minute. */
export async function received(page, bytes) {
  let last = { bytesIn: -1 };
  let since = Date.now();
  for (;;) {
    const now = await ledger(page);
    if (now.bytesIn >= bytes) return now;
    if (now.bytesIn > last.bytesIn) since = Date.now();
    if (Date.now() - since > 30_000) throw new Error(`the console stands at ${now.bytesIn} of ${bytes} bytes`);
    last = now;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Notes the gaps between animation frames from now on. */
export const watchFrames = (page) =>
  page.evaluate(() => {
    const gaps = [];
    let last = performance.now();
    let going = true;
    const beat = (now) => {
      gaps.push(now - last);
      last = now;
      if (going) requestAnimationFrame(beat);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(beat);
    });
    globalThis.stopWatching = () => {
      going = false;
      const total = gaps.reduce((sum, gap) => sum + gap, 0);
      return { fps: (gaps.length * 1000) / total, worstGap: Math.max(...gaps) };
    };
  });

/** Frames a second since then, and the longest gap. */
export const framesWatched = (page) => page.evaluate(() => globalThis.stopWatching());
