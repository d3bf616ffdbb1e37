// A browser that is left alone while it works: whoever controls one over DevTools is sent a copy of every message that a
// WebSocket in it receives, which costs more than receiving it.

import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FLAGS, program } from "./browser.mjs";

/** Starts a browser with one tab. `attach` gives its page and a way to let go of it again. */
export async function alone() {
  const folder = mkdtempSync(join(tmpdir(), "ferrule-bench-"));
  const flags = [...FLAGS, "--remote-debugging-port=0", `--user-data-dir=${folder}`, "--window-size=1600,1000"];
  const process = spawn(program(), [...flags, "about:blank"], { stdio: "ignore" });
  const ended = new Promise((done) => process.once("exit", done));
  const port = await devtoolsPort(folder);
  return {
    attach: async () => {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      return { page: browser.contexts()[0].pages()[0], letGo: () => browser.close() };
    },
    /** Another tab comes to the front; `show` brings this one back. Whoever is attached to a page keeps it from being hidden. */
    hide: async () => {
      const [page] = await list(port);
      const front = await (await fetch(`http://127.0.0.1:${port}/json/new?about:blank`, { method: "PUT" })).json();
      await fetch(`http://127.0.0.1:${port}/json/activate/${front.id}`);
      const show = async () => {
        await fetch(`http://127.0.0.1:${port}/json/activate/${page.id}`);
        await fetch(`http://127.0.0.1:${port}/json/close/${front.id}`);
      };
      return { show };
    },
    /** Resident memory of the largest renderer, in MiB: page, worker and their WebAssembly. */
    resident: () => Math.round(Math.max(0, ...descendants(process.pid).filter(isRenderer).map(residentMib))),
    /** Seconds of a processor that the renderers have taken so far: all of their threads, and the pages' own among them. */
    busy: () => {
      const renderers = descendants(process.pid).filter(isRenderer);
      const of = (file) => renderers.map((pid) => processorSeconds(pid, file(pid))).reduce((sum, one) => sum + one, 0);
      return { all: of(() => "stat"), page: of((pid) => `task/${pid}/stat`) };
    },
    close: async () => {
      process.kill();
      await ended;
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      } catch {
        // A process of the browser's still writes into it; the system clears its folder for temporary files.
      }
    },
  };
}

const list = async (port) => (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()).filter(({ type }) => type === "page");

async function devtoolsPort(folder) {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    try {
      const port = Number(readFileSync(join(folder, "DevToolsActivePort"), "utf8").split("\n")[0]);
      if (port > 0) return port;
    } catch {
      // Not written yet.
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("the browser did not start within a minute");
}

const read = (pid, file) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
};
const isRenderer = (pid) => read(pid, "cmdline").includes("--type=renderer");
const residentMib = (pid) => Number(/VmRSS:\s+(\d+)/.exec(read(pid, "status"))?.[1] ?? 0) / 1024;

/** Time in user and system mode, which Linux counts in hundredths of a second. */
function processorSeconds(pid, file) {
  const fields = read(pid, file).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

/** The processes that descend from one. */
function descendants(root) {
  const parents = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number)) {
    parents.set(pid, Number(/PPid:\s+(\d+)/.exec(read(pid, "status"))?.[1]));
  }
  const descends = (pid) => pid === root || (parents.has(pid) && descends(parents.get(pid)));
  return [...parents.keys()].filter(descends);
}
