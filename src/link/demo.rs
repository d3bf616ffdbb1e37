//! The simulated device, driven by the browser's timer. Nothing leaves the worker.

use super::clock::{now, sleep};
use super::{End, LinkError, LinkErrorKind, LinkInfo, Outgoing, Work};
use futures::FutureExt;
use futures::future::{Either, select};
use session::Input;
use session::link::{Family, Link as Settings};
use sim::Drive;

/// The shortest wait between two looks at the device, in milliseconds: what is due comes in one chunk, as
/// from a USB adapter's latency timer.
const LATENCY_MILLIS: f64 = 8.0;

pub(super) const INFO: LinkInfo = LinkInfo {
    kind: "demo",
    summary: "A simulated motor drive inside this tab.",
    family: Family::PointToPoint,
    supported: || Ok(()),
    open,
};

fn open(settings: &Settings, end: End) -> Option<Work> {
    let Settings::Demo(demo) = settings else { return None };
    let rate_hz = demo.rate_hz;
    Some(async move { end.until_dropped(run(rate_hz, &end)).await }.boxed_local())
}

async fn run(rate_hz: u32, end: &End) -> Result<(), LinkError> {
    // The hour of its start is the seed: two drives differ, and a drive opened again is another one.
    let mut drive = Drive::new(now().0.unsigned_abs());
    drive.set_rate(rate_hz);
    let mut bytes = Vec::new();
    end.deliver(Input::Opened);
    loop {
        drive.poll(now().0, &mut bytes);
        if !bytes.is_empty() {
            end.deliver(Input::Bytes { bytes: &bytes, message_end: false });
            bytes.clear();
        }
        if drive.gone() {
            let why = "The simulated drive was unplugged. It can be plugged in again: reconnect.";
            return Err(LinkError::new(LinkErrorKind::Lost, why));
        }
        let wait = (drive.due().saturating_sub(now().0) as f64 / 1e6).max(LATENCY_MILLIS);
        let (elapsed, asked) = (std::pin::pin!(sleep(wait)), std::pin::pin!(end.outgoing()));
        match select(elapsed, asked).await {
            Either::Left(_) => {}
            Either::Right((Outgoing::Bytes(line), _)) => {
                drive.receive(now().0, &line);
                end.deliver(Input::Transmitted(line.len()));
            }
            // The drive is no broker; the session publishes nothing to it.
            Either::Right((Outgoing::Publication(_) | Outgoing::Request(_), _)) => {}
            Either::Right((Outgoing::Fault(name), _)) => {
                if let Err(error) = drive.fault(now().0, &name) {
                    let why = format!("The demo device cannot do {name:?}: {error}.");
                    end.deliver(Input::NotTransmitted { len: 0, why: &why });
                }
            }
        }
    }
}
