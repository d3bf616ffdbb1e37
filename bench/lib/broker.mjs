// A process of its own: a broker that knows one thing, the messages of many devices, and says them as fast as they are
// taken. No real broker says a million a second on two processors; what is measured here is what takes them.
//
//   node broker.mjs DEVICES tcp|websocket
//
// Prints its port; then, whenever it is asked on its input, how many messages it has sent.

import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { WebSocketServer } from "ws";

const [devices, way] = [Number(process.argv[2]), process.argv[3]];

/** A PUBLISH of MQTT 3.1.1, quality 0: each device's topic, and nine bytes of binary readings. */
function publish(number, turn) {
  const topic = Buffer.from(`meters/wm-${String(number).padStart(5, "0")}/state`);
  const payload = Buffer.alloc(9);
  payload.writeFloatLE(40 + ((number + turn) % 30), 0);
  payload.writeFloatLE(4 + ((number * 7 + turn) % 10) / 10, 4);
  payload.writeUInt8(40 + ((number + turn) % 60), 8);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(topic.length);
  return Buffer.concat([Buffer.from([0x30, 2 + topic.length + payload.length]), length, topic, payload]);
}

/** Four turns of every device, in pieces of 64 KiB and a little. */
const pieces = [];
{
  let [piece, messages] = [[], 0];
  for (let turn = 0; turn < 4; turn++) {
    for (let number = 0; number < devices; number++) {
      piece.push(publish(number, turn));
      if (++messages === 1900) {
        pieces.push([Buffer.concat(piece), messages]);
        [piece, messages] = [[], 0];
      }
    }
  }
  if (messages) pieces.push([Buffer.concat(piece), messages]);
}

let sent = 0;
createInterface({ input: process.stdin }).on("line", () => console.log(`sent ${sent}`));

/** Answers what a client begins with; `say` resolves when more may be said. */
function serve(say) {
  let begun = false;
  return async (data) => {
    // CONNECT, then SUBSCRIBE, whose packet's number is at its third byte; nothing else is of interest.
    if (data[0] >> 4 === 1) return say(Buffer.from([0x20, 2, 0, 0]));
    if (data[0] >> 4 === 12) return say(Buffer.from([0xd0, 0]));
    if (data[0] >> 4 !== 8 || begun) return;
    begun = true;
    await say(Buffer.from([0x90, 3, data[2], data[3], 0]));
    for (let at = 0; ; at = (at + 1) % pieces.length) {
      const [bytes, messages] = pieces[at];
      if ((await say(bytes)) === false) return;
      sent += messages;
    }
  };
}

if (way === "tcp") {
  const server = createServer((socket) => {
    let gone = false;
    socket.on("error", () => {});
    socket.on("close", () => (gone = true));
    socket.on("data", serve((bytes) => gone ? false : new Promise((done) => socket.write(bytes, () => done(!gone)))));
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
} else {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false, handleProtocols: () => "mqtt" });
  server.on("connection", (socket) => {
    socket.on("error", () => {});
    socket.on("message", serve((bytes) => new Promise((done) => socket.send(bytes, (why) => done(!why)))));
  });
  server.on("listening", () => console.log(server.address().port));
}
