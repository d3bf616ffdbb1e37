// The few values of a tunnel that a bench speaks: postcard, as `session::tunnel` documents them.

import { WebSocket } from "ws";

/** A WebSocket as the console's own page would open it. */
export const open = (url, protocol) =>
  new WebSocket(url, protocol, { perMessageDeflate: false, maxPayload: 0, origin: `http://${new URL(url).host}` });

function varint(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return [...bytes, value];
}

/** ToGateway::Hello with no token. */
export const HELLO = Buffer.from([0, 0]);
/** ToGateway::Taken. */
export const taken = (bytes) => Buffer.from([2, ...varint(bytes)]);
/** ToGateway::Bytes. */
export const bytes = (data) => Buffer.concat([Buffer.from([1, ...varint(data.length)]), data]);

/** How many of the device's bytes are in a message of the gateway. */
export function bytesOf(message) {
  let [at, sum] = [0, 0];
  const number = () => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = message[at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  while (at < message.length) {
    const kind = message[at++];
    if (kind === 0) at += 3;
    else if (kind === 1) {
      number();
      const length = number();
      at += length;
      sum += length;
    } else if (kind === 2 || kind === 3) number();
    else if (kind !== 5) throw new Error(`the gateway ended the tunnel (${message.subarray(at - 1).toString("hex")})`);
  }
  return sum;
}
