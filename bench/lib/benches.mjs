// The table of benches: a name, what it does, and how to run it.

import { decodeFixed } from "./decode-fixed.mjs";
import { e2e } from "./e2e.mjs";
import { memory } from "./memory.mjs";
import { plotCold, plotLive } from "./plot.mjs";

export const BENCHES = {
  "decode-fixed": decodeFixed,
  e2e,
  "plot-live": plotLive,
  "plot-cold": plotCold,
  memory,
};
