//! What an MQTT broker says in codes, in words: MQTT 5.0, table 2-6, and MQTT 3.1.1, table 3.1; and what to do.

use super::messages;
use session::address::Address;

messages! {
    /// The whole of what a broker said when it refused the connection.
    refused(address: Address<'_>, what: &str, code: u8, said: &str):
        "The broker at {address} refused the connection{said}: {what} (code {code:#04x})."
        | "Der Broker unter {address} wies die Verbindung ab{said}: {what} (Code {code:#04x}).";
    /// The same for one that it ended.
    ended(address: Address<'_>, what: &str, code: u8, said: &str):
        "The broker at {address} ended the connection{said}: {what} (code {code:#04x})."
        | "Der Broker unter {address} beendete die Verbindung{said}: {what} (Code {code:#04x}).";
    /// The broker's own sentence within that.
    it_said(said: &str): " (it says \"{said}\")" | " (er sagt „{said}“)";
    /// A publication that the broker refused.
    not_published(topic: &str, what: &str, code: u8, said: &str):
        "The broker did not take the message to {topic}{said}: {what} (code {code:#04x})."
        | "Der Broker nahm die Nachricht an {topic} nicht an{said}: {what} (Code {code:#04x}).";
    /// A subscription that the broker refused.
    not_subscribed(filter: &str, what: &str, code: u8):
        "The broker does not send {filter}: {what} (code {code:#04x})."
        | "Der Broker sendet {filter} nicht: {what} (Code {code:#04x}).";
    /// The same of a broker behind a gateway.
    denied_to_gateway(filter: &str):
        "The gateway has nothing of {filter}: its file names other topics for this target, or the broker does not let its \
         account have it. Name it there, or have it allowed."
        | "Das Gateway hat nichts von {filter}: Seine Datei nennt für dieses Ziel andere Topics, oder der Broker erlaubt es \
           seinem Konto nicht. Es dort nennen oder erlauben lassen.";
    /// A subscription that got less than was asked for.
    lower_quality(filter: &str, qos: u8):
        "The broker sends {filter} with quality {qos} only." | "Der Broker sendet {filter} nur mit Qualität {qos}.";

    /// Code 0x00 where it ends a connection, 0x04 as well.
    normal: "it is going away. Check the broker" | "er hört auf. Den Broker prüfen";
    /// Code 0x10.
    nobody(topic: &str): "The broker took the message to {topic}, and nobody is subscribed to it."
        | "Der Broker nahm die Nachricht an {topic}, und niemand hat das Topic abonniert.";
    /// Code 0x80.
    unspecified: "it gives no reason. Look into the broker's log" | "er nennt keinen Grund. Ins Protokoll des Brokers sehen";
    /// Codes 0x81 and 0x82.
    malformed: "it did not understand what was sent. Check that it is an MQTT broker, and its version"
        | "er verstand nicht, was gesendet wurde. Prüfen, ob es ein MQTT-Broker ist und welche Version er spricht";
    /// Code 0x83.
    implementation: "it cannot do that. Look into the broker's log" | "er kann das nicht. Ins Protokoll des Brokers sehen";
    /// Code 0x84, and 1 of MQTT 3.1.1.
    version: "it does not speak this version of MQTT. Set version in the profile's [link]"
        | "er spricht diese Version von MQTT nicht. Im Profil version in [link] setzen";
    /// Code 0x85, and 2 of MQTT 3.1.1.
    client_id: "it does not accept the client id. Set another client_id in the profile's [link]"
        | "er nimmt die Client-ID nicht an. Im Profil eine andere client_id in [link] setzen";
    /// Code 0x86, and 4 of MQTT 3.1.1.
    credentials: "the user name or the password is wrong. Enter both again"
        | "Benutzername oder Passwort ist falsch. Beide neu eingeben";
    /// Code 0x87, and 5 of MQTT 3.1.1.
    authorized: "this user may not do that, or the password is not theirs. Connect as one who may, or ask for the right"
        | "dieser Benutzer darf das nicht, oder das Passwort ist nicht seines. Als einer verbinden, der es darf, oder um das Recht bitten";
    /// Code 0x88, and 3 of MQTT 3.1.1.
    unavailable: "it is not available now. Check the broker" | "er ist jetzt nicht verfügbar. Den Broker prüfen";
    /// Code 0x89.
    busy: "it is busy. Wait a moment" | "er ist ausgelastet. Einen Augenblick warten";
    /// Code 0x8A.
    banned: "this client is banned. Ask whoever runs the broker"
        | "dieser Client ist gesperrt. Den Betreiber des Brokers fragen";
    /// Code 0x8B.
    shutting_down: "it is shutting down. Wait until it is back" | "er fährt herunter. Warten, bis er wieder da ist";
    /// Code 0x8C.
    method: "it wants another way to log in, which no browser console has. Allow a user name and a password there"
        | "er verlangt eine andere Anmeldung, die diese Konsole nicht kann. Dort Benutzername und Passwort erlauben";
    /// Code 0x8D.
    keep_alive: "it heard nothing from here for too long. Check the network, or set a shorter keep_alive_s"
        | "er hörte zu lange nichts von hier. Das Netz prüfen, oder keep_alive_s kürzer setzen";
    /// Code 0x8E.
    taken_over: "another client has come with the same client id, and only one can be there. Give one of them another \
         client_id, or connect again to take it back"
        | "ein anderer Client kam mit derselben Client-ID, und nur einer kann da sein. Einem eine andere client_id geben, \
           oder neu verbinden, um sie zurückzuholen";
    /// Code 0x8F.
    filter: "it does not accept that filter. Correct topics" | "er nimmt den Filter nicht an. topics berichtigen";
    /// Code 0x90.
    name: "it does not accept that topic. Correct it" | "er nimmt das Topic nicht an. Es berichtigen";
    /// Code 0x91.
    in_use: "the message's number is in use. Send it again" | "die Nummer der Nachricht ist vergeben. Erneut senden";
    /// Code 0x92.
    not_found: "it does not know that message any more. Send it again"
        | "er kennt die Nachricht nicht mehr. Erneut senden";
    /// Code 0x93.
    receive_maximum: "too many messages were under way at once. Send fewer"
        | "zu viele Nachrichten waren zugleich unterwegs. Weniger senden";
    /// Code 0x94.
    alias: "a topic alias was wrong. Connect again" | "ein Topic-Kürzel war falsch. Neu verbinden";
    /// Code 0x95.
    too_large: "a message is longer than it accepts. Send a shorter one"
        | "eine Nachricht ist länger, als er annimmt. Eine kürzere senden";
    /// Code 0x96.
    rate: "messages come too fast for it. Send fewer" | "die Nachrichten kommen ihm zu schnell. Weniger senden";
    /// Code 0x97.
    quota: "a quota is used up. Wait, or ask whoever runs the broker"
        | "ein Kontingent ist aufgebraucht. Warten, oder den Betreiber des Brokers fragen";
    /// Code 0x98.
    administrative: "whoever runs it ended it. Ask there" | "der Betreiber beendete sie. Dort nachfragen";
    /// Code 0x99.
    payload_format: "the payload is not what its format says. Correct it"
        | "die Nutzlast passt nicht zu ihrem Format. Sie berichtigen";
    /// Code 0x9A.
    no_retain: "it retains no messages. Send it without" | "er bewahrt keine Nachrichten auf. Ohne Aufbewahren senden";
    /// Code 0x9B.
    no_qos: "it does not offer that quality. Send it with a lower one"
        | "er bietet diese Qualität nicht. Mit einer niedrigeren senden";
    /// Codes 0x9C and 0x9D.
    elsewhere(server: &str): "another server is to be used{server}. Open that address"
        | "ein anderer Server ist zu benutzen{server}. Jene Adresse öffnen";
    /// Code 0x9E.
    no_share: "it has no shared subscriptions. Take $share/… away" | "er kennt keine geteilten Abonnements. $share/… weglassen";
    /// Code 0x9F.
    connection_rate: "too many connections come at once. Wait a moment"
        | "zu viele Verbindungen kommen auf einmal. Einen Augenblick warten";
    /// Code 0xA0.
    connect_time: "the longest time for one connection is over. Connect again"
        | "die längste Zeit für eine Verbindung ist um. Neu verbinden";
    /// Code 0xA1.
    no_identifiers: "it numbers no subscriptions. Look into the broker's log"
        | "er nummeriert keine Abonnements. Ins Protokoll des Brokers sehen";
    /// Code 0xA2.
    no_wildcards: "it takes no wildcards. Name each topic in topics"
        | "er erlaubt keine Platzhalter. In topics jedes Topic nennen";
    /// A code that is not in the standard.
    other: "it gives a reason that the standard does not know. Look into the broker's log"
        | "er nennt einen Grund, den die Norm nicht kennt. Ins Protokoll des Brokers sehen";

    /// The far end breaks the rules of MQTT.
    broken(address: Address<'_>, what: &str):
        "The far end at {address} does not keep to MQTT: {what}. Nothing of it is shown as data. Check that it is an MQTT broker."
        | "Die Gegenstelle unter {address} hält sich nicht an MQTT: {what}. Nichts davon wird als Daten gezeigt. Prüfen, ob es ein \
           MQTT-Broker ist.";
    /// Within that: the bytes are none.
    broken_packet: "a packet is malformed" | "ein Paket ist fehlerhaft";
    /// Within that: what may not come then.
    broken_order: "a packet came that may not come then" | "ein Paket kam, das dann nicht kommen darf";
    /// Within that: a topic.
    broken_topic(topic: &str): "a message came on \"{topic}\", which is no topic"
        | "eine Nachricht kam auf „{topic}“, das kein Topic ist";
    /// Within that: too long.
    broken_size(most: u32): "a packet has more than {most} bytes" | "ein Paket hat mehr als {most} Bytes";
    /// Within that: an alias that was not given.
    broken_alias: "a topic alias was never given" | "ein Topic-Kürzel wurde nie vergeben";
    /// Within that: text in place of bytes.
    broken_text: "a WebSocket message came as text, and MQTT is binary"
        | "eine WebSocket-Nachricht kam als Text, und MQTT ist binär";

    /// The broker did not answer a ping.
    no_answer(address: Address<'_>, seconds: u64):
        "The broker at {address} did not answer within {seconds} s: the connection is dead, though nobody said so. Check the network."
        | "Der Broker unter {address} antwortete {seconds} s lang nicht: Die Verbindung ist tot, ohne dass es jemand sagte. Das Netz \
           prüfen.";
    /// The WebSocket opened and the broker says nothing.
    no_welcome(address: Address<'_>, seconds: f64):
        "{address} accepted the connection and did not answer as an MQTT broker within {seconds} s. Check that it is one."
        | "{address} nahm die Verbindung an und antwortete {seconds} s lang nicht als MQTT-Broker. Prüfen, ob es einer ist.";
    /// The WebSocket does not open.
    unreachable(address: Address<'_>):
        "No MQTT broker answers at {address}. Check that it is on, that the address is right, and that it has a WebSocket listener: \
         browsers reach no other."
        | "Unter {address} antwortet kein MQTT-Broker. Prüfen, ob er läuft, ob die Adresse stimmt, und ob er einen WebSocket-Zugang hat: \
           Browser erreichen keinen anderen.";
    /// Our own packet cannot be made.
    not_made(what: &str): "This cannot be said in MQTT: {what}. Correct [link] in the profile."
        | "Das lässt sich in MQTT nicht sagen: {what}. Im Profil [link] berichtigen.";
    /// The version was lowered.
    older(address: Address<'_>): "{address} does not speak MQTT 5; MQTT 3.1.1 is used."
        | "{address} spricht kein MQTT 5; MQTT 3.1.1 wird benutzt.";
    /// What the broker kept is there.
    session_present: "The broker had kept this client's session: messages from meanwhile come now."
        | "Der Broker hat die Sitzung dieses Clients bewahrt: Nachrichten von inzwischen kommen jetzt.";
    /// It is not.
    session_absent: "The broker had kept nothing of this client: messages from meanwhile are lost."
        | "Der Broker hat von diesem Client nichts bewahrt: Nachrichten von inzwischen sind verloren.";
    /// What was under way when the connection ended.
    unacknowledged(topic: &str): "The message to {topic} was not acknowledged before the connection ended: it may have arrived, or not."
        | "Die Nachricht an {topic} wurde vor dem Ende der Verbindung nicht bestätigt: Sie kam vielleicht an, vielleicht nicht.";
    /// The same, where the broker keeps the session.
    sent_again(topic: &str): "The message to {topic} was not acknowledged before the connection ended: it is sent again as soon \
         as the broker is back."
        | "Die Nachricht an {topic} wurde vor dem Ende der Verbindung nicht bestätigt: Sie wird erneut gesendet, sobald der \
           Broker wieder da ist.";
    /// One connection after the other ended soon after it was made.
    /// Of a broker that says nothing about it.
    taken_here(address: Address<'_>, client_id: &str): "{address} closed the connection: another tab or session of this console connected with \
         the same client id {client_id} and took its place. It is not tried again by itself, so that the two do not throw each \
         other out for ever. Close the other, or give one another client_id; Reconnect takes the place back."
        | "{address} schloss die Verbindung: Ein anderer Tab oder eine andere Sitzung dieser Konsole verband sich mit derselben \
           Client-ID {client_id} und nahm den Platz ein. Es wird nicht von selbst neu versucht, damit nicht jeder den anderen immer \
           wieder hinauswirft. Die andere schließen oder einer eine andere client_id geben; „Neu verbinden“ holt den Platz zurück.";
    fought(times: u32, client_id: &str): " It broke off {times} times in a row, each soon after connecting: perhaps another client, another \
         tab for instance, has the same client id {client_id}, and each throws the other out. Close that one, or set another \
         client_id."
        | " Das war das {times}. Mal, jeweils bald nach dem Verbinden: Vielleicht hat ein anderer Client, etwa ein anderer Tab, \
           dieselbe Client-ID {client_id}, und jeder wirft den anderen hinaus. Diesen schließen, oder eine andere client_id setzen.";
    /// Too many under way.
    too_many: "Nothing was sent: the broker has not acknowledged what was sent before. Wait, then send again."
        | "Nichts gesendet: Der Broker hat noch nicht bestätigt, was vorher gesendet wurde. Warten, dann erneut senden.";
    /// Bytes without a topic.
    too_long(topic: &str, bytes: u64):
        "A message of {bytes} bytes of the topic {topic} was left out: through a gateway a message has 1 MiB at the most. Other \
         messages go on."
        | "Eine Nachricht von {bytes} Bytes des Topics {topic} fehlt: Durch ein Gateway geht höchstens 1 MiB in einer Nachricht. \
           Die anderen gehen weiter.";
    no_topic: "Nothing was sent: a broker takes messages with a topic." | "Nichts gesendet: Ein Broker nimmt Nachrichten mit einem Topic.";
    /// A message that cannot be put into a packet.
    not_a_message(topic: &str): "Nothing was sent: the message to {topic} cannot be put into MQTT. Check its length and its topic."
        | "Nichts gesendet: Die Nachricht an {topic} passt nicht in MQTT. Länge und Topic prüfen.";
}

/// A code in words, and what to do about it. `server` is where it refers to, if it does.
#[must_use]
pub fn reason(code: u8, server: &str) -> String {
    let text = match code {
        0x00 | 0x04 => normal(),
        0x80 => unspecified(),
        0x81 | 0x82 => malformed(),
        0x83 => implementation(),
        0x84 => version(),
        0x85 => client_id(),
        0x86 => credentials(),
        0x87 => authorized(),
        0x88 => unavailable(),
        0x89 => busy(),
        0x8a => banned(),
        0x8b => shutting_down(),
        0x8c => method(),
        0x8d => keep_alive(),
        0x8e => taken_over(),
        0x8f => filter(),
        0x90 => name(),
        0x91 => in_use(),
        0x92 => not_found(),
        0x93 => receive_maximum(),
        0x94 => alias(),
        0x95 => too_large(),
        0x96 => rate(),
        0x97 => quota(),
        0x98 => administrative(),
        0x99 => payload_format(),
        0x9a => no_retain(),
        0x9b => no_qos(),
        0x9c | 0x9d => return elsewhere(server),
        0x9e => no_share(),
        0x9f => connection_rate(),
        0xa0 => connect_time(),
        0xa1 => no_identifiers(),
        0xa2 => no_wildcards(),
        _ => other(),
    };
    text.to_owned()
}
