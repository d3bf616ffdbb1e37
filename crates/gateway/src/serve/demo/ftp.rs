//! The data logger's FTP server (RFC 959, 2428, 3659): it is read from, by anybody on this machine.

use sim::Logger;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// The longest line of a command.
const LONGEST: u64 = 1024;
/// How long a user may say nothing.
const IDLE: Duration = Duration::from_secs(300);
/// How long a data connection may take to come.
const DATA: Duration = Duration::from_secs(10);
/// A logger is slow: so many bytes, then so long a rest. That leaves time to cancel a file, and to go on with it.
const PIECE: usize = 16 << 10;
const REST: Duration = Duration::from_millis(50);

const FEATURES: &str =
    "211-It knows\r\n EPSV\r\n MDTM\r\n MLST type*;size*;modify*;\r\n REST STREAM\r\n SIZE\r\n UTF8\r\n211 End";

/// Serves one user.
pub(super) async fn serve(stream: TcpStream) -> std::io::Result<()> {
    let mut control = BufReader::new(stream);
    let mut user = User::default();
    say(&mut control, "220 Water level logger WL-2, simulated").await?;
    loop {
        let mut line = Vec::new();
        let mut bounded = (&mut control).take(LONGEST);
        let Ok(read) = timeout(IDLE, bounded.read_until(b'\n', &mut line)).await else {
            return say(&mut control, "421 nothing was said for too long").await;
        };
        if read? == 0 {
            return Ok(());
        }
        if line.last() != Some(&b'\n') {
            return say(&mut control, "500 the line is too long").await;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let verb = verb.to_ascii_uppercase();
        if verb == "QUIT" {
            return say(&mut control, "221 goodbye").await;
        }
        let answer = match verb.as_str() {
            "MLSD" | "LIST" | "NLST" | "RETR" => user.transfer(&mut control, &verb, rest).await?,
            "EPSV" | "PASV" => user.passive(&verb, rest).await?,
            verb => user.answer(verb, rest),
        };
        say(&mut control, &answer).await?;
    }
}

async fn say(control: &mut BufReader<TcpStream>, answer: &str) -> std::io::Result<()> {
    control.get_mut().write_all(format!("{answer}\r\n").as_bytes()).await
}

/// A user's connection.
struct User {
    logger: Logger,
    /// `/` or `/ARCHIVE`.
    folder: String,
    data: Option<TcpListener>,
    offset: usize,
}

impl Default for User {
    fn default() -> Self {
        User { logger: Logger::new(super::SEED), folder: "/".to_owned(), data: None, offset: 0 }
    }
}

impl User {
    fn answer(&mut self, verb: &str, rest: &str) -> String {
        let path = path(&self.folder, rest);
        let file = || self.logger.read(&path, now());
        match verb {
            "USER" => "331 any password will do".to_owned(),
            "PASS" => "230 welcome".to_owned(),
            "SYST" => "215 UNIX Type: L8".to_owned(),
            "FEAT" => FEATURES.to_owned(),
            "PWD" | "XPWD" => format!("257 \"{}\"", self.folder),
            "CWD" | "XCWD" | "CDUP" => {
                let path = if verb == "CDUP" { "/".to_owned() } else { path };
                let there = self.logger.list(&path, now()).is_some();
                if there {
                    self.folder = path;
                }
                if there { "250 there" } else { "550 there is no such folder" }.to_owned()
            }
            "TYPE" | "MODE" | "STRU" | "OPTS" | "NOOP" | "ALLO" => "200 very well".to_owned(),
            "REST" => match rest.parse() {
                Ok(offset) => {
                    self.offset = offset;
                    format!("350 from byte {offset} on")
                }
                Err(_) => "501 from which byte on?".to_owned(),
            },
            "SIZE" => file().map_or_else(no_file, |bytes| format!("213 {}", bytes.len())),
            "MDTM" => match self.entry(&path) {
                Some(entry) => format!("213 {}", written(entry.modified)),
                None => no_file(),
            },
            "ABOR" => "226 nothing is under way".to_owned(),
            "STOR" | "APPE" | "DELE" | "MKD" | "RMD" | "RNFR" | "RNTO" => {
                "550 the logger's files are only read".to_owned()
            }
            _ => "502 that is not understood".to_owned(),
        }
    }

    fn entry(&self, path: &str) -> Option<sim::Entry> {
        let (folder, name) = path.rsplit_once('/')?;
        let folder = if folder.is_empty() { "/" } else { folder };
        self.logger.list(folder, now())?.into_iter().find(|entry| entry.name == name)
    }

    /// Opens a port for the data (RFC 2428, section 3; RFC 959, section 4.1.2), on loopback.
    async fn passive(&mut self, verb: &str, rest: &str) -> std::io::Result<String> {
        if rest.eq_ignore_ascii_case("all") {
            return Ok("200 very well".to_owned());
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        self.data = Some(listener);
        Ok(match verb {
            "EPSV" => format!("229 Entering extended passive mode (|||{port}|)"),
            _ => format!("227 Entering passive mode (127,0,0,1,{},{})", port >> 8, port & 0xff),
        })
    }

    /// Sends a list or a file over the data connection.
    async fn transfer(
        &mut self,
        control: &mut BufReader<TcpStream>,
        verb: &str,
        rest: &str,
    ) -> std::io::Result<String> {
        let offset = std::mem::take(&mut self.offset);
        let Some(listener) = self.data.take() else { return Ok("425 ask for a port first: EPSV".to_owned()) };
        // Options of `ls`, which some send.
        let rest = if rest.starts_with('-') { "" } else { rest };
        let path = path(&self.folder, rest);
        let bytes = if verb == "RETR" {
            self.logger.read(&path, now()).and_then(|bytes| bytes.get(offset..).map(<[u8]>::to_vec))
        } else {
            let lines = |entries: Vec<sim::Entry>| entries.iter().map(|entry| listed(verb, entry)).collect::<String>();
            self.logger.list(&path, now()).map(|entries| lines(entries).into_bytes())
        };
        let Some(bytes) = bytes else { return Ok(no_file()) };
        say(control, "150 it comes").await?;
        let Ok(Ok((mut data, _))) = timeout(DATA, listener.accept()).await else {
            return Ok("425 nobody came for it".to_owned());
        };
        for piece in bytes.chunks(PIECE) {
            if data.write_all(piece).await.is_err() {
                return Ok("426 the connection was closed".to_owned());
            }
            if piece.len() == PIECE {
                tokio::time::sleep(REST).await;
            }
        }
        let _ = data.shutdown().await;
        Ok("226 that is all".to_owned())
    }
}

fn no_file() -> String {
    "550 there is no such file".to_owned()
}

/// The path that is meant, from the root on; `..` leads nowhere else than to it.
fn path(folder: &str, rest: &str) -> String {
    let from = if rest.starts_with('/') { "" } else { folder };
    let mut parts = Vec::new();
    for part in from.split('/').chain(rest.split('/')).filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    format!("/{}", parts.join("/"))
}

/// A line of a listing: facts (RFC 3659, section 7), as `ls -l` has it, or the name.
fn listed(verb: &str, entry: &sim::Entry) -> String {
    let sim::Entry { name, size, modified } = entry;
    match (verb, size) {
        ("MLSD", Some(size)) => format!("type=file;size={size};modify={}; {name}\r\n", written(*modified)),
        ("MLSD", None) => format!("type=dir;modify={}; {name}\r\n", written(*modified)),
        ("LIST", size) => {
            let kind = if size.is_some() { "-r--r--r--" } else { "dr-xr-xr-x" };
            let when = jiff::Timestamp::from_second(*modified).unwrap_or_default().strftime("%b %d %Y").to_string();
            format!("{kind} 1 logger logger {} {when} {name}\r\n", size.unwrap_or(4096))
        }
        _ => format!("{name}\r\n"),
    }
}

/// A time as facts have it (RFC 3659, section 2.3).
fn written(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).unwrap_or_default().strftime("%Y%m%d%H%M%S").to_string()
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn no_path_leads_above_the_top() {
        for (folder, rest, expected) in [
            ("/", "", "/"),
            ("/", "TODAY.CSV", "/TODAY.CSV"),
            ("/ARCHIVE", "a.CSV", "/ARCHIVE/a.CSV"),
            ("/ARCHIVE", "/TODAY.CSV", "/TODAY.CSV"),
            ("/ARCHIVE", "../../../etc/passwd", "/etc/passwd"),
            ("/ARCHIVE", "..", "/"),
        ] {
            assert_eq!(path(folder, rest), expected, "{folder} {rest}");
        }
    }
}
