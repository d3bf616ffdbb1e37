//! Reading a macro's lines.

use super::text::{unescaped, unhex};
use super::{Line, MAX_STEPS, MAX_TEXT, Pattern, Script, ScriptError, Step, Word};
use crate::words::{Said, script as say};

/// Longest wait: an hour.
const MAX_MILLIS: u32 = 3_600_000;

/// How long something is expected where nothing is said: a second.
const WITHIN_MILLIS: u32 = 1000;

/// Loops within loops.
const MAX_DEPTH: usize = 8;

pub(super) fn script(text: &str) -> Result<Script, ScriptError> {
    if text.len() > MAX_TEXT {
        return Err(ScriptError { line: 1, reason: say::too_long(MAX_TEXT >> 10) });
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<(usize, u32)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let wrong = |reason: Said| ScriptError { line: number, reason };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if lines.len() >= MAX_STEPS {
            return Err(wrong(say::too_many(MAX_STEPS)));
        }
        let (verb, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let mut step = step(verb, rest.trim()).map_err(wrong)?;
        match &mut step {
            Step::Repeat { .. } => {
                if open.len() >= MAX_DEPTH {
                    return Err(wrong(say::too_deep(MAX_DEPTH)));
                }
                open.push((lines.len(), number));
            }
            Step::End { begin } => {
                let Some((at, _)) = open.pop() else { return Err(wrong(say::lone_end())) };
                *begin = at;
                let here = lines.len();
                if let Some(Line { step: Step::Repeat { end, .. }, .. }) = lines.get_mut(at) {
                    *end = here;
                }
            }
            _ => {}
        }
        lines.push(Line { number, step });
    }
    match open.pop() {
        Some((_, line)) => Err(ScriptError { line, reason: say::no_end() }),
        None => Ok(Script { lines }),
    }
}

fn step(verb: &str, rest: &str) -> Result<Step, Said> {
    let needed = |why: fn(&str) -> Said| if rest.is_empty() { Err(why(verb)) } else { Ok(()) };
    match verb {
        // An empty line is a line too: it wakes a shell.
        "send" => Ok(Step::Text(unescaped(rest)?, true)),
        "text" => needed(say::needs_text).and_then(|()| Ok(Step::Text(unescaped(rest)?, false))),
        "bytes" => match unhex(rest)? {
            bytes if bytes.is_empty() => Err(say::needs_bytes(verb)),
            bytes => Ok(Step::Bytes(bytes)),
        },
        "command" => {
            let mut words = words(rest)?.into_iter();
            let name = words.next().ok_or_else(say::needs_command)?;
            Ok(Step::Command { name: name.text, args: words.collect() })
        }
        "wait" if rest.is_empty() => Err(say::needs_time()),
        "wait" => Ok(Step::Wait { millis: millis(rest)? }),
        "expect" | "match" => {
            let (within_millis, what) = within(verb, rest)?;
            if what.is_empty() {
                return Err(say::needs_expected(verb));
            }
            let pattern = if verb == "expect" { Pattern::Text(unescaped(what)?) } else { Pattern::regex(what)? };
            if pattern.is_in(b"") {
                return Err(say::matches_nothing(what));
            }
            let what = pattern;
            Ok(Step::Expect { what, within_millis })
        }
        "repeat" => match rest {
            "" => Ok(Step::Repeat { count: None, end: 0 }),
            count => {
                let count = count.strip_suffix("times").unwrap_or(count).trim();
                let digits = count.bytes().all(|digit| digit.is_ascii_digit());
                let number = count.parse().ok().filter(|count| digits && (1..=1_000_000).contains(count));
                let number = number.ok_or_else(|| say::repeat(count))?;
                Ok(Step::Repeat { count: Some(number), end: 0 })
            }
        },
        "end" if rest.is_empty() => Ok(Step::End { begin: 0 }),
        "end" => Err(say::after_end()),
        _ => Err(say::no_step(verb)),
    }
}

/// A time: `200 ms` or `2 s`. A number alone is refused: whether it means one or the other is a factor of a thousand.
fn millis(text: &str) -> Result<u32, Said> {
    let wrong = || say::time(text);
    let decimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let read = |text: &str| text.parse::<f64>().ok().filter(|_| decimal(text));
    let (number, scale) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1.0),
        (None, Some(number)) => (number, 1000.0),
        (None, None) => return Err(if read(text).is_some() { say::no_unit(text) } else { wrong() }),
    };
    let millis = (read(number.trim()).ok_or_else(wrong)? * scale).round();
    if !(1.0..=f64::from(MAX_MILLIS)).contains(&millis) {
        return Err(wrong());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range, as checked")]
    Ok(millis as u32)
}

/// `within 5 s: what`, or what alone.
fn within<'a>(verb: &str, rest: &'a str) -> Result<(u32, &'a str), Said> {
    let timed = rest.strip_prefix("within ").map(|timed| (timed, timed.split_once(':')));
    match timed {
        Some((_, Some((time, what)))) => Ok((millis(time.trim())?, what.trim())),
        Some((timed, None)) if timed.trim_start().starts_with(|c: char| c.is_ascii_digit()) => Err(say::no_colon(verb)),
        _ => Ok((WITHIN_MILLIS, rest)),
    }
}

/// Words, in quotes where they have blanks.
fn words(text: &str) -> Result<Vec<Word>, Said> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('"') {
            let mut escaped = false;
            let end = inside.find(|c: char| {
                let end = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                end
            });
            let (word, after) = end.and_then(|end| inside.split_at_checked(end)).ok_or_else(say::no_quote)?;
            let text = String::from_utf8(unescaped(word)?).map_err(|_| say::no_text())?;
            words.push(Word { text, quoted: true });
            let after = after.get(1..).unwrap_or_default();
            rest = after.trim_start();
            if !rest.is_empty() && rest.len() == after.len() {
                return Err(say::no_blank());
            }
        } else {
            let (word, after) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
            words.push(Word { text: word.into(), quoted: false });
            rest = after.trim_start();
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    fn wrong(text: &str) -> (u32, String) {
        let error = script(text).unwrap_err();
        (error.line, error.reason.to_string())
    }

    #[test]
    fn every_step_is_read() {
        let text = "# wakes it\n\nsend\nsend get \\x41\ntext +++\nbytes 01 ff\ncommand \"Set \\\"speed\\\"\" 5 true \"a b\"\nwait 2 s\n\
            expect ok\nexpect within 0.5 s: ready: yes\nmatch within 20 ms: ^v(\\d+)$\nrepeat 3 times\nrepeat\nend\nend";
        let script = script(text).unwrap();
        assert_eq!(script.len(), 13);
        assert_eq!(script.lines[0].number, 3);
        let Step::Command { name, args } = &script.lines[4].step else { panic!() };
        assert_eq!(name, "Set \"speed\"");
        let args: Vec<(&str, bool)> = args.iter().map(|word| (word.text.as_str(), word.quoted)).collect();
        assert_eq!(args, [("5", false), ("true", false), ("a b", true)]);
        assert!(matches!(&script.lines[5].step, Step::Wait { millis: 2000 }));
        let Step::Expect { what, within_millis: 500 } = &script.lines[7].step else { panic!() };
        assert_eq!(what.shown(), "ready: yes");
        let Step::Expect { what, .. } = &script.lines[8].step else { panic!() };
        assert!(what.is_in(b"boot\nv12\nmore") && !what.is_in(b"v12x"));
        assert!(matches!(script.lines[9].step, Step::Repeat { count: Some(3), end: 12 }));
        assert!(matches!(script.lines[11].step, Step::End { begin: 10 }));
    }

    #[test]
    fn every_mistake_has_its_line_and_says_what_is_accepted() {
        assert_eq!(wrong("send a\nsnd b").0, 2);
        assert!(wrong("snd b").1.contains("there are send, text"));
        assert!(wrong("wait soon").1.contains("200 ms or 2 s"));
        assert!(wrong("wait 2 h").1.contains("200 ms or 2 s"));
        assert!(wrong("wait -1").1.contains("200 ms"));
        assert!(wrong("wait NaN").1.contains("200 ms"));
        assert_eq!(wrong("send\nwait 1"), (2, "\"1\" has no unit; write 1 ms or 1 s".into()));
        assert!(wrong("wait").1.contains("needs a time"));
        for time in ["0 ms", "0.1 ms", "1e3 ms", "+5 ms", "inf s", "3601 s", "1 s s", "ms", ". s"] {
            assert!(wrong(&format!("wait {time}")).1.contains("from 1 ms to an hour"), "{time}");
        }
        assert!(wrong("expect within 5: ready").1.contains("no unit"));
        assert!(wrong("expect within 5 s ready").1.contains("`expect within 5 s: ready`"));
        assert_eq!(script("expect within limits").unwrap().len(), 1, "a text like any other");
        for empty in ["a*", "^", "$", "(x)?", "^$"] {
            assert!(wrong(&format!("match {empty}")).1.contains("said nothing"), "{empty}");
        }
        assert_eq!(wrong("bytes 0").1, "\"0\" is half a byte; write 00");
        assert!(wrong("bytes 01 f").1.contains("write 0f"));
        assert!(wrong("bytes").1.contains("needs bytes") && wrong("bytes -").1.contains("needs bytes"));
        assert!(wrong("command \"a\"5").1.contains("a blank is missing"));
        assert!(wrong("repeat +2\nend").1.contains("1 to 1000000"));
        assert!(wrong("bytes 1g").1.contains("1g"));
        assert!(wrong("command").1.contains("name"));
        assert!(wrong("command \"a").1.contains("quotation mark"));
        assert!(wrong("match (").1.contains("no regular expression"));
        assert!(wrong("repeat 0\nend").1.contains("1 to 1000000"));
        assert_eq!(wrong("repeat 2\nrepeat 3\nend").0, 1);
        assert_eq!(wrong("end").1, "`end` ends no `repeat`");
        assert!(wrong(&"repeat\n".repeat(9)).1.contains("at most 8"));
        assert!(wrong(&"wait 1 s\n".repeat(MAX_STEPS + 1)).1.contains("1000 steps"));
    }

    #[test]
    fn s30_a_regular_expression_takes_linear_time_and_bounded_memory() {
        let evil = script("match (a+)+$").unwrap();
        let Step::Expect { what, .. } = &evil.lines[0].step else { panic!() };
        assert!(!what.is_in(&[&[b'a'; 4000][..], b"!"].concat()));
        assert!(wrong("match (a{1000}){1000}").1.contains("no regular expression"));
    }
}
