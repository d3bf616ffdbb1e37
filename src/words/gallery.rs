//! The gallery of profiles.

use super::messages;

messages! {
    /// The heading.
    title: "Devices with a profile" | "Geräte mit Profil";
    /// What a profile is.
    about: "A profile says how a device is reached and what its bytes mean. Look at one before it is used: nothing is opened from here."
        | "Ein Profil sagt, wie ein Gerät erreicht wird und was seine Bytes bedeuten. Vor dem Verwenden lässt es sich ansehen: Von hier aus wird nichts geöffnet.";
    /// The field that narrows the list.
    find: "Find a device" | "Gerät suchen";
    /// The choice by link.
    kind: "Link" | "Verbindung";
    /// Every link.
    any_kind: "All" | "Alle";
    /// Wired.
    serial: "Serial" | "Seriell";
    /// The simulated device.
    simulated: "Simulated" | "Simuliert";
    /// The choice by purpose.
    purpose: "For" | "Für";
    /// Every purpose.
    any_purpose: "everything" | "alles";
    /// How many are listed.
    count(shown: usize, all: usize): "{shown} of {all} profiles" | "{shown} von {all} Profilen";
    /// Nothing is listed.
    none: "No profile has these words. Shorten them, or show all links and purposes."
        | "Kein Profil enthält diese Wörter. Kürzen oder alle Verbindungen und Zwecke zeigen.";
    /// The list.
    list: "Profiles" | "Profile";
    /// A profile of the user's.
    yours: "yours" | "eigenes";
    /// Leads to the gallery from elsewhere.
    all(count: usize): "All {count} profiles" | "Alle {count} Profile";
}
