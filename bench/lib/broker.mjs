// A process of its own: a broker that knows one thing, the messages of many devices, and says them as fast as they are
// taken. No real broker says a million a second on two processors; what is measured here is what takes them.
//
//   node broker.mjs tcp|websocket
//
// Prints its port; then, whenever it is asked on its input, how many messages it has sent.

import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { WebSocketServer } from "ws";
import { pieces } from "./meters.mjs";

const way = process.argv[2];

/** 64 KiB and a little each. */
const all = pieces(1900);

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
    for (let at = 0; ; at = (at + 1) % all.length) {
      const [bytes, messages] = all[at];
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
