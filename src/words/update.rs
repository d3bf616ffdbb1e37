//! New releases of the console, kept in the browser.

use super::messages;

messages! {
    /// Another release is there, and nothing is open.
    ready: "A new version of Ferrule is ready." | "Eine neue Version von Ferrule liegt bereit.";
    /// Another release is there, and a session is open.
    ready_later:
        "A new version of Ferrule is ready. It waits while a session is open: updating loads this page anew."
        | "Eine neue Version von Ferrule liegt bereit. Sie wartet, solange eine Sitzung offen ist: Aktualisieren lädt diese Seite neu.";
    /// The user wants it, and a session is open here.
    wanted:
        "The new version takes over, and this page is loaded anew, as soon as every session is closed."
        | "Die neue Version übernimmt, und diese Seite wird neu geladen, sobald jede Sitzung geschlossen ist.";
    /// The user wants it, and a session is open in another tab.
    elsewhere:
        "The new version waits: a session is open in another tab of Ferrule. Close it there, and this page is loaded anew."
        | "Die neue Version wartet: In einem anderen Tab von Ferrule ist eine Sitzung offen. Sobald sie dort geschlossen ist, wird diese Seite neu geladen.";
    /// The toggle that allows it.
    when_idle: "Update when idle" | "Im Leerlauf aktualisieren";
    /// It took over in another tab.
    taken:
        "Another tab put a new version of Ferrule in place. This page is of the one before until it is loaded anew."
        | "In einem anderen Tab wurde eine neue Version von Ferrule übernommen. Diese Seite ist noch von der vorigen, bis sie neu geladen wird.";
    /// The server withdrew what was kept.
    withdrawn:
        "The server withdrew the copy of Ferrule kept in this browser, and it was deleted. This page goes on; \
        from now on it needs the network to be loaded."
        | "Der Server hat die in diesem Browser gespeicherte Kopie von Ferrule zurückgezogen, und sie wurde gelöscht. \
        Diese Seite läuft weiter; um sie zu laden, braucht es ab jetzt das Netz.";
}
