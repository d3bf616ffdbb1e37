// The npm package cobs decodes one frame at a time; the frames are cut at the zeros, as its own splitter does.

import cobs from "cobs";

export function npmCobs(stream) {
  const payloads = [];
  let start = 0;
  for (;;) {
    const end = stream.indexOf(0, start);
    if (end < 0) return payloads;
    payloads.push(cobs.decode(stream.subarray(start, end)));
    start = end + 1;
  }
}
