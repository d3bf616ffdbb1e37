// What devices write: four streams of text, each the same at every run, lines ended by CR LF.

const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const WORDS = "wifi phy boot heap task init cal sensor adc i2c spi uart nvs event loop mqtt state ready sleep wake scan".split(" ");

/** Streams by name: a function of a random number source that gives one line, or one screen. */
const LINES = {
  raw: (next) => {
    let line = "";
    const length = 20 + Math.floor(next() * 90);
    while (line.length < length) line += String.fromCharCode(32 + Math.floor(next() * 95));
    return `${line}\r\n`;
  },
  colour: (next, count) => {
    let line = "";
    for (let word = 0; word < 12; word++) {
      const colour = next() < 0.5 ? `3${Math.floor(next() * 8)}` : `38;5;${Math.floor(next() * 256)}`;
      line += `\x1b[${next() < 0.2 ? "1;" : ""}${colour}m${WORDS[Math.floor(next() * WORDS.length)]}\x1b[0m `;
    }
    return `${line}${count}\r\n`;
  },
  // A full-screen program that moves about, erases and writes: rows 1 to 24, as every terminal here has them.
  vt: (next, count) => {
    const row = 1 + Math.floor(next() * 24);
    const column = 1 + Math.floor(next() * 60);
    const value = (next() * 1000).toFixed(2);
    return `\x1b[${row};${column}H\x1b[K\x1b[7m${WORDS[count % WORDS.length]}\x1b[27m ${value}\x1b[${row};100H\x1b[32m${count}\x1b[m`;
  },
  "ESP log": (next, count) => {
    const level = next() < 0.8 ? ["0;32", "I"] : next() < 0.7 ? ["0;33", "W"] : ["0;31", "E"];
    const tag = WORDS[Math.floor(next() * WORDS.length)];
    let line = `\x1b[${level[0]}m${level[1]} (${count * 7}) ${tag}:`;
    for (let word = 0; word < 4 + next() * 6; word++) line += ` ${WORDS[Math.floor(next() * WORDS.length)]}=${Math.floor(next() * 4096)}`;
    return `${line}\x1b[0m\r\n`;
  },
};

export const NAMES = Object.keys(LINES);

/** So many bytes of one stream, as UTF-8. */
export function stream(name, bytes) {
  const next = random(NAMES.indexOf(name) + 1);
  const parts = [];
  let length = 0;
  for (let count = 0; length < bytes; count++) {
    const part = LINES[name](next, count);
    parts.push(part);
    length += part.length;
  }
  return new TextEncoder().encode(parts.join(""));
}
