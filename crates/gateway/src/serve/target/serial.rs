//! A serial port of this machine.

use super::super::config::Line;
use super::Refusal;
use session::tunnel::Ending;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_serial::{DataBits, ErrorKind, FlowControl, SerialPortBuilderExt, SerialStream, StopBits};

/// The ports that tunnels have open. One port has one user: two would each get a part of what comes.
#[derive(Clone, Default)]
pub(crate) struct Ports(Arc<Mutex<BTreeSet<String>>>);

/// A port that nobody else opens until this is dropped.
pub(crate) struct Held {
    ports: Ports,
    name: String,
}

impl Ports {
    fn hold(&self, name: &str) -> Option<Held> {
        let mut ports = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ports.insert(name.to_owned()).then(|| Held { ports: self.clone(), name: name.to_owned() })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.ports.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}

pub(super) fn open(line: &Line, ports: &Ports) -> Result<(SerialStream, Held), Refusal> {
    let Some(held) = ports.hold(&line.port) else {
        return Err(Refusal::new(Ending::InUse, format!("{} is open in another tunnel", line.port)));
    };
    let stream = tokio_serial::new(&line.port, line.baud)
        .data_bits(if line.data_bits == 7 { DataBits::Seven } else { DataBits::Eight })
        .parity(line.parity)
        .stop_bits(if line.stop_bits == 2 { StopBits::Two } else { StopBits::One })
        .flow_control(if line.hardware_flow { FlowControl::Hardware } else { FlowControl::None })
        .open_native_async()
        .map_err(|why| {
            let ending = match why.kind {
                ErrorKind::NoDevice | ErrorKind::Io(std::io::ErrorKind::NotFound) => {
                    // The library says the same of a port that another program holds.
                    if std::path::Path::new(&line.port).exists() { Ending::InUse } else { Ending::Absent }
                }
                ErrorKind::Io(std::io::ErrorKind::ResourceBusy) => Ending::InUse,
                _ => Ending::Refused,
            };
            Refusal::new(ending, format!("{}: {why}", line.port))
        })?;
    Ok((stream, held))
}
