import { connect, ledger, noComplaints } from "./console.mjs";
import { DIST } from "./build.mjs";
import { flood } from "./flood.mjs";
import { launch } from "./browser.mjs";
import { CONSOLE, serve, serveWithoutPolicy } from "./serve.mjs";

/** Frames a second all the while: 6.8 MB/s. */
const RATE = 200_000;

/** Sends to a tab that another one is in front of; then that one is closed, and it is seen how long the tab takes. */
async function once(open, progress, seconds) {
  const { browser } = await launch();
  const device = await flood();
  try {
    const context = browser.contexts()[0] ?? (await browser.newContext());
    const page = await context.newPage();
    await open(page, device.url);
    const front = await context.newPage();
    await front.goto("about:blank");
    await front.bringToFront();
    await page.waitForFunction(() => document.visibilityState === "hidden", undefined, { timeout: 20_000, polling: 200 });
    const sent = await device.run(seconds, RATE);
    const start = performance.now();
    await page.bringToFront();
    for (;;) {
      const now = await progress(page);
      if (now.frames + now.lost >= sent.frames || performance.now() - start > 60_000) {
        return { sent: sent.frames, lost: sent.frames - now.frames, catchUp: performance.now() - start };
      }
    }
  } finally {
    await browser.close();
    device.close();
  }
}

export const hiddenTab = {
  about: "a WebSocket sends 200,000 frames/s to a tab that is hidden; then it is brought to the front again",
  crates: false,
  async run({ full, quick }) {
    const seconds = full ? 600 : quick ? 20 : 60;
    const console = await serve(CONSOLE);
    const peers = await serveWithoutPolicy(DIST);
    try {
      const ours = await once(
        (page, device) => connect(page, console.url, device),
        async (page) => {
          await noComplaints(page);
          return { ...(await ledger(page)), lost: 0 };
        },
        seconds,
      );
      const theirs = await once(
        async (page, device) => {
          await page.goto(`${peers.url}timer.html?device=${device}`);
          await page.waitForFunction(() => globalThis.connected);
        },
        (page) => page.evaluate(() => ({ frames: globalThis.seen.decoded, lost: globalThis.seen.discarded })),
        seconds,
      );
      const share = (one) => (one.lost / one.sent) * 100;
      return {
        unit: "figure",
        failed: ours.lost > 0,
        note: `hidden for ${seconds} s; after five minutes a browser lets timers of a hidden tab run once a minute only`,
        groups: {
          "frames lost, %": [
            { name: "ferrule", figure: share(ours) },
            { name: "a page driven by timers, its queue of 50 MB", figure: share(theirs) },
          ],
          "ms until the page shows every frame": [
            { name: "ferrule", figure: ours.catchUp },
            { name: "a page driven by timers, what it had not lost", figure: theirs.catchUp, ratio: same(theirs.catchUp / ours.catchUp) },
          ],
        },
      };
    } finally {
      console.close();
      peers.close();
    }
  },
};

const same = (x) => ({ median: x, min: x, max: x });
