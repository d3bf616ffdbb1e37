import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { load } from "./browser.mjs";
import { DIST } from "./build.mjs";
import { serve } from "./serve.mjs";
import { spread } from "./stats.mjs";

async function loads(browser, count, query) {
  const server = await serve(DIST);
  const results = [];
  try {
    for (let i = 0; i < count; i++) results.push(await load(browser, `${server.url}plot.html?${query}`, 240_000));
  } finally {
    server.close();
  }
  return results.map((result) => result.figures);
}

/** Rows of a table; `ratio` says how much better ours is. */
function rows(figures, value, ratio) {
  return ["ferrule", "uPlot"].map((name) => ({
    name,
    figure: spread(figures.map((f) => value(f[name]))),
    ratio: name === "ferrule" ? undefined : spread(figures.map((f) => ratio(value(f.ferrule), value(f[name])))),
  }));
}

const more = (ours, peer) => ours / peer;
const less = (ours, peer) => peer / ours;

export const plotLive = {
  about: "a plot that follows 1 kHz of new samples, 1600 × 600 pixels, drawn by the CPU",
  async run({ browser, loads: count, quick }) {
    const groups = {};
    for (const [what, about] of [["8x125000", "8 channels × 125,000"], ["8x1000000", "8 channels × 1,000,000"], ["400x60000", "400 channels × 60,000"]]) {
      const figures = await loads(browser, quick ? 1 : count, `bench=${what}&millis=${quick ? 1500 : 4000}`);
      groups[`${about}: frames/s`] = rows(figures, (f) => f.fps, more);
      groups[`${about}: worst gap, ms`] = rows(figures, (f) => f.worstGap, less);
    }
    return { unit: "figure", loads: quick ? 1 : count, groups };
  },
};

export const plotCold = {
  about: "166,650 points in three series, as in uPlot's own bench, from arrays to painted pixels; ours fills its store first",
  async run({ browser, loads: count }) {
    const figures = await loads(browser, count, "bench=cold");
    return {
      unit: "ms",
      loads: count,
      groups: {
        "first plot of the page": rows(figures.map((f) => f.first), (f) => f, less),
        "later plots": rows(figures.map((f) => f.warm), (f) => f, less),
      },
    };
  },
};

export const plotExact = {
  about:
    "the picture of first, smallest, largest and last of each pixel column against that of every sample; beside it LTTB " +
    "(Steinarsson 2013, the crate lttb), as charts thin their data, drawn by the same code",
  async run() {
    const args = ["test", "--release", "--package", "raster", "--test", "picture", "--", "--ignored", "p6_ten_thousand_views"];
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const { status, stdout, stderr } = spawnSync("cargo", args, { cwd, encoding: "utf8" });
    if (status !== 0 || !/1 passed/.test(stdout)) throw new Error(`pictures differ:\n${stdout}${stderr}`);
    const peer = spawnSync("cargo", ["run", "--quiet", "--release", "--package", "raster", "--example", "exact"], { cwd, encoding: "utf8" });
    if (peer.status !== 0) throw new Error(peer.stderr);
    const { views, drawn, ours, as_many: asMany, fixed } = JSON.parse(peer.stdout);
    const row = (name, { pixels }) => ({ name, figure: spread([(pixels * 100) / drawn]) });
    return {
      unit: "figure",
      loads: 1,
      groups: {
        "10,000 random views: pixels that differ": [{ name: "ferrule", figure: spread([0]) }],
        [`${views} views of 2,000 to 100,000 samples: of the pixels drawn differ, %`]: [
          row("ferrule", ours),
          row("LTTB, as many points as ours has values", asMany),
          row("LTTB, 5,000 points", fixed),
        ],
      },
    };
  },
};
