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
    baud: "the baud rate must be from 1 to 4294967295" | "die Baudrate muss von 1 bis 4294967295 sein";
    data_bits(given: u32): "a serial line has 7 or 8 data bits, not {given}"
        | "eine serielle Leitung hat 7 oder 8 Datenbits, nicht {given}";
    stop_bits(given: u32): "a serial line has 1 or 2 stop bits, not {given}"
        | "eine serielle Leitung hat 1 oder 2 Stoppbits, nicht {given}";
    buffer(most: u32): "the read buffer must be from 1 to {most} bytes (16 MiB)"
        | "der Lesepuffer muss 1 bis {most} Bytes haben (16 MiB)";
}
