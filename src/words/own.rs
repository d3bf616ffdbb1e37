//! Set-ups of other programs, imported as profiles on the start page.

use super::messages;

messages! {
    /// It was taken, but for some things.
    imported_but(name: &str, left: usize): "{name} is kept in this browser as a profile. Not taken over, and noted at its top: {left}"
        | "{name} bleibt als Profil in diesem Browser. Nicht übernommen und oben im Profil vermerkt: {left}";
    /// The list of what was not taken over.
    left: "Not taken over" | "Nicht übernommen";
}
