import { alone } from "./alone.mjs";
import { connect, looksAt } from "./console.mjs";
import { DIST } from "./build.mjs";
import { flood } from "./flood.mjs";
import { CONSOLE, serve, serveWithoutPolicy } from "./serve.mjs";

/** Frames a second all the while: 6.8 MB/s. */
const RATE = 200_000;

/** In the page: from when it is seen again, how many frames it shows in each animation frame, for three seconds. */
const watch = (ours) => {
  const shown = () => {
    if (ours) return { frames: Number(document.querySelector("[data-frames]").dataset.frames), lost: 0 };
    return { frames: globalThis.seen.decoded, lost: globalThis.seen.discarded };
  };
  globalThis.course = [];
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return (globalThis.hiddenAt = performance.now());
    const start = performance.now();
    globalThis.hiddenFor = start - globalThis.hiddenAt;
    const look = () => {
      const at = performance.now() - start;
      globalThis.course.push({ at, ...shown() });
      if (at < 3000) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
};

/** Sends to a tab that another one is in front of; then the tab comes back, and it is seen how long it takes. */
async function once(open, ours, seconds) {
  const browser = await alone();
  const device = await flood();
  const look = looksAt(browser);
  try {
    await look(async (page) => {
      await open(page, device.url);
      await page.evaluate(watch, ours);
    });
    const { show } = await browser.hide();
    const sent = await device.run(seconds, RATE);
    await show();
    await new Promise((done) => setTimeout(done, 4000));
    const { course, hidden } = await look((page) => page.evaluate(() => ({ course: globalThis.course, hidden: globalThis.hiddenFor })));
    if (!(hidden >= seconds * 900)) throw new Error(`the tab was hidden for ${hidden} ms only`);
    const all = course.find(({ frames, lost }) => frames + lost >= sent.frames);
    const last = course.at(-1);
    return { sent: sent.frames, lost: sent.frames - last.frames, catchUp: all ? all.at : Infinity };
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
      const ours = await once((page, device) => connect(page, console.url, device), true, seconds);
      const openPeer = async (page, device) => {
        await page.goto(`${peers.url}timer.html?device=${device}`);
        await page.waitForFunction(() => globalThis.connected);
      };
      const theirs = await once(openPeer, false, seconds);
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
          "ms until the page shows all that was not lost": [
            { name: "ferrule", figure: ours.catchUp },
            { name: "a page driven by timers", figure: theirs.catchUp },
          ],
        },
      };
    } finally {
      console.close();
      peers.close();
    }
  },
};
