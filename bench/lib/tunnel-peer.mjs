// A process of its own at one end of a tunnel, so that neither end waits for the other's program.
//
//   source            a TCP server that sends as fast as it is taken
//   echo              a TCP server that sends back what it gets
//   sink URL PROTOCOL BYTES   a WebSocket client that takes so many bytes and prints how long that took
//   tcp PORT BYTES    the same by TCP

import { createServer, connect } from "node:net";
import { HELLO, bytesOf, open, taken } from "./tunnel-wire.mjs";

const [role, ...words] = process.argv.slice(2);

function serve(each) {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    each(socket);
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
}

/** Counts what comes; the clock starts with the first byte. */
function count(most) {
  let [begun, heard] = [0, 0];
  return (bytes) => {
    begun ||= performance.now();
    heard += bytes;
    if (heard < most) return false;
    console.log((performance.now() - begun) / 1000);
    process.exit(0);
  };
}

const roles = {
  source() {
    const piece = Buffer.alloc(256 << 10, "ferrule ");
    serve((socket) => {
      const go = () => {
        while (socket.write(piece));
      };
      socket.on("drain", go);
      go();
    });
  },
  echo: () => serve((socket) => socket.pipe(socket)),
  sink(url, protocol, most) {
    const socket = open(url, protocol);
    const add = count(Number(most));
    const ours = protocol === "ferrule.1";
    socket.on("open", () => ours && socket.send(HELLO));
    let untold = 0;
    socket.on("message", (data) => {
      const bytes = ours ? bytesOf(data) : data.length;
      add(bytes);
      untold += bytes;
      if (ours && untold > 512 << 10) {
        socket.send(taken(untold));
        untold = 0;
      }
    });
  },
  tcp(port, most) {
    const add = count(Number(most));
    connect(Number(port), "127.0.0.1").on("data", (data) => add(data.length));
  },
};

roles[role](...words);
