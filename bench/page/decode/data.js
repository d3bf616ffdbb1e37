// The records of the decode bench and their encodings. Written apart from our own encoder, so that what we decode
// was not encoded by us.

export const COUNT = 20_000;
/** Bytes of one record on the wire. */
export const FRAME_BYTES = 34;

/** The reference columns: what every decoder must give back. Deterministic. */
export function makeColumns(count = COUNT) {
  const columns = {
    seq: new Uint32Array(count),
    time: new BigUint64Array(count),
    a: new Float32Array(count),
    b: new Float32Array(count),
    c: new Float32Array(count),
    d: new Float32Array(count),
    state: new Uint16Array(count),
  };
  let noise = 0x2545f491;
  const random = () => {
    noise ^= noise << 13;
    noise ^= noise >>> 17;
    noise ^= noise << 5;
    return (noise >>> 0) / 2 ** 32 - 0.5;
  };
  for (let i = 0; i < count; i++) {
    columns.seq[i] = i;
    columns.time[i] = 1_790_000_000_000_000n + BigInt(i) * 1000n + BigInt(Math.floor((random() + 0.5) * 100));
    columns.a[i] = 24 + Math.sin(i / 700) + random() * 0.05;
    columns.b[i] = 10 * Math.sin(i / 50) + random();
    columns.c[i] = 1500 + 300 * Math.sin(i / 900) + random() * 8;
    columns.d[i] = random() * 0.002;
    columns.state[i] = (i >> 6) & 0x3ff;
  }
  return columns;
}

/** One record as an object; `time` in microseconds stays below 2^53. */
export const record = (columns, i) => ({
  seq: columns.seq[i],
  time: Number(columns.time[i]),
  a: columns.a[i],
  b: columns.b[i],
  c: columns.c[i],
  d: columns.d[i],
  state: columns.state[i],
});

/** CRC-16/IBM-3740 bit by bit (polynomial 0x1021, initial value 0xffff), as in its definition. */
function crc16(bytes) {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  }
  return crc;
}

/** COBS after Cheshire and Baker (1999), figure 3, with the closing zero. */
function stuff(payload, out) {
  let code = out.length;
  out.push(1);
  for (const byte of payload) {
    if (byte === 0) {
      code = out.length;
      out.push(1);
    } else {
      out.push(byte);
      out[code]++;
    }
  }
  out.push(0);
}

/** The stream of frames: 34 bytes each, COBS over 30 bytes of record and its CRC, little-endian. */
export function makeStream(columns) {
  const out = [];
  const payload = new Uint8Array(32);
  const view = new DataView(payload.buffer);
  for (let i = 0; i < columns.seq.length; i++) {
    view.setUint32(0, columns.seq[i], true);
    view.setBigUint64(4, columns.time[i], true);
    view.setFloat32(12, columns.a[i], true);
    view.setFloat32(16, columns.b[i], true);
    view.setFloat32(20, columns.c[i], true);
    view.setFloat32(24, columns.d[i], true);
    view.setUint16(28, columns.state[i], true);
    view.setUint16(30, crc16(payload.subarray(0, 30)), true);
    stuff(payload, out);
  }
  return Uint8Array.from(out);
}

/** FNV-1a over the bytes of all columns: the checksum that is printed. */
export function checksum(columns) {
  let hash = 0x811c9dc5;
  for (const name of ["seq", "time", "a", "b", "c", "d", "state"]) {
    const array = columns[name];
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
