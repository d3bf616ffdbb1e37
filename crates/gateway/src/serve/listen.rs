//! The socket: accepts, bounds what is open, speaks TLS where the file says so, and hands requests on.

use super::gate::{From, Gate};
use super::rate::Rate;
use super::target::alive;
use super::tls::Own;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// How long TLS, and the head of a request, may take (faults S17, S18).
const HANDSHAKE: Duration = Duration::from_secs(5);
/// The longest head of a request.
const HEAD: usize = 16 << 10;
/// How long bytes that nobody acknowledges are sent again (RFC 5482).
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);
/// How long tunnels have to say goodbye when everything is to end.
const GOODBYE: Duration = Duration::from_secs(3);

/// Takes an address.
///
/// # Errors
/// One that is not there or is taken.
pub(crate) async fn bind(listen: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(listen).await.map_err(|why| format!("{listen}: {why}; name another address with --listen"))
}

/// Serves until the process is told to stop.
///
/// # Errors
/// A socket that has no address.
pub(crate) async fn listen(
    listener: TcpListener,
    mut tls: Option<Own>,
    router: Router,
    gate: Arc<Gate>,
    stop: watch::Sender<bool>,
) -> Result<(), String> {
    let address = listener.local_addr().map_err(|why| why.to_string())?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    // Whoever started it may have closed its output.
    let _ = writeln!(std::io::stdout(), "Ferrule is at {scheme}://{address}/ (Ctrl-C ends it)");
    if let Some(demo) = &gate.demo {
        let _ = writeln!(std::io::stdout(), "{}", demo.said(address));
    }
    if gate.console.build().files.is_empty() {
        let _ = writeln!(
            std::io::stderr(),
            "ferrule: this program was built without the console; name its folder with --root (`cargo xtask build` makes it)"
        );
    }
    let limits = gate.config.limits;
    let places = Arc::new(Semaphore::new(usize::try_from(limits.connections).unwrap_or(Semaphore::MAX_PERMITS)));
    let mut rate = Rate::new(limits.connections_per_second);
    let mut interrupted = std::pin::pin!(interrupted());
    let mut again = Again::new();
    loop {
        let (stream, from) = tokio::select! {
            () = &mut interrupted => break,
            () = again.wanted() => {
                let said = match gate.reload(address) {
                    Ok(count) => format!("{} in force now", super::counted(count, "token")),
                    Err(why) => format!("{why}; the tokens stay as they were"),
                };
                say(&said);
                if let Some(tls) = &mut tls {
                    say(&tls.again());
                }
                continue;
            }
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    // Most likely no file descriptor is left: others end, and then there is one.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        // What stands in front is one address for everybody, and bounds its connections itself.
        if !gate.config.behind_proxy && !rate.lets(from.ip(), Instant::now()) {
            gate.metrics.refused("rate");
            continue;
        }
        let Ok(place) = places.clone().try_acquire_owned() else {
            gate.metrics.refused("connections");
            continue;
        };
        if let Some(said) = tls.as_mut().and_then(|tls| tls.look(Instant::now())) {
            say(&said);
        }
        let (router, tls, proxied) = (router.clone(), tls.as_ref().map(Own::acceptor), gate.config.behind_proxy);
        tokio::spawn(async move {
            prepare(&stream);
            match tls {
                None => serve(stream, from.ip(), router, proxied).await,
                Some(tls) => {
                    if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
                        serve(stream, from.ip(), router, proxied).await;
                    }
                }
            }
            drop(place);
        });
    }
    drop(listener);
    let _ = stop.send(true);
    // The router and this function hold the gate; each tunnel does, too.
    drop(router);
    let ended = async {
        while Arc::strong_count(&gate) > 1 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let _ = tokio::time::timeout(GOODBYE, ended).await;
    Ok(())
}

/// To whoever started it, who may have closed that.
fn say(said: &str) {
    let _ = writeln!(std::io::stderr(), "ferrule: {said}");
}

fn prepare(stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
    alive(stream);
    #[cfg(target_os = "linux")]
    let _ = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(UNACKNOWLEDGED));
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    peer: IpAddr,
    router: Router,
    proxied: bool,
) {
    let service = tower_service(router, peer, proxied);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HANDSHAKE)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // Whoever breaks off or sends nonsense has been answered, or is gone.
    let _ = connection.await;
}

/// The router, to which each request says whom it comes from.
fn tower_service(
    router: Router,
    peer: IpAddr,
    proxied: bool,
) -> impl hyper::service::Service<
    Request<hyper::body::Incoming>,
    Response = axum::response::Response,
    Error = std::convert::Infallible,
    Future: Send,
> {
    let router = router.layer(axum::middleware::map_request(move |mut request: Request<Body>| async move {
        let forwarded = proxied.then(|| forwarded(&request)).flatten();
        request.extensions_mut().insert(From(forwarded.unwrap_or(peer)));
        request
    }));
    TowerToHyperService::new(router)
}

/// Whom the server in front names: the last of the list, which it has written itself.
fn forwarded(request: &Request<Body>) -> Option<IpAddr> {
    let last = request.headers().get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// Waits to be told to read tokens and certificate again: SIGHUP, where there is such a thing.
struct Again {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Again {
    #[cfg(unix)]
    fn new() -> Again {
        Again { signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok() }
    }

    #[cfg(not(unix))]
    fn new() -> Again {
        Again {}
    }

    async fn wanted(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}

/// Returns when the process is to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
