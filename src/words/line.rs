//! The line of a serial session: its signals, its speed, and who has the port.

use super::messages;

messages! {
    /// Unfolds the strip.
    unfold: "Signals and speed" | "Signale und Geschwindigkeit";
    /// The strip's name.
    label: "Line" | "Leitung";
    /// What the device's side says.
    inputs: "Signals of the device" | "Signale des Geräts";
    /// A signal that is set.
    on: "on" | "an";
    /// A signal that is not.
    off: "off" | "aus";
    /// A signal nobody has looked at yet, or that the port does not tell.
    unknown: "not known" | "unbekannt";
    /// Sets a signal.
    set_on(name: &str): "{name} on" | "{name} an";
    /// Clears it.
    set_off(name: &str): "{name} off" | "{name} aus";
    /// An output that was not set here.
    as_opened: "as opened" | "wie geöffnet";
    /// A short break.
    send_break: "Send break" | "Break senden";
    /// A break until pressed again.
    hold_break: "Hold break" | "Break halten";
    /// Why nothing can be set.
    closed: "The link is not open, so no signal can be seen or set." | "Die Verbindung ist nicht offen, darum ist kein Signal zu sehen oder zu setzen.";
    /// What the signals do to a board.
    note:
        "Many boards restart when DTR or RTS changes. The system usually sets both when a port is opened; what the \
         profile says of dtr and rts is set right after."
        | "Viele Platinen starten neu, wenn DTR oder RTS wechselt. Das System setzt meist beide, wenn ein Anschluss geöffnet \
           wird; was das Profil zu dtr und rts sagt, wird gleich danach gesetzt.";

    /// Behind Telnet, where no speed was asked for.
    no_baud:
        "Where a serial port is behind this address (RFC 2217), its speed and signals can be set here once the profile's \
         [link] has a speed, such as baud = 9600. Without one the port stays as its server has it."
        | "Ist hinter dieser Adresse ein serieller Anschluss (RFC 2217), lassen sich seine Geschwindigkeit und Signale hier \
           setzen, sobald [link] im Profil eine Geschwindigkeit hat, etwa baud = 9600. Ohne bleibt er, wie sein Server ihn hat.";

    /// The same, where nothing tells of a port.
    no_port:
        "This Telnet server has offered no serial port settings (RFC 2217): there is nothing to set here but a break. If a port \
         is behind it all the same, a speed in the profile's [link], such as baud = 9600, asks for it."
        | "Dieser Telnet-Server hat keine Einstellungen eines seriellen Anschlusses angeboten (RFC 2217): Außer einem Break gibt es \
           hier nichts zu setzen. Ist doch einer dahinter, fragt eine Geschwindigkeit in [link] des Profils danach, etwa baud = 9600.";

    /// Gives the port to another tool.
    release: "Release port" | "Anschluss freigeben";
    /// Says which of the ports that look alike is meant.
    use_port(name: String): "Use {name}" | "{name} nehmen";
    /// Takes it back.
    retake: "Retake" | "Zurückholen";
    /// It is given away.
    released:
        "The port is released: another tool may use it now. The session and its data stay. Retake it when that tool is done."
        | "Der Anschluss ist frei: Ein anderes Werkzeug kann ihn jetzt benutzen. Die Sitzung und ihre Daten bleiben. Ihn \
           zurückholen, wenn jenes fertig ist.";
    /// It is given away, and the device is gone meanwhile.
    released_gone:
        "The port is released, and the device is not plugged in now: another tool may be restarting it. Retake waits for it."
        | "Der Anschluss ist frei, und das Gerät ist gerade nicht eingesteckt: Vielleicht startet ein anderes Werkzeug es \
           neu. Zurückholen wartet darauf.";
    /// It is given away, and the device has restarted meanwhile.
    released_back:
        "The device was away and is back: the other tool seems to be done with it. Retake the port to go on."
        | "Das Gerät war weg und ist wieder da: Das andere Werkzeug scheint fertig zu sein. Den Anschluss zurückholen, um \
           weiterzumachen.";
}
