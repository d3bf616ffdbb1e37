// The service worker: keeps one release of the console whole in this browser, so that it starts without a network.
//
// The server names a release in release.json: an identity, and each file with its SHA-256 (`cargo xtask build` writes
// it). A release is kept as a whole or not at all, is answered from as a whole, and gives way to another one only when
// the page asks for that, which it does when the user said so; never while a session is open in any tab. Its state is
// in a cache, since the browser ends this worker whenever it likes.
//
// The only script that is written by hand: a service worker must run before any WebAssembly is loaded, and must be
// able to take a broken release away.
"use strict";

const SCOPE = new URL("./", self.location);
const LIST = "release.json";
// One cache for the state, and one for each release.
const STATE = "ferrule";
const PREFIX = "ferrule-";
// Every tab holds this lock, shared, while a session is open in it.
const SESSION = "ferrule: a session is open";

const address = (path) => new URL(path, SCOPE).href;
const cacheOf = (release) => caches.open(PREFIX + release.release);

// What changes the state happens in turn.
let turn = Promise.resolve();
const inTurn = (act) => (turn = turn.then(act, act));

// { current, ready }: the release that is answered from, and one that waits to be. Neither need be there.
async function state() {
  const kept = await found("state", STATE);
  return kept ? kept.json() : {};
}

// What a cache has, without making one: none comes into being again while all of them are being taken away.
const found = (path, cacheName) => caches.match(address(path), { cacheName });
const foundIn = (release, path) => found(path, PREFIX + release.release);

async function setState(now) {
  await (await caches.open(STATE)).put(address("state"), new Response(JSON.stringify(now)));
  const wanted = [now.current, now.ready].filter(Boolean).map((release) => PREFIX + release.release);
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && !wanted.includes(name)) await caches.delete(name);
  }
}

// A release as the server has it now.
async function offered() {
  const answer = await fetch(address(LIST), { cache: "no-store", signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Error(`${LIST}: ${answer.status}`);
  const list = await answer.json();
  if (list.kill === true) return list;
  const files = Object.entries(list.files ?? {});
  const plain = ([path, hash]) => /^[\w./-]*$/.test(path) && /^[A-Za-z0-9+/]{43}=$/.test(hash);
  if (!/^[0-9a-f]{16}$/.test(list.release) || !("" in list.files) || !files.every(plain)) {
    throw new Error(`${LIST} names no release`);
  }
  return { release: list.release, files: list.files };
}

// A file as it must be; the browser checks its hash.
async function exactly(path, hash) {
  const answer = await fetch(address(path), { integrity: `sha256-${hash}`, cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${path || "the page"}: ${answer.status}`);
  return answer;
}

async function isWhole(answer, hash) {
  if (!answer) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return btoa(String.fromCharCode(...digest)) === hash;
}

// Keeps a release, all of it or nothing. What another one has in common with it is not fetched again.
async function keep(release, other) {
  const cache = await cacheOf(release);
  const known = other && (await cacheOf(other));
  try {
    for (const [path, hash] of Object.entries(release.files)) {
      const same = known && other.files[path] === hash ? await known.match(address(path)) : undefined;
      const whole = same && (await isWhole(same.clone(), hash));
      await cache.put(address(path), whole ? same : await exactly(path, hash));
    }
  } catch (why) {
    await caches.delete(PREFIX + release.release);
    throw why;
  }
}

// Asks the server for its release, and keeps one that is new.
async function check() {
  const list = await offered();
  if (list.kill === true) return withdraw();
  const now = await state();
  if (!now.current) {
    await keep(list);
    await setState({ ...(await state()), current: list });
  } else if (list.release === now.current.release) {
    if (now.ready) await setState({ current: now.current });
  } else if (list.release !== now.ready?.release) {
    await keep(list, now.current);
    await setState({ ...(await state()), ready: list });
  }
  await tellAll();
}

// The switch by which a server takes all of this away again. Open pages go on; none is reloaded. A page that is still
// being opened cannot hear of it, and asks for itself.
async function withdraw() {
  const { current } = await state();
  for (const name of await caches.keys()) {
    if (name === STATE || name.startsWith(PREFIX)) await caches.delete(name);
  }
  // One that is only being installed goes by not being installed; taken away meanwhile, it would stay.
  if (self.registration.active) await self.registration.unregister();
  if (current) await tellAll("withdrawn");
  return "withdrawn";
}

// Puts the release that waits in the place of the current one, unless a session is open anywhere.
async function take(asker) {
  await navigator.locks.request(SESSION, { ifAvailable: true }, async (lock) => {
    const now = await state();
    if (!lock) asker.postMessage("held");
    else if (!now.ready) asker.postMessage("none");
    else {
      await setState({ current: now.ready });
      await tellAll("taken");
    }
  });
}

async function tellAll(words) {
  words ??= (await state()).ready ? "ready" : "none";
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage(words);
}

// Whether every file of the current release is as it was fetched; what is not is fetched again, where that can be had.
async function mended() {
  const now = await state();
  if (!now.current) return undefined;
  const mend = async ([path, hash]) => {
    if (!(await isWhole(await foundIn(now.current, path), hash))) {
      const whole = await exactly(path, hash);
      await (await cacheOf(now.current)).put(address(path), whole);
    }
  };
  try {
    await Promise.all(Object.entries(now.current.files).map(mend));
    return now.current;
  } catch {
    // Not to be had any more. What waits is whole, or the network has one.
    await setState({ current: now.ready });
    return now.ready ? mended() : undefined;
  }
}

const DAMAGED = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Ferrule</title>
<h1>Ferrule cannot start</h1>
<p>The copy kept in this browser is damaged or gone, and the server cannot be reached. Connect to the network, then load this page again.</p>
<p lang="de">Die in diesem Browser gespeicherte Kopie ist beschädigt oder fehlt, und der Server ist nicht erreichbar. Mit dem Netz verbinden, dann diese Seite neu laden.</p>`;

const damaged = () =>
  new Response(DAMAGED, {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" },
  });

// A page that is being opened gets one whole release, or what the network has.
async function page(request) {
  // Not in turn: a check may be waiting for a slow network.
  const release = await mended();
  const kept = release && (await foundIn(release, ""));
  return kept ?? fetch(request).catch(damaged);
}

// The path of an address in the release, or undefined where it is none of its business.
function pathOf(url) {
  if (!url.href.startsWith(SCOPE.href)) return undefined;
  const path = url.pathname.slice(SCOPE.pathname.length);
  return path === "index.html" ? "" : path;
}

async function file(request, path) {
  const { current } = await state();
  if (!current || !(path in current.files)) return fetch(request);
  return (await foundIn(current, path)) ?? exactly(path, current.files[path]);
}

self.addEventListener("install", (event) => {
  // Without a release there is nothing to be a worker for; with one, another worker for it is as good as any.
  const ready = inTurn(async () => {
    const done = await check().catch(async (why) => {
      if (!(await state()).current) throw why;
    });
    // Where the server withdrew it there is nothing to be a worker for, either.
    if (done === "withdrawn") throw new Error(done);
  });
  event.waitUntil(ready.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const path = pathOf(url);
  if (request.method !== "GET" || path === undefined || path === LIST || path === "sw.js") return;
  if (request.mode === "navigate") {
    if (path !== "") return;
    const opened = page(request);
    event.respondWith(opened);
    // Not meanwhile: what is withdrawn is not to be mended at the same time.
    event.waitUntil(opened.then(() => inTurn(check)).catch(() => {}));
  } else if (url.search === "") {
    event.respondWith(file(request, path));
  }
});

self.addEventListener("message", (event) => {
  const acts = {
    check,
    take: () => take(event.source),
    state: async () => (event.ports[0] ?? event.source).postMessage((await state()).ready ? "ready" : "none"),
  };
  const act = acts[event.data];
  if (act) event.waitUntil(inTurn(act).catch(() => {}));
});
