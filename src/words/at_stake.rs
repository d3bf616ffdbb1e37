//! What would be lost with a session.

use super::messages;

messages! {
    /// A profile that was changed.
    profile: "The profile was changed, and the changes are kept nowhere: without the session they are gone."
        | "Das Profil wurde geändert, und die Änderungen sind nirgends aufbewahrt: Ohne die Sitzung sind sie weg.";
    /// Keeps it first.
    keep_profile: "Keep the profile and close" | "Profil behalten und schließen";
    /// Samples.
    samples(count: u64, shown: &str, name: &str, time: &str):
        { let are = if count == 1 { "sample" } else { "samples" }; format!("{shown} {are} of {name}, {time}, were not saved. They are in this tab only, and gone once the session is closed.") }
        | { let sind = if count == 1 { "Messwert" } else { "Messwerte" }; format!("{shown} {sind} von {name}, {time}, nicht gespeichert. Sie sind nur in diesem Tab und mit der Sitzung verloren.") };
    /// Bytes that made no sample.
    bytes(size: &str, name: &str, time: &str):
        "{size} that {name} sent, {time}, were not saved. They are in this tab only, and gone once the session is closed."
        | "{size} von {name}, {time}, nicht gespeichert. Sie sind nur in diesem Tab und mit der Sitzung verloren.";
}
