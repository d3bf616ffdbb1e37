//! How a device is reached: the `[link]` table of a profile, and what the worker opens.

mod http;
mod line;
mod mqtt;
mod tunnel;
mod websocket;

pub mod secret;

pub use http::{COMMAND_METHODS, Http, METHODS, Mode, Request};
pub use line::{Line, Parity};
pub use mqtt::{KEEP_ALIVE_S, Mqtt, Properties, Publication, Subscription, Version, Will};
pub use secret::Missing;
pub use tunnel::{MAX_NAME, Tunnel};
pub use websocket::{PING_S, Ping, WebSocket};

use crate::address::Address;
use crate::topic::Filter;
use crate::tunnel::TargetKind;
use crate::words::{Said, link as words};
use serde::{Deserialize, Serialize};

/// Point to point, or a network. Policy follows from it: wired data stays in the tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Family {
    /// Two ends, one peer: private, offline.
    PointToPoint,
    /// One end and many: reached through a host, shareable.
    Network,
}

/// How to open a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Link {
    /// The built-in simulated device.
    Demo(Demo),
    /// A serial port by Web Serial.
    Serial(Serial),
    /// A WebSocket endpoint.
    WebSocket(WebSocket),
    /// An HTTP endpoint that is polled.
    Http(Http),
    /// A target of a gateway.
    Tunnel(Tunnel),
    /// Topics of an MQTT broker.
    Mqtt(Mqtt),
}

/// The built-in simulated device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Demo {
    /// Telemetry frames per second.
    pub rate_hz: u32,
}

/// A serial line's settings (W3C Web Serial API, `SerialOptions`) and which port it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Serial {
    /// How the line is set.
    pub line: Line,
    /// The browser's read buffer in bytes: 1 to 16 MiB. The browser's own default, 255, loses data.
    pub buffer_bytes: u32,
    /// What to do with Data Terminal Ready after opening; `None` leaves it alone.
    pub dtr: Option<bool>,
    /// The same for Request To Send.
    pub rts: Option<bool>,
    /// Which of the granted ports.
    pub port: Port,
}

/// A granted port, as `getInfo()` tells it, and its place among those that look alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    /// USB vendor id.
    pub vendor: Option<u16>,
    /// USB product id.
    pub product: Option<u16>,
    /// Its place among the granted ports with the same vendor and product. It keeps it for as long as it is plugged in.
    pub nth: u16,
}

impl Link {
    /// The family it belongs to.
    #[must_use]
    pub fn family(&self) -> Family {
        match self {
            Link::Demo(_) | Link::Serial(_) => Family::PointToPoint,
            Link::WebSocket(_) | Link::Http(_) | Link::Tunnel(_) | Link::Mqtt(_) => Family::Network,
        }
    }

    /// How the serial port at its end is set, where there is one to set.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        match self {
            Link::Serial(serial) => Some(serial.line),
            Link::Tunnel(tunnel) => tunnel.line,
            _ => None,
        }
    }

    /// The speed of that port, in symbols per second.
    #[must_use]
    pub fn baud(&self) -> Option<u32> {
        self.line().map(|line| line.baud)
    }

    /// Has that port set otherwise, where there is one to set.
    pub fn set_line(&mut self, to: Line) {
        match self {
            Link::Serial(Serial { line, .. }) | Link::Tunnel(Tunnel { line: Some(line), .. }) => *line = to,
            _ => {}
        }
    }

    /// Whether it leads to many devices: a broker of whose topics a level is the device.
    #[must_use]
    pub fn is_fleet(&self) -> bool {
        matches!(self, Link::Mqtt(mqtt) if mqtt.names_device())
    }

    /// Whether it leads to a server with files, and not to a device to talk with.
    #[must_use]
    pub fn is_store(&self) -> bool {
        matches!(self, Link::Tunnel(tunnel) if tunnel.is_store())
    }

    /// Whether it delivers a file that was opened, and not what a device says now.
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self, Link::Tunnel(tunnel) if tunnel.file.is_some())
    }

    /// The same link to one of those devices alone; `None` where it does not lead to many.
    #[must_use]
    pub fn to_device(&self, device: &str) -> Option<Link> {
        let Link::Mqtt(mqtt) = self else { return None };
        let topics = mqtt.topics.iter().filter_map(|topic| {
            let filter = Filter::parse(&topic.filter).ok()?.of_device(device)?;
            Some(Subscription { filter, qos: topic.qos })
        });
        let topics: Vec<_> = topics.collect();
        // Whoever connects under a name that is connected already takes its place (section 3.1.4).
        let client_id = match mqtt.client_id.as_str() {
            "" => String::new(),
            own => format!("{own}-{device}"),
        };
        (!topics.is_empty()).then(|| Link::Mqtt(Mqtt { topics, client_id, ..mqtt.clone() }))
    }

    /// The link's kind, in the words of the product.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Link::Demo(_) => "Demo device",
            Link::Serial(_) => "USB serial",
            Link::WebSocket(_) => "WebSocket",
            Link::Http(_) => "HTTP",
            Link::Tunnel(tunnel) => match tunnel.kind {
                TargetKind::Tcp => "TCP",
                TargetKind::Telnet => "Telnet",
                TargetKind::Serial => "Gateway serial",
                TargetKind::Ftp => "FTP",
                TargetKind::Mqtt => "MQTT",
            },
            Link::Mqtt(_) => "MQTT",
        }
    }
}

/// The largest read buffer the Web Serial specification's implementations accept: 16 MiB.
pub const MAX_BUFFER_BYTES: u32 = 16 << 20;

impl Default for Serial {
    /// 115200 baud, 8N1, no flow control, 1 MiB buffer, signals left alone, any port.
    fn default() -> Self {
        Serial { line: Line::default(), buffer_bytes: 1 << 20, dtr: None, rts: None, port: Port::default() }
    }
}

impl Link {
    /// Whether the link could be opened at all, before anything tries.
    ///
    /// # Errors
    /// What is wrong and what would be accepted, as a sentence.
    pub fn check(&self) -> Result<(), Said> {
        match self {
            Link::Demo(demo) if demo.rate_hz == 0 => Err(words::demo_rate()),
            Link::Serial(serial) => serial.check(),
            Link::Tunnel(tunnel) => tunnel.check(),
            Link::WebSocket(socket) => socket.check().map_err(|(_, why)| why),
            Link::Http(http) => http.check().map_err(|(_, why)| why),
            Link::Mqtt(mqtt) => mqtt.check(),
            _ => Ok(()),
        }
    }
}

impl Serial {
    fn check(&self) -> Result<(), Said> {
        self.line.check(7, words::data_bits)?;
        if self.buffer_bytes == 0 || self.buffer_bytes > MAX_BUFFER_BYTES {
            Err(words::buffer(MAX_BUFFER_BYTES))
        } else {
            Ok(())
        }
    }
}
