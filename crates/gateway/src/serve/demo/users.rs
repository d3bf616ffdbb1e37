//! The users of a simulated device: whoever connects to its port.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Users of one device at once.
const USERS: usize = 16;

/// Serves them until the process ends, each by a task of its own.
pub(super) async fn of<S, F>(listener: std::net::TcpListener, serve: S)
where
    S: Fn(TcpStream) -> F,
    F: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    let places = Arc::new(Semaphore::new(USERS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let user = serve(stream);
        tokio::spawn(async move {
            let _ = user.await;
            drop(place);
        });
    }
}
