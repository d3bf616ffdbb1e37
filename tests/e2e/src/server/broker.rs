//! MQTT brokers on loopback, of two makes: Debian's mosquitto, and aedes of npm.

use crate::failure::Failure;
use crate::server::closed_port;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// aedes behind a WebSocket server; it knows MQTT 3.1.1 and no later version. What it hears it prints.
const AEDES: &str = "
const [,, port, root] = process.argv;
const load = (name) => require(require.resolve(name, { paths: [root] }));
const aedes = load('aedes')();
const { WebSocketServer, createWebSocketStream } = load('ws');
new WebSocketServer({ host: '127.0.0.1', port, handleProtocols: () => 'mqtt' })
  .on('connection', (socket) => aedes.handle(createWebSocketStream(socket)));
let count = 0;
setInterval(() => aedes.publish({ topic: 'meters/7/state', payload: JSON.stringify({ temp: 20 + count++ % 9 }), qos: 0 }, () => {}), 100);
";

/// A broker.
pub struct Broker {
    process: Child,
    /// The port of its WebSocket listener.
    pub port: u16,
    /// The port of its plain listener.
    pub plain: u16,
    folder: PathBuf,
    user: Option<(&'static str, &'static str)>,
}

impl Broker {
    /// Starts mosquitto in a folder of its own; with a user and a password, nobody else may.
    pub fn mosquitto(folder: &Path, user: Option<(&'static str, &'static str)>) -> Result<Broker, Failure> {
        Broker::with(folder, user, "")
    }

    /// Starts one that takes no better quality than 1, and nothing to topics that begin with `closed`.
    pub fn strict(folder: &Path) -> Result<Broker, Failure> {
        fs::create_dir_all(folder)?;
        let rights = folder.join("rights");
        fs::write(&rights, "topic readwrite open/#\ntopic read closed/#\n")?;
        Broker::with(folder, None, &format!("max_qos 1\nacl_file {}\n", rights.display()))
    }

    fn with(folder: &Path, user: Option<(&'static str, &'static str)>, more: &str) -> Result<Broker, Failure> {
        fs::create_dir_all(folder)?;
        let (port, plain) = (closed_port()?, closed_port()?);
        let mut file = format!(
            "listener {port} 127.0.0.1\nprotocol websockets\n{more}listener {plain} 127.0.0.1\nallow_anonymous {}\n",
            user.is_none()
        );
        if let Some((name, password)) = user {
            let passwords = folder.join("passwords");
            let made =
                Command::new("mosquitto_passwd").args(["-b", "-c"]).arg(&passwords).args([name, password]).status()?;
            crate::ensure!(made.success(), "mosquitto_passwd made no file");
            file += &format!("password_file {}\n", passwords.display());
        }
        // It gives up root's rights before it reads its files.
        file += "user root\n";
        fs::write(folder.join("mosquitto.conf"), file)?;
        let process = start_mosquitto(folder)?;
        let broker = Broker { process, port, plain, folder: folder.to_owned(), user };
        broker.listens()?;
        Ok(broker)
    }

    /// Starts aedes.
    pub fn aedes(folder: &Path, packages: &Path) -> Result<Broker, Failure> {
        fs::create_dir_all(folder)?;
        let port = closed_port()?;
        let program = folder.join("aedes.js");
        fs::write(&program, AEDES)?;
        let process =
            Command::new("node").arg(&program).arg(port.to_string()).arg(packages).stdin(Stdio::null()).spawn()?;
        let broker = Broker { process, port, plain: port, folder: folder.to_owned(), user: None };
        broker.listens()?;
        Ok(broker)
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/", self.port)
    }

    /// Another client publishes something.
    pub fn publish(&self, topic: &str, payload: &str, more: &[&str]) -> Result<(), Failure> {
        let mut command = Command::new("mosquitto_pub");
        command.args(["-h", "127.0.0.1", "-p", &self.plain.to_string(), "-t", topic, "-m", payload]).args(more);
        if let Some((name, password)) = self.user {
            command.args(["-u", name, "-P", password]);
        }
        crate::ensure!(command.status()?.success(), "mosquitto_pub could not publish to {topic}");
        Ok(())
    }

    /// Another client waits for a message of a topic.
    pub fn listen(&self, topic: &str) -> Result<Child, Failure> {
        let port = self.plain.to_string();
        let words = ["-h", "127.0.0.1", "-p", &port, "-t", topic, "-C", "1", "-W", "60", "-q", "2"];
        let mut command = Command::new("mosquitto_sub");
        command.args(words);
        if let Some((name, password)) = self.user {
            command.args(["-u", name, "-P", password]);
        }
        Ok(command.stdout(Stdio::piped()).spawn()?)
    }

    /// Devices that answer so many commands on `meters/DEVICE/set` by `ok` on `meters/DEVICE/ack`; `mute` never does.
    pub fn answering(&self, commands: usize, mute: &str) -> Result<Child, Failure> {
        let port = self.plain;
        let script = format!(
            "mosquitto_sub -h 127.0.0.1 -p {port} -t 'meters/+/set' -C {commands} -W 120 -v | while read topic payload; do \
             device=${{topic#meters/}}; device=${{device%/set}}; \
             [ \"$device\" = {mute} ] || mosquitto_pub -h 127.0.0.1 -p {port} -t \"meters/$device/ack\" -m \"ok $payload\"; done"
        );
        Ok(Command::new("sh").args(["-c", &script]).stdin(Stdio::null()).spawn()?)
    }

    /// A client with a last will that is kept; when it is killed, the broker publishes that.
    pub fn mortal(&self, topic: &str, will: &str) -> Result<Child, Failure> {
        let port = self.plain.to_string();
        let words = ["-h", "127.0.0.1", "-p", &port, "-t", "none", "--will-topic", topic, "--will-payload", will];
        Ok(Command::new("mosquitto_sub").args(words).arg("--will-retain").stdout(Stdio::null()).spawn()?)
    }

    /// It is gone, and comes back.
    pub fn restart(&mut self) -> Result<(), Failure> {
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.process = start_mosquitto(&self.folder)?;
        self.listens()
    }

    fn listens(&self) -> Result<(), Failure> {
        let end = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            crate::ensure!(Instant::now() < end, "the broker does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

fn start_mosquitto(folder: &Path) -> Result<Child, Failure> {
    // Debian has it where only root looks.
    let program = if Path::new("/usr/sbin/mosquitto").is_file() { "/usr/sbin/mosquitto" } else { "mosquitto" };
    let log = fs::File::create(folder.join("mosquitto.log"))?;
    let started =
        Command::new(program).arg("-c").arg(folder.join("mosquitto.conf")).stdin(Stdio::null()).stderr(log).spawn();
    started.map_err(|why| format!("mosquitto: {why}; install it (apt-get install mosquitto)").into())
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
