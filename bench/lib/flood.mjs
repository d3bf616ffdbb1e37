// A device on a WebSocket that sends records in messages of 64 KiB, as fast as they are taken or at a given rate.

import { WebSocketServer } from "ws";
import { FRAME_BYTES, makeColumns, makeStream } from "../page/decode/data.js";

const MESSAGE = 65_536;
/** So many records fill whole messages exactly: frames are cut by messages, and the stream can be repeated. */
const RECORDS = 32_768;
/** Messages under way in this process at once. */
const LANES = 8;

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
  /** Sends the next message; resolves when the system has taken it. No polling: this process shares its processors. */
  const next = () => new Promise((done) => socket.send(messages[sent++ % messages.length], done));

  /** Sends for so long, at `rate` records a second at most; whole rounds, so that no frame is left cut in two. */
  async function run(seconds, rate = Infinity) {
    await connected;
    const start = performance.now();
    const first = sent;
    const over = () => performance.now() - start >= seconds * 1000 && sent % messages.length === 0;
    const early = () => (rate === Infinity ? 0 : ((sent - first) * MESSAGE * 1000) / (FRAME_BYTES * rate) - (performance.now() - start));
    const lane = async () => {
      while (!over()) {
        const wait = early();
        if (wait > 1) await new Promise((done) => setTimeout(done, wait));
        // Meanwhile another lane may have sent the last one.
        if (!over()) await next();
      }
    };
    await Promise.all(Array.from({ length: rate === Infinity ? LANES : 1 }, lane));
    const frames = (count) => (count * MESSAGE) / FRAME_BYTES;
    return { start, ran: frames(sent - first), frames: frames(sent), bytes: sent * MESSAGE };
  }
  const close = () => {
    for (const client of server.clients) client.terminate();
    server.close();
  };
  return { url: `ws://127.0.0.1:${server.address().port}/`, run, close };
}
