// plot-live and plot-cold: our painter over the store's envelopes, and uPlot over its arrays, in the same page.

import { report } from "./measure.js";
import init, { Plotter } from "./wasm/ferrule_bench.js";
import uPlot from "uplot";

const WIDTH = 1600;
const HEIGHT = 600;
const COLOURS = ["#3a60cc", "#7a2601", "#10504b", "#aa298e", "#b67b10", "#218fcd", "#636933", "#86827d"];
const stage = document.getElementById("stage");

/** A second of signal at 1 kHz for each channel, row after row: slow and fast sines, noise, now and then a spike. */
function signals(channels) {
  const cells = new Float32Array(1000 * channels);
  for (let row = 0; row < 1000; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const noise = Math.sin((row + 1) * (channel + 1) * 12.9898) * 43758.5453;
      const base = Math.sin((row / 1000) * 2 * Math.PI * (1 + (channel % 5))) + channel * 0.05;
      cells[row * channels + channel] = base + (noise - Math.floor(noise)) * 0.2 + (row === 500 ? 1 : 0);
    }
  }
  return cells;
}

function canvas() {
  const element = document.createElement("canvas");
  stage.replaceChildren(element);
  return element;
}

/** Animation frames for so long: how many a second, and the longest gap between two. */
async function frames(millis, draw) {
  let last = await new Promise(requestAnimationFrame);
  const gaps = [];
  for (const start = last; last - start < millis; ) {
    draw(gaps.length === 0 ? 16 : gaps[gaps.length - 1]);
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return { fps: (gaps.length * 1000) / total, worstGap: Math.max(...gaps) };
}

function oursLive(channels, points) {
  const cells = signals(channels);
  const plotter = new Plotter(channels);
  plotter.stream(points, cells);
  if (plotter.samples() !== channels * points) throw new Error(`${plotter.samples()} samples held`);
  const element = canvas();
  let owed = 0;
  const draw = (elapsed) => {
    owed += elapsed;
    const rows = Math.floor(owed);
    owed -= rows;
    plotter.stream(rows, cells);
    plotter.draw(element, points / 1000);
  };
  return { draw, free: () => plotter.free() };
}

function uplotOptions(series) {
  return {
    width: WIDTH,
    height: HEIGHT,
    scales: { x: { time: true } },
    legend: { show: false },
    cursor: { show: false },
    series: [{}, ...series],
  };
}

function peerLive(channels, points) {
  const cells = signals(channels);
  const room = points + 30_000;
  const x = Float64Array.from({ length: room }, (_, i) => i / 1000);
  const columns = Array.from({ length: channels }, (_, channel) => {
    const column = new Float32Array(room);
    for (let i = 0; i < room; i++) column[i] = cells[(i % 1000) * channels + channel];
    return column;
  });
  const series = columns.map((_, i) => ({ stroke: COLOURS[i % 8], width: 1, points: { show: false } }));
  stage.replaceChildren();
  let start = 0;
  const view = () => [x, ...columns].map((column) => column.subarray(start, start + points));
  const plot = new uPlot(uplotOptions(series), view(), stage);
  let owed = 0;
  const draw = (elapsed) => {
    owed += elapsed;
    const rows = Math.floor(owed);
    owed -= rows;
    start = Math.min(start + rows, room - points);
    plot.setData(view());
  };
  return { draw, free: () => plot.destroy() };
}

/** A plot that stays on the screen: milliseconds from data in arrays to pixels in the canvas. */
async function cold(paint) {
  await new Promise(requestAnimationFrame);
  const start = performance.now();
  const [element, done] = await paint();
  // Painting is deferred; a pixel read back is a pixel painted.
  element.getContext("2d").getImageData(WIDTH >> 1, HEIGHT >> 1, 1, 1);
  const took = performance.now() - start;
  done();
  return took;
}

/** As much as uPlot's own bench draws: 55,550 times, three series. */
function coldData() {
  const count = 55_550;
  const x = Float64Array.from({ length: count }, (_, i) => 1_566_453_600 + i * 60);
  const column = (k) =>
    Float64Array.from({ length: count }, (_, i) => 30 + 20 * Math.sin(i / (500 + k * 900)) + ((i * (k + 7) * 7919) % 97) / 8);
  return { x, columns: [column(0), column(1), column(2)] };
}

const oursCold = ({ x, columns }) => {
  const cells = new Float64Array(x.length * columns.length);
  columns.forEach((column, i) => cells.set(column, i * x.length));
  return async () => {
    const element = canvas();
    const plotter = new Plotter(columns.length);
    plotter.load(x, cells);
    plotter.draw(element, x[x.length - 1] - x[0]);
    return [element, () => plotter.free()];
  };
};

const peerCold = ({ x, columns }) => async () => {
  stage.replaceChildren();
  const series = columns.map((_, i) => ({ stroke: COLOURS[i], width: 1 }));
  const plot = await new Promise((ready) => {
    const options = { ...uplotOptions(series), hooks: { draw: [(self) => ready(self)] } };
    new uPlot(options, [x, ...columns], stage);
  });
  return [plot.ctx.canvas, () => plot.destroy()];
};

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

report(async ({ bench, millis = 4000 }) => {
  await init();
  const makers = { "ferrule": oursLive, "uPlot": peerLive };
  const order = Math.random() < 0.5 ? ["ferrule", "uPlot"] : ["uPlot", "ferrule"];
  if (bench === "cold") {
    const data = coldData();
    const runs = { "ferrule": oursCold(data), "uPlot": peerCold(data) };
    const times = { "ferrule": [], "uPlot": [] };
    const first = {};
    for (let round = 0; round < 9; round++) {
      for (const name of order) {
        const took = await cold(runs[name]);
        if (round === 0) first[name] = took;
        else times[name].push(took);
      }
    }
    return { figures: { first, warm: Object.fromEntries(order.map((name) => [name, median(times[name])])) } };
  }
  const [channels, points] = bench.split("x").map(Number);
  const figures = {};
  for (const name of order) {
    const plot = makers[name](channels, points);
    await frames(500, plot.draw);
    figures[name] = await frames(+millis, plot.draw);
    plot.free();
  }
  return { figures };
});
