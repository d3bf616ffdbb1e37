// cargo xtask bench [NAME…] [--quick] [--full] [--loads N] [--dry] [--check]
//
// Per bench: our figure, the peers' in the same page loads, and the ratio. Writes bench/results/NAME.json and the table
// in bench/README.md; with --quick or --dry it only prints. A run on a busy machine is void and not written. --check
// only prints too, and fails where a ratio is a fifth below the committed one.

import { BENCHES } from "./lib/benches.mjs";
import { buildAll } from "./lib/build.mjs";
import { launch } from "./lib/browser.mjs";
import { machine, print, quiet, save, voided, worse } from "./lib/report.mjs";

const args = process.argv.slice(2);
const full = args.includes("--full");
const quick = args.includes("--quick");
const check = args.includes("--check");
const dry = quick || check || args.includes("--dry");
const loadsAt = args.indexOf("--loads");
const loads = loadsAt >= 0 ? Number(args[loadsAt + 1]) : quick ? 2 : 5;
const wanted = args.filter((arg, i) => !arg.startsWith("--") && (loadsAt < 0 || i !== loadsAt + 1));
for (const name of wanted) {
  if (!(name in BENCHES)) {
    console.error(`no bench ${name}; there are ${Object.keys(BENCHES).join(", ")}`);
    process.exit(2);
  }
}

console.log("building…");
const chosen = Object.entries(BENCHES).filter(([name]) => wanted.length === 0 || wanted.includes(name));
await buildAll({ crates: chosen.some(([, bench]) => bench.crates !== false) });
const { browser, version } = await launch();
let failed = false;
try {
  for (const [name, bench] of chosen) {
    console.log(`\n${name}: ${bench.about}`);
    const before = quick ? machine() : await quiet();
    const result = await bench.run({ browser, loads, quick, full });
    const record = { name, about: bench.about, browser: version, machine: before, loadAfter: machine().load, ...result };
    print(record);
    failed ||= record.failed === true;
    const why = voided(record);
    if (why) console.log(`void: ${why}`);
    else if (check) for (const what of worse(record)) (failed = true), console.log(`worse: ${what}`);
    else if (!dry) save(record);
  }
} finally {
  await browser.close();
}
process.exit(failed ? 1 : 0);
