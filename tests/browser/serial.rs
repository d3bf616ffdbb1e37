//! The Web Serial link over a fake `navigator.serial`, which follows the specification's rules for streams: a
//! non-fatal error ends the current `readable` and the next one is there at once; a fatal one leaves null.

use crate::heard::{open, until};
use ferrule_web::link::clock::{now, sleep};
use ferrule_web::link::{LinkErrorKind, web_serial};
use session::link::{Line, Link, Port, Serial};
use session::signal::Signal;
use session::{CloseKind, LineError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = "
class FakePort extends EventTarget {
  constructor(vendor, product) {
    super();
    Object.assign(this, { vendor, product, readable: null, sink: null, opened: 0, closed: 0, written: [] });
    Object.assign(this, { stuck: false, refusal: null, signals: null, streams: 0, options: null, hangs: false });
  }
  getInfo() { return { usbVendorId: this.vendor, usbProductId: this.product }; }
  stream() {
    this.streams += 1;
    this.readable = new ReadableStream({ start: (c) => { this.source = c; } }, { highWaterMark: 0 });
  }
  get writable() {
    if (this.opened <= this.closed) return null;
    const port = this;
    if (!this.sink) this.sink = new WritableStream({
      write(chunk, controller) {
        // A write that waits for the device is rejected when the stream is aborted.
        if (port.stuck) return new Promise((_, reject) => {
          controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
        });
        port.written.push(...chunk);
      },
      abort() { port.sink = null; },
    });
    return this.sink;
  }
  async open(options) {
    if (this.refusal === 'TypeError') throw new TypeError('The baudRate is not supported.');
    if (this.refusal) throw new DOMException('Failed to open serial port.', this.refusal);
    if (this.opened > this.closed) throw new DOMException('The port is already open.', 'InvalidStateError');
    this.options = options;
    this.opened += 1;
    this.stream();
  }
  async forget() { ports = ports.filter((port) => port !== this); }
  async setSignals(signals) {
    if (this.refuses) throw new DOMException('Failed to set control signals.', 'NetworkError');
    this.signals = signals; (this.said ??= []).push(signals);
  }
  async getSignals() {
    this.looks = (this.looks ?? 0) + 1;
    return { clearToSend: !!this.cts, dataSetReady: true, dataCarrierDetect: false, ringIndicator: false };
  }
  async close() {
    if (this.readable?.locked || this.sink?.locked) throw new TypeError('Cannot cancel a locked stream');
    if (this.hangs) return new Promise(() => {});
    this.readable = null; this.sink = null;
    this.closed += 1;
  }
}
let ports = [], chosen = null, asked = null;
async function requestPort(options) {
  asked = options;
  if (!chosen) throw new DOMException('No port selected by the user.', 'NotFoundError');
  if (chosen === 'denied') throw new DOMException('Access is denied by policy.', 'SecurityError');
  return chosen;
}
Object.defineProperty(self.navigator, 'serial', { configurable: true, value: {
  getPorts: async () => ports, requestPort, addEventListener() {}, removeEventListener() {} } });
export function asked_for() { return JSON.stringify(asked); }
export function choose(choice) { chosen = choice; }
export function plug(vendor, product) { const p = new FakePort(vendor, product); ports.push(p); return p; }
export function sends(port, bytes) { port.source.enqueue(new Uint8Array(bytes)); }
export async function fails(port, name) {
  // An error meets whoever reads; the link may be between two readers.
  while (!port.readable?.locked) await new Promise((resolve) => setTimeout(resolve, 1));
  const old = port.source;
  if (name === 'NetworkError') port.readable = null; else port.stream();
  old.error(new DOMException('The device has failed: ' + name, name));
}
export function set(port, key, value) { port[key] = value; }
export function number(port, key) { return port[key]; }
export function written(port) { return new Uint8Array(port.written); }
export function hold_lock(name) {
  return new Promise((held) => { self.navigator.locks.request(name, { mode: 'shared' }, () => { held(); return new Promise(() => {}); }); });
}
export function json(port, key) { return JSON.stringify(port[key]) ?? ''; }
")]
extern "C" {
    type FakePort;
    fn plug(vendor: u16, product: u16) -> FakePort;
    fn choose(choice: &JsValue);
    fn sends(port: &FakePort, bytes: &[u8]);
    async fn fails(port: &FakePort, name: &str);
    fn set(port: &FakePort, key: &str, value: JsValue);
    fn number(port: &FakePort, key: &str) -> u32;
    fn written(port: &FakePort) -> Vec<u8>;
    fn json(port: &FakePort, key: &str) -> String;
    fn asked_for() -> String;
    async fn hold_lock(name: &str);
}

/// Each test has a device of its own, so that they do not meet.
fn device(product: u16) -> (FakePort, Link) {
    let port = Port { vendor: Some(0x1209), product: Some(product), nth: 0 };
    (plug(0x1209, product), Link::Serial(Serial { port, ..Serial::default() }))
}

#[wasm_bindgen_test]
async fn a_port_opens_reads_writes_and_closes() {
    let (port, mut settings) = device(1);
    if let Link::Serial(serial) = &mut settings {
        serial.dtr = Some(false);
        serial.line = "9600/7E2/rtscts".parse().expect("a line");
    }
    let (mut link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    assert_eq!(
        json(&port, "options"),
        r#"{"baudRate":9600,"dataBits":7,"stopBits":2,"parity":"even","flowControl":"hardware","bufferSize":1048576}"#
    );
    assert_eq!(json(&port, "signals"), r#"{"dataTerminalReady":false}"#);
    sends(&port, b"temp:2");
    sends(&port, b"1.5\n");
    until(&heard, |heard| heard.bytes == b"temp:21.5\n").await;
    link.send(b"help\n".to_vec()).expect("room");
    until(&heard, |heard| heard.transmitted == 5).await;
    assert_eq!(written(&port), b"help\n");
    drop(link);
    while number(&port, "closed") == 0 {
        sleep(5.0).await;
    }
    assert!(heard.borrow().closed.is_empty(), "who dropped it knows");
}

#[wasm_bindgen_test]
async fn f1_f3_a_line_error_ends_the_stream_and_not_the_link() {
    let (port, settings) = device(2);
    let (_link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    let errors = ["BreakError", "FramingError", "ParityError", "BufferOverrunError"];
    for (n, name) in errors.into_iter().enumerate() {
        sends(&port, b"half a fra");
        until(&heard, |heard| heard.bytes.len() == 20 * n + 10).await;
        fails(&port, name).await;
        sends(&port, b"goes on...");
        until(&heard, |heard| heard.bytes.len() == 20 * n + 20).await;
    }
    let heard = heard.borrow();
    assert_eq!(heard.line_errors, [LineError::Break, LineError::Framing, LineError::Parity, LineError::Overrun]);
    assert!(heard.closed.is_empty());
}

#[wasm_bindgen_test]
async fn f2_a_storm_of_errors_takes_at_most_fifty_readers_a_second() {
    let (port, settings) = device(3);
    let (_link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    let (begun, before) = (now(), number(&port, "streams"));
    for n in 1..=20 {
        fails(&port, "FramingError").await;
        until(&heard, |heard| heard.line_errors.len() == n).await;
    }
    // The lower bound is what is promised; how much longer it takes is the machine's affair.
    assert!(now().nanos_since(begun) >= 18 * 20_000_000, "20 readers in {} ns", now().nanos_since(begun));
    assert_eq!(number(&port, "streams") - before, 20);
    assert!(heard.borrow().closed.is_empty());
}

#[wasm_bindgen_test]
async fn f4_system_errors_are_survived_three_times_in_a_row() {
    let (port, settings) = device(4);
    let (_link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    for n in 1..=3 {
        fails(&port, "UnknownError").await;
        until(&heard, |heard| heard.line_errors.len() == n).await;
    }
    sends(&port, b"!");
    until(&heard, |heard| heard.bytes == b"!").await;
    for n in 4..=6 {
        fails(&port, "UnknownError").await;
        until(&heard, |heard| heard.line_errors.len() == n).await;
    }
    fails(&port, "UnknownError").await;
    until(&heard, |heard| heard.closed.len() == 1).await;
    assert_eq!(heard.borrow().closed[0].kind, CloseKind::Lost);
    while number(&port, "closed") == 0 {
        sleep(5.0).await;
    }
}

#[wasm_bindgen_test]
async fn f5_f6_an_unplugged_device_is_absent_and_opens_again() {
    let (port, settings) = device(5);
    let (link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    sends(&port, b"half");
    until(&heard, |heard| heard.bytes == b"half").await;
    fails(&port, "NetworkError").await;
    until(&heard, |heard| heard.closed.len() == 1).await;
    let reason = heard.borrow().closed[0].clone();
    assert_eq!((reason.kind, reason.retry), (CloseKind::Absent, true), "{}", reason.why);
    drop(link);
    let (_link, again) = open(&settings);
    until(&again, |heard| heard.opened == 1).await;
}

#[wasm_bindgen_test]
async fn a_port_that_was_not_granted_is_absent() {
    let port = Port { vendor: Some(0x1209), product: Some(0xffff), nth: 0 };
    let (_link, heard) = open(&Link::Serial(Serial { port, ..Serial::default() }));
    until(&heard, |heard| heard.closed.len() == 1).await;
    let reason = heard.borrow().closed[0].clone();
    assert_eq!(reason.kind, CloseKind::Absent);
    assert!(reason.why.contains("1209:ffff"), "{}", reason.why);
}

#[wasm_bindgen_test]
async fn f9_a_busy_port_names_the_likely_cause() {
    let (port, settings) = device(6);
    set(&port, "refusal", "NetworkError".into());
    let (_link, heard) = open(&settings);
    until(&heard, |heard| heard.closed.len() == 1).await;
    let reason = heard.borrow().closed[0].clone();
    assert_eq!((reason.kind, reason.retry), (CloseKind::InUse, true));
    assert!(reason.why.contains("another program or another tab"), "{}", reason.why);
}

#[wasm_bindgen_test]
async fn f9_a_port_that_another_tab_of_the_console_has_is_said_to_be_there() {
    let (port, settings) = device(0x16);
    set(&port, "refusal", "NetworkError".into());
    hold_lock("ferrule: serial port 1209:0016").await;
    let (_link, heard) = open(&settings);
    until(&heard, |heard| heard.closed.len() == 1).await;
    let reason = heard.borrow().closed[0].clone();
    assert_eq!((reason.kind, reason.retry), (CloseKind::InUse, true));
    assert!(reason.why.starts_with("Another tab of this console has that port open."), "{}", reason.why);
}

#[wasm_bindgen_test]
async fn f9_two_sessions_do_not_share_a_port() {
    let (_port, settings) = device(7);
    let (first, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    let (_second, refused) = open(&settings);
    until(&refused, |heard| heard.closed.len() == 1).await;
    assert_eq!(refused.borrow().closed[0].kind, CloseKind::InUse);
    drop(first);
    let (_third, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
}

#[wasm_bindgen_test]
async fn f10_settings_that_cannot_work_do_not_reach_the_browser() {
    let (port, settings) = device(8);
    let Link::Serial(serial) = settings else { unreachable!() };
    for wrong in [
        Serial { line: Line { baud: 0, ..serial.line }, ..serial.clone() },
        Serial { buffer_bytes: (16 << 20) + 1, ..serial },
    ] {
        let (_link, heard) = open(&Link::Serial(wrong));
        until(&heard, |heard| heard.closed.len() == 1).await;
        assert_eq!(heard.borrow().closed[0].kind, CloseKind::Unusable);
    }
    assert_eq!(number(&port, "opened"), 0);
}

#[wasm_bindgen_test]
async fn f10_what_the_browser_says_of_settings_it_does_not_take_is_readable() {
    let (port, settings) = device(0x18);
    set(&port, "refusal", "TypeError".into());
    let (_link, heard) = open(&settings);
    until(&heard, |heard| heard.closed.len() == 1).await;
    let reason = heard.borrow().closed[0].clone();
    assert_eq!((reason.kind, reason.retry), (CloseKind::Unusable, false));
    let why = "The port does not take these settings (The baudRate is not supported): 115200 baud. Change the profile's link.";
    assert_eq!(reason.why, why);
}

/// The ports that are plugged in and were granted.
async fn ports() -> Vec<Port> {
    web_serial::plugged().await.into_iter().map(|(_, port)| port).collect()
}

/// Which of them was chosen, when one is asked for.
async fn chosen(wanted: Port) -> Option<Port> {
    let chosen = web_serial::request(wanted).await.expect("nothing is refused")?;
    let ports = ports().await;
    assert_eq!(chosen.of, ports.len());
    let port = ports[chosen.at];
    assert_eq!((chosen.id.vendor, chosen.id.product), (port.vendor, port.product));
    Some(port)
}

#[wasm_bindgen_test]
async fn s4_the_browser_offers_only_what_the_profile_names_and_a_permission_is_given_back() {
    let (port, _) = device(0x14);
    choose(&port.into());
    let wanted = Port { vendor: Some(0x1209), product: Some(0x14), nth: 0 };
    assert_eq!(chosen(wanted).await, Some(wanted));
    assert_eq!(asked_for(), r#"{"filters":[{"usbVendorId":4617,"usbProductId":20}]}"#);
    assert!(web_serial::request(Port { product: None, ..wanted }).await.is_ok());
    assert_eq!(asked_for(), r#"{"filters":[{"usbVendorId":4617}]}"#);
    assert!(web_serial::request(Port::default()).await.is_ok());
    assert_eq!(asked_for(), r#"{"filters":[]}"#, "a profile that names no vendor narrows nothing");
    web_serial::forget(wanted).await;
    assert!(!ports().await.contains(&wanted));
}

#[wasm_bindgen_test]
async fn f13_a_device_that_takes_nothing_refuses_and_still_closes() {
    let (port, settings) = device(9);
    set(&port, "stuck", true.into());
    let (mut link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    link.send(vec![b'x'; 100]).expect("room");
    link.send(vec![b'y'; 50]).expect("room");
    sends(&port, b"still reading");
    until(&heard, |heard| heard.bytes == b"still reading").await;
    until(&heard, |heard| !heard.refused.is_empty()).await;
    assert_eq!(heard.borrow().refused[0].0, 150, "the rest of the queue goes with it");
    set(&port, "stuck", false.into());
    link.send(b"again".to_vec()).expect("room");
    until(&heard, |heard| heard.transmitted == 5).await;
    assert_eq!(written(&port), b"again");
    set(&port, "stuck", true.into());
    link.send(b"waits".to_vec()).expect("room");
    sleep(20.0).await;
    let dropped = now();
    drop(link);
    while number(&port, "closed") == 0 {
        sleep(5.0).await;
    }
    let took = now().nanos_since(dropped);
    assert!(took <= 1_000_000_000, "closing took {took} ns while a write was waiting");
}

#[wasm_bindgen_test]
async fn alike_ports_are_numbered() {
    let (_one, _) = device(10);
    let (_two, _) = device(10);
    let places: Vec<u16> = ports().await.iter().filter(|p| p.product == Some(10)).map(|p| p.nth).collect();
    assert_eq!(places, [0, 1]);
    assert_eq!(web_serial::supported(), Ok(()));
}

#[wasm_bindgen_test]
async fn asking_for_a_port_gives_the_chosen_one_or_none_or_words() {
    let (_one, _) = device(11);
    let (two, _) = device(11);
    let any = Port::default();
    choose(&two.into());
    let second = Port { vendor: Some(0x1209), product: Some(11), nth: 1 };
    assert_eq!(chosen(any).await, Some(second));
    choose(&JsValue::NULL);
    assert_eq!(chosen(any).await, None, "the chooser was closed");
    choose(&"denied".into());
    let denied = web_serial::request(any).await.expect_err("a refusal");
    assert_eq!(denied.kind, LinkErrorKind::Denied);
    assert!(denied.message.contains("Access is denied by policy. Allow serial ports"), "{}", denied.message);
}

#[wasm_bindgen_test]
async fn a_port_that_is_forgotten_is_not_listed_any_more() {
    let (_one, _) = device(12);
    let (_two, _) = device(12);
    let places = async || {
        let ports = ports().await;
        ports.iter().filter(|port| port.product == Some(12)).map(|port| port.nth).collect::<Vec<_>>()
    };
    assert_eq!(places().await, [0, 1]);
    web_serial::forget(Port { vendor: Some(0x1209), product: Some(12), nth: 1 }).await;
    assert_eq!(places().await, [0]);
    web_serial::forget(Port { vendor: Some(0x1209), product: Some(12), nth: 7 }).await;
    assert_eq!(places().await, [0]);
}

#[wasm_bindgen_test]
async fn signals_are_looked_at_when_asked_and_set_when_told() {
    let (port, settings) = device(31);
    let (mut link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    sleep(300.0).await;
    assert_eq!(json(&port, "looks"), "", "nobody asked");
    set(&port, "cts", true.into());
    link.look_at_signals();
    until(&heard, |heard| heard.signals.len() == 1).await;
    let inputs = heard.borrow().signals[0].inputs.expect("looked at");
    assert_eq!((inputs.cts, inputs.dsr, inputs.dcd, inputs.ri), (true, true, false, false));
    link.set_signal(Signal::Dtr(false));
    link.set_signal(Signal::Rts(true));
    link.set_signal(Signal::SendBreak);
    until(&heard, |heard| heard.signals.len() == 5).await;
    let said = r#"[{"dataTerminalReady":false},{"requestToSend":true},{"break":true},{"break":false}]"#;
    assert_eq!(json(&port, "said"), said);
    let breaks: Vec<bool> = heard.borrow().signals.iter().map(|known| known.breaking).collect();
    assert_eq!(breaks, [false, false, false, true, false]);
    let last = heard.borrow().signals.last().cloned().expect("told");
    assert_eq!((last.dtr, last.rts), (Some(false), Some(true)));
}

#[wasm_bindgen_test]
async fn a_signal_that_the_port_refuses_is_said_and_the_link_goes_on() {
    let (port, settings) = device(32);
    let (mut link, heard) = open(&settings);
    until(&heard, |heard| heard.opened == 1).await;
    set(&port, "refuses", true.into());
    link.set_signal(Signal::Rts(false));
    until(&heard, |heard| heard.signals.len() == 1).await;
    let told = heard.borrow().signals[0].clone();
    assert_eq!(told.rts, None);
    assert!(told.failed.contains("did not set the signal (Failed to set control signals)"), "{}", told.failed);
    sends(&port, b"on");
    until(&heard, |heard| heard.bytes == b"on").await;
}
