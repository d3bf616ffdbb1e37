//! A file on its way to a server.

use super::super::gate::Gate;
use super::super::target::Refusal;
use super::server::{PATIENCE, Server, silent, stored, within};
use super::{Asked, path};
use crate::serve::config::Ftp;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use futures_util::StreamExt;
use session::tunnel::Ending;
use tokio::io::AsyncWriteExt;

/// Stores what comes. `fresh` says that no file may be there already.
///
/// # Errors
/// Why it was not stored. What had gone to the server may then be there as a part.
pub(super) async fn store(
    gate: &Gate,
    place: &Ftp,
    path: &str,
    fresh: bool,
    body: Body,
    asked: &mut Asked,
) -> Result<Response<Body>, Refusal> {
    if path.ends_with('/') {
        return Err(Refusal::new(Ending::Name, "a folder is no file"));
    }
    let path = path::below(path).unwrap_or_default();
    let mut server = Server::enter(place, &gate.resolve).await?;
    if fresh && server.state(&path).await?.0.is_some() {
        server.leave().await;
        return Err(Refusal::new(Ending::Exists, format!("{path:?} is there")));
    }
    let mut transfer = server.store(&path).await?;
    // What is said of it where the console breaks off: then nothing below is reached.
    asked.record.end("by-console", format!("a part of {path:?} is there"));
    let mut body = body.into_data_stream();
    loop {
        let piece = match tokio::time::timeout(PATIENCE, body.next()).await {
            Ok(Some(Ok(piece))) => piece,
            Ok(None) => break,
            Ok(Some(Err(_))) | Err(_) => {
                return Err(Refusal::new(
                    Ending::Broken,
                    format!("the console broke off; a part of {path:?} is there"),
                ));
            }
        };
        let written = tokio::time::timeout(PATIENCE, transfer.write_all(&piece)).await.map_err(|_| silent())?;
        if let Err(why) = written {
            // Why it takes no more is what it says last.
            within(transfer.finish()).await.map_err(stored)?;
            return Err(Refusal::new(Ending::Broken, why.to_string()));
        }
        asked.record.up(u32::try_from(piece.len()).unwrap_or(u32::MAX));
    }
    within(transfer.finish()).await.map_err(stored)?;
    server.leave().await;
    asked.record.end("done", format!("stored {path:?}"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}
