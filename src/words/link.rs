//! What links say of themselves: why one does not open, why it ended, and what to do. Spoken in the worker.

use super::messages;
use session::address::Address;

messages! {
    /// Follows a failure after which the session opens the link again without being asked.
    again: " It is tried again by itself." | " Es wird von selbst erneut versucht.";
    /// Settings that no link can have.
    leads_elsewhere: "its [link] leads somewhere else; close this session and open another with this profile"
        | "sein [link] führt woandershin; diese Sitzung schließen und mit diesem Profil eine neue öffnen";
    settings(why: &str): "The settings cannot work: {why}." | "Diese Einstellungen sind nicht möglich: {why}.";
    /// A kind of link that is not there.
    no_such_link: "This console has no such link." | "Diese Konsole hat keine solche Verbindung.";
    /// The far end closed without a failure.
    ended: "The device ended the link." | "Das Gerät hat die Verbindung beendet.";
    /// A kind of target.
    gateway_serial: "Gateway serial" | "Serieller Anschluss am Gateway";
    /// Nothing answers.
    gateway_silent(address: Address<'_>):
        "{address} did not answer within 10 s. Check that the gateway runs and that this computer reaches its network."
        | "{address} antwortete nicht innerhalb von 10 s. Prüfen, ob das Gateway läuft und dieser Computer dessen Netz erreicht.";
    /// The gateway is open and says nothing of the target.
    gateway_reaches_nothing:
        "The gateway answered, but did not say whether it reached the device. Look into its log."
        | "Das Gateway antwortete, sagte aber nicht, ob es das Gerät erreicht hat. In dessen Protokoll nachsehen.";
    /// The connection to the gateway closed without a reason.
    gateway_gone:
        "The connection to the gateway broke off. Check that it still runs."
        | "Die Verbindung zum Gateway brach ab. Prüfen, ob es noch läuft.";
    /// It does not answer when it is asked.
    gateway_lost:
        "The gateway does not answer any more: it, or the network on the way to it, is gone. Check both."
        | "Das Gateway antwortet nicht mehr: Es oder das Netz dorthin ist weg. Beides prüfen.";
    /// What it says makes no sense.
    gateway_garbled:
        "What answered there does not speak as this console's gateway does. Check the address, and that console and gateway \
         are of one version; then connect again."
        | "Was dort antwortete, spricht nicht wie das Gateway dieser Konsole. Die Adresse prüfen, und ob Konsole und Gateway \
           dieselbe Version haben; dann erneut verbinden.";
    /// It is there, has the target, and did not let one in.
    gateway_refused(host: &str):
        "The gateway at {host} did not accept the connection, though it has this target. Its log says why; it may want the \
         console's address among its \"origins\"."
        | "Das Gateway auf {host} nahm die Verbindung nicht an, obwohl es dieses Ziel hat. Sein Protokoll sagt, warum; \
           vielleicht fehlt die Adresse der Konsole unter seinen „origins“.";
    /// Something else is there.
    no_gateway(host: &str):
        "What answers at {host} is no gateway: it serves pages only. Telnet and TCP need \"ferrule serve --config FILE\", \
         which is part of the native tool."
        | "Was auf {host} antwortet, ist kein Gateway: Es liefert nur Seiten. Telnet und TCP brauchen \
           „ferrule serve --config DATEI“ aus dem nativen Programm.";
    /// Nothing is there.
    gateway_unreachable(host: &str):
        "No gateway answered at {host}. Check that \"ferrule serve\" runs there, and that it accepts this console's origin."
        | "Auf {host} antwortete kein Gateway. Prüfen, ob dort „ferrule serve“ läuft und die Herkunft dieser Konsole annimmt.";
    /// A name that the gateway does not know.
    no_such_target(name: &str, there: &str):
        "The gateway has no target \"{name}\" for this console. It has: {there}."
        | "Das Gateway hat für diese Konsole kein Ziel „{name}“. Es hat: {there}.";
    /// Instead of a list.
    no_targets: "none" | "keines";
    /// A target of another kind.
    tunnel_is(kind: &str):
        "The gateway says that this target is {kind}. Choose that kind, or correct it in the profile."
        | "Das Gateway sagt, dieses Ziel ist {kind}. Diese Art wählen, oder das Profil berichtigen.";
    /// A target of files.
    tunnel_is_files:
        "The gateway says that this target is FTP: it holds files and cannot be talked with. Choose FTP for it."
        | "Das Gateway sagt, dieses Ziel ist FTP: Es hat Dateien und kann nicht reden. Dafür FTP wählen.";
    /// What the gateway said at the end.
    tunnel_ended(what: &str, id: u64):
        "{what} (number {id} in the gateway's log)" | "{what} (Nummer {id} im Protokoll des Gateways)";
    tunnel_by_device:
        "The device closed the connection. Log in again, or check what made it do so."
        | "Das Gerät hat die Verbindung geschlossen. Erneut anmelden, oder prüfen, was es dazu brachte.";
    tunnel_logged_out:
        "The device ended the session. Connect again to log in anew."
        | "Das Gerät hat die Sitzung beendet. Neu verbinden, um sich erneut anzumelden.";
    broker_closed:
        "What answers at the target's address closed the connection. Check in the gateway's file that it is a broker's port \
         for MQTT, and that nothing else connects with that client id."
        | "Was an der Adresse des Ziels antwortet, hat die Verbindung geschlossen. In der Datei des Gateways prüfen, ob es \
           der MQTT-Port eines Brokers ist, und ob sich nichts anderes mit dieser Client-ID verbindet.";
    broker_refused:
        "The broker did not accept the connection. Check that it runs, and the target's address and port in the gateway's file."
        | "Der Broker nahm die Verbindung nicht an. Prüfen, ob er läuft, und Adresse und Port des Ziels in der Datei des Gateways.";
    broker_login:
        "The broker does not let the gateway in. Check user, password and client id of the target in the gateway's file."
        | "Der Broker lässt das Gateway nicht ein. Benutzer, Passwort und Client-ID des Ziels in der Datei des Gateways prüfen.";
    broker_busy:
        "The broker has no place left. Wait a moment and try again."
        | "Der Broker hat keinen Platz frei. Kurz warten und erneut versuchen.";
    broker_server:
        "The broker does not speak MQTT as it should, or its certificate is another one. Look into the gateway's log."
        | "Der Broker spricht MQTT nicht, wie er soll, oder hat ein anderes Zertifikat. Im Protokoll des Gateways nachsehen.";
    ftp_closed:
        "The FTP server closed the connection. Try again, or check what made it do so."
        | "Der FTP-Server hat die Verbindung geschlossen. Erneut versuchen, oder prüfen, was ihn dazu brachte.";
    ftp_refused:
        "The FTP server did not accept the connection. Check that it runs, and the target's address and port in the gateway's file."
        | "Der FTP-Server nahm die Verbindung nicht an. Prüfen, ob er läuft, und Adresse und Port des Ziels in der Datei des \
           Gateways.";
    tunnel_refused:
        "The device did not accept the connection. Check that it is on and that its Telnet or TCP service runs."
        | "Das Gerät nahm die Verbindung nicht an. Prüfen, ob es an ist und sein Telnet- oder TCP-Dienst läuft.";
    tunnel_silent:
        "The device did not answer the gateway. Check that it is on and reachable from there."
        | "Das Gerät antwortete dem Gateway nicht. Prüfen, ob es an und von dort aus erreichbar ist.";
    tunnel_no_such_name:
        "The device's name leads nowhere. Check the target's address in the gateway's file."
        | "Der Name des Geräts führt nirgendwohin. Die Adresse des Ziels in der Datei des Gateways prüfen.";
    tunnel_forbidden:
        "The gateway does not reach that address. Whoever runs it can name it as \"local\" in its file, if that is meant."
        | "Diese Adresse erreicht das Gateway nicht. Wer es betreibt, kann sie in seiner Datei als „local“ nennen, wenn das \
           gemeint ist.";
    tunnel_broken:
        "The connection between gateway and device broke off. Check the device and its network."
        | "Die Verbindung zwischen Gateway und Gerät brach ab. Das Gerät und sein Netz prüfen.";
    tunnel_in_use:
        "Another program or console has that device. Close it there."
        | "Ein anderes Programm oder eine andere Konsole hat dieses Gerät. Es dort schließen.";
    tunnel_absent:
        "The serial port is not there. Plug it in at the gateway."
        | "Der serielle Anschluss ist nicht da. Am Gateway einstecken.";
    tunnel_token:
        "The gateway wants a token that it knows: none was given, or the one in use has run out or is not in its file any more. \
         Type one in; it is kept until this tab is closed, and nowhere else."
        | "Das Gateway verlangt ein Token, das es kennt: Keines wurde angegeben, oder das benutzte ist abgelaufen oder steht nicht \
           mehr in seiner Datei. Eines eingeben; es wird behalten, bis dieser Tab geschlossen wird, \
           und sonst nirgends.";
    tunnel_verb:
        "The token does not allow that. Ask whoever runs the gateway for another one."
        | "Das Token erlaubt das nicht. Bei dem, der das Gateway betreibt, ein anderes erbitten.";
    tunnel_too_many:
        "The gateway has as many connections as it lets one have. Close another session."
        | "Das Gateway hat so viele Verbindungen, wie es erlaubt. Eine andere Sitzung schließen.";
    tunnel_idle:
        "Nothing was said for as long as the gateway waits. Connect again when there is something to say."
        | "So lange, wie das Gateway wartet, wurde nichts gesagt. Neu verbinden, wenn es etwas zu sagen gibt.";
    tunnel_protocol:
        "Console and gateway do not understand each other. Load this page again, and check that both are of one version."
        | "Konsole und Gateway verstehen sich nicht. Diese Seite neu laden, und prüfen, ob beide dieselbe Version haben.";
    tunnel_no_such_target:
        "The gateway has no target of that name for this console. Choose one of its list on the start page."
        | "Das Gateway hat für diese Konsole kein Ziel dieses Namens. Eines aus seiner Liste auf der Startseite wählen.";
    tunnel_login:
        "The FTP server does not let the gateway in. Check user and password of the target in the gateway's file, and whether \
         the server wants TLS."
        | "Der FTP-Server lässt das Gateway nicht ein. Benutzer und Passwort des Ziels in der Datei des Gateways prüfen, und \
           ob der Server TLS verlangt.";
    tunnel_busy:
        "The FTP server has no place left. Close other connections to it, or wait a moment and try again."
        | "Der FTP-Server hat keinen Platz frei. Andere Verbindungen zu ihm schließen, oder kurz warten und erneut versuchen.";
    tunnel_no_such_file:
        "The server has nothing of that name, or does not let it be read. Load the list again."
        | "Der Server hat nichts dieses Namens, oder lässt es nicht lesen. Die Liste neu laden.";
    tunnel_not_stored:
        "The server does not store that here. Choose another folder, or ask whoever runs it for the right to write."
        | "Der Server legt das hier nicht ab. Einen anderen Ordner wählen, oder bei dem, der ihn betreibt, um das Recht zu \
           schreiben bitten.";
    tunnel_exists:
        "There is a file of that name already. Rename yours, or replace that one."
        | "Eine Datei dieses Namens gibt es schon. Die eigene umbenennen, oder jene ersetzen.";
    tunnel_full:
        "The server has no room for it. Free some there, then try again."
        | "Der Server hat keinen Platz dafür. Dort aufräumen, dann erneut versuchen.";
    tunnel_name:
        "No file can have that name here: it leads elsewhere or holds control characters. Rename it."
        | "Diesen Namen kann hier keine Datei haben: Er führt anderswohin oder hat Steuerzeichen. Sie umbenennen.";
    tunnel_server:
        "The server does not speak FTP as it should, or its certificate is another one. Look into the gateway's log."
        | "Der Server spricht FTP nicht, wie er soll, oder hat ein anderes Zertifikat. Im Protokoll des Gateways nachsehen.";
    tunnel_stopping:
        "The gateway is being stopped. Wait until it runs again."
        | "Das Gateway wird angehalten. Warten, bis es wieder läuft.";

    /// The queue of what is to be sent is full.
    queue_full:
        "The device has not taken what was sent before. Wait, then send again."
        | "Das Gerät hat noch nicht abgenommen, was vorher gesendet wurde. Warten, dann erneut senden.";

    /// No Web Serial in this browser.
    serial_unsupported:
        "This browser has no Web Serial. Open this page in Chrome, Edge or another Chromium browser \
         on a computer, or in Firefox 151 or later. Everything else here works in this browser too."
        | "Dieser Browser hat kein Web Serial. Diese Seite in Chrome, Edge oder einem anderen Chromium-Browser \
           auf einem Computer öffnen, oder in Firefox ab Version 151. Alles andere hier geht auch in diesem Browser.";
    /// No Web Serial because of how the page came.
    serial_insecure:
        "Serial ports are for pages with https or on localhost. Open this page by such an address."
        | "Serielle Anschlüsse gibt es nur für Seiten mit https oder auf localhost. Diese Seite unter einer solchen \
           Adresse öffnen.";
    /// The browser refused to ask for a port.
    serial_not_given(said: &str):
        "The browser did not give a serial port: {said}. Allow serial ports for this site in the browser's \
         site settings, or open the console by itself if another page frames it; then try again."
        | "Der Browser gab keinen seriellen Anschluss: {said}. In den Website-Einstellungen des Browsers serielle \
           Anschlüsse erlauben, oder die Konsole für sich öffnen, falls eine andere Seite sie einbettet; dann erneut \
           versuchen.";
    /// The port of a device by its USB numbers is not there.
    serial_absent(vendor: u16, product: u16):
        "No port of the device {vendor:04x}:{product:04x} is here: it is unplugged or was not granted. Plug it in, or \
         choose the port again."
        | "Das Gerät {vendor:04x}:{product:04x} hat hier keinen Anschluss: Es ist ausgesteckt oder wurde nicht erlaubt. \
           Einstecken, oder den Anschluss neu wählen.";
    /// No port is there.
    serial_none:
        "No port is here that this page may use: it is unplugged or was not granted. Plug it in, or choose the port \
         again."
        | "Hier ist kein Anschluss, den diese Seite benutzen darf: Er ist ausgesteckt oder wurde nicht erlaubt. \
           Einstecken, oder den Anschluss neu wählen.";
    /// Several look alike.
    serial_alike:
        "Devices that look alike were unplugged, and nothing tells which of them is here now: browsers tell no serial number. \
         Choose the port that is meant. With [identity] in its profile the device tells it itself."
        | "Gleich aussehende Geräte wurden ausgesteckt, und nichts sagt, welches davon jetzt da ist: Browser nennen keine \
           Seriennummer. Den gemeinten Anschluss wählen. Mit [identity] im Profil sagt das Gerät es selbst.";
    /// Another session of this tab has the port.
    serial_held:
        "This console already has that port open, in another session. Close that one, then connect again."
        | "Diese Konsole hat den Anschluss schon in einer anderen Sitzung offen. Jene schließen, dann erneut verbinden.";
    /// Opening takes for ever.
    serial_hangs:
        "The port did not open within 10 s: its driver hangs. Unplug the device, plug it in and connect again."
        | "Der Anschluss ging in 10 s nicht auf: Sein Treiber hängt. Das Gerät aus- und wieder einstecken, dann erneut \
           verbinden.";
    /// The control signals cannot be set while opening.
    serial_no_signals(said: &str):
        "The port does not set DTR and RTS: {said}. Remove dtr and rts from the profile's link."
        | "Der Anschluss setzt DTR und RTS nicht: {said}. Im Profil dtr und rts aus der Verbindung entfernen.";
    /// Another tab of this console has it.
    serial_other_tab:
        "Another tab of this console has that port open. Go on there, or disconnect there and connect here again."
        | "Ein anderer Tab dieser Konsole hat den Anschluss offen. Dort weitermachen, oder dort trennen und hier erneut \
           verbinden.";
    /// It is open already.
    serial_open_already:
        "The port is already open in this console. Close the other device, then connect again."
        | "Der Anschluss ist in dieser Konsole schon offen. Das andere Gerät schließen, dann erneut verbinden.";
    /// It does not open.
    serial_taken(said: &str):
        "The port cannot be opened ({said}). Most likely another program or another tab has it open: a serial \
         monitor, an IDE, a modem service. Close that, then connect again. On Linux, check also that you may \
         use the port (group dialout)."
        | "Der Anschluss lässt sich nicht öffnen ({said}). Wahrscheinlich hat ihn ein anderes Programm oder ein anderer \
           Tab offen: ein serieller Monitor, eine IDE, ein Modemdienst. Das schließen, dann erneut verbinden. Unter Linux \
           auch prüfen, ob der Anschluss benutzt werden darf (Gruppe dialout).";
    /// The browser forbids it.
    serial_forbidden(said: &str):
        "The browser does not permit it ({said}). Choose the port again to grant it."
        | "Der Browser erlaubt es nicht ({said}). Den Anschluss neu wählen, um ihn zu erlauben.";
    /// The browser does not take the settings.
    serial_settings(said: &str, baud: u32):
        "The port does not take these settings ({said}): {baud} baud. Change the profile's link."
        | "Der Anschluss nimmt diese Einstellungen nicht ({said}): {baud} Baud. Im Profil die Verbindung ändern.";
    /// It does not open, for reasons of its own.
    serial_not_opened(said: &str):
        "The port cannot be opened ({said}). Unplug the device, plug it in and connect again."
        | "Der Anschluss lässt sich nicht öffnen ({said}). Das Gerät aus- und wieder einstecken, dann erneut verbinden.";
    /// The system cannot read it.
    serial_unreadable(said: &str):
        "The operating system cannot read the port ({said}). Unplug the device, plug it in and connect again."
        | "Das Betriebssystem kann den Anschluss nicht lesen ({said}). Das Gerät aus- und wieder einstecken, dann erneut \
           verbinden.";
    /// The device has gone.
    serial_gone:
        "The device is gone: it was unplugged or it restarted. It goes on by itself when it is back."
        | "Das Gerät ist weg: Es wurde ausgesteckt oder hat neu gestartet. Ist es wieder da, geht es von selbst weiter.";
    /// Nothing can be written.
    serial_no_writer:
        "The port takes no data. Connect again." | "Der Anschluss nimmt keine Daten. Erneut verbinden.";
    /// Writing failed.
    serial_not_written(said: &str):
        "The port took no data ({said}). Connect again." | "Der Anschluss nahm keine Daten ({said}). Erneut verbinden.";
    /// The device takes nothing.
    serial_stuck:
        "The device has taken no data for 5 s, so sending was given up. Is it running? \
         With hardware flow control, check the CTS wire, or set flow control to none (Signals and speed)."
        | "Das Gerät hat 5 s lang keine Daten genommen, das Senden wurde aufgegeben. Läuft es? \
           Bei Hardware-Flusskontrolle die CTS-Leitung prüfen, oder Flusskontrolle auf keine setzen (Signale und Geschwindigkeit).";

    /// A control signal was refused.
    signal_not_set(said: &str):
        "The port did not set the signal ({said}). Not every adapter has it; connect again, or do without."
        | "Der Anschluss hat das Signal nicht gesetzt ({said}). Nicht jeder Adapter hat es; erneut verbinden, oder ohne \
           auskommen.";
    /// A control signal takes too long.
    signal_slow:
        "The port did not set the signal within half a second: its driver is busy. Try it again."
        | "Der Anschluss hat das Signal in einer halben Sekunde nicht gesetzt: Sein Treiber ist beschäftigt. Erneut \
           versuchen.";

    /// The policy of the page blocks an address.
    policy(address: Address<'_>):
        "This console was served with a policy that does not let it reach {address}. \
         Serve it with that address allowed (Content-Security-Policy: connect-src), or go through a gateway."
        | "Diese Konsole wurde mit einer Richtlinie ausgeliefert, die {address} nicht zulässt. \
           Sie mit dieser Adresse erlaubt ausliefern (Content-Security-Policy: connect-src), oder über ein Gateway gehen.";
    /// An unencrypted address from an encrypted page; `secure` is the scheme that would do.
    mixed_content(address: Address<'_>, secure: &str):
        "This console came over https://, so the browser does not let it open {address}, which is not encrypted. \
         Use an address that begins with {secure}, or open the console from the device's own network without https."
        | "Diese Konsole kam über https://, darum lässt der Browser sie {address} nicht öffnen: Die Adresse ist nicht \
           verschlüsselt. Eine Adresse mit {secure} benutzen, oder die Konsole im Netz des Geräts ohne https öffnen.";
    /// An address the browser does not take; its own words repeat the address.
    not_accepted: "the browser does not accept it" | "der Browser nimmt sie nicht an";
    /// What a browser throws without words.
    no_reason: "no reason given" | "kein Grund genannt";

    /// The peer takes nothing.
    socket_stuck:
        "The device takes no data: the connection seems to be dead."
        | "Das Gerät nimmt keine Daten: Die Verbindung scheint tot zu sein.";
    /// Sent while it was closing.
    socket_closing:
        "The connection was closing. Send it again later."
        | "Die Verbindung wurde gerade geschlossen. Später erneut senden.";
    /// The browser does not take the address.
    not_opened(address: Address<'_>, said: &str):
        "{address} cannot be opened: {said}. Correct the address."
        | "{address} lässt sich nicht öffnen: {said}. Die Adresse berichtigen.";
    /// Nobody accepts.
    socket_refused(address: Address<'_>):
        "Could not connect to {address}: nothing answers there, or what answers is not this WebSocket. \
         Check that the device is on and the address is right."
        | "Keine Verbindung zu {address}: Dort antwortet nichts, oder was antwortet, ist nicht dieser WebSocket. \
           Prüfen, ob das Gerät an ist und die Adresse stimmt.";
    /// It may want another subprotocol.
    socket_subprotocols(names: &str):
        " It must choose one of these subprotocols: {names}." | " Es muss eines dieser Unterprotokolle wählen: {names}.";
    /// Which subprotocol the device has chosen, of several.
    socket_chosen(name: &str): "the device chose the subprotocol {name}" | "das Gerät wählte das Unterprotokoll {name}";
    /// What may be wrong with an encrypted address.
    certificate(address: Address<'_>): {
        format!(" Open https://{}/ in a tab of its own to see whether the browser trusts its certificate.", address.host())
    } | {
        format!(" https://{}/ in einem eigenen Tab öffnen, um zu sehen, ob der Browser dem Zertifikat traut.", address.host())
    };
    /// The user has denied the devices of the local network.
    local_network(address: Address<'_>):
        "The browser does not let this page reach {address}, which is in your own network: that permission was denied. Allow \
         it in the site's settings (Local network access), then connect again."
        | "Der Browser lässt diese Seite {address} nicht erreichen, was im eigenen Netz liegt: Die Erlaubnis wurde verweigert. \
           In den Einstellungen der Website erlauben (Zugriff auf lokales Netzwerk), dann erneut verbinden.";
    /// There is no network at all.
    offline(address: Address<'_>):
        "{address} could not be reached: this computer has no network. Connect it to one."
        | "{address} war nicht zu erreichen: Dieser Rechner hat kein Netz. Ihn mit einem verbinden.";
    /// Nobody answers.
    socket_silent(address: Address<'_>, seconds: f64):
        "{address} did not answer within {seconds} s. Check the address and whether the network reaches it."
        | "{address} hat in {seconds} s nicht geantwortet. Die Adresse prüfen, und ob das Netz sie erreicht.";
    /// The whole of what ended a WebSocket.
    socket_ended(what: &str, reason: &str, address: Address<'_>, code: u16, next: &str):
        "{what}{reason} ({address}, code {code}).{next}" | "{what}{reason} ({address}, Code {code}).{next}";
    /// Code 1000.
    socket_1000: "The device closed the connection" | "Das Gerät hat die Verbindung geschlossen";
    /// Code 1001.
    socket_1001: "The device is going away" | "Das Gerät geht weg";
    /// Code 1002.
    socket_1002: "The device saw an error in the protocol" | "Das Gerät sah einen Fehler im Protokoll";
    /// Code 1003.
    socket_1003: "The device does not accept this kind of data" | "Das Gerät nimmt diese Art von Daten nicht an";
    /// Code 1005.
    socket_1005:
        "The device closed the connection without a reason" | "Das Gerät hat die Verbindung ohne Grund geschlossen";
    /// Code 1006.
    socket_1006: "The connection broke off" | "Die Verbindung brach ab";
    /// Code 1007.
    socket_1007:
        "The device got data that did not make sense to it" | "Das Gerät bekam Daten, die ihm nichts sagen";
    /// Code 1008.
    socket_1008: "The device's policy does not allow this" | "Die Regeln des Geräts erlauben das nicht";
    /// Code 1009.
    socket_1009: "A message was too big for the device" | "Eine Nachricht war dem Gerät zu groß";
    /// Code 1011.
    socket_1011: "The device had an internal error" | "Das Gerät hatte einen inneren Fehler";
    /// Code 1012.
    socket_1012: "The device is restarting" | "Das Gerät startet neu";
    /// Code 1013.
    socket_1013:
        "The device is busy and asks to try later" | "Das Gerät ist beschäftigt und bittet, es später zu versuchen";
    /// Code 1014.
    socket_1014:
        "A gateway on the way got no proper answer" | "Ein Gateway auf dem Weg bekam keine brauchbare Antwort";
    /// Code 1015.
    socket_1015: "The encryption failed" | "Die Verschlüsselung misslang";
    /// Code 3000.
    socket_3000: "The device wants an authorisation" | "Das Gerät verlangt eine Anmeldung";
    /// Code 3003.
    socket_3003: "The device forbids the access" | "Das Gerät verbietet den Zugriff";
    /// Code 3008.
    socket_3008: "The device waited too long" | "Das Gerät hat zu lange gewartet";
    /// What to do: look at what is sent.
    socket_check_sent: " Check what is sent to it." | " Prüfen, was ihm gesendet wird.";
    /// What to do: look at the permissions.
    socket_check_policy:
        " Check what the device allows, and to whom." | " Prüfen, was das Gerät erlaubt, und wem.";
    /// What to do: look at the certificate.
    socket_check_certificate: " Check the device's certificate." | " Das Zertifikat des Geräts prüfen.";

    /// The browser does not take the address of a request.
    http_not_asked(address: Address<'_>, said: &str):
        "{address} cannot be asked: {said}. Correct the address."
        | "{address} lässt sich nicht anfragen: {said}. Die Adresse berichtigen.";
    /// An answer that broke off.
    http_broke_off(address: Address<'_>):
        "The answer of {address} broke off. Check the device."
        | "Die Antwort von {address} brach ab. Das Gerät prüfen.";
    /// An answer that stands still.
    http_stood_still(address: Address<'_>, seconds: f64):
        "The answer of {address} stood still for {seconds} s. Check that the device ends its answers."
        | "Die Antwort von {address} stand {seconds} s still. Prüfen, ob das Gerät seine Antworten beendet.";
    /// An answer without end.
    http_too_long(address: Address<'_>):
        "The answer of {address} has more than 64 MiB. Name an address whose answers end."
        | "Die Antwort von {address} hat mehr als 64 MiB. Eine Adresse nennen, deren Antworten enden.";
    /// The whole of what a status says.
    http_status(address: Address<'_>, status: u16, text: &str, what: &str):
        "{address} said {status}{text}: the device {what}." | "{address} sagte {status}{text}: Das Gerät {what}.";
    /// Status 401.
    http_401:
        "wants to know who asks. See what credentials it takes"
        | "will wissen, wer fragt. Nachsehen, welche Zugangsdaten es nimmt";
    /// A secret that is not kept.
    secret_missing(name: &str, place: &str):
        "{name} for {place} is a secret of this profile, which the browser does not keep: type it as the password."
        | "{name} für {place} ist ein Geheimnis dieses Profils, das der Browser nicht behält: Es als Passwort eingeben.";
    /// Status 403.
    http_403: "forbids it. Check what the device allows" | "verbietet es. Prüfen, was das Gerät erlaubt";
    /// Status 404.
    http_404:
        "has nothing there. Check the path of the address" | "hat dort nichts. Den Pfad der Adresse prüfen";
    /// Status 405.
    http_405:
        "does not do that there. Check the path and the method" | "tut das dort nicht. Pfad und Methode prüfen";
    /// Status 408.
    http_408: "took too long. Check the device" | "brauchte zu lange. Das Gerät prüfen";
    /// Status 429.
    http_429:
        "was asked too often. Use a longer interval" | "wurde zu oft gefragt. Einen längeren Abstand nehmen";
    /// Status 5xx.
    http_5xx:
        "has trouble of its own. Check the device" | "hat selbst Schwierigkeiten. Das Gerät prüfen";
    /// Any other.
    http_other:
        "answered unexpectedly. Check the address" | "antwortete unerwartet. Die Adresse prüfen";
    /// Nobody answers.
    http_silent(address: Address<'_>, seconds: f64):
        "{address} did not answer within {seconds} s, or only began to. Check the address, whether the network reaches \
         it, and that the device ends its answers."
        | "{address} hat in {seconds} s nicht oder nicht zu Ende geantwortet. Die Adresse prüfen, ob das Netz sie \
           erreicht, und ob das Gerät seine Antworten beendet.";
    /// No permission to read the answer.
    http_cors(address: Address<'_>):
        "{address} answers, but does not let this page read the answer (CORS). \
         Have the device send Access-Control-Allow-Origin, or go through a gateway."
        | "{address} antwortet, lässt diese Seite die Antwort aber nicht lesen (CORS). \
           Das Gerät Access-Control-Allow-Origin senden lassen, oder über ein Gateway gehen.";
    /// No permission for what is particular in a request.
    http_preflight(address: Address<'_>):
        "{address} answers, but does not let this page ask it so, or read the answer (CORS). Have the device allow method \
         and header fields (Access-Control-Allow-Methods, Access-Control-Allow-Headers) and send \
         Access-Control-Allow-Origin, or go through a gateway."
        | "{address} antwortet, lässt diese Seite aber nicht so fragen oder die Antwort nicht lesen (CORS). Das Gerät Methode \
           und Kopffelder erlauben (Access-Control-Allow-Methods, Access-Control-Allow-Headers) und \
           Access-Control-Allow-Origin senden lassen, oder über ein Gateway gehen.";
    /// Redirects are not followed.
    http_redirect(address: Address<'_>):
        "{address} redirects to another address, and that is not followed: it may be another device. Open the address it \
         leads to, if that is the one you mean."
        | "{address} leitet zu einer anderen Adresse um, und der wird nicht gefolgt: Es könnte ein anderes Gerät sein. Die \
           Adresse öffnen, zu der sie führt, wenn sie gemeint ist.";
    /// Requests are not conditional.
    http_unconditional(address: Address<'_>):
        "{address} does not let this page ask whether anything has changed (Access-Control-Allow-Headers: If-None-Match, \
         If-Modified-Since): each answer counts as new"
        | "{address} lässt diese Seite nicht fragen, ob sich etwas geändert hat (Access-Control-Allow-Headers: If-None-Match, \
           If-Modified-Since): Jede Antwort gilt als neu";
    /// What was missed is not sent again.
    http_no_last_event(address: Address<'_>):
        "{address} does not let this page say which event was the last (Access-Control-Allow-Headers: Last-Event-ID): what \
         came meanwhile is missing"
        | "{address} lässt diese Seite nicht sagen, welches Ereignis das letzte war (Access-Control-Allow-Headers: \
           Last-Event-ID): Was inzwischen kam, fehlt";
    /// A stream without events.
    http_no_events(address: Address<'_>, kind: &str):
        "{address} sends no events (text/event-stream) but \"{kind}\". Check the address, or set another mode in the \
         profile's link."
        | "{address} sendet keine Ereignisse (text/event-stream), sondern „{kind}“. Die Adresse prüfen, oder unter [link] im \
           Profil einen anderen mode setzen.";
    /// Status 204 of a stream of events.
    http_no_more_events(address: Address<'_>):
        "{address} says that it has no more events (status 204), and is not asked again."
        | "{address} sagt, dass es keine Ereignisse mehr hat (Status 204), und wird nicht mehr gefragt.";
    /// A stream that ended.
    http_stream_ended(address: Address<'_>):
        "The answer of {address} has ended." | "Die Antwort von {address} ist zu Ende.";
    /// It answered before and does not now.
    http_gone(address: Address<'_>):
        "{address} does not answer any more. Check that the device is on and reachable."
        | "{address} antwortet nicht mehr. Prüfen, ob das Gerät an und erreichbar ist.";
    /// It never answered, for one reason or the other.
    http_unreachable(address: Address<'_>):
        "{address} could not be reached, or does not let this page read its answers (CORS). Check that the device is on \
         and the address is right. If they are, have the device send Access-Control-Allow-Origin, or go through a gateway."
        | "{address} war nicht zu erreichen, oder lässt diese Seite die Antworten nicht lesen (CORS). Prüfen, ob das Gerät \
           an ist und die Adresse stimmt. Wenn ja, das Gerät Access-Control-Allow-Origin senden lassen, oder über ein \
           Gateway gehen.";
}
