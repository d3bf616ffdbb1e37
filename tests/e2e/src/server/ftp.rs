//! An FTP server that behaves as none should: it lists names that are none, and gives half of a file and says it was all.

use super::closed_port;
use crate::failure::Failure;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// The server.
pub struct RudeFtp {
    /// Its port on loopback.
    pub port: u16,
}

/// What it lists.
const LISTING: &[u8] = b"type=dir; ..\r\n\
    type=file;size=4; ../../etc/passwd\r\n\
    type=file;size=4; clear\x1b[2J\r\n\
    type=file;size=4; <img src=x onerror=document.title='taken'>.csv\r\n\
    this is no list at all\r\n\
    type=file;size=4000;modify=20260102030405; half.csv\r\n";

impl RudeFtp {
    /// Starts it on a free port.
    pub fn start() -> Result<RudeFtp, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", closed_port()?))?;
        let port = listener.local_addr()?.port();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                std::thread::spawn(move || drop(talk(stream)));
            }
        });
        Ok(RudeFtp { port })
    }
}

fn talk(mut stream: TcpStream) -> std::io::Result<()> {
    let lines = BufReader::new(stream.try_clone()?).lines();
    let mut data: Option<TcpListener> = None;
    stream.write_all(b"220 come in\r\n")?;
    for line in lines {
        let line = line?;
        let answer = match line.split(' ').next().unwrap_or_default() {
            "USER" => "331 password".to_owned(),
            "PASS" => "230 in".to_owned(),
            "FEAT" => "211-Features:\r\n MLST type*;size*;modify*;\r\n211 End".to_owned(),
            "PWD" => "257 \"/\"".to_owned(),
            "SIZE" => "213 4000".to_owned(),
            "CWD" => "250 there".to_owned(),
            "TYPE" => "200 so be it".to_owned(),
            "EPSV" => {
                let listener = TcpListener::bind("127.0.0.1:0")?;
                let port = listener.local_addr()?.port();
                data = Some(listener);
                format!("229 here (|||{port}|)")
            }
            "MLSD" | "RETR" => {
                let Some(listener) = data.take() else { continue };
                stream.write_all(b"150 now\r\n")?;
                let (mut out, _) = listener.accept()?;
                out.write_all(if line.starts_with("MLSD") { LISTING } else { &[b'1'; 1500] })?;
                "226 all of it".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => "502 what".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}
