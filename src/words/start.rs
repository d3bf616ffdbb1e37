//! The start page.

use super::messages;

messages! {
    /// The heading.
    title: "Open a device" | "Ein Gerät öffnen";
    /// Under the heading.
    lead:
        "Plug it in, press the button, and its first bytes are on the screen, decoded. \
         No account, and nothing is fetched from another origin."
        | "Einstecken, den Knopf drücken, und die ersten Bytes stehen entschlüsselt da. \
           Kein Konto, und nichts wird von anderswo geholt.";
    /// What the wired half is.
    point_lead: "One wired device. Needs no internet." | "Ein Gerät am Kabel. Braucht kein Internet.";
    /// The wired path.
    point_path:
        "The device is wired to this tab. The path ends here." | "Das Gerät hängt an diesem Tab. Der Weg endet hier.";
    /// One end of the path.
    device: "Device" | "Gerät";
    /// The other end.
    this_tab: "This tab" | "Dieser Tab";
    /// What the network half is.
    network_lead:
        "A device behind an address, reached through its host." | "Ein Gerät hinter einer Adresse, über seinen Host.";
    /// The network path.
    network_path:
        "This tab reaches a server, which may serve other devices, people and applications."
        | "Dieser Tab erreicht einen Server, der auch andere Geräte, Leute und Programme bedienen kann.";
    /// The middle of the path.
    server: "Server" | "Server";
    /// One of many.
    devices: "devices" | "Geräte";
    /// One of many.
    people: "other people" | "andere Leute";
    /// One of many.
    software: "other software" | "andere Programme";
    /// The rest of the page.
    without: "Without a device" | "Ohne Gerät";
    /// The demo's heading.
    nothing: "Nothing to plug in?" | "Nichts zum Einstecken da?";
    /// What the demo is.
    demo_lead:
        "A simulated motor drive with readings, a log, commands to try, and faults on request."
        | "Ein simulierter Antrieb mit Messwerten, einem Protokoll, Befehlen zum Ausprobieren und Fehlern auf Wunsch.";
    /// Opens the demo.
    demo: "Try the demo device" | "Demogerät ausprobieren";
    /// Devices that whoever serves the page simulates.
    demo_network: "Demo network" | "Demo-Netz";
    /// Serial ports can be opened.
    can_serial: "This browser can open serial ports." | "Dieser Browser kann serielle Anschlüsse öffnen.";
    /// They cannot.
    cannot_serial:
        "This browser cannot open serial ports." | "Dieser Browser kann keine seriellen Anschlüsse öffnen.";
    /// The console's version.
    version(version: &str, build: &str): "Version {version}, build {build}" | "Version {version}, Build {build}";
    /// The choice of profile.
    profile: "Profile" | "Profil";
    /// A profile of the user's own.
    yours(name: &str): "{name} (yours)" | "{name} (eigenes)";

    /// Asks for a port.
    connect_usb: "Connect a USB serial device" | "USB-Gerät seriell verbinden";
    /// The speed's field.
    speed: "Speed in baud" | "Geschwindigkeit in Baud";
    /// The format of a character on the line.
    format: "Format" | "Format";
    /// What it is made of.
    format_note: "Data bits, parity (none, even, odd), stop bits" | "Datenbits, Parität (keine, gerade, ungerade), Stoppbits";
    /// What no speed is.
    no_speed:
        "The speed must be a whole number of baud from 1 to 4 294 967 295, such as 115200."
        | "Die Geschwindigkeit muss eine ganze Zahl von 1 bis 4 294 967 295 Baud sein, etwa 115200.";
    /// The browser's list of ports was closed.
    none_chosen:
        "No port was chosen, and nothing was opened. If yours was not in the list: plug it in again, try another cable, \
         and see whether the profile asks for another device."
        | "Kein Anschluss gewählt, nichts geöffnet. Fehlt das Gerät in der Liste: neu einstecken, ein anderes Kabel \
           nehmen, und nachsehen, ob das Profil ein anderes Gerät verlangt.";
    /// What can be connected.
    wired_note:
        "Boards, RS-485 and CAN adapters, GNSS receivers: anything that appears as a serial port. Its data stays in this tab."
        | "Platinen, RS-485- und CAN-Adapter, GNSS-Empfänger: alles, was als serieller Anschluss erscheint. Die Daten \
           bleiben in diesem Tab.";
    /// A session has the port open.
    open_as(session: &str): "open as {session}" | "geöffnet als {session}";
    /// Goes there.
    show: "Show" | "Zeigen";
    /// Ports granted.
    devices_before: "Devices you allowed before" | "Früher erlaubte Geräte";
    /// None of them.
    no_devices:
        "None plugged in. A device you allowed appears here as soon as it is."
        | "Keines eingesteckt. Ein erlaubtes Gerät erscheint hier, sobald es da ist.";
    /// Opens it.
    connect: "Connect" | "Verbinden";
    /// Takes a permission back, or an address out of the list.
    forget: "Forget" | "Vergessen";
    /// The browser did not take a permission back.
    not_forgotten(port: &str):
        "The browser keeps its permission for {port}: a policy of this computer allows it."
        | "Der Browser behält die Erlaubnis für {port}: Eine Richtlinie dieses Computers erlaubt den Anschluss.";
    /// It is there.
    plugged_in: "Plugged in" | "Eingesteckt";
    /// How a port was opened.
    profile_at(profile: String, baud: String): "{profile}, {baud} baud" | "{profile}, {baud} Baud";

    /// The address' field.
    address: "Address" | "Adresse";
    /// Opens the address.
    open: "Open" | "Öffnen";
    /// The topics' field.
    topics: "Topics" | "Topics";
    /// None was typed.
    topics_needed:
        "An MQTT broker sends what is asked for: name at least one topic, such as meters/7/#, with a comma between two."
        | "Ein MQTT-Broker sendet, worum man ihn bittet: mindestens ein Topic nennen, etwa meters/7/#, mehrere mit Komma.";
    /// One of them is none.
    no_topic(why: &str): "Correct the topics: {why}." | "Die Topics berichtigen: {why}.";
    /// The choice between the kinds.
    kind: "Kind of link" | "Art der Verbindung";
    /// Said while an address with a query is typed.
    query:
        "What stands after the question mark is sent to the host and shown nowhere else. As it may be secret, this \
         address is not kept: type it again after the page was closed."
        | "Was nach dem Fragezeichen steht, geht an den Host und wird sonst nirgends gezeigt. Da es geheim sein kann, wird \
           diese Adresse nicht behalten: Nach dem Schließen der Seite erneut eingeben.";
    /// A target's name that is none.
    bad_target(why: &str): "This cannot be opened: {why}." | "Das lässt sich nicht öffnen: {why}.";
    /// Follows where an address was typed.
    name_in_file:
        " Write that address into the gateway's file under a name of your own, then type the name here."
        | " Diese Adresse unter einem eigenen Namen in die Datei des Gateways schreiben, dann hier den Namen eingeben.";
    /// Nothing may be sent to it.
    read_only: "read only" | "nur lesend";
    /// What a gateway offers.
    targets: "Targets of this console's gateway" | "Ziele des Gateways dieser Konsole";
    /// It is being asked.
    targets_asked: "Asking the gateway." | "Das Gateway wird gefragt.";
    /// It offers nothing.
    no_targets:
        "The gateway has no Telnet or TCP target for this console. Whoever runs it names them in its file \
         (\"ferrule serve --config FILE\"; \"--sample\" prints one)."
        | "Das Gateway hat kein Telnet- oder TCP-Ziel für diese Konsole. Wer es betreibt, nennt sie in seiner Datei \
           („ferrule serve --config DATEI“; „--sample“ druckt eine).";
    /// There is none.
    no_gateway:
        "No browser opens Telnet or TCP: a gateway does, and this console's host is none. Start one with \"ferrule serve \
         --config FILE\", which also prints a file to begin with (\"--sample\"), and open the console from there; or type the \
         address of a target elsewhere, as https://gateway.example/link/NAME."
        | "Kein Browser öffnet Telnet oder TCP: Ein Gateway tut es, und der Host dieser Konsole ist keines. Eines mit „ferrule \
           serve --config DATEI“ starten („--sample“ druckt eine Datei für den Anfang) und die Konsole von dort öffnen; oder \
           die Adresse eines Ziels anderswo eingeben, wie https://gateway.example/link/NAME.";
    /// It could not be asked.
    gateway_silent:
        "The gateway did not answer. Check that it still runs, then choose the kind of link again."
        | "Das Gateway antwortete nicht. Prüfen, ob es noch läuft, dann die Art der Verbindung erneut wählen.";
    /// It wants a token.
    token_wanted:
        "The gateway shows its targets to whoever has a token. It is kept until this tab is closed, and nowhere else."
        | "Das Gateway zeigt seine Ziele, wenn es ein Token bekommt. Es wird behalten, bis dieser Tab geschlossen wird, und sonst \
           nirgends.";
    /// It wants another one.
    token_unknown:
        "The gateway does not know that token. Type it again, or ask whoever runs the gateway for one."
        | "Das Gateway kennt dieses Token nicht. Es erneut eingeben, oder den Betreiber des Gateways um eines bitten.";
    /// Takes the token.
    show_targets: "Show the targets" | "Ziele zeigen";
    /// Addresses opened.
    addresses_before: "Addresses you opened before" | "Früher geöffnete Adressen";
    /// None of them.
    no_addresses:
        "None yet. Addresses with a query are never kept."
        | "Noch keine. Adressen mit einer Abfrage werden nie behalten.";
    /// An address of another kind, or of none.
    scheme(plain: &str, secure: &str):
        "The address must begin with {plain}:// or {secure}:// and name a host."
        | "Die Adresse muss mit {plain}:// oder {secure}:// beginnen und einen Host nennen.";
    /// Follows where the scheme is that of the other kind.
    choose_http: " For this one, choose HTTP." | " Für diese HTTP wählen.";
    /// A broker's address that no browser opens.
    broker_by_gateway:
        " A browser reaches a broker only by WebSocket: type the broker's WebSocket address, or have a gateway reach this one \
         as a target of the kind mqtt, and type /link/NAME."
        | " Ein Browser erreicht einen Broker nur per WebSocket: Dessen WebSocket-Adresse eingeben, oder diesen von einem \
           Gateway als Ziel der Art mqtt erreichen lassen und /link/NAME eingeben.";
    /// The same the other way.
    choose_websocket: " For this one, choose WebSocket." | " Für diese WebSocket wählen.";
    /// An address with a password in it.
    user:
        "Browsers open no address with a user name or a password. Take out what stands before the @; a device that wants \
         to know who asks can do so with a token after a question mark."
        | "Browser öffnen keine Adresse mit Benutzernamen oder Passwort. Weglassen, was vor dem @ steht; ein Gerät, das \
           wissen will, wer fragt, kann das mit einem Token nach einem Fragezeichen.";
    /// The same of a broker, which has another way.
    user_of_broker:
        "Browsers open no address with a user name or a password. Take out what stands before the @: where the broker wants \
         to know who connects, the session asks for both."
        | "Browser öffnen keine Adresse mit Benutzernamen oder Passwort. Weglassen, was vor dem @ steht: Will der Broker \
           wissen, wer sich verbindet, fragt die Sitzung nach beidem.";
    /// An address without a host.
    no_host(plain: &str, secure: &str):
        "The address names no host. Write it right after {plain}:// or {secure}://."
        | "Die Adresse nennt keinen Host. Ihn gleich nach {plain}:// oder {secure}:// schreiben.";
    /// A host that is none.
    bad_host(host: &str):
        "\"{host}\" is no host. Correct it: a name has no spaces, and a port after the colon is at most 65535."
        | "„{host}“ ist kein Host. Berichtigen: Ein Name hat keine Leerzeichen, und ein Port nach dem Doppelpunkt ist \
           höchstens 65535.";

    /// The address of a session that is closed.
    gone(id: u32):
        "Session {id} is not open any more. It was closed, or the page was loaded again, and its data went with \
         it. Open the device again below."
        | "Sitzung {id} ist nicht mehr offen. Sie wurde geschlossen, oder die Seite wurde neu geladen, und ihre Daten \
           gingen mit ihr. Unten das Gerät erneut öffnen.";
    /// An address of nothing.
    unknown:
        "The address names nothing that is here. This is the start page; open a device below."
        | "Die Adresse nennt nichts, was es hier gibt. Dies ist die Startseite; unten ein Gerät öffnen.";
    /// An address that asks for another kind of link.
    unknown_kind:
        "The address asks for a kind of link that cannot be opened this way: it must be websocket, http, mqtt, telnet, tcp, ftp, \
         gateway-serial or serial. Choose one below."
        | "Die Adresse verlangt eine Verbindungsart, die so nicht zu öffnen ist: Es muss websocket, http, mqtt, telnet, tcp, ftp, \
           gateway-serial oder serial sein. Unten eine wählen.";
    /// An address that asks for a profile.
    unknown_profile:
        "The address asks for a profile that is not in this browser. Choose one below, or import it first."
        | "Die Adresse verlangt ein Profil, das nicht in diesem Browser ist. Unten eines wählen, oder es erst importieren.";

    /// Heading of one's own profiles.
    own: "Your own device?" | "Ein eigenes Gerät?";
    /// What a profile is.
    own_lead:
        "A profile is one text file that says how a device is reached and what its bytes mean. It is checked here, line by line."
        | "Ein Profil ist eine Textdatei, die sagt, wie ein Gerät zu erreichen ist und was seine Bytes bedeuten. Sie wird \
           hier Zeile für Zeile geprüft.";
    /// Takes a file.
    import: "Import a profile" | "Profil importieren";
    /// It was taken.
    kept(name: &str):
        "{name} is kept in this browser and can be chosen above."
        | "{name} ist in diesem Browser aufbewahrt und oben wählbar.";
    /// It was not.
    not_taken(name: &str, why: &str): "{name} was not taken. {why}" | "{name} wurde nicht genommen. {why}";
    /// It is deleted.
    deleted(name: &str):
        "{name} was deleted from this browser." | "{name} wurde aus diesem Browser gelöscht.";
    /// It cannot be.
    not_deleted(name: &str):
        "{name} was not deleted: the browser's storage is switched off."
        | "{name} wurde nicht gelöscht: Der Speicher des Browsers ist abgeschaltet.";
    /// It was brought back.
    back: "It is back." | "Es ist wieder da.";
    /// Takes a profile away.
    delete: "Delete" | "Löschen";
    /// Brings it back.
    undo: "Undo" | "Rückgängig";
    /// The list of one's own.
    own_profiles: "Profiles kept in this browser" | "In diesem Browser aufbewahrte Profile";
    /// None of them.
    no_profiles:
        "None yet. What you import, or keep in a session, is listed here."
        | "Noch keine. Was importiert oder in einer Sitzung aufbewahrt wird, steht hier.";
}
