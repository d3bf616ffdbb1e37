//! Set-ups of other programs, imported as profiles on the start page.

use super::messages;

messages! {
    /// It was taken, but for some things.
    imported_but(name: &str, left: usize): "{name} is kept in this browser as a profile. Not taken over, and noted at its top: {left}"
        | "{name} bleibt als Profil in diesem Browser. Nicht übernommen und oben im Profil vermerkt: {left}";
    /// The list of what was not taken over.
    left: "Not taken over" | "Nicht übernommen";
    /// Another one of its name is kept.
    kept_beside(file: &str, called: &str): "Another profile of that name is kept: {file} is kept in this browser as {called}."
        | "Ein anderes Profil dieses Namens gibt es schon: {file} bleibt in diesem Browser als {called}.";
    /// It is kept already.
    there(file: &str, called: &str): "{file} is kept in this browser already, word for word, as {called}."
        | "{file} wird schon Wort für Wort aufbewahrt, als {called}.";
    /// Of an imported one, how much was not taken over.
    but(left: usize): "Not taken over, and noted at its top: {left}" | "Nicht übernommen und oben im Profil vermerkt: {left}";
}
