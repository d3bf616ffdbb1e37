// The gateway beside programs that do the same: bytes a second, round trips, and what an idle tunnel costs.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { BINARY, CONSOLE } from "./serve.mjs";
import { spread } from "./stats.mjs";
import { HELLO, bytes, bytesOf, open } from "./tunnel-wire.mjs";

const PEER = new URL("tunnel-peer.mjs", import.meta.url).pathname;
const PROTOCOL = "ferrule.1";
/** The system lets a process have some twenty thousand files open, and a tunnel takes two. */
const MANY = 9_000;

const sleep = (millis) => new Promise((done) => setTimeout(done, millis));

/** A program that says on its output when it is ready. */
function start(program, words, ready) {
  const process = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  const said = new Promise((done, fail) => {
    let text = "";
    process.once("error", fail);
    process.once("exit", (code) => fail(new Error(`${program} ended (${code}): ${text}`)));
    process.stdout.on("data", (data) => {
      text += data;
      const found = ready.exec(text);
      if (found) done(found[1]);
    });
  });
  return { process, said, end: () => process.kill() };
}

const peer = (...words) => start("node", [PEER, ...words.map(String)], /^([\d.]+)$/m);

/** A port that is free now. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function listening(port) {
  for (let tries = 0; tries < 200; tries++) {
    const answers = await new Promise((done) => {
      const socket = open(`ws://127.0.0.1:${port}/`, "binary");
      socket.on("open", () => (socket.terminate(), done(true)));
      socket.on("error", (why) => done(!/ECONNREFUSED/.test(String(why))));
    });
    if (answers) return;
    await sleep(50);
  }
  throw new Error(`nothing listens at port ${port}`);
}

/** The gateway with one target at that port. */
async function gateway(folder, port) {
  const file = join(folder, "gateway.toml");
  const limits = `[limits]\ntunnels = 20000\ntunnels_per_address = 20000\nconnections = 20000\nconnections_per_second = 20000\n`;
  const target = `[[target]]\nname = "dev"\nkind = "tcp"\naddress = "127.0.0.1:${port}"\nlocal = true\nverbs = ["read", "write"]\n`;
  writeFileSync(file, `[audit]\nfile = "audit.log"\n${limits}${target}`);
  const words = ["serve", "--config", file, "--root", CONSOLE, "--listen", "127.0.0.1:0"];
  const program = start(BINARY, words, /http:\/\/([^\s/]+)\//);
  return { ...program, url: `ws://${await program.said}/link/dev` };
}

async function sink(...words) {
  return Number(await peer(...words).said);
}

/** Megabytes a second of each way, in turns. */
async function bulk(folder, rounds, most) {
  const source = peer("source");
  const port = await source.said;
  const ours = await gateway(folder, port);
  const socatPort = await freePort();
  const socat = spawn("socat", ["-b262144", `TCP-LISTEN:${socatPort},bind=127.0.0.1,reuseaddr,fork`, `TCP:127.0.0.1:${port}`]);
  const websockifyPort = await freePort();
  const websockify = spawn("websockify", [`127.0.0.1:${websockifyPort}`, `127.0.0.1:${port}`], { stdio: "ignore" });
  const ways = {
    ferrule: () => sink("sink", ours.url, PROTOCOL, most),
    socat: () => sink("tcp", socatPort, most),
    websockify: () => sink("sink", `ws://127.0.0.1:${websockifyPort}/`, "binary", most),
  };
  const figures = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  try {
    await listening(websockifyPort);
    for (let round = 0; round < rounds; round++) {
      for (const [name, run] of Object.entries(ways)) figures[name].push(most / 1e6 / (await run()));
    }
  } finally {
    for (const program of [source, ours]) program.end();
    socat.kill();
    websockify.kill();
  }
  return Object.entries(figures).map(([name, list]) => ({
    name,
    figure: spread(list),
    ...(name === "ferrule" ? {} : { ratio: spread(figures.ferrule.map((own, at) => own / list[at])) }),
  }));
}

/** Round trips of 64 bytes one after the other, in milliseconds. */
async function trips(socket, send, hear, count) {
  const took = [];
  const payload = Buffer.alloc(64, 0x55);
  for (let at = 0; at < count; at++) {
    const begun = performance.now();
    let left = payload.length;
    const back = new Promise((done) =>
      socket.on("message", function more(data) {
        left -= hear(data);
        if (left <= 0) done(socket.off("message", more));
      }),
    );
    socket.send(send(payload));
    await back;
    took.push(performance.now() - begun);
  }
  return took.slice(count / 10).sort((x, y) => x - y);
}

async function roundTrips(folder, rounds, count) {
  const echo = peer("echo");
  const ours = await gateway(folder, await echo.said);
  const raw = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  await new Promise((done) => raw.once("listening", done));
  raw.on("connection", (socket) => {
    socket._socket.setNoDelay(true);
    socket.on("message", (data) => socket.send(data));
  });
  const opened = (socket) => new Promise((done) => socket.once("open", done));
  const at = (list, share) => list[Math.floor(list.length * share)];
  const rows = { "p50 beyond a bare WebSocket": [], "p99 beyond a bare WebSocket": [] };
  try {
    for (let round = 0; round < rounds; round++) {
      const direct = open(`ws://127.0.0.1:${raw.address().port}/`, []);
      await opened(direct);
      const bare = await trips(direct, (data) => data, (data) => data.length, count);
      direct.terminate();
      const through = open(ours.url, PROTOCOL);
      await opened(through);
      through.send(HELLO);
      await new Promise((done) => through.once("message", done));
      const with_ = await trips(through, bytes, bytesOf, count);
      through.terminate();
      rows["p50 beyond a bare WebSocket"].push(at(with_, 0.5) - at(bare, 0.5));
      rows["p99 beyond a bare WebSocket"].push(at(with_, 0.99) - at(bare, 0.99));
    }
  } finally {
    echo.end();
    ours.end();
    raw.close();
  }
  return Object.entries(rows).map(([name, list]) => ({ name, figure: spread(list) }));
}

/** Resident memory of the gateway with so many tunnels in which nothing is said, in MiB. */
async function idle(folder, counts) {
  const device = createServer((socket) => socket.on("error", () => {})).listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
  await new Promise((done) => device.once("listening", done));
  const ours = await gateway(folder, device.address().port);
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${ours.process.pid}/status`, "utf8"))[1]) / 1024;
  const rows = [];
  const sockets = [];
  const one = () =>
    new Promise((done, fail) => {
      const socket = open(ours.url, PROTOCOL);
      socket.once("error", fail);
      socket.once("open", () => socket.send(HELLO));
      socket.once("message", () => done(socket));
    });
  try {
    rows.push({ name: "no tunnel", figure: resident() });
    for (const count of counts) {
      while (sockets.length < count) {
        sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, count - sockets.length) }, one))));
      }
      await sleep(1000);
      rows.push({ name: `${count.toLocaleString("en")} tunnels`, figure: resident() });
    }
  } finally {
    for (const socket of sockets) socket.terminate();
    ours.end();
    device.close();
  }
  return rows;
}

export const tunnel = {
  about: "A TCP device through the gateway, beside socat (TCP to TCP) and websockify (WebSocket to TCP), on loopback",
  crates: false,
  async run({ loads, quick }) {
    try {
      execFileSync("websockify", ["--help"], { stdio: "ignore" });
    } catch {
      throw new Error("websockify is missing: `apt-get install websockify socat`");
    }
    const folder = mkdtempSync(join(tmpdir(), "ferrule-bench-"));
    try {
      return {
        unit: "figure",
        loads,
        groups: {
          "MB/s, device to console": await bulk(folder, loads, quick ? 128e6 : 512e6),
          "ms for 64 bytes there and back": await roundTrips(folder, loads, quick ? 1000 : 5000),
          "MiB resident, nothing said": await idle(folder, quick ? [1000] : [1000, MANY]),
        },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
