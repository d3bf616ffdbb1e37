// Ten thousand devices' messages from a real broker over its WebSocket, where each message is one of the socket's own;
// beside MQTT.js, and beside what a WebSocket gives at most.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { DIST, ROOT } from "./build.mjs";
import { ledger, looksAt, noComplaints } from "./console.mjs";
import { of, openFleet, start } from "./fleet.mjs";
import { DEVICES } from "./meters.mjs";
import { CONSOLE, serve, serveWithoutPolicy } from "./serve.mjs";
import { spread } from "./stats.mjs";

const PUBLISHER = new URL("publisher.mjs", import.meta.url).pathname;
/** More than a browser takes, so that it is the browser that is measured. */
const OFFERED = 60_000;
/** What each can take, so that the work of one message is compared. */
const EASY = 10_000;

const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

function freePort() {
  const server = createServer();
  return new Promise((done) =>
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    }),
  );
}

/** Waits until somebody listens there, ten seconds at most. */
async function listens(port) {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const open = await new Promise((done) => {
      const socket = connect(port, "127.0.0.1", () => (socket.destroy(), done(true)));
      socket.once("error", () => done(false));
    });
    if (open) return;
    await sleep(0.05);
  }
  throw new Error(`nobody listens on port ${port}`);
}

/** Not everybody has its folder on the path. */
const MOSQUITTO = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"].find(existsSync) ?? "mosquitto";

/** mosquitto with a listener for browsers and one for the devices. */
async function broker(folder) {
  const [web, plain] = [await freePort(), await freePort()];
  const file = join(folder, "mosquitto.conf");
  const listeners = `listener ${web} 127.0.0.1\nprotocol websockets\nlistener ${plain} 127.0.0.1\n`;
  writeFileSync(file, `${listeners}allow_anonymous true\n`);
  const mosquitto = spawn(MOSQUITTO, ["-c", file], { stdio: "ignore" });
  const failed = new Promise((_, fail) => mosquitto.once("error", () => fail(new Error("no mosquitto: `apt-get install mosquitto`"))));
  await Promise.race([failed, Promise.all([listens(web), listens(plain)])]);
  const devices = (rate) => start("node", [PUBLISHER, String(plain), String(rate)], /(connected)/);
  return { url: `ws://127.0.0.1:${web}/`, devices, end: () => mosquitto.kill() };
}

/** Notes in each animation frame when it is and how many messages there are; for when nobody is attached. */
const watch = (page, count) =>
  page.evaluate((count) => {
    const messages = new Function(`return ${count}`);
    globalThis.seen = [];
    const beat = () => {
      globalThis.seen.push([performance.timeOrigin + performance.now(), messages()]);
      requestAnimationFrame(beat);
    };
    requestAnimationFrame(beat);
  }, count);

/** How many there were at an instant, between the two frames about it. */
function at(seen, instant) {
  const found = seen.findIndex(([time]) => time >= instant);
  const after = Math.max(1, found < 0 ? seen.length - 1 : found);
  const [[then, few], [later, many]] = [seen[after - 1], seen[after]];
  return few + ((many - few) * (instant - then)) / (later - then);
}

/** One client for so many seconds. */
async function one(rate, seconds, { open, count, check }) {
  const folder = mkdtempSync(join(tmpdir(), "ferrule-bench-"));
  const mosquitto = await broker(folder);
  const browser = await alone();
  const look = looksAt(browser);
  let devices;
  try {
    await look(async (page) => {
      await open(page, mosquitto.url, folder);
      await watch(page, count);
    });
    devices = await mosquitto.devices(rate);
    await sleep(3);
    const [begun, busy] = [Date.now(), browser.busy()];
    await sleep(seconds);
    const [ended, after] = [Date.now(), browser.busy()];
    devices.end();
    await sleep(1.5);
    return await look(async (page) => {
      await check?.(page);
      const seen = await page.evaluate(() => globalThis.seen);
      const messages = at(seen, ended) - at(seen, begun);
      const frames = seen.filter(([time]) => time >= begun && time < ended).length;
      const took = (ended - begun) / 1000;
      const [all, drawing] = ["all", "page"].map((which) => ((after[which] - busy[which]) * 1e6) / messages);
      return { rate: messages / took / 1000, cpu: all, withoutPage: all - drawing, fps: frames / took };
    });
  } finally {
    await browser.close();
    devices?.end();
    mosquitto.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const clients = (console, pages) => ({
  ferrule: {
    open: async (page, url, folder) => {
      const file = join(folder, "fleet.toml");
      writeFileSync(file, readFileSync(join(ROOT, "fleet.toml"), "utf8").replace("/link/plant", url));
      await openFleet(page, console, file);
    },
    count: 'Number(document.querySelector("[data-bytes-in]").dataset.frames)',
    check: async (page) => {
      const got = await ledger(page);
      if (got.rejected + got.skipped > 0) throw new Error(`not all good: ${JSON.stringify(got)}`);
      await noComplaints(page);
    },
  },
  mqttJs: {
    open: async (page, url) => {
      await page.goto(`${pages}mqtt.html?broker=${url}`);
      await page.waitForFunction(() => globalThis.ready);
    },
    count: "globalThis.messages",
  },
  raw: {
    open: async (page, url) => {
      await page.goto(`${pages}raw.html?broker=${url}`);
      await page.waitForFunction(() => globalThis.ready);
    },
    count: "globalThis.messages",
  },
});

/** The same things in another order. */
function shuffled(list) {
  const order = list.map((each) => [Math.random(), each]);
  return order.sort(([x], [y]) => x - y).map(([, each]) => each);
}

export const fleetBroker = {
  about:
    `the messages of ${DEVICES.toLocaleString("en")} devices from mosquitto over its WebSocket, each a message of its own: ours into ` +
    "the fleet's table, which is drawn meanwhile; MQTT.js into a map of the newest; and a page that reads nothing and counts",
  crates: false,
  async run({ loads, quick }) {
    const count = quick ? 1 : loads;
    const seconds = quick ? 5 : 12;
    const console = await serve(CONSOLE);
    const pages = await serveWithoutPolicy(DIST);
    const most = { ferrule: [], mqttJs: [], raw: [] };
    const easy = { ferrule: [], mqttJs: [], raw: [] };
    try {
      const all = clients(console.url, pages.url);
      const turns = [[OFFERED, most], [EASY, easy]].flatMap(([rate, lists]) => Object.keys(all).map((name) => [rate, lists, name]));
      for (let load = 0; load < count; load++) {
        for (const [rate, lists, name] of shuffled(turns)) lists[name].push(await one(rate, seconds, all[name]));
      }
    } finally {
      pages.close();
      console.close();
    }
    const more = (ours, theirs, figure) => spread(ours.map((each, at) => each[figure] / theirs[at][figure]));
    const less = (ours, theirs, figure) => more(theirs, ours, figure);
    const rows = (runs, figure, ratio) => [
      { name: "ferrule, fleet table", figure: of(runs.ferrule, figure) },
      ...(figure === "cpu" ? [{ name: "of that, all but the page's own thread, which draws", figure: of(runs.ferrule, "withoutPage") }] : []),
      { name: "MQTT.js", figure: of(runs.mqttJs, figure), ratio: ratio(runs.ferrule, runs.mqttJs, figure) },
      { name: "a bare WebSocket", figure: of(runs.raw, figure), ratio: ratio(runs.ferrule, runs.raw, figure) },
    ];
    const named = (rate) => `${rate.toLocaleString("en")} offered a second`;
    return {
      unit: "figure",
      loads: count,
      note: "the devices, the broker and the browser share the machine's two processors",
      groups: {
        [`thousand messages/s, ${named(OFFERED)}`]: rows(most, "rate", more),
        [`processor seconds of the page's process for a million, ${named(OFFERED)}`]: rows(most, "cpu", less),
        [`processor seconds of the page's process for a million, ${named(EASY)}`]: rows(easy, "cpu", less),
        "animation frames/s at the most": rows(most, "fps", () => undefined),
      },
    };
  },
};
