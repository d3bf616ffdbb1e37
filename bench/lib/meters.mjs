// What ten thousand water meters say: packets of MQTT, made beforehand.

export const DEVICES = 10_000;

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

/** Four turns of every device, in pieces of so many messages: each piece's bytes, and how many messages it has. */
export function pieces(size) {
  const all = Array.from({ length: 4 * DEVICES }, (_, at) => publish(at % DEVICES, Math.floor(at / DEVICES)));
  const cut = [];
  for (let at = 0; at < all.length; at += size) {
    const messages = all.slice(at, at + size);
    cut.push([Buffer.concat(messages), messages.length]);
  }
  return cut;
}
