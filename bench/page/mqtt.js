// MQTT.js with nothing behind it: messages are counted and the newest of each device is kept.

import mqtt from "mqtt";

const url = new URLSearchParams(location.search).get("broker");
const client = mqtt.connect(url, { protocolVersion: 4, reconnectPeriod: 0 });
const newest = new Map();
globalThis.messages = 0;
client.on("connect", () => client.subscribe("meters/+/state", () => (globalThis.ready = true)));
client.on("message", (topic, payload) => {
  globalThis.messages += 1;
  newest.set(topic, payload);
});
const show = () => {
  document.getElementById("count").textContent = `${globalThis.messages} of ${newest.size}`;
  requestAnimationFrame(show);
};
requestAnimationFrame(show);
