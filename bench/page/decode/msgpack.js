// The records as MessagePack, without framing and without a CRC: as one array of all, and as a stream of messages, which
// is how a device sends them. 32-bit floats, so that the peers carry the same information.

import { Encoder, decode, decodeMulti } from "@msgpack/msgpack";
import { FLOAT32_OPTIONS, Packr, Unpackr } from "msgpackr";

function join(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function msgpackOne(records) {
  const bytes = new Encoder({ forceFloat32: true }).encode(records);
  return () => decode(bytes);
}

export function msgpackMany(records) {
  const encoder = new Encoder({ forceFloat32: true });
  const bytes = join(records.map((record) => encoder.encode(record)));
  return () => [...decodeMulti(bytes)];
}

export function msgpackrOne(records) {
  const bytes = Uint8Array.from(new Packr({ useFloat32: FLOAT32_OPTIONS.ALWAYS }).pack(records));
  const unpackr = new Unpackr({ useRecords: true });
  return () => unpackr.unpack(bytes);
}

export function msgpackrMany(records) {
  const structures = [];
  const packr = new Packr({ structures, useFloat32: FLOAT32_OPTIONS.ALWAYS });
  const bytes = join(records.map((record) => Uint8Array.from(packr.pack(record))));
  const unpackr = new Unpackr({ structures });
  return () => unpackr.unpackMultiple(bytes);
}
