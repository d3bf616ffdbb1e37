//! Other people's servers, on loopback: a Telnet daemon, a serial device server, a plain TCP device.

use super::closed_port;
use crate::failure::Failure;
use rustix::process::{Pid, Signal, kill_process_group};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that goes with everything it started.
pub struct Peer {
    process: Child,
    /// Its port.
    pub port: u16,
}

impl Peer {
    /// Debian's telnetd with a shell behind it, in this folder.
    pub fn telnetd(folder: &Path) -> Result<Peer, Failure> {
        let port = closed_port()?;
        let shell = folder.join("login.sh");
        let home = folder.display();
        std::fs::write(
            &shell,
            format!(
                "#!/bin/sh\ncd '{home}'\nexport HOME='{home}' PS1='board$ ' LC_ALL=C.UTF-8\nunset HISTFILE PROMPT_COMMAND\n\
                 exec bash --norc --noprofile -i\n"
            ),
        )?;
        std::fs::set_permissions(&shell, std::fs::Permissions::from_mode(0o755))?;
        // It wants the connection itself as its input, as inetd gives it.
        let daemon = format!("EXEC:/usr/sbin/telnetd -h -E {},nofork", shell.display());
        Self::start(port, "socat", [listen(port).as_str(), &daemon])
    }

    /// ser2net with RFC 2217 before a serial port.
    pub fn ser2net(folder: &Path, line: &Path) -> Result<Peer, Failure> {
        let port = closed_port()?;
        let file = folder.join("ser2net.yaml");
        let line = line.display();
        std::fs::write(
            &file,
            format!(
                "connection: &line\n  accepter: telnet(rfc2217),tcp,127.0.0.1,{port}\n  connector: serialdev,{line},\
                 115200n81,local\n  options:\n    kickolduser: true\n"
            ),
        )?;
        Self::start(port, "ser2net", ["-n".as_ref(), "-c".as_ref(), file.as_os_str()])
    }

    /// A plain TCP device: a shell script for each connection, in this folder.
    pub fn tcp(folder: &Path, port: u16, script: &str) -> Result<Peer, Failure> {
        let file = folder.join("device.sh");
        std::fs::write(&file, script)?;
        Self::start(port, "socat", [listen(port), format!("EXEC:sh {}", file.display())])
    }

    /// A serial device: a shell script at the far end of a pseudo-terminal, which is called `port` in this folder.
    pub fn serial(folder: &Path, script: &str) -> Result<Peer, Failure> {
        let (file, line) = (folder.join("device.sh"), folder.join("port"));
        std::fs::write(&file, script)?;
        let process = Self::spawn(
            "socat",
            [format!("PTY,link={},rawer", line.display()), format!("EXEC:sh {}", file.display())],
        )?;
        let peer = Peer { process, port: 0 };
        let end = Instant::now() + Duration::from_secs(20);
        while !line.exists() {
            crate::ensure!(Instant::now() < end, "socat makes no pseudo-terminal");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(peer)
    }

    /// vsftpd with the folder `root` in this one, of which `in` may be written to; `more` goes into its file.
    pub fn vsftpd(folder: &Path, port: u16, more: &str) -> Result<Peer, Failure> {
        let file = folder.join("vsftpd.conf");
        std::fs::write(
            &file,
            format!(
                "listen=YES\nlisten_ipv6=NO\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\n\
                 run_as_launching_user=YES\nanonymous_enable=YES\nlocal_enable=NO\nwrite_enable=YES\n\
                 anon_upload_enable=YES\nanon_other_write_enable=YES\nanon_umask=022\nanon_root={}\nseccomp_sandbox=NO\n\
                 xferlog_enable=NO\nconnect_from_port_20=NO\n{more}\n",
                folder.join("root").display()
            ),
        )?;
        let program = if Path::new("/usr/sbin/vsftpd").is_file() { "/usr/sbin/vsftpd" } else { "vsftpd" };
        Self::start(port, program, [file])
    }

    fn start<A: AsRef<OsStr>>(port: u16, program: &str, words: impl IntoIterator<Item = A>) -> Result<Peer, Failure> {
        let process = Self::spawn(program, words)?;
        let peer = Peer { process, port };
        let end = Instant::now() + Duration::from_secs(20);
        // Not connected to: some of them serve one connection only.
        while !matches!(TcpListener::bind(("127.0.0.1", port)), Err(why) if why.kind() == ErrorKind::AddrInUse) {
            crate::ensure!(Instant::now() < end, "{program} does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(peer)
    }

    fn spawn<A: AsRef<OsStr>>(program: &str, words: impl IntoIterator<Item = A>) -> Result<Child, Failure> {
        let mut command = Command::new(program);
        command.args(words).process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(command.spawn().map_err(|why| format!("{program}: {why}"))?)
    }
}

fn listen(port: u16) -> String {
    format!("TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork")
}

impl Drop for Peer {
    fn drop(&mut self) {
        let group = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.process.wait();
    }
}
