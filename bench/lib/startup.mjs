import { get } from "node:http";
import { DIST } from "./build.mjs";
import { connect } from "./console.mjs";
import { flood } from "./flood.mjs";
import { CONSOLE, serve, serveWithoutPolicy } from "./serve.mjs";
import { spread } from "./stats.mjs";

/** Four times slower than this machine, over 10 Mbit/s: what "cold" means here. */
const SLOWER = 4;
const BYTES_PER_SECOND = 10e6 / 8;

/** Frames a second while interactions are timed. */
const RATE = 100_000;

/** Looks in every frame for what a person came for, and notes when the frame that shows it has been painted. */
const watch = (wanted) => {
  globalThis.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  const look = () => {
    const there = wanted.every((selector) => document.querySelector(selector)?.getBoundingClientRect().height > 0);
    if (!there) return requestAnimationFrame(look);
    // The task after this frame: it has been painted.
    requestAnimationFrame(() => setTimeout(() => (globalThis.useful = performance.now())));
  };
  requestAnimationFrame(look);
};

const OURS = ["main .world-point button", "main .world-network input", "main .without button"];
const THEIRS = [".xterm-rows", ".uplot canvas"];

const usefulAt = async (page) => {
  await page.waitForFunction(() => globalThis.useful > 0, undefined, { timeout: 120_000 });
  return page.evaluate(() => globalThis.useful);
};

/** Opens an address with empty caches on a slow machine and line. */
async function cold(browser, url, wanted) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, wanted);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    let bytes = 0;
    cdp.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
    await cdp.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(url, { waitUntil: "commit", timeout: 120_000 });
    const useful = await usefulAt(page);
    const shifts = await page.evaluate(() => globalThis.shifts);
    return { useful, shifts, kib: bytes / 1024 };
  } finally {
    await context.close();
  }
}

/** What the worker is over the line: it is loaded once the page is there, and DevTools does not count it with the page. */
async function workerKib(url) {
  const one = (name) =>
    new Promise((done, fail) => {
      const request = get(new URL(name, url), { headers: { "Accept-Encoding": "br" } }, (response) => {
        let bytes = 0;
        response.on("data", (data) => (bytes += data.length));
        response.on("end", () => (response.statusCode === 200 ? done(bytes) : fail(new Error(`${name}: ${response.statusCode}`))));
      });
      request.on("error", fail);
    });
  return ((await one("worker.js")) + (await one("worker_bg.wasm"))) / 1024;
}

/** Opens the console once, so that it is kept; then without a server, at this machine's own speed. */
async function warm(browser, loads) {
  const server = await serve(CONSOLE);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller, undefined, { timeout: 60_000 });
    server.close();
    await context.setOffline(true);
    await page.addInitScript(watch, OURS);
    const seen = [];
    for (let i = 0; i < loads; i++) {
      await page.goto(server.url);
      seen.push(await usefulAt(page));
    }
    return seen;
  } finally {
    await context.close();
    server.close();
  }
}

/** Clicks and types while a device sends at full rate; the browser's own account of how long each took to be painted. */
async function interactions(browser, rounds) {
  const server = await serve(CONSOLE);
  const device = await flood();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      globalThis.slow = new Map();
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (entry.interactionId > 0) {
            globalThis.slow.set(entry.interactionId, Math.max(entry.duration, globalThis.slow.get(entry.interactionId) ?? 0));
          }
        }
      }).observe({ type: "event", durationThreshold: 16, buffered: true });
    });
    await connect(page, server.url, device.url);
    const seconds = 4 + rounds * 1.5;
    const running = device.run(seconds, RATE);
    await new Promise((done) => setTimeout(done, 2000));
    const count = () => page.evaluate(() => performance.interactionCount ?? globalThis.slow.size);
    const before = await count();
    await page.evaluate(() => globalThis.slow.clear());
    for (let i = 0; i < rounds; i++) {
      for (const name of ["Rejected", "Profile", "Commands"]) await page.getByRole("tab", { name, exact: true }).click();
      await page.getByRole("button", { name: "Pause", exact: true }).click();
      await page.getByRole("button", { name: "Pause", exact: true }).click();
      await page.getByRole("button", { name: "Zoom in" }).click();
      await page.getByRole("textbox", { name: "Line to send" }).press("x");
    }
    await new Promise((done) => setTimeout(done, 300));
    const slow = await page.evaluate(() => [...globalThis.slow.values()]);
    const made = (await count()) - before;
    await running;
    // What is not reported was painted within 16 ms.
    const all = [...slow, ...Array(Math.max(0, made - slow.length)).fill(16)].sort((x, y) => x - y);
    return { p98: all[Math.ceil(all.length * 0.98) - 1], worst: all.at(-1), made };
  } finally {
    await context.close();
    device.close();
    server.close();
  }
}

export const startup = {
  about:
    "the start page with its controls painted: with empty caches on a four times slower processor and 10 Mbit/s, then without " +
    "a server from what the browser keeps; and how long clicks and keys take while 100,000 frames/s come in",
  crates: false,
  async run({ browser, loads, quick }) {
    const server = await serve(CONSOLE);
    const peer = await serveWithoutPolicy(DIST, { compressed: true });
    const ours = [];
    const theirs = [];
    let worker = 0;
    try {
      worker = await workerKib(server.url);
      for (let i = 0; i < loads; i++) {
        const turns = [
          async () => ours.push(await cold(browser, server.url, OURS)),
          async () => theirs.push(await cold(browser, `${peer.url}shell.html`, THEIRS)),
        ];
        if (Math.random() < 0.5) turns.reverse();
        for (const turn of turns) await turn();
      }
    } finally {
      server.close();
      peer.close();
    }
    const offline = await warm(browser, loads);
    const inp = await interactions(browser, quick ? 3 : 10);
    const of = (list, key) => spread(list.map((one) => one[key]));
    const beside = (key) => spread(theirs.map((one, i) => one[key] / ours[i][key]));
    const shell = "xterm.js + uPlot + MQTT.js, one bundle, no policy";
    return {
      unit: "figure",
      loads,
      note: "INP is measured with DevTools attached, which is sent a copy of every message",
      groups: {
        "cold: ms to a useful page": [
          { name: "ferrule", figure: of(ours, "useful") },
          { name: shell, figure: of(theirs, "useful"), ratio: beside("useful") },
        ],
        "cold: KiB over the line": [
          { name: "ferrule, until the page is useful", figure: of(ours, "kib") },
          { name: "ferrule, with the worker that follows", figure: spread(ours.map((one) => one.kib + worker)) },
          { name: shell, figure: of(theirs, "kib"), ratio: beside("kib") },
        ],
        "cold: layout shift": [
          { name: "ferrule", figure: of(ours, "shifts") },
          { name: shell, figure: of(theirs, "shifts") },
        ],
        "without a server: ms to a useful page": [{ name: "ferrule", figure: spread(offline) }],
        "interactions at 100,000 frames/s": [
          { name: "98 of 100 are painted within, ms", figure: inp.p98 },
          { name: "slowest, ms", figure: inp.worst },
          { name: "interactions", figure: inp.made },
        ],
      },
    };
  },
};
