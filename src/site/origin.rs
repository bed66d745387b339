//! All that a site is made of, in a digest: a site of the same origin is the same to the byte, so it
//! need not be made again to know that nothing has changed.

use std::env;

use super::{Imprint, Look, logo};
use crate::report::Run;
use crate::source::{Digest, Digester};

/// What a site was made of.
///
/// The program is part of it: another version of onward may write other pages of the same register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin(Digest);

impl Origin {
    /// The origin of the site of a run, and of the further days that the imprint names; none where
    /// something cannot be told, and the site has to be made to be compared.
    ///
    /// # Errors
    /// A logo that cannot be had.
    pub fn of(run: &Run<'_>, look: &Look, imprint: &Imprint) -> Result<Option<Self>, String> {
        let logo = logo::read(run)?;
        let Some(program) = env::current_exe().ok().and_then(|path| Digest::of_file(&path).ok()) else {
            return Ok(None);
        };
        let mut all = Digester::default();
        all.add(program);
        all.add(format!("{imprint:?} {look:?}"));
        all.add(logo.unwrap_or_default());
        Ok(add_run(&mut all, run).then(|| Self(all.finish())))
    }

    /// The origin that a manifest tells.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// As a manifest tells it.
    pub(super) fn text(self) -> String {
        self.0.to_string()
    }
}

/// Adds all that a run is made of; whether everything could be told.
fn add_run(all: &mut Digester, run: &Run<'_>) -> bool {
    let Run { as_of, as_of_source, sources, prefix, register, assessment: _, docket, located: _, mends: _, since } =
        run;
    all.add(format!("{as_of} {as_of_source:?} {since:?}"));
    all.add(prefix);
    // The command line has a say in the settings, and files that are none of the register in the rest.
    all.add(format!("{:?}", register.settings));
    all.add(format!("{:?}", register.documents));
    for finding in docket.findings() {
        all.add(finding.card.rule);
        all.add(&*finding.message);
    }
    sources.ids().all(|file| {
        all.add(sources.path(file));
        sources.digest(file).is_some_and(|digest| {
            all.add(digest);
            true
        })
    })
}
