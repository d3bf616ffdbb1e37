//! Releases of the console on a server of a scenario's own, which may be stopped, changed and broken.

use crate::failure::{Failure, Outcome};
use crate::server::Served;
use crate::stage::Site;
use base64::Engine;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of the built console, with the server that has it while it runs.
pub struct Release<'s> {
    site: &'s Site,
    folder: PathBuf,
    server: Option<Served>,
}

impl<'s> Release<'s> {
    /// Copies the built console and serves the copy.
    pub fn serve(site: &'s Site) -> Result<Self, Failure> {
        let folder = site.target.join("release");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        copy(&site.dist, &folder)?;
        let mut release = Self { site, folder, server: None };
        release.go_on()?;
        Ok(release)
    }

    /// Where it is, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.site.own_port)
    }

    /// The server is stopped, and nobody listens at its port any more.
    pub fn stop(&mut self) {
        drop(self.server.take());
    }

    /// The server starts again, with the files as they are now.
    pub fn go_on(&mut self) -> Outcome {
        self.stop();
        self.server = Some(Served::start_at(&self.site.ferrule, &self.folder, self.site.own_port)?);
        Ok(())
    }

    /// Another release is served: its page says so in a `meta`.
    pub fn publish(&mut self, mark: &str) -> Outcome {
        let page = self.folder.join("index.html");
        let text = fs::read_to_string(&page)?;
        let (head, rest) = text.split_once("<title>").ok_or("the page has no title")?;
        let text = format!("{head}<meta name=\"mark\" content=\"{mark}\"><title>{rest}");
        fs::write(&page, &text)?;
        for compressed in ["index.html.br", "index.html.gz"] {
            let _ = fs::remove_file(self.folder.join(compressed));
        }
        let mut list = self.list()?;
        list["files"][""] = json!(base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&text)));
        let identity = Sha256::digest(list["files"].to_string());
        list["release"] = json!(identity.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>());
        self.write_list(&list)?;
        self.go_on()
    }

    /// The list of the release being served.
    pub fn list(&self) -> Result<Value, Failure> {
        Ok(serde_json::from_slice(&fs::read(self.folder.join("release.json"))?)?)
    }

    /// Another list is served from now on.
    pub fn publish_list(&mut self, list: &Value) -> Outcome {
        self.write_list(list)?;
        self.go_on()
    }

    fn write_list(&self, list: &Value) -> Outcome {
        let _ = fs::remove_file(self.folder.join("release.json.br"));
        let _ = fs::remove_file(self.folder.join("release.json.gz"));
        fs::write(self.folder.join("release.json"), list.to_string())?;
        Ok(())
    }
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
