// table: rows by key and rows of a history into our fleet and store and into perspective's tables, and what is asked of
// them.

import perspective from "@perspective-dev/client";
import { report, shuffle } from "./measure.js";
import { KEYS, batches, history } from "./table/data.js";
import init, { History, Keyed } from "./wasm/ferrule_bench.js";

const OURS = "ferrule";
const ARROW = "perspective, Arrow";
const PLAIN = "perspective, columns of JavaScript";

/** Which rows are wanted: about half, the most pressure first, a screen of them. */
const FLOW = 54.5;
const SCREEN = { start_row: 0, end_row: 40 };
/** The field of the history that is filtered, its place, and more than what. */
const [FIELD, PLACE, LEVEL] = ["a", 2, 24.8];
/** Batches on their way at once: perspective answers each, and need not wait for us. */
const AT_ONCE = 10;
/** More than a million rows take. */
const ROOM = 256 << 20;

const FLEET = { device: "string", flow: "float", pressure: "float", battery: "integer" };
const RECORD = { seq: "integer", time: "float", a: "float", b: "float", c: "float", d: "float", state: "integer" };
const VIEW = { columns: ["device", "flow", "pressure", "battery"], filter: [["flow", ">", FLOW]], sort: [["pressure", "desc"]] };

const median = (list) => [...list].sort((x, y) => x - y)[list.length >> 1];

/** The figures of each case, in random order over and over; `run` resolves to one. */
async function turns(cases, rounds) {
  const seen = cases.map(({ name }) => [name, []]);
  for (const { run } of shuffle(cases)) await run();
  for (let round = 0; round < rounds; round++) {
    for (const at of shuffle(cases.keys())) seen[at][1].push(await cases[at].run());
  }
  return Object.fromEntries(seen.map(([name, list]) => [name, median(list)]));
}

/** Million rows a second: `work` takes some and resolves to how many, over and over for so long. */
async function rate(work, millis) {
  let rows = 0;
  const start = performance.now();
  while (performance.now() - start < millis) rows += await work();
  return rows / (performance.now() - start) / 1000;
}

function same(what, one, other) {
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`${what}: ${JSON.stringify(one)}, not ${JSON.stringify(other)}`);
}

/** Rows by key, nobody asking; and with a screen of the table asked for after each batch, sorted and filtered anew. */
async function byKey(client, rounds, millis) {
  const all = batches(2 * AT_ONCE);
  let turn = 0;
  const next = () => all[turn++ % all.length];

  const keyed = new Keyed();
  const open = async (form) => {
    const table = await client.table(FLEET, { index: "device" });
    const into = (batch) => table.update(batch[form]);
    return { table, into, settled: () => table.size() };
  };
  const [arrow, plain] = [await open("arrow"), await open("plain")];

  /** Do they say the same, when all have had a batch? Each has a row of every key. */
  const compare = async (batch) => {
    keyed.hear(batch.messages);
    const [shown, ...names] = keyed.rows(FLOW);
    for (const { table, into } of [arrow, plain]) {
      await into(batch);
      await table.size();
      const view = await table.view(VIEW);
      same("rows", await view.num_rows(), Number(shown));
      same("order", (await view.to_columns(SCREEN)).device, names);
      await view.delete();
    }
  };
  await compare(all[0]);

  const many = async ({ into, settled }) => {
    const some = Array.from({ length: AT_ONCE }, next);
    await Promise.all(some.map(into));
    same("keys", await settled(), KEYS);
    return some.length * KEYS;
  };
  const cases = [
    { name: OURS, run: () => rate(() => keyed.hear(next().messages), millis) },
    { name: ARROW, run: () => rate(() => many(arrow), millis) },
    { name: PLAIN, run: () => rate(() => many(plain), millis) },
  ];
  const alone = await turns(cases, rounds);

  const view = await arrow.table.view(VIEW);
  const asked = async () => {
    await arrow.into(next());
    if ((await view.to_columns(SCREEN)).device.length === 0) throw new Error("no rows");
    return KEYS;
  };
  const ours = () => {
    const heard = keyed.hear(next().messages);
    if (keyed.ask(FLOW) < 1000) throw new Error("no rows");
    return heard;
  };
  const both = [
    { name: OURS, run: () => rate(ours, millis) },
    { name: ARROW, run: () => rate(asked, millis) },
  ];
  const watched = await turns(both, rounds);
  await view.delete();
  await compare(all[1]);
  for (const { table } of [arrow, plain]) await table.delete();
  keyed.free();
  return { alone, watched };
}

/** Rows one after the other; and which of a million have more than so much of something. */
async function inOrder(client, rounds, rows) {
  const { stream, arrow, plain, rows: each } = history();
  const pieces = Math.ceil(rows / each);
  const timed = async (work) => {
    const start = performance.now();
    await work();
    return (pieces * each) / (performance.now() - start) / 1000;
  };
  let kept;
  const ours = () => {
    kept?.free();
    kept = new History(ROOM);
    return timed(() => {
      let held;
      for (let piece = 0; piece < pieces; piece++) held = kept.append(stream);
      same("rows held", held, pieces * each);
    });
  };
  let table;
  const theirs = (piece) => async () => {
    await table?.delete();
    table = await client.table(RECORD);
    return timed(async () => {
      for (let at = 0; at < pieces; at += AT_ONCE) {
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, pieces - at) }, () => table.update(piece)));
      }
      // It has taken the last when it counts them all.
      while ((await table.size()) < pieces * each);
    });
  };
  const append = await turns(
    [
      { name: OURS, run: ours },
      { name: ARROW, run: theirs(arrow) },
      { name: PLAIN, run: theirs(plain) },
    ],
    rounds,
  );

  const found = {};
  const filter = await turns(
    [
      {
        name: OURS,
        run: () => {
          const start = performance.now();
          found.ours = kept.filter(PLACE, LEVEL);
          return performance.now() - start;
        },
      },
      {
        name: "perspective",
        run: async () => {
          const start = performance.now();
          const view = await table.view({ columns: [FIELD], filter: [[FIELD, ">", LEVEL]] });
          found.theirs = await view.num_rows();
          const took = performance.now() - start;
          await view.delete();
          return took;
        },
      },
    ],
    2 * rounds,
  );
  same("rows found", found.ours, found.theirs);
  return { append, filter, found: found.ours };
}

report(async ({ rounds = 5, millis = 1500, rows = 1_000_000 }) => {
  perspective.init_client(fetch("perspective-js.wasm"));
  perspective.init_server(fetch("perspective-server.wasm"));
  const [client] = [await perspective.worker(), await init()];
  const { alone, watched } = await byKey(client, +rounds, +millis);
  const { append, filter, found } = await inOrder(client, +rounds, +rows);
  return { alone, watched, append, filter, found };
});
