//! A register in memory, judged, and put out in every way.

use std::path::Path;
use std::sync::OnceLock;

use onward::finding::{Docket, Located, locate};
use onward::flow::Assessment;
use onward::mend::Sought;
use onward::register::{self, Opened};
use onward::report::{self, AsOfSource, Run, Style};
use onward::site::{self, Imprint, Look};
use onward::source::{Drafts, Tree};

/// A folder with two empty files, whose texts are given as drafts: nothing is written for an input.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = || {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["register.toml", "records.toml"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        folder
    };
    FOLDER.get_or_init(made).path()
}

/// Opens a register of two files.
pub fn opened(head: &str, records: &str) -> Opened {
    let drafts = Drafts::from([
        ("register.toml".to_owned(), head.to_owned()),
        ("records.toml".to_owned(), records.to_owned()),
    ]);
    register::open_tree(Tree::Folder(folder().to_owned(), drafts))
}

/// Judges a register on a day and renders everything there is; every place must lie in its file.
pub fn put_out(mut opened: Opened, day: &str, with_site: bool) {
    let day = day.parse().expect("a day");
    let mut docket = Docket::of(std::mem::take(&mut opened.problems));
    let assessment = (!docket.is_unusable()).then(|| Assessment::of(&opened.register, &opened.law, day));
    if let Some(assessment) = &assessment {
        onward::rules::run(assessment, &mut docket);
    }
    let located = locate(&opened.sources, docket.findings());
    located.iter().for_each(|found| inside(&opened, found));
    let run = Run {
        as_of: day,
        as_of_source: AsOfSource::Option,
        sources: &opened.sources,
        prefix: "",
        register: &opened.register,
        assessment: assessment.as_ref(),
        docket: &docket,
        located: &located,
        mends: &Sought::of(assessment.as_ref()),
        since: None,
    };
    let plain = Style::default();
    let outputs = [
        report::text::render(&run, plain),
        report::concise::render(&run, plain),
        report::json::render(&run),
        report::sarif::render(&run),
        report::junit::render(&run),
        report::gitlab::render(&run),
        report::csv::render(&run),
        report::markdown::render(&run),
    ];
    for output in outputs {
        let text = output.trim_start_matches('\u{feff}');
        assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\r'), "{text:?}");
    }
    if with_site {
        for page in site::pages(&run, &Look::default(), &Imprint::default()).expect("pages") {
            let text = String::from_utf8(page.bytes).expect("UTF-8");
            let is_page = page.name.ends_with(".html");
            assert!(!is_page || text.matches("<script").count() <= 1, "{}", page.name);
        }
    }
}

fn inside(opened: &Opened, found: &Located<'_>) {
    for label in found.at.iter().chain(found.related.iter().flatten()) {
        let text = opened.sources.text(label.file).unwrap_or_default();
        assert!(text.get(label.bytes.clone()).is_some(), "{label:?} is not in its file");
    }
}
