//! FTP servers for tests: Debian's vsftpd, and one of our own that behaves as no server should.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// vsftpd with a folder of its own, of which `in` may be written to.
pub(crate) struct Vsftpd {
    child: Child,
    pub(crate) port: u16,
    pub(crate) folder: PathBuf,
}

impl Vsftpd {
    pub(crate) fn start(name: &str, more: &str) -> Vsftpd {
        let folder = std::env::temp_dir().join(format!("ferrule-vsftpd-{}-{name}", std::process::id()));
        let root = folder.join("root");
        std::fs::create_dir_all(root.join("in")).unwrap();
        std::fs::create_dir_all(root.join("log")).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let text = format!(
            "listen=YES\nlisten_ipv6=NO\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\n\
             run_as_launching_user=YES\nanonymous_enable=YES\nlocal_enable=NO\nwrite_enable=YES\n\
             anon_upload_enable=YES\nanon_other_write_enable=YES\nanon_umask=022\nanon_root={}\nseccomp_sandbox=NO\n\
             xferlog_enable=NO\nconnect_from_port_20=NO\n{more}\n",
            root.display()
        );
        let file = folder.join("vsftpd.conf");
        std::fs::write(&file, text).unwrap();
        let program = if Path::new("/usr/sbin/vsftpd").is_file() { "/usr/sbin/vsftpd" } else { "vsftpd" };
        let child = Command::new(program).arg(&file).stdin(Stdio::null()).spawn();
        let child = child.expect("vsftpd starts: install it (apt-get install vsftpd)");
        for _ in 0..600 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Vsftpd { child, port, folder }
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.join("root").join(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join("root").join(name)).unwrap_or_default()
    }

    /// The lines of a gateway's file that name it.
    pub(crate) fn target(&self, more: &str) -> String {
        target(self.port, more)
    }
}

impl Drop for Vsftpd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn target(port: u16, more: &str) -> String {
    format!("[[target]]\nname = 'logger'\nkind = 'ftp'\naddress = '127.0.0.1:{port}'\nlocal = true\n{more}\n")
}

/// How a server misbehaves.
#[derive(Clone)]
pub(crate) struct Rude {
    /// What EPSV is answered with; `PORT` stands for the port.
    pub(crate) epsv: &'static str,
    /// What PASV is answered with; `PORT` stands for its two bytes.
    pub(crate) pasv: &'static str,
    pub(crate) features: &'static str,
    pub(crate) listing: Vec<u8>,
    /// The listing comes again and again.
    pub(crate) endless: bool,
    pub(crate) file: Vec<u8>,
    pub(crate) size: &'static str,
    pub(crate) rest: &'static str,
    /// What is said after the data.
    pub(crate) last: &'static str,
    pub(crate) greeting: Vec<u8>,
}

impl Default for Rude {
    fn default() -> Self {
        Rude {
            epsv: "229 here (|||PORT|)",
            pasv: "227 here (127,0,0,1,PORT)",
            features: "211-Features:\r\n MLST type*;size*;\r\n UTF8\r\n211 End",
            listing: Vec::new(),
            endless: false,
            file: Vec::new(),
            size: "213 0",
            rest: "350 go on",
            last: "226 done",
            greeting: b"220 hello\r\n".to_vec(),
        }
    }
}

/// What it was told, line by line.
pub(crate) type Told = Arc<Mutex<Vec<String>>>;

impl Rude {
    pub(crate) async fn start(self) -> (u16, Told) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = Told::default();
        let heard = told.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (rude, told) = (self.clone(), heard.clone());
                tokio::spawn(async move { drop(rude.talk(stream, told).await) });
            }
        });
        (port, told)
    }

    async fn talk(self, mut stream: TcpStream, told: Told) -> std::io::Result<()> {
        stream.write_all(&self.greeting).await?;
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut data: Option<TcpListener> = None;
        let mut from = 0;
        while let Some(line) = lines.next_line().await? {
            told.lock().unwrap().push(line.clone());
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            let answer = match verb {
                "USER" => "331 password".to_owned(),
                "PASS" => "230 in".to_owned(),
                "FEAT" => self.features.to_owned(),
                "PWD" => "257 \"/\"".to_owned(),
                "CWD" => "250 there".to_owned(),
                "SIZE" => self.size.to_owned(),
                "REST" => {
                    if self.rest.starts_with('3') {
                        from = rest.parse().unwrap_or(0);
                    }
                    self.rest.to_owned()
                }
                "EPSV" | "PASV" => {
                    let listener = TcpListener::bind("127.0.0.1:0").await?;
                    let port = listener.local_addr()?.port();
                    data = Some(listener);
                    if verb == "EPSV" {
                        self.epsv.replace("PORT", &port.to_string())
                    } else {
                        self.pasv.replace("PORT", &format!("{},{}", port / 256, port % 256))
                    }
                }
                "MLSD" | "LIST" | "RETR" => {
                    let Some(listener) = data.take() else { continue };
                    write.write_all(b"150 now\r\n").await?;
                    let (mut stream, _) = listener.accept().await?;
                    let bytes = if verb == "RETR" { self.file.get(from..).unwrap_or_default() } else { &self.listing };
                    from = 0;
                    while stream.write_all(bytes).await.is_ok() && self.endless && verb != "RETR" {}
                    drop(stream);
                    self.last.to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                "TYPE" | "OPTS" => "200 so be it".to_owned(),
                _ => "502 what".to_owned(),
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }
}

/// A listener at another address of this machine, at which nobody is to arrive.
pub(crate) async fn trap() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.2:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}
