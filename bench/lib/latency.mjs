import { connect } from "./console.mjs";
import { DIST } from "./build.mjs";
import { CONSOLE, serve, serveWithoutPolicy } from "./serve.mjs";
import { WebSocketServer } from "ws";

/** This process's clock, in milliseconds since the epoch, as exact as it has it. */
const now = () => performance.timeOrigin + performance.now();

/** A device on a WebSocket that says numbered lines, and at /clock what time it is. */
async function device() {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  await new Promise((done) => server.once("listening", done));
  const listeners = new Set();
  server.on("connection", (socket, request) => {
    socket.on("error", () => {});
    socket._socket.setNoDelay(true);
    if (request.url === "/clock") socket.on("message", () => socket.send(String(now())));
    else {
      listeners.add(socket);
      socket.on("close", () => listeners.delete(socket));
    }
  });
  return {
    url: `ws://127.0.0.1:${server.address().port}/`,
    say: (line) => {
      for (const socket of listeners) socket.send(line);
      return now();
    },
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/** In the page: how far the device's clock is ahead of the page's, by the quickest of many round trips. */
const offset = (url) =>
  new Promise((done, fail) => {
    const socket = new WebSocket(`${url}clock`);
    let best = { trip: Infinity, offset: 0 };
    let count = 0;
    let asked = 0;
    const ask = () => {
      asked = performance.timeOrigin + performance.now();
      socket.send("?");
    };
    socket.onopen = ask;
    socket.onerror = () => fail(new Error("no clock"));
    socket.onmessage = ({ data }) => {
      const back = performance.timeOrigin + performance.now();
      if (back - asked < best.trip) best = { trip: back - asked, offset: Number(data) - (asked + back) / 2 };
      if (++count < 50) return setTimeout(ask, 5);
      socket.close();
      done(best.offset);
    };
  });

/**
 * In the page: notes, for each numbered line, the time stamp of the animation frame that paints it: the first one in whose
 * callback the line is there.
 */
const watch = (selector) => {
  globalThis.painted = new Map();
  let last = 0;
  const look = (stamp) => {
    const text = document.querySelector(selector)?.textContent ?? "";
    for (const found of text.slice(-2000).matchAll(/line (\d+)!/g)) {
      const line = Number(found[1]);
      if (line > last) {
        globalThis.painted.set(line, performance.timeOrigin + stamp);
        last = line;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

async function measure(page, source, selector, count) {
  await page.evaluate(watch, selector);
  const before = await page.evaluate(offset, source.url);
  const sent = new Map();
  for (let line = 1; line <= count; line++) {
    sent.set(line, source.say(`line ${line}!\n`));
    await new Promise((done) => setTimeout(done, 30 + Math.random() * 50));
  }
  await page.waitForFunction((line) => globalThis.painted.has(line), count, { timeout: 10_000 });
  const after = await page.evaluate(offset, source.url);
  if (Math.abs(after - before) > 1) throw new Error(`the clocks drift: ${before} and ${after} ms`);
  const painted = new Map(await page.evaluate(() => [...globalThis.painted]));
  return [...sent].map(([line, at]) => {
    if (!painted.has(line)) throw new Error(`line ${line} was never seen`);
    return painted.get(line) + (before + after) / 2 - at;
  });
}

const quantile = (list, part) => {
  const sorted = [...list].sort((x, y) => x - y);
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toPrecision(4));
};

export const latency = {
  about:
    "a device on a WebSocket says a line every 30 to 80 ms; from there to the time stamp of the animation frame that paints it, " +
    "the clocks of both compared over the same line before and after",
  crates: false,
  async run({ browser, quick }) {
    const count = quick ? 100 : 500;
    const console = await serve(CONSOLE);
    const peers = await serveWithoutPolicy(DIST);
    const source = await device();
    const sets = new Map();
    const cases = [
      ["ferrule, its terminal", "[role=log]", (page) => connect(page, console.url, source.url, { name: "Plain text" })],
      ["xterm.js", ".xterm-rows", (page) => page.goto(`${peers.url}shell.html?device=${source.url}`)],
      ["a page with nothing but the text", "#text", (page) => page.goto(`${peers.url}bare.html?device=${source.url}`)],
    ];
    try {
      for (const [name, selector, open] of cases.sort(() => Math.random() - 0.5)) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        const page = await context.newPage();
        await open(page);
        await page.waitForFunction((ours) => ours || globalThis.connected, name.startsWith("ferrule"));
        sets.set(name, await measure(page, source, selector, count));
        await context.close();
      }
    } finally {
      console.close();
      peers.close();
      source.close();
    }
    const rows = (part) => {
      const ours = quantile(sets.get(cases.find(([name]) => name.startsWith("ferrule"))[0]), part);
      return [...sets].sort(([name]) => (name.startsWith("ferrule") ? -1 : 1)).map(([name, list]) => ({
        name,
        figure: quantile(list, part),
        ...(name.startsWith("ferrule") ? {} : { ratio: { median: quantile(list, part) / ours, min: quantile(list, part) / ours, max: quantile(list, part) / ours } }),
      }));
    };
    return {
      unit: "ms",
      note: `${count} lines each; an animation frame is 16.7 ms`,
      groups: { "half of the lines": rows(0.5), "99 of 100 lines": rows(0.99) },
    };
  },
};
