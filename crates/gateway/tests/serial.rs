//! Serial ports of the gateway's machine, as pseudo-terminals, and TLS.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod stage;

use serialport::{SerialPort, TTYPort};
use session::tunnel::{Ending, FromGateway, TargetKind, ToGateway, WINDOW};
use stage::{Gateway, PATIENCE};
use std::io::{Read, Write};
use std::time::Duration;

/// A device on a pseudo-terminal, and a file in which it is the target `dev`.
fn device() -> (TTYPort, String) {
    // Its other side must be free to be opened by somebody else.
    let (mut device, other) = TTYPort::pair().unwrap();
    let path = other.name().unwrap();
    device.set_timeout(PATIENCE).unwrap();
    drop(other);
    let text = format!("[[target]]\nname = 'dev'\nkind = 'serial'\nport = '{path}'\nverbs = ['read', 'write']\n");
    (device, text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serial_port_is_carried_both_ways_and_for_one_tunnel_at_a_time() {
    let (mut device, text) = device();
    let gateway = Gateway::start(&text);
    for _ in 0..2 {
        let mut tunnel = gateway.tunnel("dev", "").await;
        let opened = FromGateway::Opened { kind: TargetKind::Serial, write: true, local: true };
        assert_eq!(tunnel.hear().await, Some(opened));
        assert_eq!(gateway.tunnel("dev", "").await.ending().await, Ending::InUse);
        tunnel.say(&ToGateway::Bytes(b"\x01\x03\x00\xff\r\n".to_vec())).await;
        let mut command = [0; 6];
        device.read_exact(&mut command).unwrap();
        assert_eq!(&command, b"\x01\x03\x00\xff\r\n");
        device.write_all(b"\x01\x03\x02\xff\x00\r").unwrap();
        assert_eq!(tunnel.read(6).await, b"\x01\x03\x02\xff\x00\r");
        tunnel.socket.close(None).await.unwrap();
        while tunnel.hear().await.is_some() {}
    }
}

/// R10: a serial port cannot be held back: what a slow console does not take is given up from the oldest on, and told.
#[tokio::test(flavor = "multi_thread")]
async fn r10_what_a_serial_port_says_too_fast_is_counted() {
    const LEN: usize = 8 << 20;
    let (mut device, text) = device();
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    tunnel.opened().await;
    let flood = tokio::task::spawn_blocking(move || {
        let text: String = (0..LEN / 16).map(|line| format!("{line:015}\n")).collect();
        device.write_all(text.as_bytes()).unwrap();
        device
    });
    // It reads as far as the window goes, and says that it has taken it when all was said.
    let (mut heard, mut dropped) = (Vec::new(), 0);
    while heard.len() < WINDOW as usize {
        match tunnel.hear().await {
            Some(FromGateway::Bytes { bytes, .. }) => heard.extend(bytes),
            Some(FromGateway::Dropped(bytes)) => dropped += bytes,
            other => panic!("{other:?}"),
        }
    }
    let device = tokio::time::timeout(PATIENCE, flood).await.expect("the port was held back").unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    tunnel.say(&ToGateway::Taken(WINDOW)).await;
    while (heard.len() as u64) + dropped < LEN as u64 {
        match tunnel.hear().await {
            Some(FromGateway::Bytes { bytes, .. }) => heard.extend(bytes),
            Some(FromGateway::Dropped(bytes)) => dropped += bytes,
            other => panic!("{other:?} after {} and {dropped}", heard.len()),
        }
    }
    assert_eq!(heard.len() as u64 + dropped, LEN as u64, "bytes are neither here nor counted");
    assert!(dropped > 1 << 20, "{dropped} bytes were given up");
    // The newest is there.
    assert!(heard.ends_with(format!("{:015}\n", LEN / 16 - 1).as_bytes()));
    tunnel.socket.close(None).await.unwrap();
    drop(device);
    assert_eq!(gateway.log(1).await[0]["dropped"].as_u64(), Some(dropped));
}

/// A client that trusts this certificate and no other.
fn trusting(certificate: &str) -> tokio_rustls::TlsConnector {
    use rustls::pki_types::{CertificateDer, pem::PemObject};
    use std::sync::Arc;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()).unwrap();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    tokio_rustls::TlsConnector::from(Arc::new(config))
}

#[tokio::test(flavor = "multi_thread")]
async fn s15_a_renewed_certificate_is_taken_without_a_restart_and_a_broken_one_is_not() {
    use rustls::pki_types::ServerName;
    let make = || rcgen::generate_simple_self_signed(vec!["console.example.org".to_owned()]).unwrap();
    let (first, second) = (make(), make());
    let folder = std::env::temp_dir().join(format!("ferrule-renewed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    write("cert.pem", first.cert.pem());
    write("key.pem", first.signing_key.serialize_pem());
    let gateway = Gateway::start(&format!(
        "hosts = ['console.example.org']\ntls = {{ certificate = '{0}/cert.pem', key = '{0}/key.pem' }}\n\
         token = [{{ name = 'lab', sha256 = '{1}', targets = ['*'] }}]\n",
        folder.display(),
        stage::HASH
    ));
    let reach = |made: &rcgen::CertifiedKey<rcgen::KeyPair>| {
        let (connector, address) = (trusting(&made.cert.pem()), gateway.address);
        async move {
            let stream = tokio::net::TcpStream::connect(address).await.unwrap();
            let name = ServerName::try_from("console.example.org").unwrap();
            connector.connect(name, stream).await.ok()
        }
    };
    let kept = reach(&first).await.expect("the first certificate");
    assert!(reach(&second).await.is_none());
    write("cert.pem", second.cert.pem() + "\n");
    write("key.pem", second.signing_key.serialize_pem() + "\n");
    let mut taken = false;
    for _ in 0..200 {
        taken = reach(&second).await.is_some();
        if taken {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(taken && reach(&first).await.is_none(), "the new one is not in force");
    // What is none changes nothing.
    write("cert.pem", "nonsense\n".to_owned());
    for _ in 0..3 {
        tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
        assert!(reach(&second).await.is_some(), "a broken file took the certificate away");
    }
    // Whoever was there before all that is there still.
    assert!(kept.get_ref().0.peer_addr().is_ok());
    std::fs::remove_dir_all(folder).unwrap();
}

/// S3, S15: over TLS, to a name of the file, with a token.
#[tokio::test(flavor = "multi_thread")]
async fn s3_s15_with_tls_and_a_token_other_names_are_answered() {
    use rustls::pki_types::ServerName;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let made = rcgen::generate_simple_self_signed(vec!["console.example.org".to_owned()]).unwrap();
    let folder = std::env::temp_dir().join(format!("ferrule-tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    let gateway = Gateway::start(&format!(
        "hosts = ['console.example.org']\nmetrics = {{ open = true }}\n\
         tls = {{ certificate = '{0}/cert.pem', key = '{0}/key.pem' }}\n\
         token = [{{ name = 'lab', sha256 = '{1}', targets = ['*'] }}]\n",
        folder.display(),
        stage::HASH
    ));
    let connector = trusting(&made.cert.pem());
    for (host, status) in [("console.example.org", "200"), ("console.example.org:8443", "200"), ("evil.example", "421")]
    {
        let stream = tokio::net::TcpStream::connect(gateway.address).await.unwrap();
        let name = ServerName::try_from("console.example.org").unwrap();
        let mut stream = connector.connect(name, stream).await.unwrap();
        let request = format!("GET /health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{host}: {answer}");
        assert!(answer.contains("strict-transport-security: max-age=31536000\r\n"), "{answer}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
