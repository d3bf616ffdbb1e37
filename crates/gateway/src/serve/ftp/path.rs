//! Names of files: what a console may ask for, and what a server may name.

/// The longest path, in bytes.
const LONGEST: usize = 1024;

/// Whether a file can have this name: nothing that leads elsewhere, and nothing that would end the line of a command
/// (faults S12). A name that was no UTF-8 cannot be asked for: what stands for the lost bytes is not its name.
pub(super) fn is_name(name: &str) -> bool {
    let plain = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | char::REPLACEMENT_CHARACTER);
    !matches!(name, "" | "." | "..") && name.len() <= LONGEST && name.chars().all(plain)
}

/// A path below a server's folder, as `/a/b`; of a folder without its last slash. `None` where it could lead elsewhere.
pub(super) fn below(path: &str) -> Option<String> {
    let path = path.trim_matches('/');
    if path.is_empty() {
        return Some(String::new());
    }
    (path.len() <= LONGEST && path.split('/').all(is_name)).then(|| format!("/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s12_f47_names_that_lead_elsewhere_or_end_a_line_are_none() {
        for path in ["", "/", "a", "/a/b c/ü.csv", "-la", "a..b", "...", "/log/"] {
            assert!(below(path).is_some(), "{path:?}");
        }
        let wrong =
            ["..", "../a", "a/../../b", "a/./b", "a//b", "a\r\nDELE b", "a\nb", "a\0", "a\u{7f}", "..\\a", "a\\b"];
        for path in wrong.into_iter().chain(["a\u{85}b", "a\u{fffd}"]) {
            assert_eq!(below(path), None, "{path:?}");
        }
        assert_eq!(below(&"a".repeat(LONGEST + 1)), None);
        assert_eq!(below("/log/a/").as_deref(), Some("/log/a"));
    }
}
