//! The names of the panels.

use super::messages;

messages! {
    /// Strip chart.
    plot: "Plot" | "Verlauf";
    /// Latest readings.
    values: "Values" | "Werte";
    /// What the device prints.
    terminal: "Terminal" | "Terminal";
    /// What can be sent by name.
    commands: "Commands" | "Befehle";
    /// Files to and from the device.
    transfer: "Transfer" | "Dateien";
    /// Steps done one after the other.
    macros: "Macros" | "Makros";
    /// Frames that were not understood.
    rejected: "Rejected" | "Verworfen";
    /// The device file.
    profile: "Profile" | "Profil";
    /// Bytes.
    hex: "Hex" | "Hex";
    /// Tiles for people who watch.
    dashboard: "Dashboard" | "Übersicht";
    /// Many devices in one table.
    fleet: "Fleet" | "Flotte";
}
