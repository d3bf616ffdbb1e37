// Serving: by the release `ferrule serve`, with the headers the console ships with; and by a server without a content
// security policy, for the comparison.

import { spawn } from "node:child_process";
import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { ROOT } from "./build.mjs";

const PROJECT = join(ROOT, "..");
/** The native tool. */
export const BINARY = process.env.FERRULE_BIN ?? join(PROJECT, "target", "release", "ferrule");

/** The built console. */
export const CONSOLE = process.env.FERRULE_DIST ?? join(PROJECT, "dist");

/** Serves `root` as it ships; resolves to { url, close }. */
export async function serve(root) {
  if (!existsSync(BINARY) || !existsSync(join(root, "index.html"))) {
    throw new Error("nothing is built: run `cargo xtask bench`, which builds the console and the native tool");
  }
  const words = ["serve", "--root", root, "--listen", "127.0.0.1:0"];
  const server = spawn(BINARY, words, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((done, fail) => {
    server.once("exit", () => fail(new Error("ferrule serve ended")));
    server.stdout.on("data", (data) => {
      const found = /http:\/\/[^\s/]+\//.exec(String(data));
      if (found) done(found[0]);
    });
  });
  return { url, close: () => server.kill() };
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
  ".css": "text/css; charset=utf-8",
};

/**
 * Serves `root` with the isolation headers but no policy; resolves to { url, close }. With `compressed`, as a good server
 * would: brotli at its highest setting.
 */
export function serveWithoutPolicy(root, { compressed = false } = {}) {
  // Beforehand: it takes its time.
  const files = compressed ? readdirSync(root).map((name) => join(root, name)) : [];
  const small = new Map(
    files.filter((file) => extname(file) in TYPES && statSync(file).isFile()).map((file) => [file, brotliCompressSync(readFileSync(file))]),
  );
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = join(root, path);
    if (!file.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const headers = {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cache-Control": "no-store",
    };
    const body = small.get(file);
    if (body) {
      response.writeHead(200, { ...headers, "Content-Encoding": "br", "Content-Length": body.length }).end(body);
      return;
    }
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
  });
  return new Promise((done) => {
    const ready = () => done({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() });
    server.listen(0, "127.0.0.1", ready);
  });
}
