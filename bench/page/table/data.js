// The rows of the table bench, in the form that each side takes: messages, Arrow and columns of JavaScript.

import { tableFromArrays, tableToIPC } from "apache-arrow";
import { makeColumns, makeStream } from "../decode/data.js";

export const KEYS = 10_000;
/** Rows of the history that come at once. */
export const PIECE = 20_000;

/** Numbers from 0 on, in another order each time. */
function shuffled(count, random) {
  const list = Uint32Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
  return list;
}

/** Deterministic (xorshift, Marsaglia 2003). */
function noise(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const arrow = (columns) => {
  const bytes = tableToIPC(tableFromArrays(columns), "stream");
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};
const plain = (columns) => Object.fromEntries(Object.entries(columns).map(([name, array]) => [name, Array.from(array)]));

/** A length, the name, a length, and nine bytes of readings for each row. */
function messages({ device, flow, pressure, battery }) {
  const text = new TextEncoder();
  const out = new Uint8Array(device.length * (2 + device[0].length + 9));
  const view = new DataView(out.buffer);
  let at = 0;
  device.forEach((name, row) => {
    out[at++] = name.length;
    at += text.encodeInto(name, out.subarray(at)).written;
    out[at++] = 9;
    view.setFloat32(at, flow[row], true);
    view.setFloat32(at + 4, pressure[row], true);
    out[at + 8] = battery[row];
    at += 9;
  });
  return out;
}

/** One row of every key, in any order; no two have the same pressure. */
function batch(number) {
  const random = noise(0x2545f491 + number);
  const [order, ranks] = [shuffled(KEYS, random), shuffled(KEYS, random)];
  const columns = {
    device: Array.from(order, (key) => `wm-${String(key).padStart(5, "0")}`),
    flow: Float32Array.from(order, () => 40 + Math.floor(random() * 30)),
    pressure: Float32Array.from(ranks, (rank) => 4 + rank / 8192),
    battery: Uint8Array.from(order, () => 40 + Math.floor(random() * 60)),
  };
  return { rows: KEYS, messages: messages(columns), arrow: arrow(columns), plain: plain(columns) };
}

export const batches = (count) => Array.from({ length: count }, (_, number) => batch(number));

/** Rows of the history: the records of the decode bench, once as a device sends them. */
export function history() {
  const columns = makeColumns(PIECE);
  const stream = makeStream(columns);
  // Times in microseconds are below 2^53.
  const numbers = { ...columns, time: Float64Array.from(columns.time, Number) };
  return { rows: PIECE, stream, arrow: arrow(numbers), plain: plain(numbers) };
}
