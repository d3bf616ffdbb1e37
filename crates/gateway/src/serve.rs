//! `ferrule serve`: the console with the security headers it ships with, and tunnels to what no browser may open.
//!
//! All files of a build are read at once: at the start, and when another build has come into the folder as a whole. A
//! request can only name what was found then, so there is no path to traverse, no link to follow, and no answer mixes two
//! builds.

mod audit;
mod caps;
mod config;
mod console;
mod demo;
mod embedded;
mod files;
mod ftp;
mod gate;
mod headers;
mod host;
mod listen;
mod metrics;
mod origin;
mod page;
mod policy;
mod rate;
mod record;
mod status;
mod target;
mod tls;
mod token;
mod tunnel;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response};
use axum::middleware::{self, Next};
use axum::routing::get;
use config::Config;
use console::Console;
use demo::Demo;
use gate::Gate;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;
use tokio::sync::watch;

/// Where it listens unless it is told otherwise.
const LISTEN: &str = "127.0.0.1:8080";

/// What `ferrule serve` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The gateway's file: what it reaches, for whom, and where it listens.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder with the built console, in place of the one in this program.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The address to listen on, in place of the file's. 127.0.0.1:8080 if neither says.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Simulated devices on a network, to try all of it with: 240, or as many as are named. On this machine alone.
    #[arg(long, value_name = "DEVICES", num_args = 0..=1, default_missing_value = demo::DEVICES,
          value_parser = clap::value_parser!(u16).range(1..=10_000))]
    demo: Option<u16>,
    /// Prints a sample of the gateway's file, with comments, and ends.
    #[arg(long)]
    sample: bool,
    /// Reads the file, says whether it can be used, and ends.
    #[arg(long, requires = "config")]
    check: bool,
}

/// What `ferrule serve --help` says at its end.
pub(crate) const HELP: &str = "\
Without a file the console is served on this machine alone, and nothing is reached from here.
With one, each [[target]] in it can be opened by the console: TCP and Telnet addresses, FTP
servers, and serial ports of this machine. Other addresses than those of loopback are listened on only
with [tls] and at least one [[token]].

  ferrule serve                                the console on http://127.0.0.1:8080/
  ferrule serve --sample > gateway.toml        a file to begin with
  ferrule serve --config gateway.toml --check  whether it can be used
  ferrule serve --config gateway.toml
  ferrule serve --demo                         with simulated devices to try it on

GET /health and GET /metrics (Prometheus) tell how it is; one line of JSON for each tunnel
goes to stderr, or to the file that [audit] names.";

/// Serves until the process ends.
///
/// # Errors
/// A file that is wrong, a folder without the console, an address that must not be listened on or is taken.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    if arguments.sample {
        print!("{}", config::SAMPLE);
        return Ok(());
    }
    let mut config = arguments.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
    let listen = match arguments.listen.or(config.listen) {
        Some(listen) => listen,
        None => LISTEN.parse().map_err(|why| format!("{LISTEN}: {why}"))?,
    };
    may_listen(listen, &config).map_err(|why| match (&arguments.config, arguments.listen, config.listen_line) {
        (Some(file), None, Some(line)) => format!("{}, line {line}: {why}", file.display()),
        _ => why,
    })?;
    for token in config.tokens.iter().filter(|token| !token.lasts(jiff::Timestamp::now())) {
        // Whoever started it may have closed its output.
        let _ = writeln!(
            std::io::stderr(),
            "ferrule: the token \"{}\" has run out and lets nobody in; give it another `expires`",
            token.name
        );
    }
    let demo = arguments.demo.map(|count| Demo::new(count, listen, &mut config)).transpose()?;
    let in_file = |part: &str, why: String| match &arguments.config {
        Some(file) => format!("{}, {part}: {why}. Name a file that this user can use", file.display()),
        None => why,
    };
    let tls = config.tls.as_ref().map(tls::Own::read).transpose().map_err(|why| in_file("[tls]", why))?;
    let audit = audit::Audit::new(config.audit.as_deref()).map_err(|why| in_file("[audit]", why))?;
    if arguments.check {
        let (targets, tokens) = (counted(config.targets.len(), "target"), counted(config.tokens.len(), "token"));
        println!("The file can be used: {targets}, {tokens}, {listen}");
        return Ok(());
    }
    let secure = config.tls.is_some() || config.behind_proxy;
    let console = Console::open(arguments.root.clone(), embedded::files, secure)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|why| format!("the server cannot start: {why}"))?;
    let (stop, stopping) = watch::channel(false);
    let gate = Arc::new(gate(config, arguments.config.clone(), console, target::system(), stopping, demo, audit));
    let outcome = runtime.block_on(async {
        if let Some(demo) = &gate.demo {
            demo.start();
        }
        let listener = listen::bind(listen).await?;
        listen::listen(listener, tls, router(&gate), gate, stop).await
    });
    // A name server that does not answer holds a thread; nobody waits for it.
    runtime.shutdown_background();
    outcome
}

fn gate(
    config: Config,
    file: Option<PathBuf>,
    console: Console,
    resolve: target::Resolve,
    stopping: watch::Receiver<bool>,
    demo: Option<Demo>,
    audit: audit::Audit,
) -> Gate {
    Gate {
        audit,
        caps: caps::Caps::new(config.limits),
        metrics: metrics::Metrics::new(config.targets.iter().map(|target| target.name.as_str())),
        tokens: token::Tokens::new(config.tokens.clone()),
        config,
        file,
        console,
        resolve,
        ports: target::Ports::default(),
        stopping,
        demo: demo.map(Arc::new),
        started: Instant::now(),
        last_id: AtomicU64::new(0),
    }
}

/// Whether such a file may be listened with there (faults S15).
fn may_listen(listen: SocketAddr, config: &Config) -> Result<(), String> {
    if listen.ip().is_loopback() {
        return Ok(());
    }
    let missing = match (config.tls.is_some(), config.tokens.is_empty()) {
        (true, false) => return Ok(()),
        (true, true) => "there is no [[token]]",
        (false, false) => "there is no [tls]",
        (false, true) => "there is neither [tls] nor a [[token]]",
    };
    Err(format!(
        "{listen} can be reached from other machines, and {missing} in the file; \
         listen on 127.0.0.1 or [::1], or add what is missing (`ferrule serve --sample` shows how)"
    ))
}

fn router(gate: &Arc<Gate>) -> Router {
    let demo = gate.demo.as_ref().map(|demo| demo::routes(gate, demo));
    Router::new()
        .merge(demo.unwrap_or_default())
        .route("/demo", get(demo::profiles))
        .route("/link/{name}", get(tunnel::link))
        .route("/files/{name}/", get(ftp::get).options(ftp::preflight))
        .route("/files/{name}/{*path}", get(ftp::get).put(ftp::put).options(ftp::preflight))
        .route("/targets", get(status::targets).options(status::preflight))
        .route("/health", get(status::health))
        .route("/metrics", get(status::metrics))
        .fallback(page::answer)
        .with_state(gate.clone())
        .layer(middleware::from_fn_with_state(gate.clone(), host::check))
        // Outermost, so that refusals carry the headers too.
        .layer(middleware::from_fn_with_state(gate.clone(), add_headers))
}

async fn add_headers(State(gate): State<Arc<Gate>>, mut request: Request<Body>, next: Next) -> Response<Body> {
    let build = gate.console.build();
    // The page is answered from the same build that the headers are of.
    request.extensions_mut().insert(Arc::clone(&build));
    let mut response = next.run(request).await;
    for (name, value) in &build.headers {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}

/// So many of them.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
