//! A TCP connection to a named target: the name is resolved once, and the connection goes to what was checked.

use super::Refusal;
use super::address::{Reach, reach};
use session::tunnel::Ending;
use std::future::Future;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;

/// How long one address may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many addresses of a name are tried.
const MOST_ADDRESSES: usize = 4;

/// Addresses of a name, found by whoever does that.
pub(crate) type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;
/// Finds the addresses of a name. A test puts one here that changes its mind.
pub(crate) type Resolve = Arc<dyn Fn(String) -> Found + Send + Sync>;

/// As this machine does it.
pub(crate) fn system() -> Resolve {
    Arc::new(|host| {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|found| found.ip()).collect()) })
    })
}

pub(crate) async fn connect(host: &str, port: u16, local: bool, resolve: &Resolve) -> Result<TcpStream, Refusal> {
    let found = match host.parse::<IpAddr>() {
        Ok(address) => vec![address],
        Err(_) => match tokio::time::timeout(PATIENCE, resolve(host.to_owned())).await {
            Ok(Ok(found)) if !found.is_empty() => found,
            Ok(Ok(_)) => return Err(Refusal::new(Ending::NoSuchName, format!("{host} has no address"))),
            Ok(Err(why)) => return Err(Refusal::new(Ending::NoSuchName, format!("{host}: {why}"))),
            Err(_) => return Err(Refusal::new(Ending::NoSuchName, format!("{host}: no name server answered"))),
        },
    };
    let allowed = |address: &IpAddr| match reach(*address) {
        Reach::Open => true,
        Reach::Local => local,
        Reach::Never => false,
    };
    let mut refusal = Refusal::new(Ending::Forbidden, format!("{host} is {found:?}, which is not reached"));
    for address in found.into_iter().filter(allowed).take(MOST_ADDRESSES) {
        match connect_to(SocketAddr::new(address, port)).await {
            Ok(stream) => return Ok(stream),
            Err(why) => refusal = why,
        }
    }
    Err(refusal)
}

pub(crate) async fn connect_to(address: SocketAddr) -> Result<TcpStream, Refusal> {
    let stream = match tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(why)) => {
            let ending = match why.kind() {
                ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => Ending::Refused,
                _ => Ending::Silent,
            };
            return Err(Refusal::new(ending, format!("{address}: {why}")));
        }
        Err(_) => return Err(Refusal::new(Ending::Silent, format!("{address} did not answer within {PATIENCE:?}"))),
    };
    // A keystroke is not held back to be sent with the next one.
    let _ = stream.set_nodelay(true);
    // Telnet's Synch marks its place with urgent data (RFC 854); taken out of line, a byte of the stream would be missing.
    let _ = socket2::SockRef::from(&stream).set_out_of_band_inline(true);
    alive(&stream);
    Ok(stream)
}

/// Has the kernel ask whether the other side is still there, where nothing else is said (RFC 1122, section 4.2.3.6).
pub(crate) fn alive(stream: &TcpStream) {
    let asked = socket2::TcpKeepalive::new().with_time(Duration::from_secs(10)).with_interval(Duration::from_secs(5));
    #[cfg(not(windows))]
    let asked = asked.with_retries(3);
    let _ = socket2::SockRef::from(stream).set_tcp_keepalive(&asked);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn answers(sets: &'static [&'static [&'static str]]) -> (Resolve, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let resolve: Resolve = Arc::new(move |_| {
            let at = count.fetch_add(1, Ordering::Relaxed);
            let set = sets.get(at).or(sets.last()).unwrap();
            let found = set.iter().map(|address| address.parse().unwrap()).collect();
            Box::pin(async move { Ok(found) })
        });
        (resolve, asked)
    }

    /// A name that leads elsewhere the second time has no second time.
    #[tokio::test]
    async fn s7_s9_a_name_is_asked_for_once_and_what_it_led_to_is_what_is_reached() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (resolve, asked) = answers(&[&["127.0.0.1"], &["169.254.169.254"]]);
        let stream = connect("plc.example", port, true, &resolve).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap().ip().to_string(), "127.0.0.1");
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        // The second time it is another name, and refused, though the port is open here.
        let why = connect("plc.example", port, true, &resolve).await.unwrap_err();
        assert_eq!(why.why, Ending::Forbidden);
    }

    #[tokio::test]
    async fn s9_what_a_name_hides_is_refused_and_the_log_knows_why() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        for hidden in ["127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "0.0.0.0", "::1", "2002:7f00:1::"] {
            let hidden = hidden.to_owned();
            let given: IpAddr = hidden.parse().unwrap();
            let resolve: Resolve = Arc::new(move |_| Box::pin(async move { Ok(vec![given]) }));
            let why = connect("plc.example", port, false, &resolve).await.unwrap_err();
            assert_eq!(why.why, Ending::Forbidden, "{hidden}");
            assert!(why.detail.contains("plc.example"), "{}", why.detail);
        }
        // Of several addresses the allowed one is reached, and no other.
        let (resolve, _) = answers(&[&["169.254.169.254", "127.0.0.1"]]);
        let stream = connect("plc.example", port, true, &resolve).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap().ip().to_string(), "127.0.0.1");
    }

    #[tokio::test]
    async fn a_name_without_an_address_and_a_closed_port_are_told_apart() {
        let nowhere: Resolve = Arc::new(|_| Box::pin(async { Ok(Vec::new()) }));
        assert_eq!(connect("plc.example", 1, true, &nowhere).await.unwrap_err().why, Ending::NoSuchName);
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        assert_eq!(connect("127.0.0.1", closed, true, &nowhere).await.unwrap_err().why, Ending::Refused);
    }
}
