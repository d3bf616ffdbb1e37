// Ten thousand devices' messages through a gateway that has subscribed to their broker, into the fleet's table; beside
// MQTT.js at the same messages over a WebSocket.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { DIST, ROOT } from "./build.mjs";
import { framesWatched, ledger, looksAt, noComplaints, watchFrames } from "./console.mjs";
import { BINARY, CONSOLE, serveWithoutPolicy } from "./serve.mjs";
import { spread } from "./stats.mjs";

const DEVICES = 10_000;
const BROKER = new URL("broker.mjs", import.meta.url).pathname;
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** A program that prints something when it is ready. */
async function start(program, words, ready) {
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

const broker = (way) => start("node", [BROKER, String(DEVICES), way], /^(\d+)$/m);

/** Messages a second over so many seconds, with what the page does meanwhile. */
async function over(look, seconds, count) {
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

async function ours(seconds) {
  const folder = mkdtempSync(join(tmpdir(), "ferrule-bench-"));
  const devices = await broker("tcp");
  const file = join(folder, "gateway.toml");
  const target = `name = "plant"\nkind = "mqtt"\naddress = "127.0.0.1:${devices.said}"\nlocal = true\ntopics = ["meters/#"]\n`;
  writeFileSync(file, `[audit]\nfile = "audit.log"\n[[target]]\n${target}`);
  const words = ["serve", "--config", file, "--root", CONSOLE, "--listen", "127.0.0.1:0"];
  const gateway = await start(BINARY, words, /(http:\/\/[^\s/]+\/)/);
  const browser = await alone();
  const look = looksAt(browser);
  try {
    await look(async (page) => {
      await page.addInitScript(() => {
        globalThis.complaints = [];
        addEventListener("error", (event) => complaints.push(event.message));
      });
      await page.goto(gateway.said);
      await page.getByLabel("Import a profile").first().setInputFiles(join(ROOT, "fleet.toml"));
      await page.locator("#network-profile").locator("option", { hasText: "Bench fleet" }).first().waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.getByRole("status").filter({ hasText: "Connected" }).first().waitFor();
    });
    const result = await over(look, seconds, async (page) => (await ledger(page)).frames);
    await look(async (page) => {
      const got = await ledger(page);
      if (got.rejected + got.skipped > 0) throw new Error(`not all good: ${JSON.stringify(got)}`);
      await noComplaints(page);
    });
    return result;
  } finally {
    await browser.close();
    gateway.end();
    devices.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function theirs(url, seconds) {
  const devices = await broker("websocket");
  const browser = await alone();
  const look = looksAt(browser);
  try {
    await look((page) => page.goto(`${url}mqtt.html?broker=ws://127.0.0.1:${devices.said}/`));
    return await over(look, seconds, (page) => page.evaluate(() => globalThis.messages));
  } finally {
    await browser.close();
    devices.end();
  }
}

export const fleetGw = {
  about:
    `the messages of ${DEVICES.toLocaleString("en")} devices, 9 bytes of readings each, as fast as they are taken: ours through ` +
    "the gateway into the fleet's table, which is drawn meanwhile; MQTT.js over a WebSocket in pieces of 64 KiB, which counts them",
  crates: false,
  async run({ loads, quick }) {
    const count = quick ? 1 : Math.min(loads, 3);
    const seconds = quick ? 5 : 20;
    const pages = await serveWithoutPolicy(DIST);
    const [own, peers] = [[], []];
    try {
      for (let at = 0; at < count; at++) {
        own.push(await ours(seconds));
        peers.push(await theirs(pages.url, seconds));
      }
    } finally {
      pages.close();
    }
    const of = (list, key) => spread(list.map((each) => each[key]));
    return {
      unit: "figure",
      loads: count,
      note: "the devices, the gateway and the browser share the machine's two processors",
      groups: {
        "million messages/s": [
          { name: "ferrule, gateway and fleet table", figure: of(own, "rate") },
          { name: "MQTT.js", figure: of(peers, "rate"), ratio: spread(own.map((each, at) => each.rate / peers[at].rate)) },
        ],
        "animation frames/s meanwhile": [
          { name: "ferrule", figure: of(own, "fps") },
          { name: "MQTT.js", figure: of(peers, "fps") },
        ],
      },
    };
  },
};
