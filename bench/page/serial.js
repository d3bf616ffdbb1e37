// A page that reads a serial port as the examples do and does nothing with it but count: whatever it loses is lost on the
// way to it. Its buffer is the browser's default unless its query says otherwise.

const bufferSize = Number(new URLSearchParams(location.search).get("buffer") ?? 255);
globalThis.seen = { bytes: 0, errors: 0 };

document.querySelector("button").addEventListener("click", async () => {
  const [port] = await navigator.serial.getPorts();
  await port.open({ baudRate: 115200, bufferSize });
  globalThis.connected = true;
  while (port.readable) {
    const reader = port.readable.getReader();
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        globalThis.seen.bytes += value.length;
      }
    } catch {
      globalThis.seen.errors++;
    } finally {
      reader.releaseLock();
    }
  }
});
