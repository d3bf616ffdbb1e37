// A device on a WebSocket that sends records in messages of 64 KiB, as fast as they are taken or at a given rate.

import { WebSocketServer } from "ws";
import { FRAME_BYTES, makeColumns, makeStream } from "../page/decode/data.js";

const MESSAGE = 65_536;
/** So many records fill whole messages exactly: frames are cut by messages, and the stream can be repeated. */
const RECORDS = 32_768;
/** Bytes that may wait in this process before it holds its breath. */
const WAITING = 16 * MESSAGE;

export async function flood() {
  const stream = makeStream(makeColumns(RECORDS));
  const messages = [];
  for (let at = 0; at < stream.length; at += MESSAGE) messages.push(Buffer.from(stream.subarray(at, at + MESSAGE)));
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  await new Promise((done) => server.once("listening", done));
  let socket;
  const connected = new Promise((done) =>
    server.on("connection", (opened) => {
      socket = opened;
      socket.on("error", () => {});
      done();
    }),
  );
  let sent = 0;
  const next = () => socket.send(messages[sent++ % messages.length]);

  /** Sends for so long, at `rate` records a second at most; whole rounds, so that no frame is left cut in two. */
  async function run(seconds, rate = Infinity) {
    await connected;
    const start = performance.now();
    const end = start + seconds * 1000;
    const first = sent;
    for (;;) {
      const now = performance.now();
      const due = rate === Infinity ? Infinity : ((now - start) / 1000) * rate * FRAME_BYTES;
      while (socket.bufferedAmount < WAITING && (sent - first) * MESSAGE < due) {
        if (now >= end && sent % messages.length === 0) {
          const frames = (count) => (count * MESSAGE) / FRAME_BYTES;
          return { start, ran: frames(sent - first), frames: frames(sent), bytes: sent * MESSAGE };
        }
        next();
        if (now >= end) continue;
        if (rate === Infinity && socket.bufferedAmount >= WAITING) break;
      }
      await new Promise((done) => (rate === Infinity ? setImmediate(done) : setTimeout(done, 4)));
    }
  }
  const close = () => {
    for (const client of server.clients) client.terminate();
    server.close();
  };
  return { url: `ws://127.0.0.1:${server.address().port}/`, run, close };
}
