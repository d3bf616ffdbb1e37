//! Serial ports by Web Serial (WICG), opened, read and written in the worker. The page only asks the person
//! for the permission (`browser::serial`); [`ports`] finds what was granted.

mod api;
mod signals;

use super::alike::{self, Choice, Memory, is_alike};
use super::clock::{now, sleep, within};
use super::{End, LinkError, LinkErrorKind, LinkInfo, Outgoing, Work, page, web_lock};
use crate::words::link as words;
use api::SerialPort;
use futures::FutureExt;
use futures::future::{Either, select};
use js_sys::{Object, Reflect, Uint8Array};
use session::link::{Family, Link as Settings, Parity, Port, Serial};
use session::{Input, LineError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, WritableStreamDefaultWriter};

pub use api::on_change;

/// The shortest time between two readers, in milliseconds: a storm of line errors gets at most 50 a second.
const READER_MILLIS: f64 = 20.0;
/// System errors in a row, without a byte between them, that are survived.
const SYSTEM_ERRORS: u32 = 3;
/// How long the device may take none of what is sent, in milliseconds.
const WRITE_MILLIS: f64 = 5_000.0;
/// How long opening may take, in milliseconds. Some drivers wait for their device for ever.
const OPEN_MILLIS: f64 = 10_000.0;
/// The largest piece of a chunk that is copied at once.
const PIECE_BYTES: u32 = 1 << 20;

pub(super) const INFO: LinkInfo = LinkInfo {
    kind: "serial",
    summary: "A device on a USB or serial port of this computer.",
    family: Family::PointToPoint,
    supported,
    open,
};

fn open(settings: &Settings, end: End) -> Option<Work> {
    let Settings::Serial(serial) = settings else { return None };
    let serial = serial.clone();
    Some(async move { run(&serial, &end).await }.boxed_local())
}

/// Whether this browser offers serial ports here.
///
/// # Errors
/// Why not, and what to do.
pub fn supported() -> Result<(), &'static str> {
    api::present()
        .then_some(())
        .ok_or_else(|| if api::is_secure() { words::serial_unsupported() } else { words::serial_insecure() })
}

/// A port that the person chose: of so many ports that are granted now the one at that index, in the browser's order, which is
/// the same in the worker. Their places among those that look alike only the worker knows.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// Its USB numbers.
    pub id: Port,
    /// Where it is among the granted ports.
    pub at: usize,
    /// How many those are.
    pub of: usize,
}

/// Has the browser ask the person for a port. Works on the page, in the course of a click; `wanted` narrows the
/// choice to a vendor and product. `None` if the person chose none.
///
/// # Errors
/// Where the browser has no Web Serial or does not permit it here.
pub async fn request(wanted: Port) -> Result<Option<Chosen>, LinkError> {
    let unsupported = |why| LinkError::new(LinkErrorKind::Unsupported, why);
    supported().map_err(unsupported)?;
    match api::request(&wanted).await.ok_or_else(|| unsupported(words::serial_unsupported()))? {
        Ok(chosen) => {
            let granted = api::unnumbered().await;
            let at = granted.iter().position(|port| *port == chosen).unwrap_or(granted.len());
            Ok(Some(Chosen { id: chosen.id(), at, of: granted.len() }))
        }
        // The chooser was closed.
        Err(error) if page::error_name(&error) == "NotFoundError" => Ok(None),
        Err(error) => {
            let said = page::error_text(&error);
            Err(LinkError::new(LinkErrorKind::Denied, words::serial_not_given(&said)))
        }
    }
}

/// Takes the permission for a port back.
pub async fn forget(port: Port) {
    if let Some((handle, _)) = api::granted().await.into_iter().find(|(_, known)| *known == port) {
        // A browser that cannot forget leaves the port in the list, which the page shows.
        let _ = JsFuture::from(handle.forget()).await;
    }
}

/// The granted ports that are plugged in, in the browser's order; in the worker. Notes for every session which of them look
/// like its own while its own is there: they are others.
pub async fn plugged() -> Vec<(JsValue, Port)> {
    let plugged: Vec<_> = api::granted().await.into_iter().map(|(port, id)| (JsValue::from(port), id)).collect();
    alike::beside(&plugged);
    plugged
}

/// Ports keep the places that a worker before this one had given them, where nothing has changed since.
pub fn number_as(before: Vec<Port>) {
    api::put_before(before);
}

async fn find(wanted: &Port, memory: &Memory) -> Result<SerialPort, LinkError> {
    let mut alike: Vec<(SerialPort, Port)> = api::granted().await;
    // One that is named exactly is meant even where its numbers are none; else whatever has the numbers that are given.
    let exactly = alike.iter().any(|(_, id)| id == wanted);
    alike.retain(|(_, id)| {
        let given = wanted.vendor.is_none_or(|vendor| id.vendor == Some(vendor))
            && wanted.product.is_none_or(|product| id.product == Some(product));
        if exactly { is_alike(id, wanted) } else { given }
    });
    alike.sort_by_key(|(_, id)| id.nth);
    let values: Vec<JsValue> = alike.iter().map(|(port, _)| JsValue::from(port.clone())).collect();
    let first = alike.iter().position(|(_, id)| id == wanted);
    let any = wanted.vendor.is_none() || wanted.product.is_none();
    let first = first.or_else(|| any.then_some(usize::from(wanted.nth)));
    let (kind, why) = match memory.choose(&values, first) {
        Choice::This(at) => {
            memory.chosen(&values, at);
            return Ok(alike.swap_remove(at).0);
        }
        Choice::Unclear => (LinkErrorKind::Ambiguous, words::serial_alike().to_owned()),
        Choice::Strangers(why) => (LinkErrorKind::Stranger, why),
        Choice::None => match (wanted.vendor, wanted.product) {
            (Some(vendor), Some(product)) => (LinkErrorKind::Absent, words::serial_absent(vendor, product)),
            _ => (LinkErrorKind::Absent, words::serial_none().to_owned()),
        },
    };
    Err(LinkError::new(kind, why))
}

async fn run(serial: &Serial, end: &End) -> Result<(), LinkError> {
    let found = async { find(&serial.port, &end.memory).await };
    let dropped = end.dropped();
    let port = match select(std::pin::pin!(found), std::pin::pin!(dropped)).await {
        Either::Left((port, _)) => port?,
        Either::Right(_) => return Ok(()),
    };
    let mut held =
        api::Held::take(&port).await.ok_or_else(|| LinkError::new(LinkErrorKind::InUse, words::serial_held()))?;
    // Not cut short when the link is dropped: a port that opens later would stay open.
    match within(OPEN_MILLIS, JsFuture::from(port.open(&options(serial)))).await {
        Some(Ok(_)) => {}
        Some(Err(error)) => {
            return Err(not_opened(&error, serial, web_lock::is_held_elsewhere(&lock(&serial.port)).await));
        }
        None => return Err(LinkError::new(LinkErrorKind::Refused, words::serial_hangs())),
    }
    held.opened();
    let _opened = end.memory.opened();
    let _told = web_lock::Named::hold(&lock(&serial.port));
    let work = async {
        signals::begin(&port, serial).await?;
        end.deliver(Input::Opened);
        let (reading, writing) = (std::pin::pin!(read(&port, end)), std::pin::pin!(write(&port, serial, end)));
        let moving = select(reading, writing).map(|either| either.factor_first().0);
        let setting = std::pin::pin!(signals::follow(&port, serial, end));
        select(moving, setting).map(|either| either.factor_first().0).await
    };
    let outcome = end.until_dropped(work).await;
    // The streams' locks were given back when `work` was dropped. The port itself closes behind our back: a
    // driver that hangs delays neither the news that the device is gone nor whatever comes next.
    wasm_bindgen_futures::spawn_local(held.close());
    outcome
}

fn options(serial: &Serial) -> Object {
    let line = &serial.line;
    let parity = match line.parity {
        Parity::None => "none",
        Parity::Even => "even",
        Parity::Odd => "odd",
    };
    api::object(&[
        ("baudRate", line.baud.into()),
        ("dataBits", line.data_bits.into()),
        ("stopBits", line.stop_bits.into()),
        ("parity", parity.into()),
        ("flowControl", if line.hardware_flow { "hardware" } else { "none" }.into()),
        ("bufferSize", serial.buffer_bytes.into()),
    ])
}

/// The name under which the tabs of this console tell each other that they have a port open.
fn lock(port: &Port) -> String {
    let id = |id: Option<u16>| id.map_or_else(|| "any".to_owned(), |id| format!("{id:04x}"));
    // Not the place among those that look alike, which is another one in another tab.
    format!("ferrule: serial port {}:{}", id(port.vendor), id(port.product))
}

/// `told`: some tab of this console says that it has the port open.
fn not_opened(error: &JsValue, serial: &Serial, told: bool) -> LinkError {
    let said = page::error_text(error);
    match page::error_name(error).as_str() {
        "NetworkError" if told => LinkError::new(LinkErrorKind::InUse, words::serial_other_tab()),
        "InvalidStateError" => LinkError::new(LinkErrorKind::InUse, words::serial_open_already()),
        "NetworkError" => LinkError::new(LinkErrorKind::InUse, words::serial_taken(&said)),
        "SecurityError" | "NotAllowedError" => LinkError::new(LinkErrorKind::Denied, words::serial_forbidden(&said)),
        "TypeError" => LinkError::new(LinkErrorKind::Settings, words::serial_settings(&said, serial.line.baud)),
        _ => LinkError::new(LinkErrorKind::Refused, words::serial_not_opened(&said)),
    }
}

/// A reader that gives its lock back.
struct Reader(ReadableStreamDefaultReader);

impl Drop for Reader {
    fn drop(&mut self) {
        let cancelled = self.0.cancel();
        // Its outcome does not matter, but a rejection nobody hears would be reported as an error of the page.
        wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(cancelled).await) });
        self.0.release_lock();
    }
}

/// Reads until the device is gone. Line errors end a stream, not the port: the next one is taken.
async fn read(port: &SerialPort, end: &End) -> Result<(), LinkError> {
    let mut buffer = Vec::new();
    let mut system_errors = 0;
    loop {
        let taken = now();
        let Some(stream) = port.readable() else { return Err(lost()) };
        let Ok(reader) = ReadableStreamDefaultReader::new(&stream).map(Reader) else { return Err(lost()) };
        let error = loop {
            let piece = match JsFuture::from(reader.0.read()).await {
                Ok(piece) => piece,
                Err(error) => break error,
            };
            let value = Reflect::get(&piece, &"value".into()).unwrap_or(JsValue::UNDEFINED);
            let Ok(array) = value.dyn_into::<Uint8Array>() else { break JsValue::UNDEFINED };
            system_errors = 0;
            super::copy_pieces(&array, PIECE_BYTES, &mut buffer, |bytes, _| {
                end.deliver(Input::Bytes { bytes, message_end: false });
            });
        };
        drop(reader);
        let Some(line_error) = survivable(&page::error_name(&error)) else { return Err(lost()) };
        if line_error == LineError::Other {
            system_errors += 1;
            if system_errors > SYSTEM_ERRORS {
                let why = words::serial_unreadable(&page::error_text(&error));
                return Err(LinkError::new(LinkErrorKind::Lost, why));
            }
        }
        end.deliver(Input::LineError(line_error));
        let since = now().nanos_since(taken) as f64 / 1e6;
        if since < READER_MILLIS {
            sleep(READER_MILLIS - since).await;
        }
    }
}

/// The error's meaning by its name, unless the port went with it (Web Serial, "readable", step "pull").
fn survivable(name: &str) -> Option<LineError> {
    Some(match name {
        "BreakError" => LineError::Break,
        "FramingError" => LineError::Framing,
        "ParityError" => LineError::Parity,
        "BufferOverrunError" => LineError::Overrun,
        "NetworkError" => return None,
        _ => LineError::Other,
    })
}

fn lost() -> LinkError {
    LinkError::new(LinkErrorKind::Absent, words::serial_gone())
}

/// A writer that gives its lock back, and gives up what it has not written.
struct Writer(WritableStreamDefaultWriter);

impl Drop for Writer {
    fn drop(&mut self) {
        let aborted = self.0.abort();
        wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(aborted).await) });
        self.0.release_lock();
    }
}

/// Writes what is queued. A device that takes nothing refuses what waits; the port stays open for reading.
async fn write(port: &SerialPort, serial: &Serial, end: &End) -> Result<(), LinkError> {
    // About a second of the line each: the time limit then means silence, not a slow line.
    let piece = usize::try_from(serial.line.baud / 10).unwrap_or(usize::MAX).clamp(32, 64 << 10);
    let mut writer: Option<Writer> = None;
    loop {
        let Outgoing::Bytes(bytes) = end.outgoing().await else { continue };
        if writer.is_none() {
            writer = port.writable().and_then(|stream| stream.get_writer().ok()).map(Writer);
        }
        let mut left = bytes.len();
        let mut failure = None;
        for part in bytes.chunks(piece) {
            failure = match &writer {
                Some(writer) => write_part(&writer.0, part).await.err(),
                None => Some(words::serial_no_writer().to_owned()),
            };
            if failure.is_some() {
                break;
            }
            left = left.saturating_sub(part.len());
            end.deliver(Input::Transmitted(part.len()));
        }
        if let Some(why) = failure {
            writer = None;
            // What waits behind it would fail the same way, seconds apart.
            while let Some(outgoing) = end.try_outgoing() {
                if let Outgoing::Bytes(bytes) = outgoing {
                    left += bytes.len();
                }
            }
            end.deliver(Input::NotTransmitted { len: left, why: &why });
        }
    }
}

async fn write_part(writer: &WritableStreamDefaultWriter, part: &[u8]) -> Result<(), String> {
    let written = async {
        JsFuture::from(writer.ready()).await?;
        JsFuture::from(writer.write_with_chunk(&Uint8Array::from(part))).await
    };
    match within(WRITE_MILLIS, written).await {
        Some(Ok(_)) => Ok(()),
        Some(Err(error)) => Err(words::serial_not_written(&page::error_text(&error))),
        None => Err(words::serial_stuck().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{LineError, survivable};

    #[test]
    fn f1_f2_f4_f5_which_errors_leave_the_port_open() {
        assert_eq!(survivable("BreakError"), Some(LineError::Break));
        assert_eq!(survivable("FramingError"), Some(LineError::Framing));
        assert_eq!(survivable("ParityError"), Some(LineError::Parity));
        assert_eq!(survivable("BufferOverrunError"), Some(LineError::Overrun));
        assert_eq!(survivable("UnknownError"), Some(LineError::Other));
        assert_eq!(survivable("NetworkError"), None);
    }
}
