//! Why a parameter cannot be used, as a value: its words are English here, and others may have theirs.

use alloc::string::String;
use core::fmt;

/// What kind of value a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// True or false.
    Truth,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A list.
    List,
    /// A table.
    Table,
}

impl fmt::Display for SettingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Truth => "true or false",
            Self::Whole => "a whole number",
            Self::Number => "a number",
            Self::Text => "text",
            Self::List => "a list",
            Self::Table => "a table",
        })
    }
}

/// What a name that is not known would be the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// One of a few words.
    Value,
    /// A parameter.
    Key,
    /// A checksum.
    Checksum,
    /// A type of the wire.
    Type,
    /// A framing.
    Framing,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Value => "value",
            Self::Key => "key",
            Self::Checksum => "checksum",
            Self::Type => "type",
            Self::Framing => "framing",
        })
    }
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$arg_doc:meta])* $arg:ident: $kind:ty),* })? => $english:literal;)*) => {
        /// Why a parameter cannot be used. Its words name what would be accepted.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Refusal {
            /// It is another kind of value.
            Kind {
                /// The kind that would do.
                want: SettingKind,
                /// What it is.
                given: SettingKind,
            },
            /// A name that is not known.
            Unknown {
                /// What it would be the name of.
                what: Named,
                /// The name.
                given: String,
                /// The nearest that is known, if one is near.
                near: Option<String>,
                /// Those that are known, with commas; empty where none is expected or one is near.
                known: String,
            },
            /// A number that is too small or too large.
            Range {
                /// The least that would do.
                least: i64,
                /// The most that would do.
                most: i64,
                /// What it is, where that is worth saying.
                given: Option<i64>,
            },
            /// Text that is not 1 to 8 bytes.
            Bytes {
                /// The text.
                text: String,
                /// What would do, for instance.
                instead: &'static [&'static str],
            },
            $($(#[$doc])* $name $({ $($(#[$arg_doc])* $arg: $kind),* })?,)*
        }

        impl fmt::Display for Refusal {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Kind { want, given } => write!(f, "{want} is wanted here, not {given}"),
                    Self::Unknown { what, given, near: Some(near), .. } => {
                        write!(f, "unknown {what} {given:?}; did you mean {near:?}?")
                    }
                    Self::Unknown { what, given, known, .. } if known.is_empty() => {
                        write!(f, "unknown {what} {given:?}; none is expected here")
                    }
                    Self::Unknown { what, given, known, .. } => write!(f, "unknown {what} {given:?}; one of {known}"),
                    Self::Range { least, most, given: Some(given) } => {
                        write!(f, "must be {least} to {most}, not {given}")
                    }
                    Self::Range { least, most, given: None } => write!(f, "must be {least} to {most}"),
                    Self::Bytes { text, instead } => {
                        write!(f, "{text:?} is not 1 to 8 bytes; write {}", Choices(instead, "or"))
                    }
                    $(Self::$name $({ $($arg),* })? => write!(f, $english),)*
                }
            }
        }
    };
}

refusals! {
    /// An infinite number, or none.
    NotFinite => "a finite number is wanted here";
    /// A frame check sequence that HDLC does not have.
    Fcs => "must be 16, 32 or \"none\"";
    /// No sync word.
    SyncNeeded => "is needed: what a frame begins with, such as \"0xaa55\"";
    /// No length of a frame.
    LengthNeeded => "is needed: the bytes of payload in each frame";
    /// No text between the parts of a line.
    Separator => "must be \"auto\" or some text, with \\t, \\r, \\n or \\xNN where needed";
    /// No protocol has this name.
    NoProtocol => "is that of no protocol";
    /// No message is declared.
    NoMessage => "at least one message must be declared";
    /// A message without a name.
    MessageName => "a message needs a name";
    /// Two messages of one name.
    MessageTwice { /** The name. */ name: String } => "{name:?} is another message's name";
    /// Two messages of one id.
    IdTwice { /** The id. */ id: String } => "{id} is another message's id";
    /// An id, and nothing in the message to compare it with.
    IdAlone => "there is no discriminator to compare it with";
    /// No id, and a discriminator.
    IdNeeded => "a message needs an id: its discriminator's value";
    /// An id that the discriminator cannot be.
    IdTooLarge { /** The id. */ id: i64 } => "{id} does not fit the discriminator";
    /// An id below 0.
    IdNegative => "must not be negative";
    /// Several messages, and nothing to tell them apart.
    DiscriminatorNeeded { /** A type it could have. */ example: &'static str } =>
        "several messages need one, such as {example:?}: a number before each that is its `id`";
    /// A discriminator at another place than another message's.
    DiscriminatorMoves { /** The other message. */ other: String } =>
        "its discriminator is not where that of {other:?} is";
    /// A discriminator of several integers.
    DiscriminatorSingle => "only a single integer can select the message";
    /// Two discriminators.
    DiscriminatorTwice => "there are two discriminators";
    /// A discriminator behind what has no fixed length.
    DiscriminatorBehind => "the discriminator must stand before the field of variable length";
    /// A field without a type.
    FieldType => "a field needs a type";
    /// A field without a name.
    FieldName => "a field needs a name";
    /// A field without a name, where bytes may have none.
    FieldOrPad => "a field needs a name; bytes without one are `type = \"pad\"`";
    /// Two fields of one name.
    FieldTwice { /** The name. */ name: String } => "{name:?} is the name of two fields";
    /// More fields than a message can have.
    MostFields { /** How many it can have. */ most: usize } => "a message has at most {most} fields";
    /// More fields, or longer names, than a message can have.
    FieldsOrNames => "too many fields, or names too long";
    /// A constant without its bytes.
    Constant => "the bytes are needed: \"0xAA55\"";
    /// A checksum without its algorithm.
    Algorithm => "a checksum needs one: \"CRC-16/IBM-3740\"";
    /// A checksum over more than there is.
    ChecksumBeyond => "the checksum covers bytes the message does not have";
    /// An empty group.
    Group => "a group needs fields";
    /// Two fields without a length.
    RestTwice => "only one field can take the rest of the message; give the others a `count`";
    /// Two ways to say how long a field is.
    LengthTwice => "one of `count`, `length` and `until` says how long a field is";
    /// A length of what is neither text nor bytes.
    LengthOf => "only text and bytes have a `length` or an `until`; a number or a group has a `count`";
    /// A count that is no field.
    CountOf { /** What was written. */ name: String } =>
        "no integer {name:?} stands before it; a number, the name of such a field or \"rest\" is wanted";
    /// A count in a command that the data would say.
    CountSent => "how often something comes in a command must be a number";
    /// A message longer than a frame can be.
    LongMessage => "the message is longer than any frame";
    /// A scale of 0.
    Scale => "must not be 0";
    /// Labels and a scale.
    LabelsAndScale => "a field has labels or a scale, not both";
    /// Labels of what is no integer.
    LabelsOfInteger => "only an integer can have labels";
    /// Labels in another form.
    LabelsForm => "a list of labels or a table `{{ 0 = \"idle\" }}` is wanted here";
    /// A label of a value that the field cannot have.
    LabelValue => "not a value of this type";
    /// Bits of what is no integer.
    BitsOfInteger => "only an integer has bits to name";
    /// Bits of several integers.
    BitsOnce => "a field with `bits` comes once; put it in a group to repeat it";
    /// Bits that the integer does not have.
    BitsBeyond { /** The first. */ from: i16, /** The last. */ to: i16, /** How many there are. */ all: u8 } =>
        "bits {from} to {to} do not stand in {all}";
    /// A type that needs more than its name.
    TypeTable { /** Its name. */ name: String } => "{name} needs a table: {{ type = {name:?}, … }}";
    /// No type.
    TypeNeeded => "a type is needed here";
    /// Types in one another, without an end.
    TypeDepth { /** How deep they may be. */ most: usize } => "types are nested deeper than {most}";
    /// A type without that of what it holds.
    TypeOf { /** Its name. */ name: String } => "{name} needs the type of what it holds";
    /// An array without its length.
    ArrayLength => "an array needs its length, 0 to 4096";
    /// A key of a map that is no plain value.
    MapKey => "a key is a number, a char or a str";
    /// A variant without a name.
    VariantName => "a variant needs a name";
    /// An enum without variants.
    Variants => "an enum needs its variants, in the order of the type";
}

impl Refusal {
    /// A number that does not lie between two others.
    pub(crate) fn range(least: usize, most: usize, given: Option<i64>) -> Refusal {
        let number = |bound: usize| i64::try_from(bound).unwrap_or(i64::MAX);
        Refusal::Range { least: number(least), most: number(most), given }
    }
}

/// Words with commas, and another word before the last.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a>(
    /// The words.
    pub &'a [&'a str],
    /// What stands before the last: "or".
    pub &'a str,
);

impl fmt::Display for Choices<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            let last = index.saturating_add(1) == self.0.len();
            match index {
                0 => f.write_str(word)?,
                _ if last => write!(f, " {} {word}", self.1)?,
                _ => write!(f, ", {word}")?,
            }
        }
        Ok(())
    }
}
