import { DIST } from "./build.mjs";
import { RECORDS, ledger, noComplaints } from "./console.mjs";
import { rig, within } from "./rig.mjs";
import { CONSOLE, serve, serveWithoutPolicy } from "./serve.mjs";

/** What a full-speed and a high-speed USB adapter, and the bus itself, can carry at most: MB/s. */
const RATES = [1.2, 15, 53];
const LADDER = [0.05, 0.1, 0.25, 0.5, 1.2, 2.5, 5, 10, 15, 20, 30, 40, 53];

/** Opens the console's own port, as a person does, with its defaults. */
async function ours(bench, url) {
  const page = await bench.context.newPage();
  await page.addInitScript(() => {
    globalThis.complaints = [];
    addEventListener("error", (event) => complaints.push(event.message));
  });
  await page.goto(url);
  await page.getByLabel("Import a profile").first().setInputFiles(RECORDS.file);
  await page.evaluate(() => navigator.serial.getPorts());
  await bench.plug();
  const profiles = page.locator("#serial-profile");
  const option = profiles.locator("option", { hasText: RECORDS.name }).first();
  await option.waitFor({ state: "attached" });
  await profiles.selectOption({ label: (await option.textContent()) ?? "" });
  await page.getByRole("button", { name: "Connect USB 2e8a:000a", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "Connected" }).first().waitFor();
  return {
    page,
    got: async () => {
      await noComplaints(page);
      return (await ledger(page)).good;
    },
  };
}

async function plain(bench, url, buffer) {
  const page = await bench.context.newPage();
  await page.goto(`${url}serial.html?buffer=${buffer}`);
  await page.evaluate(() => navigator.serial.getPorts());
  await bench.plug();
  await page.waitForFunction(() => navigator.serial.getPorts().then((ports) => ports.length > 0));
  await page.getByRole("button", { name: "Open" }).click();
  await page.waitForFunction(() => globalThis.connected);
  return { page, got: () => page.evaluate(() => globalThis.seen.bytes) };
}

/** Sends at a rate; how much of it was lost, in percent. */
async function once(bench, app, rate, seconds) {
  const before = await app.got();
  const sent = await bench.run(rate * 1e6, seconds);
  for (const until = Date.now() + 20_000; ; ) {
    const missing = sent.bytes - ((await app.got()) - before);
    if (missing < 0) throw new Error(`more came than was sent: ${-missing} bytes`);
    if (missing === 0 || Date.now() > until) {
      const all = sent.bytes / sent.frames * (sent.frames + sent.lost);
      return (100 * (all - sent.bytes + missing)) / all;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Rates, tries and waits together, generously: whatever hangs is an error and not a wait without end. */
const measure = (bench, open, seconds) =>
  within((RATES.length + 2 * LADDER.length) * (seconds + 30), "one page's course", course(bench, open, seconds));

async function course(bench, open, seconds) {
  const app = await open();
  const losses = {};
  for (const rate of RATES) losses[rate] = await once(bench, app, rate, seconds);
  let highest = 0;
  for (const rate of LADDER) {
    // A machine that is busy for a moment is no limit.
    if ((await once(bench, app, rate, seconds)) > 0 && (await once(bench, app, rate, seconds)) > 0) break;
    highest = rate;
  }
  await bench.unplug();
  await app.page.close();
  return { losses, highest };
}

export const serialFlood = {
  about:
    "a serial device that does not wait sends 34-byte frames through the browser's own Web Serial, from a pty; 64 KiB are held " +
    "for it between the wire and the browser",
  crates: false,
  async run({ quick }) {
    const seconds = quick ? 1.5 : 5;
    const console = await serve(CONSOLE);
    const peers = await serveWithoutPolicy(DIST);
    const bench = await rig([console.url, peers.url].map((url) => url.replace(/\/$/, "")));
    try {
      const seen = [
        ["ferrule, its defaults", await measure(bench, () => ours(bench, console.url), seconds)],
        ["a page that only counts, the default buffer of 255 bytes", await measure(bench, () => plain(bench, peers.url, 255), seconds)],
        ["a page that only counts, a buffer of 1 MiB", await measure(bench, () => plain(bench, peers.url, 1 << 20), seconds)],
      ];
      const best = seen[0][1].highest;
      const beside = (figure) => ({ median: best / figure, min: best / figure, max: best / figure });
      const rows = (of) => seen.map(([name, one], i) => ({ name, figure: of(one), ...(i > 0 && of(one) === one.highest && of(one) > 0 ? { ratio: beside(of(one)) } : {}) }));
      return {
        unit: "figure",
        failed: seen[0][1].losses[RATES[0]] > 0,
        note: `${seconds} s at each rate; the device, the browser and the page share the machine's processors`,
        groups: {
          "highest rate without loss, MB/s": rows((one) => one.highest),
          ...Object.fromEntries(RATES.map((rate) => [`lost at ${rate} MB/s, %`, rows((one) => one.losses[rate])])),
        },
      };
    } finally {
      await bench.close();
      console.close();
      peers.close();
    }
  },
};
