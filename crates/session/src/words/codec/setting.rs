//! Why the codec refuses a setting, in the words of both languages: its own are English.

use crate::words::{Language, Said, Speak, messages};
use codec::SettingError;
use codec::setting::{Choices, Named, Refusal, SettingKind};

messages! {
    with_path(path: &str, why: &Refusal): "{path}: {why}" | "{path}: {why}";
    alone(why: &Refusal): "{why}" | "{why}";
}

/// The same where its place is seen.
pub(crate) fn refused_there(error: &SettingError) -> Said {
    alone(&error.reason)
}

/// A setting that was refused, with what leads to it.
pub(crate) fn refused(error: &SettingError) -> Said {
    if error.path.is_empty() { alone(&error.reason) } else { with_path(&error.path, &error.reason) }
}

impl Speak for &Refusal {
    type Form = String;
    fn speak(self, language: Language) -> String {
        match language {
            Language::English => self.to_string(),
            Language::German => german(self),
        }
    }
}

fn kind(kind: SettingKind) -> &'static str {
    match kind {
        SettingKind::Truth => "true oder false",
        SettingKind::Whole => "eine ganze Zahl",
        SettingKind::Number => "eine Zahl",
        SettingKind::Text => "Text",
        SettingKind::List => "eine Liste",
        SettingKind::Table => "eine Tabelle",
    }
}

fn unknown(what: Named) -> &'static str {
    match what {
        Named::Value => "unbekannter Wert",
        Named::Key => "unbekannter Schlüssel",
        Named::Checksum => "unbekannte Prüfsumme",
        Named::Type => "unbekannter Typ",
        Named::Framing => "unbekanntes Framing",
    }
}

fn german(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Kind { want, given } => format!("hier wird {} verlangt, nicht {}", kind(*want), kind(*given)),
        Refusal::Unknown { what, given, near: Some(near), .. } => {
            format!("{} „{given}“; ist „{near}“ gemeint?", unknown(*what))
        }
        Refusal::Unknown { what, given, known, .. } if known.is_empty() => {
            format!("{} „{given}“; hier wird keiner erwartet", unknown(*what))
        }
        Refusal::Unknown { what, given, known, .. } => format!("{} „{given}“; eines von {known}", unknown(*what)),
        Refusal::Range { least, most, given: Some(given) } => format!("muss {least} bis {most} sein, nicht {given}"),
        Refusal::Range { least, most, given: None } => format!("muss {least} bis {most} sein"),
        Refusal::Bytes { text, instead } => {
            format!(
                "„{}“ ist nicht 1 bis 8 Bytes lang; zu schreiben ist {}",
                text.escape_debug(),
                Choices(instead, "oder")
            )
        }
        Refusal::NotFinite => "hier wird eine endliche Zahl verlangt".into(),
        Refusal::Fcs => "muss 16, 32 oder \"none\" sein".into(),
        Refusal::SyncNeeded => "ist nötig: womit ein Rahmen beginnt, etwa \"0xaa55\"".into(),
        Refusal::LengthNeeded => "ist nötig: wie viele Bytes Nutzdaten ein Rahmen hat".into(),
        Refusal::Separator => "muss \"auto\" oder Text sein, wo nötig mit \\t, \\r, \\n oder \\xNN".into(),
        Refusal::NoProtocol => "so heißt kein Protokoll".into(),
        Refusal::NoMessage => "mindestens eine Nachricht muss deklariert sein".into(),
        Refusal::MessageName => "eine Nachricht braucht einen Namen".into(),
        Refusal::MessageTwice { name } => format!("„{name}“ heißt schon eine andere Nachricht"),
        Refusal::IdTwice { id } => format!("{id} ist schon die Kennung einer anderen Nachricht"),
        Refusal::IdAlone => "es gibt keinen Diskriminator, mit dem sie zu vergleichen wäre".into(),
        Refusal::IdNeeded => "eine Nachricht braucht eine Kennung: den Wert ihres Diskriminators".into(),
        Refusal::IdTooLarge { id } => format!("{id} passt nicht in den Diskriminator"),
        Refusal::IdNegative => "darf nicht negativ sein".into(),
        Refusal::DiscriminatorNeeded { example } => {
            format!("mehrere Nachrichten brauchen einen, etwa \"{example}\": eine Zahl vor jeder, die ihre `id` ist")
        }
        Refusal::DiscriminatorMoves { other } => {
            format!("ihr Diskriminator steht nicht dort, wo der von „{other}“ steht")
        }
        Refusal::DiscriminatorSingle => "nur eine einzelne ganze Zahl kann die Nachricht bestimmen".into(),
        Refusal::DiscriminatorTwice => "es gibt zwei Diskriminatoren".into(),
        Refusal::DiscriminatorBehind => "der Diskriminator muss vor dem Feld von veränderlicher Länge stehen".into(),
        Refusal::FieldType => "ein Feld braucht einen Typ".into(),
        Refusal::FieldName => "ein Feld braucht einen Namen".into(),
        Refusal::FieldOrPad => "ein Feld braucht einen Namen; Bytes ohne Namen sind `type = \"pad\"`".into(),
        Refusal::FieldTwice { name } => format!("zwei Felder heißen „{name}“"),
        Refusal::MostFields { most } => format!("eine Nachricht hat höchstens {most} Felder"),
        Refusal::FieldsOrNames => "zu viele Felder oder zu lange Namen".into(),
        Refusal::Constant => "die Bytes sind nötig: \"0xAA55\"".into(),
        Refusal::Algorithm => "eine Prüfsumme braucht einen: \"CRC-16/IBM-3740\"".into(),
        Refusal::ChecksumBeyond => "die Prüfsumme reicht über Bytes, die die Nachricht nicht hat".into(),
        Refusal::Group => "eine Gruppe braucht Felder".into(),
        Refusal::RestTwice => "nur ein Feld kann den Rest der Nachricht nehmen; die anderen brauchen `count`".into(),
        Refusal::LengthTwice => "eines von `count`, `length` und `until` sagt, wie lang ein Feld ist".into(),
        Refusal::LengthOf => {
            "nur Text und Bytes haben `length` oder `until`; eine Zahl oder eine Gruppe hat `count`".into()
        }
        Refusal::CountOf { name } => format!(
            "davor steht keine ganze Zahl „{name}“; verlangt ist eine Zahl, der Name eines solchen Feldes oder \"rest\""
        ),
        Refusal::CountSent => "wie oft etwas in einem Befehl kommt, muss eine Zahl sein".into(),
        Refusal::LongMessage => "die Nachricht ist länger als jeder Rahmen".into(),
        Refusal::Scale => "darf nicht 0 sein".into(),
        Refusal::LabelsAndScale => "ein Feld hat Bezeichnungen oder eine Skalierung, nicht beides".into(),
        Refusal::LabelsOfInteger => "nur eine ganze Zahl kann Bezeichnungen haben".into(),
        Refusal::LabelsForm => {
            "hier wird eine Liste von Bezeichnungen oder eine Tabelle `{ 0 = \"idle\" }` verlangt".into()
        }
        Refusal::LabelValue => "kein Wert dieses Typs".into(),
        Refusal::BitsOfInteger => "nur eine ganze Zahl hat Bits, die Namen tragen".into(),
        Refusal::BitsOnce => "ein Feld mit `bits` kommt einmal; zum Wiederholen in eine Gruppe setzen".into(),
        Refusal::BitsBeyond { from, to, all } => format!("die Bits {from} bis {to} stehen nicht in {all}"),
        Refusal::TypeTable { name } => format!("{name} braucht eine Tabelle: {{ type = \"{name}\", … }}"),
        Refusal::TypeNeeded => "hier ist ein Typ nötig".into(),
        Refusal::TypeDepth { most } => format!("Typen stehen tiefer als {most} ineinander"),
        Refusal::TypeOf { name } => format!("{name} braucht den Typ dessen, was darin steht"),
        Refusal::ArrayLength => "ein array braucht seine Länge, 0 bis 4096".into(),
        Refusal::MapKey => "ein key ist eine Zahl, char oder str".into(),
        Refusal::VariantName => "eine Variante braucht einen Namen".into(),
        Refusal::Variants => "ein enum braucht seine Varianten in der Reihenfolge des Typs".into(),
    }
}
