//! The console's files in memory.

use axum::body::Bytes;
use axum::http::HeaderValue;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// The page.
const INDEX: &str = "/index.html";

/// The list of a release: its files with their SHA-256. It is written by hand to withdraw a release, so no compressed form
/// of an older one must stand in for it.
const LIST: &str = "/release.json";

/// Folders deeper than this are not ours.
const DEPTH: usize = 4;

/// Every file of a build, by its path in the address.
pub(crate) struct Files(BTreeMap<String, Asset>);

/// One file.
pub(crate) struct Asset {
    /// Its media type.
    pub(crate) kind: &'static str,
    /// How long a browser may keep it (RFC 9111, section 5.2.2).
    pub(crate) caching: &'static str,
    /// As it is, then as the build compressed it.
    forms: Vec<Form>,
}

/// A file's content in one encoding (RFC 9110, section 8.4.1).
pub(crate) struct Form {
    /// The encoding's name in a header; `None` for the file as it is.
    pub(crate) encoding: Option<&'static str>,
    /// Its bytes.
    pub(crate) bytes: Bytes,
    /// Its entity tag: each form has its own (RFC 9110, section 8.8.3).
    pub(crate) tag: HeaderValue,
}

/// Encodings that the build makes, the smallest first, by the ending that follows the file's name.
const ENCODINGS: &[(&str, &str)] = &[(".br", "br"), (".gz", "gzip")];

impl Files {
    /// Reads a folder and the folders in it. Symbolic links and hidden files are left out.
    ///
    /// # Errors
    /// A folder or file that cannot be read, or no page in it.
    pub(crate) fn read(root: &Path) -> Result<Files, String> {
        let mut files = Files(BTreeMap::new());
        files.add_folder(root, "", DEPTH)?;
        files.join_forms();
        if files.0.contains_key(INDEX) {
            Ok(files)
        } else {
            Err(format!("{} holds no index.html; `cargo xtask build` makes one in dist/", root.display()))
        }
    }

    /// What was built into the program: paths in the address, and what is there.
    pub(crate) fn of(console: &'static [(&'static str, &'static [u8])]) -> Files {
        let asset = |(path, bytes): &(&str, &'static [u8])| {
            ((*path).to_owned(), Asset::new(path.rsplit('/').next().unwrap_or_default(), Bytes::from_static(bytes)))
        };
        let mut files = Files(console.iter().map(asset).collect());
        files.join_forms();
        files
    }

    /// Whether there is no console.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The file at a path of the address.
    pub(crate) fn get(&self, path: &str) -> Option<&Asset> {
        self.0.get(if path == "/" { INDEX } else { path })
    }

    /// Whether these are all the files of one build, as its list has them. Without a list nobody knows, and one that withdraws
    /// everything names none.
    pub(crate) fn is_whole(&self) -> bool {
        let Some(list) = self.0.get(LIST).and_then(|list| list.forms.first()) else { return true };
        let Ok(list) = serde_json::from_slice::<serde_json::Value>(&list.bytes) else { return false };
        if list.get("kill") == Some(&serde_json::Value::Bool(true)) {
            return true;
        }
        let as_listed = |(path, hash): (&String, &serde_json::Value)| {
            let form = self.get(&format!("/{path}")).and_then(|file| file.forms.first());
            let tag = hash.as_str().map(|hash| format!("\"{hash}\""));
            form.zip(tag).is_some_and(|(form, tag)| form.tag == tag)
        };
        list.get("files").and_then(serde_json::Value::as_object).is_some_and(|files| files.iter().all(as_listed))
    }

    /// The scripts that stand in the page itself.
    pub(crate) fn inline_scripts(&self) -> Vec<String> {
        self.0
            .get(INDEX)
            .and_then(|page| page.forms.first())
            .map(|page| inline_scripts(&String::from_utf8_lossy(&page.bytes)))
            .unwrap_or_default()
    }

    /// Puts what the build compressed beside the file that it is of.
    fn join_forms(&mut self) {
        for (ending, encoding) in ENCODINGS {
            let of = |path: &String| path.strip_suffix(ending).filter(|plain| self.0.contains_key(*plain)).is_some();
            let compressed: Vec<String> = self.0.keys().filter(|path| of(path)).cloned().collect();
            for path in compressed {
                let form = self.0.remove(&path).and_then(|asset| asset.forms.into_iter().next());
                let file = path.strip_suffix(ending).and_then(|plain| self.0.get_mut(plain));
                if let (Some(form), Some(file)) = (form, file)
                    && path.strip_suffix(ending) != Some(LIST)
                {
                    file.forms.push(Form { encoding: Some(encoding), ..form });
                }
            }
        }
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), String> {
        let failed = |why: std::io::Error| format!("{}: {why}", folder.display());
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
            let path = format!("{prefix}/{name}");
            if kind.is_dir() && depth > 0 {
                self.add_folder(&entry.path(), &path, depth.saturating_sub(1))?;
            } else if kind.is_file() {
                let bytes = std::fs::read(entry.path()).map_err(|why| format!("{}: {why}", entry.path().display()))?;
                self.0.insert(path, Asset::new(name, bytes.into()));
            }
        }
        Ok(())
    }
}

impl Asset {
    fn new(name: &str, bytes: Bytes) -> Asset {
        let tag = format!("\"{}\"", STANDARD.encode(Sha256::digest(&bytes)));
        let tag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""));
        Asset {
            kind: media_type(name),
            caching: if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" },
            forms: vec![Form { encoding: None, bytes, tag }],
        }
    }

    /// Whether what is sent depends on what the browser takes.
    pub(crate) fn varies(&self) -> bool {
        self.forms.len() > 1
    }

    /// The smallest form that a browser with this Accept-Encoding (RFC 9110, section 12.5.3) takes. The file as it is goes
    /// to everybody, so it is not asked whether it is refused.
    pub(crate) fn form(&self, accepted: Option<&str>) -> Option<&Form> {
        let compressed = |form: &&Form| form.encoding.is_some_and(|name| takes(accepted.unwrap_or_default(), name));
        self.forms.iter().find(compressed).or(self.forms.first())
    }
}

/// Whether an Accept-Encoding names an encoding, and not with a weight of 0. A `*` names none: no browser sends it.
fn takes(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

/// Whether a name carries the hash of its content, as the build gives to all but the page and the worker:
/// `page-a181d3ff2d79fbf2_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.']).any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// With `nosniff` a wrong type is a broken page; an unknown one is a download.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "toml" => "application/toml",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What stands between `<script>` and `</script>`, where the script is not in a file of its own.
fn inline_scripts(page: &str) -> Vec<String> {
    let mut scripts = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else { break };
        let Some((content, after)) = after.split_once("</script>") else { break };
        if !attributes.contains("src=") {
            scripts.push(content.to_owned());
        }
        rest = after;
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_sent_to_whoever_names_it() {
        for accepted in ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, BR ; q=0.9"] {
            assert!(takes(accepted, "br"), "{accepted}");
        }
        for accepted in ["", "gzip", "br;q=0", "br; q=0.000", "brotli", "*", "br;q=x"] {
            assert!(!takes(accepted, "br"), "{accepted}");
        }
    }

    #[test]
    fn what_was_built_in_is_what_a_folder_would_hold() {
        let files = Files::of(&[
            ("/index.html", b"<script>a</script>"),
            ("/icons/192.png", b"png"),
            ("/worker.js", b"plain"),
            ("/worker.js.br", b"br"),
        ]);
        assert_eq!(files.get("/").map(|page| page.kind), Some("text/html; charset=utf-8"));
        assert_eq!(files.get("/icons/192.png").map(|icon| icon.kind), Some("image/png"));
        assert_eq!(files.inline_scripts(), ["a"]);
        let form =
            |accepted| files.get("/worker.js").and_then(|file| file.form(accepted)).map(|form| form.bytes.clone());
        assert_eq!((form(Some("br")).as_deref(), form(None).as_deref()), (Some(&b"br"[..]), Some(&b"plain"[..])));
        assert!(files.get("/worker.js.br").is_none() && Files::of(&[]).is_empty());
    }

    #[test]
    fn only_inline_scripts_are_found() {
        let page = "<script type=\"module\">\na()\n</script><script src=\"/b.js\"></script><script>c</script>";
        assert_eq!(inline_scripts(page), ["\na()\n", "c"]);
        assert_eq!(inline_scripts("<p>none</p>"), [""; 0]);
    }

    #[test]
    fn names_with_a_hash_are_kept_for_good() {
        for name in ["page-a181d3ff2d79fbf2.js", "page-a181d3ff2d79fbf2_bg.wasm", "tokens-2c5dec87f013c9d6.css"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "worker.js", "worker_bg.wasm", "worker_loader.js", "sw.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
