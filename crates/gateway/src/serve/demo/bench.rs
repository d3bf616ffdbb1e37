//! A power supply with a plain TCP socket: a line of JSON for each reading, and one for each setting.

use sim::Supply;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Users at once.
const USERS: usize = 16;
/// The longest line that is taken.
const LONGEST: usize = 4096;

/// Serves users until the process ends, each a supply of its own.
pub(super) async fn listen(listener: std::net::TcpListener) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    let places = Arc::new(Semaphore::new(USERS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        tokio::spawn(async move {
            let _ = serve(stream).await;
            drop(place);
        });
    }
}

async fn serve(mut stream: TcpStream) -> std::io::Result<()> {
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
