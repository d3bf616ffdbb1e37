//! Macros: run, watched, written.

use super::messages;

messages! {
    /// A profile without macros.
    none: "This profile has no macros. A macro is a list of steps: send, wait, expect, repeat."
        | "Dieses Profil hat keine Makros. Ein Makro ist eine Liste von Schritten: senden, warten, erwarten, wiederholen.";
    /// Begins a new one.
    add: "Add macro" | "Makro hinzufügen";
    /// Runs one.
    run: "Run" | "Ausführen";
    /// Its name for screen readers.
    run_macro(name: &str): "Run {name}" | "{name} ausführen";
    /// Stops it.
    stop: "Stop" | "Stoppen";
    /// Its name for screen readers.
    stop_macro(name: &str): "Stop {name}" | "{name} stoppen";
    /// Edits it.
    edit: "Edit" | "Bearbeiten";
    /// Its name for screen readers.
    edit_macro(name: &str): "Edit {name}" | "{name} bearbeiten";
    /// The editor's field for the name.
    name: "Name of the macro" | "Name des Makros";
    /// The editor's field for the steps.
    steps: "Steps" | "Schritte";
    /// What steps there are.
    help: "One step a line: send TEXT · text TEXT · bytes 01 ff · command \"NAME\" 5 · wait 200 ms · expect TEXT · match REGEX · expect within 5 s: TEXT · repeat 3 … end · # note"
        | "Ein Schritt je Zeile: send TEXT · text TEXT · bytes 01 ff · command \"NAME\" 5 · wait 200 ms · expect TEXT · match REGEX · expect within 5 s: TEXT · repeat 3 … end · # Notiz";
    /// Takes over what was sent.
    record: "Add what was sent from Commands" | "Von Befehle Gesendetes übernehmen";
    /// Nothing was sent.
    nothing_sent: "Nothing was sent from Commands so far." | "Von Befehle wurde noch nichts gesendet.";
    /// Puts it into the profile.
    save: "Save macro" | "Makro speichern";
    /// Leaves the editor.
    leave: "Leave as it was" | "Lassen, wie es war";
    /// Takes it out of the profile.
    delete: "Delete macro" | "Makro löschen";
    /// No mistakes.
    fine(count: usize): { if count == 1 { "1 step, no mistakes.".to_owned() } else { format!("{count} steps, no mistakes.") } }
        | { if count == 1 { "1 Schritt, keine Fehler.".to_owned() } else { format!("{count} Schritte, keine Fehler.") } };
    /// A mistake and its line.
    wrong(line: u32, reason: &str): "Line {line}: {reason}." | "Zeile {line}: {reason}.";
    /// No name.
    name_needed: "The macro needs a name." | "Das Makro braucht einen Namen.";
    /// A name that is taken.
    name_taken: "Another macro has this name." | "Ein anderes Makro heißt so.";
    /// No steps.
    steps_needed: "The macro needs a step." | "Das Makro braucht einen Schritt.";
    /// The profile's text could not be changed.
    not_kept(why: &str): "The profile was not changed: {why}." | "Das Profil wurde nicht geändert: {why}.";
    /// Where a macro is kept.
    kept: "Kept in this session's profile. Keep or export the profile to have it again."
        | "Im Profil dieser Sitzung. Das Profil behalten oder exportieren, um es wiederzuhaben.";
    /// It sends a dangerous command.
    arm_first(name: &str): "{name} sends a command that is marked as dangerous: arm it, then run it."
        | "{name} sendet einen als gefährlich markierten Befehl: erst scharf schalten, dann ausführen.";
    /// Done.
    done(name: &str): "{name}: done." | "{name}: fertig.";
    /// Stopped.
    stopped(name: &str, line: u32): "{name}: stopped in line {line}." | "{name}: in Zeile {line} gestoppt.";
    /// Something was not said in time.
    not_said(name: &str, line: u32, what: &str): "{name}, line {line}: the device did not say \"{what}\" in time. Look at the terminal for what it said instead."
        | "{name}, Zeile {line}: das Gerät hat nicht rechtzeitig „{what}“ gesagt. Im Terminal steht, was es stattdessen sagt.";
    /// Something could not be sent.
    refused(name: &str, line: u32, why: &str): "{name}, line {line}: {why}" | "{name}, Zeile {line}: {why}";
    /// The link closed.
    link_closed(name: &str, line: u32): "{name}: the link closed in line {line}. Connect, then run it again."
        | "{name}: in Zeile {line} wurde die Verbindung geschlossen. Verbinden, dann erneut ausführen.";
    /// What is waited for.
    expects(what: &str): "waits for \"{what}\"" | "wartet auf „{what}“";
    /// The round of a loop.
    round(round: u32): "round {round}" | "Durchgang {round}";
    /// The round of a loop, of how many.
    round_of(round: u32, rounds: u32): "round {round} of {rounds}" | "Durchgang {round} von {rounds}";
}
