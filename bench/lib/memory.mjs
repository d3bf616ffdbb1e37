import { flood } from "./flood.mjs";
import { held, noComplaints, openConsole, received } from "./console.mjs";
import { CONSOLE, serve } from "./serve.mjs";

const RATE = 100_000;

export const memory = {
  about: `${RATE.toLocaleString("en")} frames/s for ten minutes into a store with a budget of 256 MiB`,
  async run({ quick }) {
    const seconds = quick ? 90 : 600;
    const every = quick ? 5 : 10;
    const server = await serve(CONSOLE);
    const device = await flood();
    const { look, resident, close } = await openConsole(server.url, device.url);
    const samples = [];
    try {
      const start = performance.now();
      let sampling = Promise.resolve();
      const sample = async () => {
        const at = Math.round((performance.now() - start) / 1000);
        samples.push({ at, mib: resident(), ...(await look(held)) });
      };
      const timer = setInterval(() => (sampling = sampling.then(sample)), every * 1000);
      const sent = await device.run(seconds, RATE);
      clearInterval(timer);
      await sampling;
      const got = await look(async (page) => {
        await noComplaints(page);
        return received(page, sent.bytes);
      });
      // The budget is full after some forty seconds; from then on memory must stand still.
      const late = samples.filter((sample) => sample.at >= 60);
      const full = late.map((sample) => sample.mib);
      const stored = Math.max(...samples.map((sample) => sample.store));
      const budget = samples.at(-1).budget;
      const third = Math.max(1, Math.floor(full.length / 3));
      const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
      const growth = (mean(full.slice(-third)) / mean(full.slice(0, third)) - 1) * 100;
      const lost = sent.frames - got.frames;
      return {
        unit: "figure",
        failed: lost > 0 || growth > 5 || stored > budget,
        seconds,
        samples,
        groups: {
          "memory": [
            { name: "frames received", figure: got.frames },
            { name: "frames lost", figure: lost },
            { name: "profile's budget, MiB", figure: budget },
            { name: "store, MiB, greatest", figure: stored },
            { name: "store, MiB, least once the budget is full", figure: Math.min(...late.map((sample) => sample.store)) },
            { name: "renderer, MiB resident, least once the budget is full", figure: Math.min(...full) },
            { name: "renderer, MiB resident, greatest", figure: Math.max(...full) },
            { name: "growth from the first third to the last, %", figure: growth },
          ],
        },
      };
    } finally {
      await close();
      device.close();
      server.close();
    }
  },
};
