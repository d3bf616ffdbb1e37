// A real Web Serial port: the browser runs in the mocked system of the end-to-end tests (tests/e2e/rig), with a USB adapter
// whose line is a pty.

import { chromium } from "playwright-core";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { FLAGS, program } from "./browser.mjs";
import { ROOT } from "./build.mjs";
import { FRAME_BYTES, makeColumns, makeStream } from "../page/decode/data.js";

const RIG = join(ROOT, "..", "tests", "e2e", "rig");
/** Where Chromium looks for what its administrator decided. */
const POLICY = "/etc/chromium/policies/managed/ferrule-bench.json";

/** Lines of a program, and a way to wait for the next one. */
function lines(stream) {
  const got = [];
  const waiting = [];
  createInterface({ input: stream }).on("line", (line) => (waiting.length > 0 ? waiting.shift()(line) : got.push(line)));
  return () => (got.length > 0 ? Promise.resolve(got.shift()) : new Promise((done) => waiting.push(done)));
}

/** Starts a browser with an adapter plugged in; pages from `origins` may use it. */
export async function rig(origins) {
  const folder = mkdtempSync(join(tmpdir(), "ferrule-rig-"));
  mkdirSync(join(POLICY, ".."), { recursive: true });
  writeFileSync(POLICY, JSON.stringify({ SerialAllowAllPortsForUrls: origins, DefaultSerialGuardSetting: 3 }));
  const shim = join(folder, "ioctl-shim.so");
  execFileSync("cc", ["-shared", "-fPIC", "-O2", "-o", shim, join(RIG, "ioctl-shim.c"), "-ldl"]);
  const frames = join(folder, "frames");
  writeFileSync(frames, makeStream(makeColumns(32_768)));

  const device = spawn("/usr/bin/python3", [join(ROOT, "lib", "serial-device.py"), frames, String(FRAME_BYTES)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const heard = lines(device.stdout);
  const line = await heard();

  // The flags are those of the tests: in the mocked system a process of its own for the network now and then hangs.
  const flags = [...FLAGS, "--no-zygote", "--in-process-gpu", "--enable-features=NetworkServiceInProcess2"];
  const data = join(folder, "browser");
  const { system, order, browser } = await begun(() => {
    rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    return begin([shim, program(), ...flags, "--remote-debugging-port=0", `--user-data-dir=${data}`, "about:blank"], data);
  });
  return {
    context: browser.contexts()[0],
    /** The adapter appears. The page in front must have asked for its ports before. */
    plug: () => order(`plug 0 ${line}`),
    unplug: () => order("unplug 0"),
    /** Sends so many bytes a second for so long; resolves to { bytes, frames, lost }. */
    run: async (rate, seconds) => {
      device.stdin.write(`run ${rate} ${seconds}\n`);
      return JSON.parse(await heard());
    },
    close: async () => {
      await within(20, "closing the browser", browser.close()).catch(() => {});
      device.kill();
      await end(system);
      rmSync(POLICY, { force: true });
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** The mocked system with a browser in it, in which a page has begun. */
async function begin(words, data) {
  const system = spawn("umockdev-wrapper", ["/usr/bin/python3", join(RIG, "rig.py"), ...words], { stdio: ["pipe", "pipe", "ignore"] });
  try {
    const said = lines(system.stdout);
    const order = async (command) => {
      system.stdin.write(`${command}\n`);
      const answer = await within(60, command, said());
      if (answer !== "ok") throw new Error(`the rig answers ${command} with ${answer}`);
    };
    if ((await within(60, "the rig's start", said())) !== "ready") throw new Error("the rig did not start");
    await order("start");
    const browser = await attach(data);
    const page = await within(20, "the first page", browser.contexts()[0].newPage());
    await within(20, "the first page", page.goto("about:blank"));
    await page.close();
    return { system, order, browser };
  } catch (error) {
    await end(system);
    throw error;
  }
}

/** In the mocked system a browser now and then hangs before its first page: then another one is started. */
async function begun(begin) {
  for (let left = 4; ; left--) {
    try {
      return await begin();
    } catch (error) {
      if (left === 0) throw error;
      console.log(`${error.message}; the browser is started again`);
    }
  }
}

/** What `work` comes to, or an error after so many seconds. */
export async function within(seconds, what, work) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what} took more than ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The rig ends its browser with itself; one that hangs is ended for it. */
async function end(system) {
  const ended = new Promise((done) => (system.exitCode === null ? system.once("exit", done) : done()));
  system.stdin.end();
  await within(20, "the rig's end", ended).catch(() => system.kill("SIGKILL"));
}

async function attach(data) {
  for (const until = Date.now() + 120_000; Date.now() < until; ) {
    try {
      const port = Number(readFileSync(join(data, "DevToolsActivePort"), "utf8").split("\n")[0]);
      if (port > 0) return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch {
      // Not written yet.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the browser did not start within two minutes");
}
