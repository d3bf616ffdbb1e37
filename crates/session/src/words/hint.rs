//! What looks wrong with a link, as a sentence above the workspace.

use super::{Said, messages};

messages! {
    line_errors: "Framing or parity errors again and again: is the baud rate right, and the parity?"
        | "Immer wieder Rahmen- oder Paritätsfehler: Stimmen Baudrate und Parität?";
    overrun: "Bytes were lost before they reached this page: raise buffer_bytes in the profile."
        | "Bytes gingen verloren, bevor sie diese Seite erreichten: buffer_bytes im Profil erhöhen.";
    oversize: "Most frames are longer than limit_bytes in the profile: raise it, or is the framing right?"
        | "Die meisten Rahmen sind länger als limit_bytes im Profil: den Wert erhöhen, oder stimmt das Framing nicht?";
    undecodable_on_line: "Most bytes cannot be decoded: are the protocol, its framing and the baud rate right?"
        | "Die meisten Bytes lassen sich nicht dekodieren: Stimmen Protokoll, Framing und Baudrate?";
    undecodable: "Most bytes cannot be decoded: are the protocol and its framing right?"
        | "Die meisten Bytes lassen sich nicht dekodieren: Stimmen Protokoll und Framing?";
    json_lines:
        "The answers are JSON over several lines, and each line is taken for itself: set framing = \"whole\" in the profile's protocol, so that an answer is one frame."
        | "Die Antworten sind JSON über mehrere Zeilen, und jede Zeile wird für sich genommen: framing = \"whole\" im Protokoll des Profils setzen, damit eine Antwort ein Rahmen ist.";
    nothing_decoded(protocol: &str): "Nothing that came could be decoded: does the device speak {protocol}? See Rejected."
        | "Nichts von dem, was kam, ließ sich dekodieren: Spricht das Gerät {protocol}? Siehe Verworfen.";
    nothing_lately: "Nothing that has come lately could be decoded: Rejected tells why."
        | "Nichts von dem, was zuletzt kam, ließ sich dekodieren: Verworfen sagt, warum.";
    no_end: "Bytes arrive, but no frame ends: is the framing right?"
        | "Bytes kommen an, aber kein Rahmen endet: Stimmt das Framing?";
    endless:
        "The first answer goes on and on: name an address whose answers end, or, where this one is a stream of lines, set framing = \"lines\" in the profile."
        | "Die erste Antwort nimmt kein Ende: eine Adresse angeben, deren Antworten enden, oder, wo es ein Strom von Zeilen ist, framing = \"lines\" im Profil setzen.";
    silence(seconds: u32):
        "Nothing has come for {seconds} s, which is too long by silence_s or ping_s in the profile: the connection counts as lost, and is tried again. If the device is there, let it say something more often or allow it more seconds."
        | "Seit {seconds} s kam nichts, nach silence_s oder ping_s im Profil ist das zu lange: Die Verbindung gilt als verloren und wird erneut versucht. Ist das Gerät da, soll es öfter etwas sagen oder mehr Sekunden bekommen.";
    slept(seconds: i64): "This computer slept for {seconds} s, and no connection outlives that unharmed: it is opened again."
        | "Dieser Rechner hat {seconds} s geschlafen, was keine Verbindung heil übersteht: Sie wird neu geöffnet.";
    silent:
        "Nothing comes any more although the connection stands: the device is silent, or the network has lost it without a word. Disconnect and connect again to find out; silence_s in the profile's link has that done."
        | "Nichts kommt mehr, obwohl die Verbindung steht: Das Gerät schweigt, oder das Netz hat es wortlos verloren. Trennen und wieder verbinden zeigt es; silence_s unter [link] im Profil lässt das von selbst tun.";
    missing(name: &str, message: &str, near: &Said):
        "`{name}` has not come in any message `{message}`: what is computed from it is no number. {near}"
        | "`{name}` kam in keiner Nachricht `{message}`: Was daraus berechnet wird, ist keine Zahl. {near}";
    it_has(names: &str): "The message has: {names}." | "Die Nachricht hat: {names}.";
    did_you_mean(near: &str): "Did you mean `{near}`?" | "Ist `{near}` gemeint?";
}
