// What a WebSocket of this browser gives at most: it subscribes with packets made by hand, reads nothing and counts.

const socket = new WebSocket(new URLSearchParams(location.search).get("broker"), "mqtt");
socket.binaryType = "arraybuffer";
globalThis.messages = 0;
globalThis.bytes = 0;
const text = (words) => [0, words.length, ...new TextEncoder().encode(words)];
const packet = (kind, body) => new Uint8Array([kind, body.length, ...body]);
socket.onopen = () => socket.send(packet(0x10, [...text("MQTT"), 4, 2, 0, 0, ...text("raw")]));
socket.onmessage = () => {
  // The first is the broker's welcome, the second its word that we are subscribed.
  socket.onmessage = () => {
    globalThis.ready = true;
    socket.onmessage = (event) => {
      globalThis.messages += 1;
      globalThis.bytes += event.data.byteLength;
    };
  };
  socket.send(packet(0x82, [0, 1, ...text("meters/+/state"), 0]));
};
const show = () => {
  document.getElementById("count").textContent = String(globalThis.messages);
  requestAnimationFrame(show);
};
requestAnimationFrame(show);
