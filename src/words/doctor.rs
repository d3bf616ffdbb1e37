//! The connection doctor: what is wrong, on what evidence, and what to do.

use super::messages;

messages! {
    /// Its name, as a link and as the page's title.
    name: "Connection doctor" | "Verbindungsdoktor";
    /// Above the finding.
    of_session(name: &str): "Connection doctor: {name}" | "Verbindungsdoktor: {name}";
    /// The page could not be trusted with ports.
    insecure: "This page came by an address that may not use serial ports." | "Diese Seite kam über eine Adresse, die keine seriellen Anschlüsse benutzen darf.";
    /// What to do.
    insecure_next(origin: &str):
        "Browsers give ports only to pages that came by https or from this computer. This one came from {origin}. Open the \
         console by https, or start it here and open http://localhost."
        | "Browser geben Anschlüsse nur Seiten, die über https oder von diesem Computer kamen. Diese kam von {origin}. Die \
           Konsole über https öffnen, oder sie hier starten und http://localhost öffnen.";
    /// A policy denies it.
    policy: "A policy keeps this page from serial ports." | "Eine Richtlinie hält diese Seite von seriellen Anschlüssen fern.";
    /// What to do where another page frames it.
    policy_framed:
        "Another page frames this one and does not pass the permission on. Open the console by itself, in a tab of its own."
        | "Eine andere Seite bettet diese ein und gibt die Erlaubnis nicht weiter. Die Konsole für sich öffnen, in einem eigenen \
           Tab.";
    /// What to do where none does.
    policy_alone:
        "Its server sends a Permissions-Policy without serial, or the administrator of this browser denies it. Have the \
         server send serial=(self), or ask the administrator."
        | "Ihr Server sendet eine Permissions-Policy ohne serial, oder die Verwaltung dieses Browsers verbietet es. Den Server \
           serial=(self) senden lassen, oder die Verwaltung fragen.";
    /// No Web Serial.
    unsupported: "This browser cannot open serial ports." | "Dieser Browser kann keine seriellen Anschlüsse öffnen.";
    /// What to do on a computer.
    unsupported_next(browser: &str):
        "It calls itself {browser} and has no Web Serial. Open this page in Chrome, Edge or another Chromium browser, or in \
         Firefox 151 or later. Network devices and the demo work here too."
        | "Er nennt sich {browser} und hat kein Web Serial. Diese Seite in Chrome, Edge oder einem anderen Chromium-Browser \
           öffnen, oder in Firefox ab Version 151. Netzwerkgeräte und das Demogerät gehen auch hier.";
    /// What to do on a telephone.
    unsupported_mobile:
        "Browsers on telephones and tablets reach no USB serial port. Use a computer for wired devices; network devices and \
         the demo work here too."
        | "Browser auf Telefonen und Tablets erreichen keinen seriellen USB-Anschluss. Für Geräte am Kabel einen Computer \
           benutzen; Netzwerkgeräte und das Demogerät gehen auch hier.";
    /// No port.
    no_port: "No port is here that this page may use." | "Hier ist kein Anschluss, den diese Seite benutzen darf.";
    /// What to do.
    no_port_next:
        "Either none was allowed yet, or none of those is plugged in: browsers do not tell which. Plug the device in, then \
         press Choose a port. If the browser's list does not have it, see below."
        | "Entweder wurde noch keiner erlaubt, oder keiner davon ist eingesteckt: Browser sagen nicht, was davon. Das Gerät \
           einstecken, dann Anschluss wählen drücken. Fehlt es in der Liste des Browsers, siehe unten.";
    /// Ports, and nothing wrong.
    ready: "Nothing is wrong here." | "Hier ist alles in Ordnung.";
    /// What to do.
    ready_next:
        "Allowed ports are plugged in and none of them has told of trouble. Open one on the start page."
        | "Erlaubte Anschlüsse sind eingesteckt, und keiner hat Schwierigkeiten gemeldet. Auf der Startseite einen öffnen.";
    /// Sessions are open.
    open: "Sessions are open: each has a finding of its own." | "Sitzungen sind offen: Jede hat ihren eigenen Befund.";
    /// What to do.
    open_next:
        "Choose the one that gives trouble below. What stands under the list is about this browser and computer."
        | "Unten die wählen, die Schwierigkeiten macht. Was unter der Liste steht, gilt diesem Browser und Computer.";
    /// Given away.
    released: "The port is released to another tool." | "Der Anschluss ist für ein anderes Werkzeug frei.";
    /// What to do.
    released_next: "Retake it when that tool is done." | "Ihn zurückholen, wenn jenes fertig ist.";
    /// Somebody has it.
    busy: "Somebody else has the port open." | "Jemand anderes hat den Anschluss offen.";
    /// Not there.
    unplugged: "The device is not plugged in." | "Das Gerät ist nicht eingesteckt.";
    /// What to do.
    unplugged_next:
        "It goes on by itself as soon as it is back. If it is plugged in: try another cable, as many only charge, and another \
         socket; then see below."
        | "Es geht von selbst weiter, sobald es wieder da ist. Ist es eingesteckt: ein anderes Kabel versuchen, denn viele laden \
           nur, und eine andere Buchse; dann siehe unten.";
    /// Not permitted, or impossible.
    unusable: "The port may not or cannot be opened like this." | "So darf oder kann der Anschluss nicht geöffnet werden.";
    /// Did not open.
    failed: "The link did not open, or it ended." | "Die Verbindung ging nicht auf, oder sie endete.";
    /// Not the one that is meant.
    stranger: "Another device answered." | "Ein anderes Gerät hat geantwortet.";
    /// Closed by the user.
    closed: "The link is closed." | "Die Verbindung ist geschlossen.";
    /// What to do.
    closed_next: "You closed it. Connect again to go on." | "Sie wurde hier geschlossen. Erneut verbinden, um weiterzumachen.";
    /// A file that came as a whole.
    read: "The file was read to its end." | "Die Datei wurde bis zum Ende gelesen.";
    /// What to do.
    read_next: "All is well, and nothing more comes." | "Alles ist gut, und mehr kommt nicht.";
    /// Being opened.
    opening: "It is being opened." | "Sie wird geöffnet.";
    /// What to do.
    opening_next: "Wait a moment: what it comes to stands here." | "Einen Moment warten: Was daraus wird, steht hier.";
    /// Open for a moment.
    listening: "The port is open." | "Der Anschluss ist offen.";
    /// What to do.
    listening_next: "Nothing has come yet. Wait a moment." | "Noch kam nichts. Einen Moment warten.";
    /// What to do at a server with files.
    store_next: "It has files: choose one under Files to read it." | "Die Gegenseite hat Dateien: unter „Dateien“ eine wählen, um sie zu lesen.";
    /// Silence.
    silent: "The port is open, and nothing comes." | "Der Anschluss ist offen, und es kommt nichts.";
    /// What to do.
    silent_next:
        "Not a byte and not a line error so far: the speed is not to blame, as at a wrong one garbage would come. Check power, \
         the wires TX and RX (each leads to the other) and ground. Many devices speak only when spoken to: send something; \
         some only while DTR is on."
        | "Bisher kein Byte und kein Leitungsfehler: An der Geschwindigkeit liegt es nicht, denn bei einer falschen käme \
           Unsinn. Strom, die Leitungen TX und RX (jede führt zur anderen) und Masse prüfen. Viele Geräte reden nur auf Anfrage: \
           etwas senden; manche nur, solange DTR an ist.";
    /// Open for a moment, over a network.
    listening_there: "The link is open." | "Die Verbindung ist offen.";
    /// Silence over a network.
    silent_there: "The link is open, and nothing comes." | "Die Verbindung ist offen, und es kommt nichts.";
    /// What to do.
    silent_there_next:
        "The other side took the connection and has sent nothing since. Check the path of the address, or the topics. Many devices speak only when spoken to: send something."
        | "Die Gegenseite hat die Verbindung angenommen und seither nichts gesendet. Den Pfad der Adresse oder die Themen prüfen. Viele Geräte reden nur auf Anfrage: etwas senden.";
    /// No sense, over a network.
    senseless_there:
        "Bytes arrive, and the profile makes no sense of them." | "Bytes kommen an, und das Profil wird nicht schlau daraus.";
    /// What to do.
    senseless_there_next:
        "The link is fine: it loses and changes nothing. The profile is for another protocol, framing or checksum, or for another address of this device. Rejected says of each frame what was wrong; where it has none, no frame was found at all: check the length and the checksum first. Hex shows the bytes."
        | "Die Verbindung ist in Ordnung: Sie verliert und ändert nichts. Das Profil ist für ein anderes Protokoll, eine andere Rahmung oder Prüfsumme, oder für eine andere Adresse dieses Geräts. Unter „Verworfen“ steht zu jedem Rahmen, was nicht stimmte; steht dort keiner, wurde gar keiner gefunden: zuerst Länge und Prüfsumme prüfen. Unter „Hex“ stehen die Bytes.";
    /// Another speed.
    wrong_speed(found: String, set: String):
        "It speaks at {found} baud. {set} baud are set." | "Es spricht mit {found} Baud. Eingestellt sind {set} Baud.";
    /// What to do.
    wrong_speed_next:
        "Bytes arrive, so cable and port are fine. They make sense at that speed only. Nothing was changed yet."
        | "Bytes kommen an, Kabel und Anschluss sind also in Ordnung. Sinn ergeben sie nur mit jener Geschwindigkeit. Noch \
           wurde nichts geändert.";
    /// No sense.
    senseless(set: String):
        "Bytes arrive, and make no sense at {set} baud." | "Bytes kommen an, und ergeben mit {set} Baud keinen Sinn.";
    /// What to do.
    senseless_next:
        "Cable and port are fine. The likeliest cause is the speed, then parity, then the protocol of the profile. Try the \
         common speeds: each is listened at for about a second, and nothing is changed."
        | "Kabel und Anschluss sind in Ordnung. Am wahrscheinlichsten ist es die Geschwindigkeit, dann die Parität, dann das \
           Protokoll des Profils. Die üblichen Geschwindigkeiten probieren: Jede wird etwa eine Sekunde belauscht, und nichts \
           wird geändert.";
    /// Frames, and no good one among them.
    checksum: "Frames arrive, and their checksum never agrees." | "Rahmen kommen an, und ihre Prüfsumme stimmt nie.";
    /// What to do.
    checksum_next:
        "Cable, port and speed are fine, else no frame would be found. The likeliest cause is the checksum that the profile \
         names, or the bytes it covers: Rejected says of each frame what came and what was computed."
        | "Kabel, Anschluss und Geschwindigkeit sind in Ordnung, sonst fände sich kein Rahmen. Am wahrscheinlichsten ist es die \
           Prüfsumme, die im Profil steht, oder was sie umfasst: Unter „Verworfen“ steht zu jedem Rahmen, was kam und was \
           berechnet wurde.";
    /// Some errors.
    noisy: "It works, and the line has errors." | "Es geht, und die Leitung hat Fehler.";
    /// What to do.
    noisy_next:
        "Most of what comes is good. Errors now and then come from long or unshielded wires, a missing ground, or a clock that \
         is off: shorten the cable, join the grounds, or lower the speed on both sides."
        | "Das meiste, was kommt, ist gut. Einzelne Fehler kommen von langen oder ungeschirmten Leitungen, fehlender Masse oder \
           einem ungenauen Takt: Kabel kürzen, Massen verbinden, oder auf beiden Seiten die Geschwindigkeit senken.";
    /// All well.
    well: "All is well." | "Alles ist in Ordnung.";
    /// What that rests on.
    well_next: "The link is open, bytes come, and they make sense." | "Die Verbindung ist offen, Bytes kommen, und sie ergeben Sinn.";

    /// The usual speeds are tried.
    trying: "The common speeds are being tried." | "Die üblichen Geschwindigkeiten werden probiert.";
    /// Which one.
    trying_next(baud: String):
        "It listens at {baud} baud now. What it comes to stands here, about a second for each later."
        | "Jetzt wird mit {baud} Baud gelauscht. Was daraus wird, steht hier, nach etwa einer Sekunde für jede.";
    /// Nothing at any speed.
    silent_at_any: "The device is silent: nothing came at any of the common speeds." | "Das Gerät schweigt: Mit keiner der üblichen Geschwindigkeiten kam etwas.";
    /// What to do.
    silent_at_any_next:
        "Check its power, the wires TX and RX (each leads to the other) and ground. Many devices speak only when spoken to: \
         send something; some only while DTR is on."
        | "Strom, die Leitungen TX und RX (jede führt zur anderen) und Masse prüfen. Viele Geräte reden nur auf Anfrage: etwas \
           senden; manche nur, solange DTR an ist.";
    /// The trial told nothing.
    unclear: "Bytes arrive, and at none of the common speeds alone do they make sense." | "Bytes kommen an, und mit keiner der üblichen Geschwindigkeiten allein ergeben sie Sinn.";
    /// What to do.
    unclear_next:
        "Cable and port are fine. Check the format (parity and stop bits), the profile's protocol and the common ground, or type the \
         speed that the device's manual names."
        | "Kabel und Anschluss sind in Ordnung. Das Format (Parität und Stoppbits) prüfen, das Protokoll im Profil und \
           die gemeinsame Masse, oder die Geschwindigkeit aus dem Handbuch des Geräts eingeben.";
    /// It made sense before the speed was changed.
    changed(before: String, set: String):
        "It made sense at {before} baud. {set} baud are set since."
        | "Mit {before} Baud ergab es Sinn. Seither sind {set} Baud eingestellt.";
    /// What to do.
    changed_next(before: String):
        "The change of speed is the likeliest cause: nothing that makes sense came after it. Go back to {before} baud, or set \
         the device to the new speed too."
        | "Die Änderung der Geschwindigkeit ist die wahrscheinlichste Ursache: Danach kam nichts mehr, was Sinn ergibt. Zurück \
           zu {before} Baud, oder auch das Gerät auf die neue Geschwindigkeit stellen.";

    /// Leads to the start page.
    start: "To the start page" | "Zur Startseite";
    /// Asks the browser for a port.
    choose: "Choose a port" | "Anschluss wählen";
    /// Leads back to the session.
    back: "Back to the device" | "Zurück zum Gerät";

    /// The steps' list.
    chain: "How far the connection got" | "Wie weit die Verbindung kam";
    /// A step.
    step_browser: "Browser can" | "Browser kann es";
    /// A step.
    step_allowed: "Allowed" | "Erlaubt";
    /// A step.
    step_plugged: "Plugged in" | "Eingesteckt";
    /// A step.
    step_opened: "Opened" | "Geöffnet";
    /// A step.
    step_bytes: "Bytes arrive" | "Bytes kommen";
    /// A step.
    step_sense: "Bytes make sense" | "Bytes ergeben Sinn";
    /// A step that is done.
    done: "done" | "erledigt";
    /// A step that failed.
    step_failed: "failed" | "fehlgeschlagen";
    /// A step it did not come to.
    not_reached: "not reached" | "nicht erreicht";
    /// A step of which nobody can say whether it was done.
    not_known: "not known" | "nicht bekannt";

    /// The heading of what was looked at.
    evidence: "What was looked at" | "Was angesehen wurde";
    /// A row.
    page: "This page came from" | "Diese Seite kam von";
    /// It may have ports.
    trusted: "trusted with ports" | "darf Anschlüsse haben";
    /// It may not.
    not_trusted: "not trusted with ports" | "darf keine Anschlüsse haben";
    /// A row.
    browser: "Browser" | "Browser";
    /// It has it.
    with_serial: "has Web Serial" | "hat Web Serial";
    /// It has not.
    without_serial: "has no Web Serial here" | "hat hier kein Web Serial";
    /// A row.
    permissions: "Permissions policy" | "Berechtigungs-Richtlinie";
    /// It allows it.
    allowed: "lets this page have ports" | "lässt dieser Seite Anschlüsse";
    /// It does not.
    denied: "denies them" | "verbietet sie";
    /// Nobody knows.
    untold: "this browser does not tell" | "dieser Browser sagt es nicht";
    /// It is framed.
    framed: "in another page's frame" | "im Rahmen einer anderen Seite";
    /// A row.
    ports: "Allowed ports plugged in" | "Erlaubte Anschlüsse, eingesteckt";
    /// None.
    none: "none" | "keine";
    /// A row.
    link: "Link" | "Verbindung";
    /// A row.
    said: "What it said" | "Was sie sagte";
    /// A row.
    came: "What came since it was opened" | "Was seit dem Öffnen kam";
    /// So much of it.
    came_value(bytes: String, printable: String, frames: String, rejected: String):
        "{bytes}, {printable} printable, {frames} frames right, {rejected} rejected"
        | "{bytes}, {printable} druckbar, {frames} Rahmen richtig, {rejected} verworfen";
    /// A row.
    errors: "Line errors" | "Leitungsfehler";
    /// A row.
    signals: "Signals of the device" | "Signale des Geräts";
    /// A row.
    sent: "Sent" | "Gesendet";

    /// Copies the report.
    copy: "Copy report" | "Bericht kopieren";
    /// What is in it.
    copy_note:
        "Plain text for whoever helps you: what stands on this page, without a byte of the device and without secrets in \
         addresses."
        | "Reiner Text für alle, die helfen: was auf dieser Seite steht, ohne ein Byte des Geräts und ohne Geheimnisse in \
           Adressen.";
    /// It was.
    copied: "The report is on the clipboard." | "Der Bericht ist in der Zwischenablage.";
    /// It was not.
    not_copied:
        "The browser did not allow the clipboard. Select the page's text and copy it by hand."
        | "Der Browser hat die Zwischenablage nicht erlaubt. Den Text der Seite auswählen und von Hand kopieren.";

    /// The sessions' heading.
    sessions: "Open sessions" | "Offene Sitzungen";
    /// Leads to the doctor of one.
    examine(name: &str): "Look at {name}" | "{name} ansehen";

    /// The heading of what a page cannot see.
    missing: "The browser's list does not have the device" | "Das Gerät fehlt in der Liste des Browsers";
    /// What that means.
    missing_lead:
        "A page sees no port before it is allowed, so these cannot be looked at from here. From the likeliest on:"
        | "Eine Seite sieht keinen Anschluss, bevor er erlaubt ist; dies lässt sich von hier nicht ansehen. Vom \
           Wahrscheinlichsten an:";
    /// A cause everywhere.
    cable:
        "The cable only charges, or the hub gives no power: try another cable, and a socket of the computer itself."
        | "Das Kabel lädt nur, oder der Hub gibt keinen Strom: ein anderes Kabel versuchen, und eine Buchse am Computer selbst.";
    /// A cause on Linux.
    sandbox:
        "The browser is sandboxed, as one from Flathub or the Snap store is: it sees no ports until it is let. For Flatpak: \
         flatpak override --user --device=all NAME, and --filesystem=/run/udev:ro; for Snap: snap connect NAME:raw-usb. Or \
         install the browser from its maker's own package."
        | "Der Browser ist abgeschottet, wie einer von Flathub oder aus dem Snap-Store: Er sieht keine Anschlüsse, bis man ihn \
           lässt. Für Flatpak: flatpak override --user --device=all NAME, und --filesystem=/run/udev:ro; für Snap: snap connect \
           NAME:raw-usb. Oder den Browser aus dem Paket seines Herstellers installieren.";
    /// A cause on Linux.
    group:
        "You may not use the port: ls -l /dev/ttyUSB* /dev/ttyACM* names its group, mostly dialout or uucp; sudo usermod -aG \
         dialout $USER, then log in again."
        | "Der Anschluss darf nicht benutzt werden: ls -l /dev/ttyUSB* /dev/ttyACM* nennt seine Gruppe, meist dialout oder uucp; \
           sudo usermod -aG dialout $USER, dann neu anmelden.";
    /// A cause on Linux.
    taken_linux:
        "Another service takes it: brltty takes CH340 adapters, ModemManager asks new ports for a modem. dmesg tells."
        | "Ein anderer Dienst nimmt ihn: brltty nimmt CH340-Adapter, ModemManager sucht an neuen Anschlüssen ein Modem. dmesg \
           verrät es.";
    /// A cause on Windows.
    driver_windows:
        "No driver: in the Device Manager it stands without a COM number, or with a mark. CP210x, CH340 and FTDI have drivers \
         of their makers; boards with USB of their own need none since Windows 10."
        | "Kein Treiber: Im Geräte-Manager steht es ohne COM-Nummer oder mit einer Markierung. CP210x, CH340 und FTDI haben \
           Treiber ihrer Hersteller; Platinen mit eigenem USB brauchen seit Windows 10 keinen.";
    /// A cause on macOS.
    driver_mac:
        "No driver, or it waits for consent: ls /dev/cu.* lists the ports; see Privacy and Security in the settings for a \
         driver that was blocked."
        | "Kein Treiber, oder er wartet auf Zustimmung: ls /dev/cu.* zeigt die Anschlüsse; in den Einstellungen unter \
           Datenschutz und Sicherheit nach einem blockierten Treiber sehen.";
    /// A cause on ChromeOS.
    chrome_os:
        "Linux on ChromeOS has taken it: settings, Linux, USB devices; take it back there."
        | "Linux unter ChromeOS hat es genommen: Einstellungen, Linux, USB-Geräte; dort zurücknehmen.";
    /// A cause everywhere.
    not_serial:
        "It is no serial port: a debug probe or a mass storage in its boot loader appears as something else. Start its program."
        | "Es ist kein serieller Anschluss: Ein Debug-Adapter oder ein Massenspeicher im Bootloader erscheint als etwas anderes. \
           Sein Programm starten.";
}
