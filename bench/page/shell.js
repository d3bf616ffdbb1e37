// What a device console is made of today, put on one page: a terminal, a plot, a client. It connects to nothing; with an
// address in its query it shows what a WebSocket says in the terminal.

import { Terminal } from "@xterm/xterm";
import mqtt from "mqtt";
import uPlot from "uplot";

const terminal = new Terminal({ cols: 100, rows: 24 });
terminal.open(document.getElementById("terminal"));
terminal.write("ready\r\n");

const time = Array.from({ length: 200 }, (_, i) => i / 10);
new uPlot(
  { width: 800, height: 300, series: [{}, { label: "a", stroke: "#3a60cc" }] },
  [time, time.map((t) => Math.sin(t))],
  document.getElementById("plot"),
);

globalThis.client = mqtt.Client;

const device = new URLSearchParams(location.search).get("device");
if (device) {
  const socket = new WebSocket(device);
  socket.onmessage = ({ data }) => terminal.write(data.replaceAll("\n", "\r\n"));
  socket.onopen = () => (globalThis.connected = true);
}
