// decode-fixed: 20,000 records of 34 bytes on the wire into columns or objects, ours beside the peers.

import { COUNT, checksum, makeColumns, makeStream, record } from "./decode/data.js";
import * as handwritten from "./decode/handwritten.js";
import { npmCobs } from "./decode/npm-cobs.js";
import { measure, report } from "./measure.js";
import { msgpackOne, msgpackMany, msgpackrOne, msgpackrMany } from "./decode/msgpack.js";
import init, { Receiver } from "./wasm/ferrule_bench.js";

const NAMES = ["seq", "time", "a", "b", "c", "d", "state"];

function emptyColumns() {
  return Object.fromEntries(Object.entries(makeColumns()).map(([name, array]) => [name, new array.constructor(COUNT)]));
}

/** Throws unless the columns are those of the reference, bit for bit. Returns their checksum. */
function sameColumns(who, got, reference) {
  for (const name of NAMES) {
    for (let i = 0; i < COUNT; i++) {
      if (!Object.is(got[name][i], reference[name][i])) {
        throw new Error(`${who}: ${name}[${i}] is ${got[name][i]}, not ${reference[name][i]}`);
      }
    }
  }
  return checksum(got);
}

function fromObjects(rows) {
  const columns = emptyColumns();
  if (rows.length !== COUNT) throw new Error(`${rows.length} objects`);
  rows.forEach((row, i) => {
    for (const name of NAMES) columns[name][i] = name === "time" ? BigInt(row.time) : row[name];
  });
  return columns;
}

/** A case whose decoder gives objects. */
const objects = (run) => ({ run, check: () => fromObjects(run()) });

function fromOurs(receiver) {
  const columns = emptyColumns();
  NAMES.forEach((name, field) => {
    columns[name].set(name === "time" ? receiver.integers(field, COUNT) : receiver.numbers(field, COUNT));
  });
  return columns;
}

report(async ({ rounds = 8, millis = 60 }) => {
  await init();
  const reference = makeColumns();
  const stream = makeStream(reference);
  const records = Array.from({ length: COUNT }, (_, i) => record(reference, i));

  const receiver = new Receiver();
  const columns = emptyColumns();
  const cases = [
    {
      name: "ferrule",
      run: () => receiver.receive(stream),
      check: () => fromOurs(checkReceiver(stream)),
    },
    {
      name: "hand-written JS, columns",
      run: () => handwritten.toColumns(stream, columns),
      check: () => (handwritten.toColumns(stream, columns), columns),
    },
    {
      name: "hand-written JS, columns, our CRC tables",
      run: () => handwritten.toColumnsByPlace(stream, columns),
      check: () => (handwritten.toColumnsByPlace(stream, columns), columns),
    },
    {
      name: "hand-written JS, objects",
      ...objects(() => handwritten.toObjects(stream)),
    },
    { name: "msgpackr records, one array", ...objects(msgpackrOne(records)) },
    { name: "msgpackr records, message by message", ...objects(msgpackrMany(records)) },
    { name: "@msgpack/msgpack, one array", ...objects(msgpackOne(records)) },
    { name: "@msgpack/msgpack, message by message", ...objects(msgpackMany(records)) },
    { name: "npm cobs (no CRC, no fields)", run: () => npmCobs(stream), check: () => fromPayloads(npmCobs(stream)) },
  ];

  const checksums = {};
  for (const c of cases) {
    for (const array of Object.values(columns)) array.fill(typeof array[0] === "bigint" ? 0n : 0);
    checksums[c.name] = sameColumns(c.name, c.check(), reference);
  }
  const times = await measure(cases, { rounds: +rounds, millis: +millis });
  return {
    unit: "million records a second",
    streamBytes: stream.length,
    checksums,
    figures: Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, COUNT / ms / 1000])),
  };
});

function checkReceiver(stream) {
  const receiver = new Receiver();
  const frames = receiver.receive(stream);
  if (frames !== COUNT || receiver.bad() > 0) throw new Error(`ferrule: ${frames} good, ${receiver.bad()} bad`);
  return receiver;
}

function fromPayloads(payloads) {
  const columns = emptyColumns();
  if (payloads.length !== COUNT) throw new Error(`npm cobs: ${payloads.length} frames`);
  payloads.forEach((payload, i) => {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    columns.seq[i] = view.getUint32(0, true);
    columns.time[i] = view.getBigUint64(4, true);
    ["a", "b", "c", "d"].forEach((name, k) => (columns[name][i] = view.getFloat32(12 + 4 * k, true)));
    columns.state[i] = view.getUint16(28, true);
  });
  return columns;
}
