// The table of benches: a name, what it does, and how to run it.

import { decodeFixed } from "./decode-fixed.mjs";
import { e2e } from "./e2e.mjs";
import { fleetBroker } from "./fleet-broker.mjs";
import { fleetGw } from "./fleet-gw.mjs";
import { hiddenTab } from "./hidden-tab.mjs";
import { latency } from "./latency.mjs";
import { memory } from "./memory.mjs";
import { plotCold, plotExact, plotLive } from "./plot.mjs";
import { serialFlood } from "./serial-flood.mjs";
import { startup } from "./startup.mjs";
import { table } from "./table.mjs";
import { term } from "./term.mjs";
import { tunnel } from "./tunnel.mjs";

export const BENCHES = {
  "decode-fixed": decodeFixed,
  e2e,
  "plot-live": plotLive,
  "plot-cold": plotCold,
  "plot-exact": plotExact,
  term,
  table,
  memory,
  startup,
  latency,
  "serial-flood": serialFlood,
  "hidden-tab": hiddenTab,
  tunnel,
  "fleet-gw": fleetGw,
  "fleet-broker": fleetBroker,
};
