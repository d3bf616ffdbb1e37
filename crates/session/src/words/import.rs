//! What was not taken over from a set-up of another program, a sentence each.

use super::{Said, messages};

messages! {
    neither: "It is neither a profile (TOML), nor a project of Serial Studio (JSON), nor three lines or more as a device prints them."
        | "Es ist weder ein Profil (TOML) noch ein Projekt von Serial Studio (JSON), noch sind es drei oder mehr Zeilen, wie ein Gerät sie ausgibt.";
    no_profile(error: &Said): "What it says makes no profile: {error}." | "Was darin steht, ergibt kein Profil: {error}.";
    made_of(from: &Said): "Made of {from}." | "Gemacht aus: {from}.";
    not_taken_over: "Not taken over:" | "Nicht übernommen:";
    serial_studio: "a Serial Studio project" | "ein Projekt von Serial Studio";
    teleplot: "lines for Teleplot" | "Zeilen für Teleplot";
    arduino: "lines for the Arduino plotter" | "Zeilen für den Arduino-Plotter";
    lines_name: "Imported lines" | "Importierte Zeilen";
    lines_about: "A device that prints its readings line by line." | "Ein Gerät, das seine Messwerte Zeile für Zeile ausgibt.";
    lines_speed: "The speed of the port is not in the lines: 115200 baud is assumed."
        | "Die Geschwindigkeit der Schnittstelle steht nicht in den Zeilen: 115200 Baud sind angenommen.";
    lines_before(count: usize): "The lines before the first reading ({count}): the device says them when it starts, or they were cut off."
        | "Die Zeilen vor dem ersten Messwert ({count}): Das Gerät sagt sie beim Start, oder sie waren abgeschnitten.";
    other_source(of: &str): "The group \"{of}\": it is another source's." | "Die Gruppe „{of}“: Sie gehört zu einer anderen Quelle.";
    sources(count: usize): "Its other sources ({count}): a profile describes one device."
        | "Seine weiteren Quellen ({count}): Ein Profil beschreibt ein einziges Gerät.";
    no_dataset: "The project has no dataset, so there is nothing to read a frame by."
        | "Das Projekt hat keinen Datensatz, nach dem ein Rahmen zu lesen wäre.";
    project_name: "Serial Studio project" | "Projekt von Serial Studio";
    project_about: "Imported from a Serial Studio project." | "Importiert aus einem Projekt von Serial Studio.";
    group(of: &str, widget: &str): "The group \"{of}\" is shown as {widget}." | "Die Gruppe „{of}“ wird als {widget} gezeigt.";
    place(of: &str, index: usize, most: usize): "A dataset of \"{of}\" at place {index}: places are 1 to {most}."
        | "Ein Datensatz von „{of}“ an Stelle {index}: Stellen sind 1 bis {most}.";
    same_place(title: &str, index: usize): "\"{title}\" stands at the same place of the frame as another: {index}."
        | "„{title}“ steht an derselben Stelle des Rahmens wie ein anderer: {index}.";
    range(title: &str, min: f64, max: f64): "\"{title}\" has the range {min} to {max}."
        | "„{title}“ hat den Bereich {min} bis {max}.";
    alarms(title: &str, ranges: &str): "\"{title}\" has alarms in {ranges}." | "„{title}“ hat Alarme in {ranges}.";
    tiles(count: usize): "What {count} more datasets are shown as: a dashboard has 60 tiles."
        | "Als was {count} weitere Datensätze gezeigt werden: Ein Dashboard hat 60 Kacheln.";
    datasets(count: usize): "Its datasets ({count}), with their units, widgets and alarms: they have no fields here yet."
        | "Seine Datensätze ({count}) mit Einheiten, Anzeigen und Alarmen: Sie haben hier noch keine Felder.";
    long_delimiter(word: &str, most: usize): "The delimiter \"{word}\" of its frames: here it has {most} bytes at most."
        | "Der Trenner „{word}“ seiner Rahmen: Hier hat er höchstens {most} Bytes.";
    too_large(mib: usize): "The file is longer than {mib} MiB, and is not read. Take out of it what no device needs, such as images."
        | "Die Datei ist länger als {mib} MiB und wird nicht gelesen. Herausnehmen, was kein Gerät braucht, etwa Bilder.";
    band_looks(title: &str): "The colours and the words of the alarm bands of \"{title}\": an alarm looks like any other here."
        | "Die Farben und Wörter der Alarmbereiche von „{title}“: Hier sieht ein Alarm aus wie jeder andere.";
    lamp(title: &str): "\"{title}\" is shown as a lamp." | "„{title}“ wird als Lampe gezeigt.";
    spectrum(title: &str): "\"{title}\" is shown as a spectrum." | "„{title}“ wird als Spektrum gezeigt.";
    computed(title: &str): "\"{title}\" is computed by a program." | "„{title}“ wird von einem Programm berechnet.";
    no_delimiter: "Its frames have no delimiter: a rest of the line of 20 ms ends them here."
        | "Seine Rahmen haben keinen Trenner: Hier beendet sie eine Ruhe der Leitung von 20 ms.";
    check(name: &str): "The check sequence of its frames, {name}." | "Die Prüfsumme seiner Rahmen, {name}.";
    decoder: "How its bytes become values is a program: each frame is kept as bytes. Declare its fields instead."
        | "Wie aus Bytes Werte werden, ist ein Programm: Jeder Rahmen bleibt als Bytes erhalten. Stattdessen seine Felder angeben.";
    commas: "How a frame is taken apart is a program: commas are assumed between its values."
        | "Wie ein Rahmen zerlegt wird, ist ein Programm: Zwischen den Werten sind Kommas angenommen.";
    separator(found: &str): "The program that takes a frame apart: only its separator \"{found}\" was taken over."
        | "Das Programm, das einen Rahmen zerlegt: Nur sein Trenner „{found}“ wurde übernommen.";
    no_serial_port: "How it connects: it is no serial port. Choose the link of this profile."
        | "Wie es sich verbindet: Es ist keine serielle Schnittstelle. Den Link dieses Profils wählen.";
    project_speed: "The speed of the port is not in the project: 115200 baud is assumed."
        | "Die Geschwindigkeit der Schnittstelle steht nicht im Projekt: 115200 Baud sind angenommen.";
    binary_action(title: &str): "The action \"{title}\" sends bytes that are no text."
        | "Die Aktion „{title}“ sendet Bytes, die kein Text sind.";
    own_action(title: &str): "The action \"{title}\" is done by itself there; here it is sent by hand."
        | "Die Aktion „{title}“ geschieht dort von selbst; hier wird sie von Hand gesendet.";
    mqtt: "Publishing to an MQTT broker." | "Das Veröffentlichen an einen MQTT-Broker.";
    control_script: "Its control script." | "Sein Steuerskript.";
    data_tables: "Its data tables." | "Seine Datentabellen.";
    workspaces: "Its workspaces." | "Seine Arbeitsbereiche.";
}
