//! What a check is held against: the same register in another git revision, or a report of then.

use std::path::PathBuf;

use jiff::civil::Date;

use super::check::Question;
use super::overrides::Overrides;
use crate::change::{Past, Records, Since, judge};
use crate::finding::Docket;
use crate::flow::Assessment;
use crate::prose::quote;
use crate::register::{self, Opened};
use crate::rules;
use crate::source::{Revision, Tree, read_text_up_to};

/// The most bytes of a report of then.
const MAX_BASELINE_BYTES: u64 = 1 << 30;

/// What to hold a check against.
#[derive(Clone, Debug, clap::Args)]
#[group(multiple = false)]
pub(super) struct Against {
    /// Deny only what is new since this git revision, and say what was fixed.
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// Deny only what is new since this JSON report was written, and say what was fixed.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

/// Nothing to hold it against.
pub(super) static NOTHING: Against = Against { base: None, baseline: None };

/// Marks in the docket what was known; nothing where the check stands for itself.
pub(super) fn hold(
    question: &Question<'_>,
    opened: &Opened,
    docket: &mut Docket,
    assessment: &Assessment<'_>,
) -> Result<Option<Since>, String> {
    let (sources, register, against) = (&opened.sources, &opened.register, question.against);
    if let Some(path) = &against.baseline {
        let name = quote(&path.to_string_lossy());
        let text = read_text_up_to(path, MAX_BASELINE_BYTES).map_err(|why| format!("{name} {}", why.reason()))?;
        let past = Past::read(&text).map_err(|why| {
            format!("{name} {why}\nhelp: write one with `onward check --report json={}`", path.to_string_lossy())
        })?;
        return Ok(Some(past.mark(&name, sources, register, docket, assessment)));
    }
    let Some(revision) = &against.base else { return Ok(None) };
    let name = quote(revision);
    let then = match Revision::read(question.folder, revision)? {
        Some(tree) => Then::of(tree, assessment.day(), question.overrides),
        None => Then {
            note: Some(format!("{name} does not have this register: everything in it is new")),
            ..Then::default()
        },
    };
    let mut since = then.past.mark(&name, sources, register, docket, assessment);
    since.judge = judge(&then.records, &Records::of(sources));
    since.note = then.note;
    Ok(Some(since))
}

/// The register of another revision, judged.
#[derive(Default)]
struct Then {
    past: Past,
    records: Records,
    note: Option<String>,
}

impl Then {
    fn of(revision: Revision, day: Date, overrides: &Overrides) -> Self {
        let commit = revision.commit().get(..12).unwrap_or_default().to_owned();
        let Opened { sources, mut register, law, problems } = register::open_tree(Tree::Revision(revision));
        overrides.apply(&mut register.settings);
        let records = Records::of(&sources);
        let mut docket = Docket::of(problems);
        if docket.is_unusable() {
            let note =
                format!("the register of {commit} has errors and no verdict: everything found now counts as new");
            return Self { past: Past::default(), records, note: Some(note) };
        }
        let assessment = Assessment::of(&register, &law, day);
        rules::run(&assessment, &mut docket);
        Self { past: Past::of(&sources, &docket, &assessment), records, note: None }
    }
}
