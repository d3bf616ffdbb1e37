//! A power supply with a plain TCP socket: a line of JSON for each reading, and one for each setting.

use sim::Supply;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest line that is taken.
const LONGEST: usize = 4096;

/// Serves one user.
pub(super) async fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let mut supply = Supply::new(super::SEED);
    let mut due = tokio::time::interval(Duration::from_millis(Supply::PERIOD_MILLIS));
    due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut bytes, mut line) = ([0; 1024], Vec::new());
    loop {
        let mut out = String::new();
        tokio::select! {
            _ = due.tick() => say(&mut out, &supply.reading()),
            read = stream.read(&mut bytes) => match bytes.get(..read?) {
                None | Some([]) => return Ok(()),
                Some(came) => {
                    for byte in came {
                        match byte {
                            b'\n' => say(&mut out, &supply.receive(&std::mem::take(&mut line))),
                            b'\r' => {}
                            // What is longer than any setting is answered as none.
                            _ if line.len() < LONGEST => line.push(*byte),
                            _ => {}
                        }
                    }
                }
            },
        }
        stream.write_all(out.as_bytes()).await?;
    }
}

fn say(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}
