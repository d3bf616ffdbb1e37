import { load } from "./browser.mjs";
import { DIST } from "./build.mjs";
import { serve, serveWithoutPolicy } from "./serve.mjs";
import { spread } from "./stats.mjs";

const OURS = "ferrule";

/** Per peer the figures of all loads, and the ratios of each load. */
function rows(results) {
  return Object.keys(results[0].figures).map((name) => ({
    name,
    figure: spread(results.map((r) => r.figures[name])),
    ratio: name === OURS ? undefined : spread(results.map((r) => r.figures[OURS] / r.figures[name])),
  }));
}

export const decodeFixed = {
  about: "20,000 records of 34 bytes (COBS, CRC-16, 7 fields) decoded; ours into a store of 8 MiB, copy-in included",
  async run({ browser, loads, quick }) {
    const groups = {};
    let checksum;
    for (const csp of [true, false]) {
      const server = await (csp ? serve(DIST) : serveWithoutPolicy(DIST));
      const results = [];
      try {
        for (let i = 0; i < loads; i++) {
          const result = await load(browser, `${server.url}decode.html?rounds=${quick ? 4 : 10}&millis=60`);
          if (result.mayEval === csp) throw new Error("the content security policy is not what it should be");
          results.push(result);
        }
      } finally {
        server.close();
      }
      checksum = new Set(results.flatMap((r) => Object.values(r.checksums)));
      if (checksum.size !== 1) throw new Error(`checksums differ: ${[...checksum].join(", ")}`);
      groups[csp ? "shipping CSP" : "no CSP"] = rows(results);
    }
    return { unit: "million records/s", loads, checksum: [...checksum][0], groups };
  },
};
