//! The console as it is served: one build as a whole, and another once all of that is in the folder.

use super::files::Files;
use super::headers::{self, Headers};
use super::policy;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// How often the folder is looked at, at most.
const LOOK: Duration = Duration::from_millis(500);

/// Files by which a build is told from another.
const MARKS: [&str; 2] = ["index.html", "release.json"];

/// A build, with the headers that go with its page.
pub(crate) struct Build {
    /// Its files.
    pub(crate) files: Files,
    /// The headers of every response.
    pub(crate) headers: Headers,
}

/// What is served.
pub(crate) struct Console {
    /// The folder it is read from; none if it is in this program.
    root: Option<PathBuf>,
    /// Whether TLS is spoken.
    tls: bool,
    now: Mutex<Now>,
}

struct Now {
    build: Arc<Build>,
    marks: Marks,
    looked: Instant,
}

/// When each of [`MARKS`] was written, and how long it is.
type Marks = [Option<(SystemTime, u64)>; 2];

impl Console {
    /// Reads the folder; without one it is what is built into this program.
    ///
    /// # Errors
    /// The folder cannot be read, or holds no console.
    pub(crate) fn open(root: Option<PathBuf>, embedded: impl FnOnce() -> Files, tls: bool) -> Result<Console, String> {
        // Before it is read: what is written meanwhile is seen next time.
        let marks = root.as_deref().map(marks).unwrap_or_default();
        let files = match &root {
            Some(root) => Files::read(root)?,
            None => embedded(),
        };
        let now = Mutex::new(Now { build: Arc::new(Build::new(files, tls)), marks, looked: Instant::now() });
        Ok(Console { root, tls, now })
    }

    /// The build of now. Whoever answers a request takes all of the answer from one.
    pub(crate) fn build(&self) -> Arc<Build> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(root) = &self.root
            && now.looked.elapsed() >= LOOK
        {
            now.looked = Instant::now();
            let before = marks(root);
            if before != now.marks
                && let Ok(files) = Files::read(root)
                && files.is_whole()
                && marks(root) == before
            {
                now.build = Arc::new(Build::new(files, self.tls));
                now.marks = before;
            }
        }
        Arc::clone(&now.build)
    }
}

impl Build {
    fn new(files: Files, tls: bool) -> Build {
        let headers = headers::all(&policy::content_security_policy(&files.inline_scripts()), tls);
        Build { files, headers }
    }
}

fn marks(root: &Path) -> Marks {
    MARKS.map(|name| {
        let known = std::fs::metadata(root.join(name)).ok()?;
        Some((known.modified().ok()?, known.len()))
    })
}
