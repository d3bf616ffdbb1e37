// Ten thousand devices' messages through a gateway that has subscribed to their broker, into the fleet's table; beside
// MQTT.js at the same messages over a WebSocket.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { DIST, ROOT } from "./build.mjs";
import { ledger, looksAt, noComplaints } from "./console.mjs";
import { of, openFleet, over, start } from "./fleet.mjs";
import { DEVICES } from "./meters.mjs";
import { BINARY, CONSOLE, serveWithoutPolicy } from "./serve.mjs";
import { spread } from "./stats.mjs";

const BROKER = new URL("broker.mjs", import.meta.url).pathname;

const broker = (way) => start("node", [BROKER, way], /^(\d+)$/m);

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
    await look((page) => openFleet(page, gateway.said, join(ROOT, "fleet.toml")));
    const result = await over(browser, seconds, async (page) => (await ledger(page)).frames);
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
    return await over(browser, seconds, (page) => page.evaluate(() => globalThis.messages));
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
