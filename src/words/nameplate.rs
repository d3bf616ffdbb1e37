//! The nameplate, and what went wrong with the link.

use super::messages;

messages! {
    /// The region's name.
    label: "Device" | "Gerät";
    /// A fact: the state.
    state: "State" | "Zustand";
    /// A fact: the link.
    link: "Link" | "Verbindung";
    /// A fact: the family.
    family: "Family" | "Art";
    /// A fact: the profile.
    profile: "Profile" | "Profil";
    /// What protocol it has.
    speaks(protocol: &str): "speaks {protocol}" | "spricht {protocol}";
    /// By what an opened file is drawn.
    by_column(column: &str, how: String): "drawn by its column {column}, {how}" | "gezeichnet nach Spalte {column}, {how}";
    by_rows: "no column of time: drawn evenly, row by row" | "ohne Zeitspalte: gleichmäßig gezeichnet, Zeile für Zeile";
    dates: "dates" | "Datum und Zeit";
    since_1970(unit: &str): "{unit} since 1970" | "{unit} seit 1970";
    since_start(unit: &str): "{unit} from the start" | "{unit} ab Beginn";
    /// Closes the link.
    disconnect: "Disconnect" | "Trennen";
    /// The port was given to another tool.
    released: "Released" | "Freigegeben";
    /// Opens it again.
    connect_again: "Connect again" | "Erneut verbinden";
    /// Asks a broker's user for what it wants to know.
    log_in_form: "Log in" | "Anmelden";
    /// The user's name.
    username: "User name" | "Benutzername";
    /// The password.
    password: "Password" | "Passwort";
    /// Sends both and opens the link again.
    log_in: "Log in and connect" | "Anmelden und verbinden";
    /// It was tried.
    log_in_refused: "This user name and this password were refused. Check both."
        | "Dieser Benutzername und dieses Passwort wurden abgelehnt. Beide prüfen.";
    /// What becomes of the password.
    password_note:
        "It goes to the broker and nowhere else, and is forgotten with this session."
        | "Es geht an den Broker und sonst nirgendwohin und wird mit dieser Sitzung vergessen.";
    /// The same where the way there is open to others.
    password_open:
        "The way to this broker is not encrypted: whoever is on it can read the password."
        | "Der Weg zu diesem Broker ist unverschlüsselt: Wer daran sitzt, kann das Passwort lesen.";
    secret_note:
        "It goes to that address and nowhere else, and is forgotten with this session."
        | "Es geht an jene Adresse und sonst nirgendwohin und wird mit dieser Sitzung vergessen.";
    secret_open:
        "The way to this address is not encrypted: whoever is on it can read the password."
        | "Der Weg zu dieser Adresse ist unverschlüsselt: Wer daran sitzt, kann das Passwort lesen.";
    /// How a password goes alone.
    secret_bearer:
        "Without a user name it goes as a token (Bearer)." | "Ohne Benutzername geht es als Token (Bearer).";
    /// Ends the session.
    close: "Close session" | "Sitzung schließen";
    /// Tries to open the link.
    try_again: "Try again now" | "Jetzt erneut versuchen";
    /// Takes the place back from another client.
    reconnect: "Reconnect" | "Neu verbinden";
    /// A profile with which no session can begin.
    unusable(mistake: String):
        "This profile cannot be used. {mistake}. Close the session, mend the file and import it again."
        | "Dieses Profil ist nicht verwendbar. {mistake}. Die Sitzung schließen, die Datei berichtigen und neu importieren.";
    /// Silence, and how long.
    no_data(duration: String): "no data for {duration}" | "seit {duration} keine Daten";
    /// How long it has been so.
    for_(duration: String): "for {duration}" | "seit {duration}";
    /// Who sees what a wired device says.
    private: "private to this tab and the device" | "nur zwischen diesem Tab und dem Gerät";
    /// Where a network link leads.
    talks_to(host: &str): "talks to {host}" | "spricht mit {host}";
    /// The same, where commands go elsewhere.
    talks_to_and(host: &str, command: &str):
        "talks to {host}, commands go to {command}" | "spricht mit {host}, Befehle gehen an {command}";
    /// An address on the console's own server.
    own_server: "this console's own server" | "dem Server dieser Konsole";
    /// What the demo device is.
    simulated: "simulated in this tab" | "in diesem Tab simuliert";
    /// Its place among ports that look alike.
    number(number: u16): " · number {number}" | " · Nummer {number}";
    /// A port without USB numbers.
    serial_port: "serial port" | "serieller Anschluss";
    /// A serial line's settings.
    line(baud: String, format: String): "{baud} baud, {format}" | "{baud} Baud, {format}";
    /// The demo's rate.
    samples(rate: String): "{rate} samples/s" | "{rate} Messwerte/s";
    /// A wss:// address.
    encrypted: "encrypted" | "verschlüsselt";
    /// A ws:// address.
    not_encrypted: "not encrypted" | "unverschlüsselt";
    /// Who could read along, of a target with which the gateway may speak TLS.
    as_its_file_says: "encrypted beyond the gateway only if its file says so"
        | "hinter dem Gateway nur verschlüsselt, wenn dessen Datei es sagt";
    /// The same of a target with which it never does.
    not_encrypted_beyond: "not encrypted beyond the gateway" | "hinter dem Gateway unverschlüsselt";
    at_gateway: "on the gateway's machine" | "auf dem Rechner des Gateways";
    through(gateway: &str): "through {gateway}" | "über {gateway}";
    own_gateway: "this console's gateway" | "das Gateway dieser Konsole";
    token: "Token for this gateway" | "Token für dieses Gateway";
    use_token: "Connect with this token" | "Mit diesem Token verbinden";
    telnet: "What was agreed on with the device" | "Was mit dem Gerät vereinbart ist";
    telnet_ours: "This console" | "Diese Konsole";
    telnet_theirs: "The device" | "Das Gerät";
    telnet_refused: "Refused" | "Abgelehnt";
    telnet_none: "nothing" | "nichts";
    telnet_port(baud: String): "The port behind it runs at {baud} baud." | "Der Anschluss dahinter läuft mit {baud} Baud.";
    telnet_no_port:
        "The device has no serial port to set: it declined RFC 2217. What is set here has no effect."
        | "Das Gerät hat keinen seriellen Anschluss zum Einstellen: Es lehnte RFC 2217 ab. Was hier gesetzt wird, wirkt nicht.";
    every(duration: String): "every {duration}" | "alle {duration}";
    /// A kind of link.
    ftp_file: "FTP, one file" | "FTP, eine Datei";
    /// A kind of link.
    ftp_folders: "FTP, folders of files" | "FTP, Ordner mit Dateien";
    /// What the profile of a server with files is for.
    opens_files: "files are opened with it" | "damit werden Dateien geöffnet";
    /// A kind of link.
    demo: "Demo device" | "Demogerät";
    /// A kind of link.
    serial: "USB serial" | "USB seriell";
}
