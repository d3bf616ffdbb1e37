//! The conversation with an FTP server (RFC 959, RFC 2428, RFC 3659): entered anew for each thing that is asked of it, as
//! devices have few places. The server is never connected to from there (PORT, EPRT), and says only the port of a
//! connection for data, never its address (faults S10, S11).

use super::super::config::Ftp;
use super::super::target::{Refusal, Resolve, connect, connect_to};
use super::listing::{Listing, MOST_BYTES};
use session::tunnel::Ending;
use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;
use suppaftp::tokio::{AsyncRustlsConnector, AsyncRustlsFtpStream, AsyncRustlsStream, TransferStream};
use suppaftp::types::{FileType, Response};
use suppaftp::{FtpError, Mode, Status};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};

/// How long a server may take to answer, or to go on.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);
/// Ports below it are other services' (RFC 2577, section 3; RFC 6335, section 6).
const LOWEST_PORT: u16 = 1024;
/// The longest line of a listing, in bytes.
const LINE: u64 = 4096;

/// Bytes of a file, or of a listing, under way.
pub(super) type Transfer = TransferStream<AsyncRustlsStream>;

/// A server that has let us in.
pub(crate) struct Server {
    stream: AsyncRustlsFtpStream,
    /// Whether it is on this machine.
    pub(crate) local: bool,
    /// The folder that it let us into; paths are below it.
    root: String,
    /// Whether it lists with facts (RFC 3659, section 7).
    facts: bool,
    /// Whether it was found not to know EPSV.
    old: bool,
}

impl Server {
    /// Connects and logs in.
    ///
    /// # Errors
    /// Why that cannot be.
    pub(crate) async fn enter(place: &Ftp, resolve: &Resolve) -> Result<Server, Refusal> {
        let socket = connect(&place.host, place.port, place.local, resolve).await?;
        let peer = socket.peer_addr().map_err(|why| Refusal::new(Ending::Broken, why.to_string()))?;
        let stream = within(AsyncRustlsFtpStream::connect_with_stream(socket)).await?;
        let mut stream = stream.passive_stream_builder(move |address| Box::pin(data(peer, address)));
        if let Some(tls) = &place.tls {
            let connector = AsyncRustlsConnector::from(tokio_rustls::TlsConnector::from(tls.clone()));
            stream = within(stream.into_secure(connector, &place.host)).await?;
        }
        within(stream.login(&place.user, &place.password.0)).await.map_err(|why| match why.why {
            Ending::Busy | Ending::Silent | Ending::Broken => why,
            _ => Refusal { why: Ending::Login, ..why },
        })?;
        within(stream.transfer_type(FileType::Binary)).await?;
        stream.set_mode(Mode::ExtendedPassive);
        // What PASV says of an address is not looked at.
        stream.set_passive_nat_workaround(true);
        let mut server =
            Server { stream, local: peer.ip().is_loopback(), root: String::new(), facts: false, old: false };
        let features = server.features().await?;
        server.facts = features.contains(" MLST") || features.contains(" MLSD");
        if features.contains(" UTF8") {
            let _ = permitted(within(server.stream.custom_command("OPTS UTF8 ON", &[Status::CommandOk])).await)?;
        }
        let folder = permitted(within(server.stream.pwd()).await)?.unwrap_or_default();
        if !folder.chars().any(char::is_control) {
            folder.trim_end_matches('/').clone_into(&mut server.root);
        }
        Ok(server)
    }

    /// Says goodbye.
    pub(crate) async fn leave(mut self) {
        let _ = tokio::time::timeout(GOODBYE, self.stream.quit()).await;
    }

    /// What the server can do, in capitals (RFC 2389). Asked for as if no answer were expected, so that the whole of it,
    /// of one line or many, is what comes back.
    async fn features(&mut self) -> Result<String, Refusal> {
        match timed(self.stream.custom_command("FEAT", &[Status::CommandNotImplemented])).await? {
            Err(FtpError::UnexpectedResponse(said)) if said.status == Status::System => {
                Ok(String::from_utf8_lossy(&said.body).to_ascii_uppercase())
            }
            Ok(_) | Err(FtpError::UnexpectedResponse(_)) => Ok(String::new()),
            Err(why) => Err(refusal(&why)),
        }
    }

    /// What a folder holds.
    ///
    /// # Errors
    /// Why that is not known.
    pub(super) async fn list(&mut self, path: &str) -> Result<Listing, Refusal> {
        let folder = self.at(path);
        // Servers differ in what LIST makes of an argument: some take it for options.
        if !folder.is_empty() {
            within(self.stream.cwd(&folder)).await?;
        }
        let transfer = if self.facts {
            match self.transfer("MLSD", 0).await? {
                Ok(transfer) => transfer,
                Err(_) => {
                    self.facts = false;
                    self.transfer("LIST", 0).await?.map_err(|why| refusal(&why))?
                }
            }
        } else {
            self.transfer("LIST", 0).await?.map_err(|why| refusal(&why))?
        };
        self.read(transfer).await
    }

    async fn read(&mut self, transfer: Transfer) -> Result<Listing, Refusal> {
        let mut listing = Listing::default();
        let (mut reader, mut line, mut total) = (BufReader::new(transfer), Vec::new(), 0_usize);
        loop {
            line.clear();
            let read = tokio::time::timeout(PATIENCE, (&mut reader).take(LINE).read_until(b'\n', &mut line)).await;
            let read = read.map_err(|_| silent())?.map_err(|why| Refusal::new(Ending::Broken, why.to_string()))?;
            if read == 0 {
                break;
            }
            total = total.saturating_add(read);
            if total > MOST_BYTES || listing.cut {
                listing.cut = true;
                // What is left is nobody's: the server is told by the end of the connection.
                listing.sort();
                return Ok(listing);
            }
            listing.take(&line, self.facts);
        }
        within(reader.into_inner().finish()).await?;
        listing.sort();
        Ok(listing)
    }

    /// How long a file is, and what tells one state of it from another; as far as the server says so (RFC 3659, sections
    /// 3 and 4).
    ///
    /// # Errors
    /// The connection broke, or nothing comes.
    pub(super) async fn state(&mut self, path: &str) -> Result<(Option<u64>, Option<String>), Refusal> {
        let path = self.at(path);
        let size = permitted(within(self.stream.size(&path)).await)?.and_then(|size| u64::try_from(size).ok());
        let changed = permitted(within(self.stream.mdtm(&path)).await)?.map(|at| at.and_utc().timestamp());
        let tag = size.map(|size| format!("\"{size}-{}\"", changed.unwrap_or_default()));
        Ok((size, tag))
    }

    /// Begins to read a file `from` a byte on; the second says whether the server does not begin there but at its start.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(super) async fn fetch(&mut self, path: &str, from: u64) -> Result<(Transfer, bool), Refusal> {
        let command = format!("RETR {}", self.at(path));
        if from > 0 {
            match self.transfer(&command, from).await? {
                Ok(transfer) => return Ok((transfer, false)),
                // The server does not know REST, or not this far.
                Err(FtpError::UnexpectedResponse(said)) if said.status != Status::FileUnavailable => {}
                Err(why) => return Err(refusal(&why)),
            }
        }
        let transfer = self.transfer(&command, 0).await?.map_err(|why| refusal(&why))?;
        Ok((transfer, from > 0))
    }

    /// Begins to store a file.
    ///
    /// # Errors
    /// Why it cannot be stored.
    pub(super) async fn store(&mut self, path: &str) -> Result<Transfer, Refusal> {
        let command = format!("STOR {}", self.at(path));
        self.transfer(&command, 0).await?.map_err(|why| stored(refusal(&why)))
    }

    /// A command with a connection for its data: EPSV, or PASV where the server does not know that.
    async fn transfer(&mut self, command: &str, from: u64) -> Result<Result<Transfer, FtpError>, Refusal> {
        loop {
            let offset = usize::try_from(from).unwrap_or(usize::MAX);
            within(self.stream.resume_transfer(offset)).await?;
            let expected = [Status::AboutToSend, Status::AlreadyOpen];
            match timed(self.stream.custom_data_command(command, &expected)).await? {
                Ok((_, transfer)) => return Ok(Ok(transfer)),
                Err(FtpError::UnexpectedResponse(said)) if !self.old && is_unknown(said.status) => {
                    self.old = true;
                    self.stream.set_mode(Mode::Passive);
                }
                Err(why @ FtpError::UnexpectedResponse(_)) => return Ok(Err(why)),
                Err(why) => return Err(refusal(&why)),
            }
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

/// The server does not know a command, or not in this form.
fn is_unknown(status: Status) -> bool {
    matches!(
        status,
        Status::BadCommand
            | Status::BadArguments
            | Status::NotImplemented
            | Status::NotImplementedParameter
            | Status::Unknown
    )
}

/// The connection for data: to the address that the control connection has, whatever the server said, and to no port that
/// could be another service's.
async fn data(peer: SocketAddr, address: SocketAddr) -> Result<tokio::net::TcpStream, FtpError> {
    let refused = |why: String| FtpError::ConnectionError(std::io::Error::new(ErrorKind::PermissionDenied, why));
    if address.ip() != peer.ip() || address.port() < LOWEST_PORT {
        return Err(refused(format!("data at {address} were offered, which are not fetched")));
    }
    connect_to(address).await.map_err(|why| FtpError::ConnectionError(std::io::Error::other(why.detail)))
}

/// What the server does, for as long as it may take.
async fn timed<T>(work: impl Future<Output = Result<T, FtpError>>) -> Result<Result<T, FtpError>, Refusal> {
    tokio::time::timeout(PATIENCE, work).await.map_err(|_| silent())
}

pub(super) async fn within<T>(work: impl Future<Output = Result<T, FtpError>>) -> Result<T, Refusal> {
    timed(work).await?.map_err(|why| refusal(&why))
}

/// Something that a server need not be able to do.
fn permitted<T>(outcome: Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(why) if matches!(why.why, Ending::Broken | Ending::Silent | Ending::Busy) => Err(why),
        Err(_) => Ok(None),
    }
}

pub(super) fn silent() -> Refusal {
    Refusal::new(Ending::Silent, format!("the server said nothing for {PATIENCE:?}"))
}

/// A refusal to store, which has the same number as one to read.
pub(super) fn stored(why: Refusal) -> Refusal {
    if why.why == Ending::NoSuchFile { Refusal { why: Ending::NotStored, ..why } } else { why }
}

/// What a failure means for the console (RFC 959, section 4.2); its words are the log's.
pub(super) fn refusal(why: &FtpError) -> Refusal {
    let ending = match why {
        FtpError::ConnectionError(error) if error.kind() == ErrorKind::PermissionDenied => Ending::Forbidden,
        FtpError::ConnectionError(_) => Ending::Broken,
        FtpError::UnexpectedResponse(said) => ending(said),
        _ => Ending::Server,
    };
    let words: String = why.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    Refusal::new(ending, words)
}

fn ending(said: &Response) -> Ending {
    match said.status {
        Status::NotAvailable => Ending::Busy,
        Status::CannotOpenDataConnection | Status::TransferAborted | Status::ActionAborted => Ending::Broken,
        Status::FileUnavailable | Status::RequestFileActionIgnored => Ending::NoSuchFile,
        Status::RequestedActionNotTaken | Status::ExceededStorage => Ending::Full,
        Status::BadFilename | Status::StoringNeedAccount | Status::PageTypeUnknown => Ending::NotStored,
        Status::NotLoggedIn | Status::InvalidCredentials | Status::LoginNeedAccount => Ending::Login,
        _ => Ending::Server,
    }
}
