//! What the tests need from the system: a browser, its driver, mock devices. Installed with apt where that is possible.

use crate::shell::{Failure, command, read, run, say, which};
use std::process::Command;

/// The browser, its driver, and a font so that text has a width.
pub(crate) const BROWSER: &[&str] = &["chromium", "chromium-driver", "fonts-dejavu-core"];

/// A serial port without hardware (a mocked udev, its bindings, a compiler for the ioctl shim), a screen without a monitor
/// for the browser's chooser of ports, and a machine for the firmware.
pub(crate) const RIG: &[&str] = &[
    "umockdev",
    "libumockdev-dev",
    "gir1.2-umockdev-1.0",
    "python3-gi",
    "gcc",
    "libc6-dev",
    "xvfb",
    "xdotool",
    "qemu-system-arm",
];

/// Other people's ends of what is spoken here: file transfer, a serial port, a shell with an editor, Telnet, RFC 2217, TCP,
/// MQTT, FTP.
pub(crate) const PEERS: &[&str] = &[
    "lrzsz",
    "python3-serial",
    "bash",
    "vim",
    "less",
    "inetutils-telnetd",
    "ser2net",
    "socat",
    "mosquitto",
    "mosquitto-clients",
    "vsftpd",
];

/// Makes sure that the packages are there.
pub(crate) fn ensure(packages: &[&str]) -> Result<(), Failure> {
    if which("dpkg-query").is_none() || which("apt-get").is_none() {
        return Err(format!(
            "this step needs what Debian and Ubuntu call {}; there is no apt-get here to install it with",
            packages.join(" ")
        ));
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand =
        format!("type: sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", missing.join(" "));
    let Some(prefix) = privilege() else {
        return Err(format!("this step needs {}, and installing it needs root;\n{by_hand}", missing.join(" ")));
    };
    say(&format!("installing {} with apt", missing.join(" ")));
    run(&mut apt(prefix, &["update", "-qq"])).map_err(|why| format!("{why}\n{by_hand}"))?;
    let mut words = vec!["install", "-y", "-qq", "--no-install-recommends"];
    words.extend(&missing);
    run(&mut apt(prefix, &words)).map_err(|why| format!("{why}\n{by_hand}"))
}

fn installed(package: &str) -> bool {
    read(&mut command("dpkg-query", &["-W", "-f=${Status}", package]))
        .is_some_and(|status| status.contains("install ok installed"))
}

/// How to become root without asking: not at all, or by a sudo that wants no password.
fn privilege() -> Option<&'static [&'static str]> {
    if read(&mut command("id", &["-u"])).is_some_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    read(&mut command("sudo", &["-n", "true"])).map(|_| &["sudo", "-n"] as &[&str])
}

fn apt(prefix: &[&str], words: &[&str]) -> Command {
    let line = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], words].concat();
    let (program, rest) = line.split_first().unwrap_or((&"apt-get", &[]));
    command(program, rest)
}
