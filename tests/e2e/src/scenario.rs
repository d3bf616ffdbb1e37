//! Every scenario, by the browser it needs.

use crate::failure::Outcome;
use crate::stage::Stage;

mod addresses;
mod alike;
mod chooser;
mod closing;
mod dashboard;
mod demo;
mod demo_network;
mod doctors;
mod firmware;
mod fleet;
mod focus;
mod form;
mod fragment;
mod ftp;
mod gallery;
mod gateway;
mod german;
mod hex;
mod http;
mod kept;
mod macros;
mod mqtt;
mod narrow;
mod network;
mod offline;
mod peers;
mod plot;
mod pointer;
mod privacy;
mod profile;
mod screens;
mod serial;
mod sessions;
mod shell;
mod terminal;
mod tiles;
mod timeline;
mod transfer;
mod tree;
mod values;
mod weather;
mod without;
mod worker;
mod workspace;

pub use screens::{of_wires, pictures};

/// Which browser a scenario needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One without devices.
    Plain,
    /// One with USB serial adapters.
    Serial,
    /// One with adapters and a screen, where nobody was granted anything.
    Chooser,
    /// One that has no Web Serial.
    WithoutSerial,
    /// One to which the console comes from the internet, and this machine is its local network.
    Hosted,
}

/// Something a person does with the console, and what must come of it.
pub struct Scenario {
    /// Short and stable, for the command line.
    pub id: &'static str,
    /// What is shown, with the faults covered (faults F…, security S…).
    pub name: &'static str,
    /// Where.
    pub place: Place,
    /// Does it.
    pub run: fn(&mut Stage<'_>) -> Outcome,
}

macro_rules! scenarios {
    ($($place:ident $id:literal $name:literal $run:path;)*) => {
        /// All of them, in the order they run.
        pub const ALL: &[Scenario] = &[$(Scenario { id: $id, name: $name, place: Place::$place, run: $run }),*];
    };
}

scenarios! {
    Plain "demo" "the demo device streams within one click, nothing leaves the origin (S2, S3, S33)" demo::streams;
    Plain "demo-command" "a typed line and a command of the profile are answered" demo::commands;
    Plain "demo-network" "devices simulated behind a broker, HTTP, WebSocket, Telnet and FTP: opened and commanded by clicking" demo_network::clicks;
    Plain "demo-faults" "each fault of the demo device is survived and counted (F12, F14, F17)" demo::faults;
    Plain "terminal-find" "lines are found, shown alone, held and followed again" terminal::finds;
    Plain "terminal-paste" "several lines are asked about before they are sent (S25)" terminal::pastes;
    Plain "hex" "bytes in both directions are found and read as numbers" terminal::bytes;
    Plain "hostile" "hostile text stays text: no element, no title, no request (S1, S5, S20, S24)" demo::hostile;
    Plain "profile" "a mistake in a profile is named by line, the one before stays in force" profile::mistake;
    Plain "hidden-lane" "a lane whose series are all hidden leaves its room, and comes back" demo::lanes;
    Plain "values" "values are sorted, filtered and pinned, by the keyboard too" values::table;
    Plain "focus" "what had the focus goes, and what follows has it: macros, commands, tiles" focus::follows;
    Plain "focus-stops" "a table and a legend are one stop of the Tab key; menus by their first letters; / in Hex" focus::stops;
    Plain "focus-tab" "the tab in front stays in sight when the window becomes narrow" focus::tab_in_sight;
    Plain "focus-rejected" "the ledger leads to the rejected frames, these and lines of the terminal to their bytes" focus::rejected;
    Plain "ledger-terms" "the ledger's terms lead to what they count, a computed value to its fields' bytes, Escape back to its row" focus::terms;
    Plain "values-bytes" "a value shows the bytes that made it" values::bytes;
    Plain "dashboard" "the dashboard on a phone: a button sends, what is silent says since when" dashboard::phone;
    Plain "dashboard-edit" "tiles are moved, resized, added and named by keyboard, and stand in the profile" dashboard::lay_out;
    Plain "dashboard-drag" "tiles are moved and resized with the mouse, and put back" pointer::tiles;
    Plain "dashboard-sizes" "each kind of tile as small as it can be, in four windows: nothing of a reading is cut" tiles::sizes;
    Plain "dashboard-form" "tiles are changed, taken back and made again without a jump, and what is typed is not lost" tiles::edited;
    Plain "dashboard-kept" "tiles stand after a reload where they were put" tiles::kept;
    Plain "workspace-drag" "panels are dragged by tab and title to other places, and put back" pointer::panels;
    Plain "session-gone" "the address of a session that is not open says so" fragment::gone;
    Plain "address-demo" "the demo's address opens it once, and Back leaves it" fragment::demo;
    Plain "address-unknown" "an address that asks for what is not there: words" fragment::unknown;
    Plain "not-sent" "a line that finds the link closed stays in its field, with the next step (F5)" demo::not_sent;
    Plain "sessions-kept" "a session is found as it was left: plot, line, history, fields, tab" sessions::kept;
    Plain "workspace" "panels are moved, closed, maximised; the layout comes again with the profile" workspace::arranged;
    Plain "keyboard" "with the keyboard alone: panels, lines between them, palette, a command" workspace::keyboard;
    Plain "german" "a browser of a German speaker: every screen in German, no English control left" german::whole;
    Plain "german-screens" "the same: every profile of the gallery, the doctor, the dashboard, the plot in each mode" german::screens;
    Plain "german-refusals" "the same: what is refused, faults of the device, mistakes in profiles and macros" german::refusals;
    Plain "tree" "the workspace as a screen reader has it: roles and names, as they were agreed" tree::workspace;
    Plain "tree-pages" "start page, doctor and dashboard as a screen reader has them" tree::pages;
    Plain "canvas" "a canvas that is lost, without size, of other pixels, on a screen of 8k is drawn again (F44)" workspace::canvas;
    Plain "sessions-bar" "the bar tells of a session that is not shown" sessions::bar;
    Plain "sessions-behind" "another tab in front: sessions are looked at one after the other, and nothing breaks" sessions::behind;
    Plain "plain-numbers" "numbers in lines of plain text are noticed, and read from the next line on" http::numbers;
    Plain "sessions-many" "sixteen sessions: the current one and what opens another stay in sight" sessions::many;
    Plain "closing" "what a device sent is asked about before its session is closed or the page left; the demo is not" closing::asks;
    Plain "worker-panic" "the worker panics: another takes over, sessions and drafts stay (F42)" worker::panics;
    Plain "worker-again" "a worker that keeps failing is given up after three restarts (F42)" worker::keeps_failing;
    Plain "websocket-binary" "a WebSocket device in binary messages: connect, decode, send (F27)" network::binary;
    Plain "websocket-text" "a WebSocket device in text messages: connect, decode" network::text;
    Plain "many-names" "a device that makes up names without end does not stall the page" network::names;
    Plain "websocket-cut" "the server drops the connection; it comes back by itself (F25)" network::cut;
    Plain "websocket-reset" "the server resets the connection; it comes back by itself (F25)" network::reset;
    Hosted "websocket-hosted" "a hosted console and a device of the local network: denied in words, allowed and reached (S8)" network::hosted;
    Plain "websocket-asleep" "the computer sleeps while its network goes: opened again at once, the gap marked (F35)" network::asleep;
    Plain "websocket-half-open" "a connection gone without a word is opened again after silence_s (F25)" network::half_open;
    Plain "dangerous" "a dangerous command is sent only after it was armed, once (S4, S37)" network::dangerous;
    Plain "dangerous-renamed" "a command that was armed is not armed once its device has another name (S4)" profile::renamed;
    Plain "websocket-refused" "nobody listens at the address: words and a next step" network::refused;
    Plain "address-refused" "an impossible address is refused at its field, in words (S35)" addresses::refused;
    Plain "address-secret" "an address with a token shows and keeps none of it (S35)" addresses::secrets;
    Plain "address-profile" "an address opened before comes with its profile" addresses::remembered;
    Plain "profiles-kept" "own profiles go by their whole names, are deleted and brought back" kept::profiles;
    Plain "profiles-beside" "what is imported or shared replaces no profile of its name; what is replaced comes back" kept::beside;
    Plain "address-next-day" "the same for an address, which stays the session's name" kept::next_day_there;
    Plain "palette-found" "pages and what can be pressed on the screen are found by what people type" workspace::found;
    Plain "doctor-network" "the doctor of a network session speaks of no speed" doctors::without_speed;
    Plain "rejected-place" "rejected frames stand still while they are read" network::reading;
    Plain "narrow" "320 pixels and text twice as large: nothing stands outside the window" narrow::reflows;
    Plain "large-text" "text twice as large by the browser's own setting: no line on another, nothing cut" narrow::large;
    Plain "narrow-german" "the heads of panels in German on three phones: no word outside its button, none on another" narrow::german;
    Plain "fleet-phone" "a fleet on a phone: filtered, one device opened, nothing outside the window" narrow::fleet;
    Plain "fingers" "where fingers point, every control is large enough" narrow::fingers;
    Plain "http" "an HTTP endpoint is polled, a command is a request" network::http;
    Plain "http-cors" "a server without CORS: words and a next step" network::cors;
    Plain "http-missing" "an address with nothing there: words that hold, and it is tried again" network::missing;
    Plain "http-endless" "answers without an end: words and a next step" network::endless;
    Plain "websocket-forbidden" "a device that closes by its policy: words that hold, and it is tried again (F25)" network::forbidden;
    Plain "profile-unkept" "a profile that was changed and is kept nowhere is asked about, and kept" closing::profile;
    Plain "commands" "commands are repeated and listed with their replies, anything can be sent" macros::commands;
    Plain "macros" "a macro is recorded, written, run, stopped and deleted, and interrupts nothing" macros::macros;
    Plain "accessible" "axe-core finds no violation on any screen, light, dark and phone" screens::accessible;
    Plain "accessible-contrast" "the same with more contrast, light and dark, and in the colours of a system" screens::in_contrast;
    Plain "accessible-german" "the same in German: start, gallery, doctor, every panel, settings, wide and on a phone" screens::in_german;
    Plain "mqtt-mosquitto" "mosquitto by MQTT 5: topics, retained, each quality, a restart (F25, F31)" mqtt::mosquitto;
    Plain "mqtt-refused" "a broker that wants to know who asks: the page asks, and keeps nothing of it (S35)" mqtt::refused;
    Plain "mqtt-secret" "a token of a broker's address that is not kept is asked for, and then who asks (S35)" mqtt::secret;
    Plain "mqtt-taken" "two sessions with one client id: the one thrown out says so and waits to be asked (MQTT 3.1.1)" mqtt::taken;
    Plain "mqtt-not-taken" "a publication that the broker does not take is marked, said and in the line again" mqtt::not_taken;
    Plain "mqtt-aedes" "a broker of another make, of MQTT 3.1.1 only: it is said, and works" mqtt::aedes;
    Plain "fleet" "every device of a broker in one table: states, order, filter, groups, one of them by itself (F33)" fleet::fleet;
    Plain "fleet-command" "one command to many devices: selected by keys and by filter, a result for each, cancelled, as a file (S37)" fleet::command;
    Plain "fleet-presence" "devices that are there or gone by a topic and a last will; what was kept is not fresh; columns are kept (F33)" fleet::presence;
    Plain "installable" "the browser offers to install it; icons, screenshots and the file handler are there" offline::installable;
    Plain "offline" "the server is stopped, the network gone: it starts, and the demo streams (F46, S31)" offline::starts;
    Plain "opened-file" "a profile opened with the installed console is looked at, and opens nothing (S36)" offline::opened_file;
    Plain "update" "a new release waits while a session is open in any tab, and is asked for (F45, S32)" offline::update;
    Plain "update-half" "a release that cannot be had whole changes nothing (F45, F46, S31)" offline::half;
    Plain "offline-damaged" "a damaged copy is fetched again, or said to be damaged (F46, S34)" offline::damaged;
    Plain "withdrawn" "the server's kill switch takes the copy away and reloads nothing (F46)" offline::withdrawn;
    Plain "plot-cursors" "two cursors by the keyboard: values, differences, statistics" plot::cursors;
    Plain "plot-ranges" "a lane's range is fixed and made automatic again; what is none is said" plot::ranges;
    Plain "plot-spectrum" "a spectrum shows a signal's frequency; histogram and XY; each as a table" plot::spectrum;
    Plain "plot-clock" "the plot by the device's clock, which wraps and jumps; numbers that are missing and twice (F22, F23)" plot::clock;
    Plain "plot-epoch" "a profile that is edited in mid-session: rows keep their unit, the plot has the new ones (F20)" plot::epoch;
    Plain "plot-remembered" "what was chosen in the panels is so in the next session with that profile" plot::remembered;
    Plain "plot-files" "the plot as PNG and as CSV" plot::files;
    Plain "telnet-shell" "a shell behind a telnetd: echo, size, colours, an editor, nothing told of this computer (S13, S14)" gateway::shell;
    Plain "telnet-login" "a password is asked for, shown and kept nowhere; the device ends the session in order (S14)" gateway::log_in;
    Plain "telnet-com-port" "a port behind ser2net: speed, parity, signals, break by RFC 2217" gateway::com_port;
    Plain "telnet-hostile" "a device that splits, floods and asks: text stays whole, the rest is counted (F48, S13)" gateway::hostile;
    Plain "tcp-device" "a TCP device through the gateway is lost and comes back (F25, S41)" gateway::tcp;
    Plain "gateway-serial" "a serial port of the gateway's machine: bytes both ways, pulled out, and back (F25)" gateway::serial;
    Plain "gateway-token" "a token is asked for, kept nowhere; the gateway comes back with another (F26)" gateway::token;
    Plain "gateway-half-open" "the gateway is gone without a word: it is missed, and opened again (F25)" gateway::half_open;
    Plain "ftp-vsftpd" "files of a vsftpd: listed, fetched, gone on with after a cut, opened as a log (F47)" ftp::vsftpd;
    Plain "ftp-plot" "a logger's file is seen in the plot at once: by a column of numbers or dates, or evenly by its rows" ftp::plotted;
    Plain "ftp-upload" "files are stored on a vsftpd where they may be; one that is there is replaced only when asked" ftp::upload;
    Plain "ftp-hostile" "a server whose names are markup, paths and controls, and that closes early (F47, S12)" ftp::hostile;
    Plain "gateway-broker" "a broker that a gateway has subscribed to: retained, published, restarted; its password stays there (F25)" mqtt::through;
    Plain "gateway-topics" "of a gateway's broker a session gets what it asks for, and what it publishes goes at once" mqtt::part;
    Plain "gateway-none" "a host without a gateway: words and a next step" gateway::without;
    Plain "http-selector" "a part of each answer is the message, with a key in a header field; a command is a request of its own" http::selector;
    Plain "http-halves" "what a device says to a command while it is in the middle of an answer is a message of its own" http::halves;
    Plain "http-login" "a device that wants to know who asks: a form, Basic, and a profile's key that is never kept (S35)" http::log_ins;
    Plain "http-refused" "a command that is answered with an error is told with its status, and the rest goes on" http::refused;
    Plain "http-conditional" "what is unchanged is counted and no sample; who asks to be left alone is (F26)" http::conditional;
    Plain "http-sse" "Server-Sent Events: names choose protocols, and what was missed is asked for (F25)" http::events;
    Plain "http-ndjson" "an answer without end, line by line; one line is too long (F15)" http::lines;
    Plain "http-redirect" "a redirect is refused in words, and leads nowhere (S10)" http::redirect;
    Plain "websocket-subprotocol" "a device chooses a subprotocol, or is refused; what is sent goes as text" http::subprotocol;
    Plain "websocket-heartbeat" "a ping of the profile's own: its answer is no data, and a device without one is missed (F25)" http::heartbeat;
    Plain "websocket-weather" "a WebSocket in slices, late, slow, cut and reset: nothing is spoilt or lost in silence (F25, F27, F28)" weather::websocket;
    Plain "mqtt-weather" "a broker over such a network (F25, F27)" weather::mqtt;
    Plain "gateway-weather" "a gateway over such a network (F25, F27)" weather::gateway;
    Plain "gallery" "a device is found in the gallery, looked at, and taken to the form" gallery::found;
    Plain "profile-shared" "a profile in an address is shown and does nothing by itself (S29, S35, S36)" gallery::shared;
    Plain "profile-import" "a Serial Studio project becomes a profile, with a list of what is left" gallery::imported;
    Plain "profile-form" "form and text are one profile: comments stay, mistakes are told at the field" profile::form;
    Plain "profile-form-keys" "a macro and a tile are made in the form by the keyboard alone, and work" form::keys;
    Plain "profile-form-mistakes" "in the form a mistake stands at its field, by its label, and beside no other verdict; words in German are added" form::mistakes;
    Plain "profile-form-parts" "the form has parts for lengths that the data say, a last will, topics of their own and a command's topic" form::parts;
    Plain "timeline" "the demo device and one on a network on one clock: merged lines, one plot, one of them hidden, by keyboard too" timeline::together;
    Serial "serial" "a USB serial device: silent, then decoded, plotted, sent to (F12)" serial::whole;
    Serial "serial-garbage" "garbage before the first frame is skipped and counted (F14)" serial::garbage;
    Serial "serial-replug" "unplug in the middle of a frame, replug, go on without a click (F5, F6)" serial::replug;
    Serial "serial-reload" "reload and reconnect with one click" serial::reload;
    Serial "serial-remembered" "a port comes with the profile and the speed it had last" kept::port;
    Serial "serial-worker" "the worker dies with a port open: the port is opened again (F42)" worker::with_a_port;
    Serial "serial-twins" "two equal adapters side by side, never crossed (F8)" serial::twins;
    Serial "serial-busy" "a port that a session has open is shown where it is, and not opened twice (F9)" serial::busy;
    Serial "serial-taken" "a port that another program holds: words, the doctor, and the way back (F9)" serial::taken;
    Serial "serial-stuck" "a device that takes nothing: said, and closed at once all the same (F13)" serial::stuck;
    Serial "serial-speed" "a speed that cannot be is refused in the form (F10)" serial::speed;
    Serial "serial-signals" "signals of the line are seen and set, a break is sent" serial::signals;
    Serial "serial-release" "the port is released, another program uses it, and it is retaken" serial::release;
    Serial "serial-wrong-speed" "usual speeds are tried, the one that makes sense is named, and nothing changes unasked (F2)" serial::wrong_speed;
    Serial "serial-doctor" "the doctor names silence, a device unplugged, a wrong speed, and what to do (F2, F5, F12)" serial::doctor;
    Serial "serial-alike" "equal adapters that come back: nobody knows which, so it is asked (F7)" serial::alike;
    Serial "serial-marks" "which of two equal adapters is open, and at which speed, is said of that one, also when one was pulled out (F7, F8)" alike::marks;
    Serial "serial-crossed" "an equal adapter plugged in while the first is open is never taken for it (F7, F8)" serial::crossed;
    Serial "serial-identity" "a probe tells equal adapters apart (F8)" serial::identity;
    Serial "serial-stranger" "another device answers the probe: session and doctor name it, and the one that is meant (F8)" serial::stranger;
    Serial "serial-flood" "a flood while the page stalls: nothing is lost (F11)" serial::flood;
    Serial "serial-offline" "the server is stopped, the network gone: a serial device works (F46)" offline::with_a_port;
    Serial "hidden" "a tab that is hidden and frozen for a while loses nothing (F34)" offline::hidden;
    Serial "privacy" "a whole wired session: no request, nothing stored, of what was said (S34, S35)" privacy::nothing_leaves;
    Serial "firmware" "the reference firmware in QEMU, the whole chain both ways" firmware::chain;
    Serial "accessible-wired" "axe-core on the line of a serial port, its doctor, a port that is lent, in every look" screens::wired;
    Serial "serial-zmodem" "lrzsz at the far end: an offer is taken by hand, files go both ways" transfer::zmodem;
    Serial "serial-ymodem" "lrzsz at the far end: YMODEM both ways, cancelled, and begun again" transfer::ymodem;
    Serial "serial-hex" "a known stream: offsets, frames, directions, and selections longer than what is in sight" hex::known;
    Serial "serial-map" "positions are drawn to scale, and said in words" pointer::map;
    Serial "serial-shell" "a shell with pager, editor and top behind a port: typed to directly, read as on a screen" shell::whole;
    Serial "serial-shell-low" "in a low panel the row that is typed at stays in sight" shell::low;
    Serial "serial-paste" "a shell that asks for marked pastes runs nothing of one before Enter (S25)" shell::pastes;
    Serial "serial-two" "a drive and a sensor on pyserial in two sessions at once, each with its profile" peers::both;
    Serial "serial-unsaved" "a file that is not saved, or still comes, is not lost by a reload or a close without a question" transfer::unsaved;
    Serial "serial-back" "a page left with an open port and gone back to is loaded anew, and the port opens again (F34)" serial::back;
    Serial "timeline-wired" "a wired device beside a networked one: lines of both in order, fields of both in one plot" timeline::wired;
    Serial "serial-read-as" "numbers among plain text: what they are read as, the port opens with next time, at its speed" kept::read_as;
    Serial "serial-next-day" "a profile of one's own, put in force and kept, is what the port opens with next time, by its name, with its panels" kept::next_day;
    Serial "doctor-open" "the doctor of the start page knows what is open, and leads there" doctors::of_open;
    Chooser "serial-chooser" "the browser's own chooser: cancelled, then a port chosen with mouse and key, and it speaks (S4)" chooser::chosen;
    WithoutSerial "no-serial-doctor" "the doctor in a browser without Web Serial: what is missing, and what to do" without::doctor;
    WithoutSerial "no-serial" "a browser without Web Serial: words, and everything else works" without::serial;
}
