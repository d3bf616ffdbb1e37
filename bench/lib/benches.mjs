// The table of benches: a name, what it does, and how to run it.

import { decodeFixed } from "./decode-fixed.mjs";
import { plotCold, plotLive } from "./plot.mjs";

export const BENCHES = {
  "decode-fixed": decodeFixed,
  "plot-live": plotLive,
  "plot-cold": plotCold,
};
