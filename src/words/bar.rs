//! The top bar and what frames every screen.

use super::messages;

messages! {
    /// The first link of every page.
    skip: "Skip to content" | "Zum Inhalt springen";
    /// The brand's label.
    brand: "Ferrule, start page" | "Ferrule, Startseite";
    /// The list of sessions.
    open_sessions: "Open sessions" | "Offene Sitzungen";
    /// Leads to the start page.
    open: "Open" | "Öffnen";
    /// The choice of language.
    language: "Language" | "Sprache";
    /// The choice of scheme.
    scheme: "Colour scheme" | "Farbschema";
    /// As the system has it.
    scheme_system: "System" | "System";
    /// Dark on light.
    scheme_light: "Light" | "Hell";
    /// Light on dark.
    scheme_dark: "Dark" | "Dunkel";
    /// Black and white, with strong edges.
    scheme_contrast: "High contrast" | "Hoher Kontrast";
    /// A link being opened.
    opening: "Opening" | "Öffnet";
    /// An open link.
    connected: "Connected" | "Verbunden";
    /// A link that will be opened again.
    waiting: "Waiting" | "Wartet";
    /// A link that is closed.
    closed: "Closed" | "Geschlossen";
    /// A file.
    done: "Read to the end" | "Bis zum Ende gelesen";
    /// Instead of a name that is empty.
    no_name: "(no name)" | "(ohne Namen)";
    /// A wired link.
    point_to_point: "Point to point" | "Punkt zu Punkt";
    /// A link over a network.
    network: "Network" | "Netzwerk";
}
