// Measuring in a page: cases take turns in random order, so that noise of the machine meets all of them alike.

const median = (list) => {
  const sorted = [...list].sort((x, y) => x - y);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** The same things in another order. */
export const shuffle = (list) => {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
};

/** Runs `case.run` over and over for about `millis`; returns milliseconds a run. */
function turn(run, millis) {
  let runs = 0;
  const start = performance.now();
  let now = start;
  while (now - start < millis) {
    run();
    runs++;
    now = performance.now();
  }
  return (now - start) / runs;
}

/** Median milliseconds a run of each case, by name. `cases` are { name, run }. */
export async function measure(cases, { rounds, millis }) {
  const seen = new Map(cases.map((c) => [c.name, []]));
  for (const c of shuffle(cases)) turn(c.run, 2 * millis);
  for (let round = 0; round < rounds; round++) {
    for (const c of shuffle(cases)) {
      seen.get(c.name).push(turn(c.run, millis));
      await new Promise((done) => setTimeout(done));
    }
  }
  return Object.fromEntries([...seen].map(([name, list]) => [name, median(list)]));
}

/** Whether code may be made from text here: what a strict CSP forbids. */
export function mayEval() {
  try {
    return new Function("return true")();
  } catch {
    return false;
  }
}

/** Runs a bench and leaves its result where the runner finds it. */
export async function report(bench) {
  try {
    const options = Object.fromEntries(new URLSearchParams(location.search));
    globalThis.benchResult = { ok: true, mayEval: mayEval(), ...(await bench(options)) };
  } catch (error) {
    globalThis.benchResult = { ok: false, error: String(error?.stack ?? error) };
  }
}
