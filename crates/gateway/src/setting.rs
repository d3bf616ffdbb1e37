//! `--set key=value`: the parameters of a protocol on the command line.

use codec::{Setting, Settings};

/// Reads `key=value` arguments. A dotted key leads into tables. A value is read as TOML writes it (`true`, `12`, `0.5`,
/// `"text"`, `[1, 2]`, `{ a = 1 }`); what is not TOML is text.
///
/// # Errors
/// The argument that is no `key=value`, or that contradicts another, as a sentence.
pub(crate) fn settings(arguments: &[String]) -> Result<Settings, String> {
    let mut settings = Settings::default();
    for argument in arguments {
        let (key, value) =
            argument.split_once('=').ok_or_else(|| format!("--set wants key=value, not {argument:?}"))?;
        insert(&mut settings, key, value_of(value)).map_err(|why| format!("--set {argument}: {why}"))?;
    }
    Ok(settings)
}

fn insert(settings: &mut Settings, key: &str, value: Setting) -> Result<(), String> {
    let (head, rest) = key.split_once('.').map_or((key, None), |(head, rest)| (head, Some(rest)));
    if head.is_empty() {
        return Err("the key, or a part of it, is empty".into());
    }
    let known = settings.0.iter_mut().find(|(name, _)| name == head);
    match (known, rest) {
        (Some((_, Setting::Table(inner))), Some(rest)) => insert(inner, rest, value),
        (Some(_), _) => Err(format!("{head} is already set")),
        (None, Some(rest)) => {
            let mut inner = Settings::default();
            insert(&mut inner, rest, value)?;
            settings.0.push((head.into(), Setting::Table(inner)));
            Ok(())
        }
        (None, None) => {
            settings.0.push((head.into(), value));
            Ok(())
        }
    }
}

fn value_of(text: &str) -> Setting {
    // Other radices are how delimiters and identifiers are written: they stay text, as in a quoted string of a profile.
    if text.starts_with("0x") || text.starts_with("0o") || text.starts_with("0b") {
        return Setting::Text(text.into());
    }
    let document = format!("value = {text}");
    // More than one key means that the text held a line break: then it is text.
    let table = toml::from_str::<toml::Table>(&document).ok().filter(|table| table.len() == 1);
    table.and_then(|mut table| table.remove("value")).and_then(setting).unwrap_or_else(|| Setting::Text(text.into()))
}

/// A TOML value as a setting; dates and times are no settings.
fn setting(value: toml::Value) -> Option<Setting> {
    Some(match value {
        toml::Value::Boolean(truth) => Setting::Bool(truth),
        toml::Value::Integer(number) => Setting::Int(number),
        toml::Value::Float(number) => Setting::Float(number),
        toml::Value::String(text) => Setting::Text(text),
        toml::Value::Array(items) => Setting::List(items.into_iter().map(setting).collect::<Option<_>>()?),
        toml::Value::Table(table) => Setting::Table(Settings(
            table.into_iter().map(|(key, value)| setting(value).map(|value| (key, value))).collect::<Option<_>>()?,
        )),
        toml::Value::Datetime(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Settings, String> {
        settings(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn values_have_the_kind_they_look_like() {
        let settings = read(&[
            "a=true",
            "b=-12",
            "c=0.5",
            "d=;",
            "e=\"12\"",
            "f=cobs",
            "g=a=b",
            "h=",
            "i=2026-11-23",
            "j=0x10",
            "k=[1, 2]",
        ]);
        let text = |text: &str| Setting::Text(text.into());
        let expected = [
            ("a", Setting::Bool(true)),
            ("b", Setting::Int(-12)),
            ("c", Setting::Float(0.5)),
            ("d", text(";")),
            ("e", text("12")),
            ("f", text("cobs")),
            ("g", text("a=b")),
            ("h", text("")),
            ("i", text("2026-11-23")),
            ("j", text("0x10")),
            ("k", Setting::List(vec![Setting::Int(1), Setting::Int(2)])),
        ];
        let expected = expected.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        assert_eq!(settings, Ok(Settings(expected)));
    }

    #[test]
    fn dotted_keys_lead_into_tables() {
        let inner = Settings(vec![("x".into(), Setting::Int(1)), ("y".into(), Setting::Int(2))]);
        assert_eq!(read(&["unit.x=1", "unit.y=2"]), Ok(Settings(vec![("unit".into(), Setting::Table(inner))])));
    }

    #[test]
    fn contradictions_are_named() {
        assert!(read(&["a"]).is_err_and(|why| why.contains("key=value")));
        assert!(read(&["a=1", "a=2"]).is_err_and(|why| why.contains("already")));
        assert!(read(&["a=1", "a.b=2"]).is_err_and(|why| why.contains("already")));
        assert!(read(&["=1"]).is_err_and(|why| why.contains("empty")));
        assert!(read(&["a..b=1"]).is_err_and(|why| why.contains("empty")));
    }

    #[test]
    fn a_line_break_does_not_smuggle_in_a_second_key() {
        assert_eq!(read(&["a=1\nb = 2"]), Ok(Settings(vec![("a".into(), Setting::Text("1\nb = 2".into()))])));
    }
}
