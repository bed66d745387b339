//! What a build says of itself on every page: its days, and of which commit its register is.

use jiff::civil::Date;
use serde::Serialize;

use crate::source::Stamp;

/// What a build is told beside the run.
#[derive(Clone, Debug, Default)]
pub struct Imprint {
    /// The days of the site, the one of its front first; one or none: the site has no other days.
    pub days: Vec<Date>,
    /// The commit that the register is at.
    pub stamp: Option<Stamp>,
}

/// Another day of the same site.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Edition {
    /// The day.
    day: String,
    /// The same page on that day.
    href: String,
}

impl Imprint {
    /// The folder of a day's pages, with `/` at its end; the first day has the site's own.
    pub(super) fn folder(&self, day: Date) -> String {
        if self.days.iter().skip(1).any(|other| *other == day) { format!("{day}/") } else { String::new() }
    }

    /// The other days of the site, seen from a page of one of them, in the order of time.
    pub(super) fn editions(&self, here: Date, page: &str) -> Vec<Edition> {
        let up = if self.folder(here).is_empty() { "" } else { "../" };
        let mut days = self.days.clone();
        days.sort_unstable();
        days.retain(|day| *day != here);
        let edition = |day: Date| Edition { day: day.to_string(), href: format!("{up}{}{page}", self.folder(day)) };
        days.into_iter().map(edition).collect()
    }

    /// The commit, in words.
    pub(super) fn revision(&self) -> Option<String> {
        let stamp = self.stamp.as_ref()?;
        let commit = stamp.commit.get(..12).unwrap_or(&stamp.commit);
        let also = if stamp.clean { "" } else { ", with changes that are not committed" };
        Some(format!("commit {commit}{also}"))
    }
}
