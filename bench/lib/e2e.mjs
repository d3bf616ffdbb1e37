import { flood } from "./flood.mjs";
import { framesWatched, noComplaints, openConsole, received, watchFrames } from "./console.mjs";
import { CONSOLE, serve } from "./serve.mjs";
import { spread } from "./stats.mjs";

/** Published by Serial Studio (README and doc/help/Benchmark.md, 2026-08): a native program's gates, not measured here. */
const SERIAL_STUDIO = { "Serial Studio, its CI gate (published)": 0.256, "Serial Studio, raw extraction tier (published)": 1.024 };

async function once(url, seconds) {
  const device = await flood();
  const { look, close } = await openConsole(url, device.url);
  try {
    await device.run(1);
    await look(watchFrames);
    const sent = await device.run(seconds);
    return await look(async (page) => {
      const got = await received(page, sent.bytes);
      const took = (performance.now() - sent.start) / 1000;
      const frames = await framesWatched(page);
      if (got.rejected + got.skipped + got.pending > 0) throw new Error(`not all good: ${JSON.stringify(got)}`);
      await noComplaints(page);
      return { rate: sent.ran / took / 1e6, lost: sent.frames - got.frames, ...frames };
    });
  } finally {
    await close();
    device.close();
  }
}

export const e2e = {
  about:
    "a WebSocket sends 34-byte frames in 64 KiB messages as fast as they are taken, for a minute; the built console decodes " +
    "them in its worker into the store, and its table and seven plots follow",
  async run({ loads, quick }) {
    const server = await serve(CONSOLE);
    const results = [];
    const count = quick ? 1 : Math.min(loads, 3);
    const seconds = quick ? 8 : 60;
    try {
      for (let i = 0; i < count; i++) results.push(await once(server.url, seconds));
    } finally {
      server.close();
    }
    const of = (key) => spread(results.map((r) => r[key]));
    const lost = results.reduce((sum, r) => sum + r.lost, 0);
    const published = Object.entries(SERIAL_STUDIO).map(([name, rate]) => ({
      name,
      figure: rate,
      ratio: spread(results.map((r) => r.rate / rate)),
    }));
    return {
      unit: "figure",
      loads: count,
      failed: lost > 0,
      note: "generator, browser and page share the machine's two processors; a recorder is not part of it yet",
      groups: {
        "million frames/s": [{ name: "ferrule", figure: of("rate") }, ...published],
        "the page meanwhile": [
          { name: "frames lost", figure: lost },
          { name: "animation frames/s", figure: of("fps") },
          { name: "worst gap, ms", figure: of("worstGap") },
        ],
      },
    };
  },
};
