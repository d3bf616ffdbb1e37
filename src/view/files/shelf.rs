//! What is kept of a server's files while its session is open: where the user is, what is on its way.

use super::job::Job;
use super::store::Storing;
use crate::browser::parts;
use crate::engine::files::{Listing, list};
use crate::engine::{Open, Part, Unwatched};
use crate::profiles;
use leptos::prelude::*;
use session::link::{Link, Tunnel};
use std::sync::Arc;

/// The id of a session's own profile: no other is called so.
const OWN: &str = "session";

/// What is kept of a server's files.
#[derive(Clone)]
pub(super) struct Shelf {
    pub(super) tunnel: Tunnel,
    /// `""` at the top, else `/a/b`.
    pub(super) folder: ArcRwSignal<String>,
    /// What is in it, or why that is not known; nothing before the first answer.
    pub(super) listing: ArcRwSignal<Option<Result<Arc<Listing>, String>>>,
    pub(super) asking: ArcRwSignal<bool>,
    /// The profile that files are opened with, by its id.
    pub(super) profile: ArcRwSignal<String>,
    /// The session's own profile, where it is for files and none of those that can be chosen elsewhere.
    pub(super) own: Option<profiles::Choice>,
    pub(super) jobs: ArcRwSignal<Vec<Job>>,
    pub(super) storing: ArcRwSignal<Option<Storing>>,
    /// How many lists were asked for: only the last one is shown.
    asked: Unwatched<u32>,
}

impl Part for Shelf {
    fn first(open: &Open) -> Shelf {
        let tunnel = match &open.link {
            Link::Tunnel(tunnel) => tunnel.clone(),
            _ => Tunnel::at(session::tunnel::TargetKind::Ftp, ""),
        };
        let known = profiles::all().into_iter().find(|choice| choice.text == open.profile).map(|choice| choice.id);
        let for_files = session::Profile::parse(&open.profile).ok().filter(|profile| profile.link.is_store());
        let own = for_files.filter(|_| known.is_none()).map(|profile| profiles::Choice {
            id: OWN.to_owned(),
            name: profile.name,
            text: open.profile.clone(),
            own: false,
        });
        let first = known.or_else(|| own.as_ref().map(|own| own.id.clone()));
        Shelf {
            tunnel,
            folder: ArcRwSignal::default(),
            listing: ArcRwSignal::default(),
            asking: ArcRwSignal::default(),
            profile: ArcRwSignal::new(first.unwrap_or_else(|| "csv".to_owned())),
            own,
            jobs: ArcRwSignal::default(),
            storing: ArcRwSignal::default(),
            asked: Unwatched::new(0),
        }
    }
}

impl Shelf {
    /// Asks what is in the folder.
    pub(super) fn reload(&self) {
        let number = self.asked.with(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        });
        self.asking.set(true);
        let (shelf, folder) = (self.clone(), self.folder.get_untracked());
        leptos::task::spawn_local(async move {
            let answer = list(&shelf.tunnel, &folder).await.map(Arc::new).map_err(|why| why.words());
            if shelf.asked.with(|asked| *asked == number) {
                shelf.listing.set(Some(answer));
                shelf.asking.set(false);
            }
        });
    }

    /// What is said of a file that was stored, or was not, is over with the next thing that the user does.
    pub(super) fn go_on(&self) {
        if self.storing.with_untracked(|storing| matches!(storing, Some(Storing::Over(_)))) {
            self.storing.set(None);
        }
    }

    /// Goes to a folder.
    pub(super) fn go(&self, folder: String) {
        self.go_on();
        self.folder.set(folder);
        self.listing.set(None);
        self.reload();
        crate::browser::dom::focus("files-path");
    }

    /// Into the folder above.
    pub(super) fn up(&self) {
        let folder = self.folder.get_untracked();
        if let Some((above, _)) = folder.rsplit_once('/') {
            self.go(above.to_owned());
        }
    }

    /// The path of something in the folder.
    pub(super) fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder.get_untracked())
    }

    /// Whether a file is on its way, either way.
    pub(super) fn running(&self) -> bool {
        let storing = self.storing.with(|storing| matches!(storing, Some(Storing::Under(..))));
        self.jobs.with(|jobs| jobs.iter().filter(|job| job.running()).count() > 0) || storing
    }

    /// Gives a download up.
    pub(super) fn discard(&self, number: u32) {
        self.jobs.update(|jobs| jobs.retain(|job| job.number != number));
        parts::forget(number);
    }
}
