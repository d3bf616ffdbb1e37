// A process of its own: many devices that say their readings to a broker over TCP, at a given rate.
//
//   node publisher.mjs PORT MESSAGES_A_SECOND
//
// Prints "connected" when the broker has let it in, and goes on until it is ended.

import { connect } from "node:net";
import { pieces } from "./meters.mjs";

const [port, rate] = [Number(process.argv[2]), Number(process.argv[3])];
/** Messages at once: few enough that the broker never has a heap before it. */
const SIZE = 100;
const all = pieces(SIZE);
const socket = connect(port, "127.0.0.1");
socket.setNoDelay(true);
// The broker may end before us.
socket.on("error", () => process.exit(0));
const name = Buffer.from("bench-devices");
// CONNECT of MQTT 3.1.1: clean session, no keep-alive.
socket.write(Buffer.concat([Buffer.from([0x10, 12 + name.length, 0, 4, ...Buffer.from("MQTT"), 4, 2, 0, 0, 0, name.length]), name]));
await new Promise((done) => socket.once("data", done));
socket.resume();
console.log("connected");
const begun = performance.now();
for (let sent = 0; ; sent++) {
  const early = (sent * SIZE * 1000) / rate - (performance.now() - begun);
  if (early > 1) await new Promise((done) => setTimeout(done, early));
  if (!socket.write(all[sent % all.length][0])) await new Promise((done) => socket.once("drain", done));
}
