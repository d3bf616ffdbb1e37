// A device behind node's HTTP server and the WebSocket server `ws`. What it is asked it writes down.
const [, , port, root, log] = process.argv;
const fs = require('fs');
const load = (name) => require(require.resolve(name, { paths: [root] }));
const { WebSocketServer } = load('ws');

let temp = 20;
setInterval(() => { temp = temp >= 29 ? 20 : temp + 1; }, 50);
let version = 1;
let last = 0;
let connections = 0;
const asked = {};

const open = (origin) => ({
  'Access-Control-Allow-Origin': origin || '*',
  'Access-Control-Expose-Headers': 'ETag, Retry-After',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
  'Access-Control-Allow-Headers': 'content-type, if-none-match, if-modified-since, last-event-id, x-key, authorization',
});

const server = require('http').createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => { body += piece; });
  request.on('end', () => {
    const { method, url, headers } = request;
    const path = url.split('?')[0];
    if (method !== 'OPTIONS') {
      const told = ['if-none-match', 'last-event-id', 'x-key', 'authorization'].map((name) => headers[name] ? ` ${name}=${headers[name]}` : '');
      fs.appendFileSync(log, `${method} ${url}${told.join('')} ${body}\n`);
      asked[path] = (asked[path] || 0) + 1;
    }
    const json = (status, value, more = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...open(headers.origin), ...more });
      response.end(value === null ? undefined : JSON.stringify(value));
    };
    if (method === 'OPTIONS' && path === '/simple') {
      response.writeHead(404);
      return response.end();
    }
    if (method === 'OPTIONS') return json(204, null);
    if (path === '/locked' && headers.authorization !== `Basic ${Buffer.from('meter:cellar door').toString('base64')}`) {
      return json(401, null);
    }
    if (path === '/forbidden') return json(403, null);
    if (method !== 'GET' || path === '/restart') {
      version += 1;
      return json(200, { done: true });
    }
    switch (path) {
      case '/locked':
      case '/sensors':
        return json(200, { noise: [{ temp: 'x' }], sensors: [{ temp, name: 'boiler' }, { temp: -1 }] });
      case '/halves': // In two halves, the second a while later.
        response.writeHead(200, { 'Content-Type': 'application/json', ...open(headers.origin) });
        response.write(`{"temp": ${temp}, `);
        return setTimeout(() => response.end('"name": "boiler"}'), 400);
      case '/tagged': {
        const tag = `"v${version}"`;
        return json(headers['if-none-match'] === tag ? 304 : 200, headers['if-none-match'] === tag ? null : { version }, { ETag: tag });
      }
      case '/simple': // No other page may ask conditionally.
        response.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*', 'Last-Modified': 'Sat, 28 Nov 2026 10:00:00 GMT' });
        return response.end(JSON.stringify({ version }));
      case '/busy':
        if (asked[path] === 1) return json(429, { wait: true }, { 'Retry-After': '3' });
        return json(200, { temp });
      case '/elsewhere':
        return json(302, null, { Location: '/sensors' });
      case '/events': {
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', ...open(headers.origin) });
        response.write(': welcome\nretry: 700\n\n');
        let next = Number(headers['last-event-id'] || 0);
        const until = asked[path] === 1 ? 6 : 1e9;
        const timer = setInterval(() => {
          next += 1;
          last = Math.max(last, next);
          const name = next % 3 === 0 ? 'event: raw\n' : '';
          const data = next % 3 === 0 ? `data: ${next};7\n` : `data: {"number": ${next},\ndata: "temp": ${temp}}\n`;
          response.write(`id: ${next}\n${name}${data}\n`);
          if (next >= until) { clearInterval(timer); response.end(); }
        }, 100);
        return response.on('close', () => clearInterval(timer));
      }
      case '/lines': {
        response.writeHead(200, { 'Content-Type': 'application/x-ndjson', ...open(headers.origin) });
        let count = 0;
        const timer = setInterval(() => {
          count += 1;
          const line = JSON.stringify(count === 5 ? { long: 'x'.repeat(70000) } : { temp, count }) + '\n';
          // In the middle of a line, too.
          response.write(line.slice(0, 9));
          response.write(line.slice(9));
        }, 50);
        return response.on('close', () => clearInterval(timer));
      }
      default:
        return json(404, null);
    }
  });
});

const sockets = new WebSocketServer({
  server,
  handleProtocols: (offered) => (offered.has('meter.v2') ? 'meter.v2' : false),
});
sockets.on('connection', (socket, request) => {
  connections += 1;
  fs.appendFileSync(log, `WS ${request.url} ${socket.protocol}\n`);
  // The first connection dies inwardly after a while: it stays open and says nothing any more.
  let dead = false;
  if (request.url === '/dying' && connections === 1) setTimeout(() => { dead = true; }, 5000);
  const timer = setInterval(() => {
    if (!dead && request.url !== '/quiet') socket.send(JSON.stringify({ temp }));
  }, 100);
  socket.on('message', (data, binary) => {
    fs.appendFileSync(log, `SAID ${binary ? 'binary' : 'text'} ${data}\n`);
    if (!dead && String(data) === '{"ask":"alive"}') socket.send('{"alive":true}');
  });
  socket.on('close', () => clearInterval(timer));
});
server.listen(Number(port), '127.0.0.1');
