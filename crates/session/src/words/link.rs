//! Why a link cannot be opened as it is set.

use super::messages;

messages! {
    demo_rate: "the demo's rate must be at least 1 Hz" | "die Rate des Demogeräts muss mindestens 1 Hz sein";
    websocket(given: &str): "a WebSocket address begins with ws:// or wss://, not \"{given}\""
        | "eine WebSocket-Adresse beginnt mit ws:// oder wss://, nicht „{given}“";
    http(given: &str): "an HTTP address begins with http://, https:// or /, not \"{given}\""
        | "eine HTTP-Adresse beginnt mit http://, https:// oder /, nicht „{given}“";
    command(given: &str): "the command address begins with http://, https:// or /, not \"{given}\""
        | "die Adresse für Befehle beginnt mit http://, https:// oder /, nicht „{given}“";
    subprotocol(given: &str): "a subprotocol is a name without spaces, offered once, not \"{given}\""
        | "ein Unterprotokoll ist ein Name ohne Leerzeichen, einmal angeboten, nicht „{given}“";
    header_name(given: &str): "a header field's name has letters, digits and dashes, not \"{given}\""
        | "der Name eines Kopffelds hat Buchstaben, Ziffern und Bindestriche, nicht „{given}“";
    header_forbidden(name: &str): "the browser sets the header field {name} itself and lets no page do so: leave it out"
        | "das Kopffeld {name} setzt der Browser selbst und keine Seite: weglassen";
    header_value(name: &str): "the value of the header field {name} is one line of ASCII characters"
        | "der Wert des Kopffelds {name} ist eine Zeile aus ASCII-Zeichen";
    body_of_get: "a GET request has no body: set method = \"POST\", or leave body out"
        | "eine GET-Anfrage hat keinen Inhalt: method = \"POST\" setzen, oder body weglassen";
    select_of_poll: "select is for answers that end: leave it out, or set mode = \"poll\""
        | "select gilt für Antworten, die enden: weglassen, oder mode = \"poll\" setzen";
    pointer_slash(given: &str): "a JSON Pointer begins with a slash, such as \"/sensors/0/value\", not \"{given}\""
        | "ein JSON-Pointer beginnt mit einem Schrägstrich, etwa „/sensors/0/value“, nicht „{given}“";
    pointer_tilde(given: &str): "in a JSON Pointer ~0 stands for ~ and ~1 for /, a ~ by itself for nothing: \"{given}\""
        | "in einem JSON-Pointer steht ~0 für ~ und ~1 für /, ein ~ allein für nichts: „{given}“";
    mqtt(given: &str): "a broker's address begins with ws:// or wss://, or is that of a gateway's target, not \"{given}\""
        | "die Adresse eines Brokers beginnt mit ws:// oder wss:// oder ist die eines Ziels des Gateways, nicht „{given}“";
    baud: "the baud rate must be from 1 to 4294967295" | "die Baudrate muss von 1 bis 4294967295 sein";
    data_bits(given: u32): "a serial line has 7 or 8 data bits, not {given}"
        | "eine serielle Leitung hat 7 oder 8 Datenbits, nicht {given}";
    stop_bits(given: u32): "a serial line has 1 or 2 stop bits, not {given}"
        | "eine serielle Leitung hat 1 oder 2 Stoppbits, nicht {given}";
    buffer(most: u32): "the read buffer must be from 1 to {most} bytes (16 MiB)"
        | "der Lesepuffer muss 1 bis {most} Bytes haben (16 MiB)";
    target: "a target's name has 1 to 64 letters, digits, dots, dashes and underscores, as the gateway's file names it"
        | "der Name eines Ziels hat 1 bis 64 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche, wie in der Datei des Gateways";
    gateway(given: &str): "a gateway's address is https:// or http:// and a host, nothing else, not \"{given}\""
        | "die Adresse eines Gateways ist https:// oder http:// und ein Host, sonst nichts, nicht „{given}“";
    no_files: "only an FTP target holds files" | "nur ein FTP-Ziel hat Dateien";
    read_only: "Nothing was sent: the gateway lets this console read only. Its owner can allow \"write\" for this target."
        | "Nichts wurde gesendet: Das Gateway lässt diese Konsole nur lesen. Wer es betreibt, kann für dieses Ziel „write“ erlauben.";
    no_com_port:
        "The device did not agree to RFC 2217, so that there is no serial port behind it whose signals could be set. A break \
         can be sent all the same."
        | "Das Gerät hat RFC 2217 nicht zugestimmt; darum gibt es hinter ihm keinen seriellen Anschluss, dessen Signale zu \
           setzen wären. Ein Break lässt sich trotzdem senden.";
    remote_data_bits(given: u32): "a serial line behind Telnet has 5 to 8 data bits, not {given}"
        | "eine serielle Leitung hinter Telnet hat 5 bis 8 Datenbits, nicht {given}";
}
