// A page that works as many do: messages are queued, and a timer takes so much from the queue as fits into a frame. The
// queue is bounded as xterm.js bounds its own: what is beyond 50 MB is discarded.

import { toColumns } from "./decode/handwritten.js";
import { FRAME_BYTES, makeColumns } from "./decode/data.js";

const MOST = 50e6;
const SLICE = 12;
const columns = makeColumns(4096);
const queue = [];
const seen = { received: 0, decoded: 0, discarded: 0, queued: 0 };
globalThis.seen = seen;

const socket = new WebSocket(new URLSearchParams(location.search).get("device"));
socket.binaryType = "arraybuffer";
socket.onopen = () => (globalThis.connected = true);
socket.onmessage = ({ data }) => {
  const frames = data.byteLength / FRAME_BYTES;
  seen.received += frames;
  if (seen.queued + data.byteLength > MOST) seen.discarded += frames;
  else {
    queue.push(data);
    seen.queued += data.byteLength;
  }
};

function drain() {
  const until = performance.now() + SLICE;
  while (queue.length > 0 && performance.now() < until) {
    const data = queue.shift();
    seen.queued -= data.byteLength;
    decode(new Uint8Array(data));
    seen.decoded += data.byteLength / FRAME_BYTES;
  }
  setTimeout(drain, 16);
}
drain();

// A message may begin and end in the middle of a frame; what is whole in it is decoded, piece by piece.
function decode(bytes) {
  for (let at = bytes.indexOf(0) + 1; at + FRAME_BYTES <= bytes.length; at += 4096 * FRAME_BYTES) {
    toColumns(bytes.subarray(at, Math.min(bytes.length, at + 4096 * FRAME_BYTES)), columns);
  }
}
