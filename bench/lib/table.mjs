// Rows by key, a history of a million rows, and what is asked of them: our fleet and store beside perspective, a general
// engine of tables and pivots.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { load } from "./browser.mjs";
import { DIST, PERSPECTIVE, ROOT } from "./build.mjs";
import { CONSOLE, serveWithoutPolicy } from "./serve.mjs";
import { spread } from "./stats.mjs";

const OURS = "ferrule";
const more = (ours, peer) => ours / peer;
const less = (ours, peer) => peer / ours;

/** A row for each case. */
const rows = (figures, ratio) =>
  Object.keys(figures[0]).map((name) => ({
    name,
    figure: spread(figures.map((f) => f[name])),
    ratio: name === OURS ? undefined : spread(figures.map((f) => ratio(f[OURS], f[name]))),
  }));

/** KiB over the line, in brotli. */
const packed = (files) => files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0) / 1024;

/** What is downloaded: the worker, in which our tables are; all of the console; and perspective without a viewer. */
function downloads() {
  const all = readdirSync(CONSOLE).filter((name) => /\.(html|js|wasm|css|svg)$/.test(name));
  const of = (names) => packed(names.map((name) => join(CONSOLE, name)));
  const peer = join(ROOT, "node_modules", "@perspective-dev");
  const scripts = ["perspective.js", "perspective-server.worker.js"].map((name) => join(peer, "client", "dist", "cdn", name));
  const modules = PERSPECTIVE.map(([part, name]) => join(peer, part, "dist", "wasm", name));
  const [worker, console] = [of(all.filter((name) => name.startsWith("worker"))), of(all)];
  const theirs = packed([...scripts, ...modules]);
  return [
    { name: "ferrule, its worker: tables, links, protocols", figure: worker },
    { name: "perspective, without a viewer", figure: theirs, ratio: spread([theirs / worker]) },
    { name: "all of ferrule", figure: console },
  ];
}

export const table = {
  about:
    "rows of 10,000 keys, and a history of a million rows; no policy, or perspective does not start. The same are the rows, " +
    "their values, and what is asked. Not the same: ours come as a device's messages, which are decoded, into the fleet and the " +
    "store as the console's worker has them, on the page's own thread; perspective's are given to its worker as Arrow or as " +
    "columns, made beforehand. A filter of the history is a pass over a column of ours, for which the console has no control; " +
    "perspective opens a view, which it keeps up to date from then on. It is a general engine of tables, pivots and joins; ours " +
    "knows a table of devices and the records of one",
  async run({ browser, loads, quick }) {
    const server = await serveWithoutPolicy(DIST);
    const results = [];
    try {
      for (let i = 0; i < loads; i++) {
        const query = quick ? "rounds=2&millis=500&rows=1000000" : "rounds=5&millis=1500";
        results.push(await load(browser, `${server.url}table.html?${query}`, 600_000));
      }
    } finally {
      server.close();
    }
    const of = (what) => results.map((result) => result[what]);
    return {
      unit: "figure",
      loads,
      note: `of the million rows ${results[0].found.toLocaleString("en")} pass the filter, on both sides; the same rows are shown in the same order`,
      groups: {
        "10,000 keys: million rows/s": rows(of("alone"), more),
        "10,000 keys, sorted and filtered anew after each 10,000 rows: million rows/s": rows(of("watched"), more),
        "a history, to a million rows: million rows/s": rows(of("append"), more),
        "a million rows filtered by a number: ms": rows(of("filter"), less),
        "KiB over the line, in brotli": downloads(),
      },
    };
  },
};
