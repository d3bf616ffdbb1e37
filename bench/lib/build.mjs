// Builds what the benches serve: our crates in WebAssembly, the pages with their peers.

import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

export const ROOT = new URL("..", import.meta.url).pathname;
export const DIST = join(ROOT, "dist");
const PROJECT = join(ROOT, "..");

/** What perspective is made of beside its script. */
export const PERSPECTIVE = [
  ["client", "perspective-js.wasm"],
  ["server", "perspective-server.wasm"],
];

/** The wasm-bindgen program: on the path, or where `cargo xtask` installs it. */
function wasmBindgen() {
  const target = process.env.CARGO_TARGET_DIR ?? join(PROJECT, "target");
  const places = [join(target, "tools", "bin"), ...(process.env.PATH ?? "").split(delimiter)];
  const found = places.map((place) => join(place, "wasm-bindgen")).find(existsSync);
  if (!found) throw new Error("wasm-bindgen is missing: run `cargo xtask bench`, which installs it");
  return found;
}

const run = (program, args, cwd) => execFileSync(program, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });

function buildWasm() {
  const crate = join(ROOT, "wasm");
  run("cargo", ["build", "--quiet", "--release", "--lib", "--target", "wasm32-unknown-unknown"], crate);
  const target = process.env.CARGO_TARGET_DIR ?? join(crate, "target");
  const module = join(target, "wasm32-unknown-unknown", "release", "ferrule_bench.wasm");
  run(wasmBindgen(), ["--target", "web", "--no-typescript", "--keep-debug", "--out-dir", join(DIST, "wasm"), module], crate);
}

async function buildPages() {
  const pages = join(ROOT, "page");
  const names = readdirSync(pages).filter((name) => name.endsWith(".html"));
  for (const name of names) copyFileSync(join(pages, name), join(DIST, name));
  for (const name of names.map((name) => name.replace(/html$/, "css")).filter((name) => existsSync(join(pages, name)))) {
    copyFileSync(join(pages, name), join(DIST, name));
  }
  copyFileSync(join(PROJECT, "style", "tokens.css"), join(DIST, "tokens.css"));
  copyFileSync(join(ROOT, "node_modules", "uplot", "dist", "uPlot.min.css"), join(DIST, "uPlot.min.css"));
  copyFileSync(join(ROOT, "node_modules", "@xterm", "xterm", "css", "xterm.css"), join(DIST, "xterm.css"));
  for (const [part, name] of PERSPECTIVE) copyFileSync(join(ROOT, "node_modules", "@perspective-dev", part, "dist", "wasm", name), join(DIST, name));
  await build({
    entryPoints: names.map((name) => join(pages, name.replace(/html$/, "js"))).filter(existsSync),
    outdir: DIST,
    bundle: true,
    format: "esm",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    external: ["./wasm/*"],
    inject: [join(pages, "buffer-shim.js")],
    alias: { stream: join(pages, "no-stream.js") },
    define: { global: "globalThis" },
  });
}

/** Builds the pages, and our crates for those benches that measure them on their own. */
export async function buildAll({ crates = true } = {}) {
  mkdirSync(DIST, { recursive: true });
  if (crates) buildWasm();
  await buildPages();
}
