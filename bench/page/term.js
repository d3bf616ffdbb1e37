// term: our terminal beside others, 120 columns and 30 rows, ten thousand lines of scrollback (ours keeps a million).
//
// In bulk: a stream in pieces of 64 KiB as fast as they are taken. Streamed: the next piece when the one before has been
// taken and the browser had its turn, the screen painted in every animation frame. What each shows at the end is compared
// before anything is timed.

import { WebglAddon } from "@xterm/addon-webgl";
import { Terminal as Xterm } from "@xterm/xterm";
import { init as initGhostty, Terminal as Ghostty } from "ghostty-web";
import { report } from "./measure.js";
import { NAMES, stream } from "./term/data.js";
import init, { Bare, Console } from "./wasm/ferrule_bench.js";

const COLUMNS = 120;
const ROWS = 30;
const LINES = 10_000;
const PIECE = 64 << 10;
const stage = document.getElementById("stage");

function place(kind = "") {
  const element = document.createElement("div");
  element.className = kind;
  stage.replaceChildren(element);
  return element;
}

/** Lets the browser take what is due: the next task, not the next frame. */
const { port1, port2 } = new MessageChannel();
const turn = () =>
  new Promise((done) => {
    port1.onmessage = done;
    port2.postMessage(0);
  });

const frame = () => new Promise(requestAnimationFrame);

function ours() {
  const element = place("ours");
  const console = new Console(COLUMNS);
  let fresh = false;
  let going = true;
  const paint = () => {
    if (fresh) console.paint(element, ROWS);
    fresh = false;
    if (going) requestAnimationFrame(paint);
  };
  requestAnimationFrame(paint);
  return {
    write: (piece) => {
      console.receive(piece);
      fresh = true;
    },
    taken: turn,
    text: () => console.text(ROWS),
    free: () => {
      going = false;
      console.free();
    },
  };
}

function bare() {
  const terminal = new Bare(COLUMNS, ROWS, LINES);
  return { write: (piece) => terminal.receive(piece), taken: turn, text: () => terminal.text(), free: () => terminal.free() };
}

/** A terminal whose `write` calls back when it has taken what it was given. */
function calling(terminal, more) {
  let last = Promise.resolve();
  return {
    write: (piece) => {
      last = new Promise((done) => terminal.write(piece, done));
    },
    taken: () => last,
    text: () => {
      const buffer = terminal.buffer.active;
      return Array.from({ length: ROWS }, (_, row) => buffer.getLine(buffer.length - ROWS + row)?.translateToString(true) ?? "");
    },
    free: () => terminal.dispose(),
    ...more,
  };
}

function xterm(webgl) {
  const terminal = new Xterm({ cols: COLUMNS, rows: ROWS, scrollback: LINES });
  terminal.open(place());
  if (webgl) terminal.loadAddon(new WebglAddon());
  return calling(terminal);
}

function ghostty() {
  const terminal = new Ghostty({ cols: COLUMNS, rows: ROWS, scrollback: LINES });
  terminal.open(place());
  return calling(terminal);
}

const MAKERS = {
  "ferrule": ours,
  "xterm.js": () => xterm(false),
  "xterm.js, WebGL": () => xterm(true),
  "ghostty-web": ghostty,
  "avt (parser and screen alone)": bare,
};

const pieces = (bytes) =>
  Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, i) => bytes.subarray(i * PIECE, Math.min(bytes.length, (i + 1) * PIECE)));

/** The lines on the screen at the end, without what is blank, below and beside. */
const shown = (terminal) => {
  const lines = terminal.text().map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
};

async function bulk(make, bytes) {
  const terminal = make();
  await frame();
  const start = performance.now();
  for (const piece of pieces(bytes)) terminal.write(piece);
  await terminal.taken();
  const took = performance.now() - start;
  const lines = shown(terminal);
  terminal.free();
  return { rate: bytes.length / took / 1000, lines };
}

async function streamed(make, bytes, millis) {
  const terminal = make();
  const all = pieces(bytes);
  await frame();
  const start = performance.now();
  let last = start;
  let gap = 0;
  let going = true;
  const beat = (now) => {
    gap = Math.max(gap, now - last);
    last = now;
    if (going) requestAnimationFrame(beat);
  };
  requestAnimationFrame(beat);
  let sent = 0;
  for (let i = 0; performance.now() - start < millis; i++) {
    const piece = all[i % all.length];
    terminal.write(piece);
    sent += piece.length;
    await terminal.taken();
  }
  const took = performance.now() - start;
  await frame();
  going = false;
  terminal.free();
  return { rate: sent / took / 1000, gap };
}

const shuffle = (list) => [...list].sort(() => Math.random() - 0.5);

report(async ({ bytes = 8 << 20, millis = 2000 }) => {
  await init();
  await initGhostty();
  const figures = {};
  // What one of the peers, in the release there is, does not show as it came: said with the results.
  const wrong = [];
  for (const name of NAMES) {
    const data = stream(name, +bytes);
    // Twenty rows that each of them shows of a part of it.
    const texts = {};
    for (const [who, make] of Object.entries(MAKERS)) {
      const { lines } = await bulk(make, data.subarray(0, 1 << 20));
      texts[who] = (name === "vt" ? lines.slice(0, 20) : lines.slice(-20)).join("\n");
    }
    for (const [who, text] of Object.entries(texts)) {
      if (text === texts["xterm.js"]) continue;
      if (who === "ghostty-web") wrong.push(name);
      else throw new Error(`${who} shows another ${name}:\n${text}\n---\n${texts["xterm.js"]}`);
    }
    figures[name] = { bulk: {}, streamed: {}, gap: {} };
    for (const [who, make] of shuffle(Object.entries(MAKERS))) {
      figures[name].bulk[who] = Math.max((await bulk(make, data)).rate, (await bulk(make, data)).rate);
      if (who.startsWith("avt")) continue;
      const { rate, gap } = await streamed(make, data, +millis);
      figures[name].streamed[who] = rate;
      figures[name].gap[who] = gap;
    }
  }
  return { figures, wrong };
});
