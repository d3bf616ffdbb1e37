import { load } from "./browser.mjs";
import { DIST } from "./build.mjs";
import { serveWithoutPolicy } from "./serve.mjs";
import { spread } from "./stats.mjs";

const OURS = "ferrule";

const more = (ours, peer) => ours / peer;
const less = (ours, peer) => peer / ours;

/** A row for each terminal. */
const rows = (figures, ratio) =>
  Object.keys(figures[0]).map((name) => ({
    name,
    figure: spread(figures.map((f) => f[name])),
    ratio: name === OURS ? undefined : spread(figures.map((f) => ratio(f[OURS], f[name]))),
  }));

export const term = {
  about:
    "a terminal of 120 × 30 with what devices write, in bulk, and streamed in pieces of 64 KiB with the screen painted in " +
    "every animation frame; the peers keep 10,000 lines, ours a million; no policy, or the peers do not run",
  async run({ browser, loads, quick }) {
    const server = await serveWithoutPolicy(DIST);
    const results = [];
    let wrong = [];
    try {
      for (let i = 0; i < loads; i++) {
        const query = quick ? `bytes=${4 << 20}&millis=700` : "";
        const result = await load(browser, `${server.url}term.html?${query}`, 400_000);
        results.push(result.figures);
        wrong = result.wrong;
      }
    } finally {
      server.close();
    }
    const groups = {};
    for (const name of Object.keys(results[0])) {
      const of = (what) => results.map((result) => sorted(result[name][what]));
      groups[`${name}, in bulk: MB/s`] = rows(of("bulk"), more);
      groups[`${name}, streamed: MB/s`] = rows(of("streamed"), more);
      groups[`${name}, streamed: worst gap, ms`] = rows(of("gap"), less);
    }
    const note = wrong.length > 0 ? `of ${wrong.join(", ")} ghostty-web shows rows that are not what came` : undefined;
    return { unit: "figure", loads, note, groups };
  },
};

/** Ours first, the peers in the order of their names. */
const sorted = (figures) =>
  Object.fromEntries(Object.entries(figures).sort(([x], [y]) => Number(y === OURS) - Number(x === OURS) || x.localeCompare(y)));
