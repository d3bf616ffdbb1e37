//! Frames that were not understood.

use super::messages;

messages! {
    /// There are none.
    none: "No frame was rejected so far. One that is will be listed here with its reason and its bytes."
        | "Bisher wurde kein Rahmen verworfen. Verworfene stehen hier mit ihrem Grund und ihren Bytes.";
    /// Who reads keeps the place.
    stands_still: "The list stands still while you read. " | "Die Liste steht still, solange gelesen wird. ";
    /// How many have come since, or that there are at least so many.
    more(count: usize, at_least: bool): {
        if at_least { format!("{count} or more are newer.") } else { format!("{count} more.") }
    } | {
        if at_least { format!("Mindestens {count} sind neuer.") } else { format!("{count} weitere.") }
    };
    /// Leads back to the top.
    newest: "Show the newest" | "Neueste zeigen";
    /// How long it is, and where in the stream.
    place(len: &str, at: &str): "{len} bytes at offset {at}" | "{len} Byte ab Position {at}";
    /// Brings the bytes forward.
    show_bytes: "Show bytes" | "Bytes zeigen";
    /// The same with where they are.
    show_bytes_at(at: &str): "Show bytes at offset {at}" | "Bytes zeigen ab Position {at}";
    /// More bytes than are shown.
    in_all(len: &str): " … {len} bytes in all" | " … {len} Byte insgesamt";
}
