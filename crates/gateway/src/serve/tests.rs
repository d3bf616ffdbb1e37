//! The gateway in this process, so that a fault can be put into it.
#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use futures_util::{SinkExt, StreamExt};
use session::tunnel::{FromGateway, SUBPROTOCOL, ToGateway, decode, encode};
use std::path::Path;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// What the gateway says first to a console that opens a target; nothing where it ends without a word.
async fn first(address: SocketAddr, target: &str) -> Option<FromGateway> {
    let mut request = format!("ws://{address}/link/{target}").into_client_request().unwrap();
    request.headers_mut().insert("origin", format!("http://{address}").parse().unwrap());
    request.headers_mut().insert("sec-websocket-protocol", SUBPROTOCOL.parse().unwrap());
    let mut socket = tokio_tungstenite::connect_async(request).await.unwrap().0;
    let mut message = Vec::new();
    encode(&ToGateway::Hello { token: String::new() }, &mut message);
    socket.send(Message::Binary(message.into())).await.unwrap();
    let Some(Ok(Message::Binary(bytes))) = socket.next().await else { return None };
    let mut heard = None;
    decode(&bytes, |value| heard = heard.take().or(Some(value))).unwrap();
    heard
}

/// S40: a fault of ours in one tunnel ends that one.
#[tokio::test(flavor = "multi_thread")]
async fn s40_a_panic_in_one_tunnel_ends_that_one_only() {
    let folder = std::env::temp_dir().join(format!("ferrule-panic-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let device = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = device.local_addr().unwrap().port();
    let text = format!(
        "audit = {{ file = 'audit.log' }}\n\
         target = [{{ name = 'fault', kind = 'tcp', address = 'fault.example:1' }}, \
                   {{ name = 'sound', kind = 'tcp', address = 'sound.example:{port}', local = true }}]"
    );
    let config = Config::parse(&text, Path::new(&folder)).unwrap();
    let resolve: target::Resolve = Arc::new(|host| {
        Box::pin(async move {
            if host == "fault.example" {
                panic!("this is the fault that the test puts in");
            }
            Ok(vec!["127.0.0.1".parse().unwrap()])
        })
    });
    let (stop, stopping) = watch::channel(false);
    let console = Console::open(None, || files::Files::of(&[]), false).unwrap();
    let log = super::audit::Audit::new(config.audit.as_deref()).unwrap();
    let gate = Arc::new(gate(config, None, console, resolve, stopping, None, log));
    let listener = listen::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::listen(listener, None, router(&gate), gate, stop));
    for _ in 0..3 {
        assert_eq!(first(address, "fault").await, None);
        assert!(matches!(first(address, "sound").await, Some(FromGateway::Opened { .. })));
    }
    let log = std::fs::read_to_string(folder.join("audit.log")).unwrap();
    let faults = log.lines().filter(|line| line.contains("\"why\":\"fault\"")).count();
    assert_eq!(faults, 3, "{log}");
    std::fs::remove_dir_all(folder).unwrap();
}
