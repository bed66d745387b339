//! The text report: diagnostics that point into the files, one a root cause, then a summary.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::causes::{CauseGroup, by_cause};
use super::excerpt::excerpt;
use super::{AsOfSource, Run, Style, mending, since};
use crate::finding::{Card, Finding, Level as Grade, Located, LocatedLabel};
use crate::flow::{Assessment, Outcome};
use crate::prose::{count, list, visible};
use crate::rules;
use crate::source::{FileId, LineIndex, Sources};

/// The most diagnostics shown; totals are always exact.
const MAX_SHOWN: usize = 1_000;
/// The most further findings listed under the first of a cause.
const MAX_LISTED: usize = 50;

/// Renders the report.
#[must_use]
pub fn render(run: &Run<'_>, style: Style) -> String {
    let located: Vec<Located<'_>> = run.located.iter().filter(|found| !found.finding.known).cloned().collect();
    let mut texts = Texts { sources: run.sources, texts: BTreeMap::new() };
    let mut out = String::new();
    since::first(run, &mut out);
    let causes = by_cause(&located);
    for group in causes.iter().take(MAX_SHOWN) {
        out.push_str(&diagnostic(run, &mut texts, group, style.coloured));
        out.push('\n');
    }
    if causes.len() > MAX_SHOWN {
        let _ = writeln!(
            out,
            "{} not shown; `--format json` has them all\n",
            count(causes.len() - MAX_SHOWN, "more diagnostic")
        );
    }
    if !style.quiet {
        summary(run, &causes, &mut out);
    }
    out
}

/// The texts of files, each read once.
struct Texts<'s> {
    sources: &'s Sources,
    texts: BTreeMap<FileId, LineIndex<'static>>,
}

impl Texts<'_> {
    fn of(&mut self, file: FileId) -> &LineIndex<'static> {
        self.texts.entry(file).or_insert_with(|| LineIndex::new(self.sources.text(file).unwrap_or_default()))
    }
}

fn diagnostic(run: &Run<'_>, texts: &mut Texts<'_>, group: &CauseGroup<'_>, styled: bool) -> String {
    let Some((first, rest)) = group.split_first() else { return String::new() };
    let finding = first.finding;
    let level = match (&finding.waived_by, finding.level) {
        (Some(_), _) => Level::INFO.with_name("waived"),
        (None, Grade::Deny) => Level::ERROR,
        (None, _) => Level::WARNING,
    };
    let mut elements =
        level.primary_title(shown_lines(&finding.message)).id(finding.card.rule).elements(Vec::<Origin<'_>>::new());
    if let Some(at) = &first.at {
        elements = pointed(texts, elements, at, AnnotationKind::Primary, &finding.label);
    }
    for (related, at) in finding.related.iter().zip(&first.related) {
        if let Some(at) = at {
            elements = pointed(texts, elements, at, AnnotationKind::Context, &related.message);
        }
    }
    for note in &finding.notes {
        elements = elements.element(Level::NOTE.message(shown_lines(note)));
    }
    if !finding.help.is_empty() {
        elements = elements.element(Level::HELP.message(shown_lines(&finding.help)));
    }
    if let Some(waiver) = &finding.waived_by {
        elements = elements.element(Level::NOTE.message(shown_lines(&run.waived(waiver))));
    }
    if !rest.is_empty() {
        elements = elements.element(Level::NOTE.message(others(texts.sources, rest)));
    }
    let style = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut rendered = style.decor_style(DecorStyle::Ascii).render(&[elements]);
    rendered.push('\n');
    rendered
}

/// Adds a place: its line and column as the file has them, and the line made visible.
fn pointed<'a>(
    texts: &mut Texts<'_>,
    group: Group<'a>,
    at: &LocatedLabel,
    kind: AnnotationKind,
    label: &str,
) -> Group<'a> {
    let path = visible(texts.sources.path(at.file));
    let lines = texts.of(at.file);
    let text = lines.text();
    let origin = Origin::path(path.clone()).line(at.span.start.line).char_column(at.span.start.column);
    if text.is_empty() {
        return group.element(origin);
    }
    let shown = excerpt(text, lines, &at.bytes, &at.span);
    let column = shown.text[..shown.marked.start].chars().count() + 1;
    let annotation = kind.span(shown.marked).label(visible(label));
    let snippet = Snippet::source(shown.text).line_start(shown.line).annotation(annotation);
    if column == at.span.start.column {
        group.element(snippet.path(path))
    } else {
        // The shown line is not the file's to the letter, so its columns are not the file's either.
        group.element(origin).element(snippet)
    }
}

/// The other findings of a cause, a line each.
fn others(sources: &Sources, rest: &[&Located<'_>]) -> String {
    let mut text = format!("the same cause has {}:", count(rest.len(), "more finding"));
    for found in rest.iter().take(MAX_LISTED) {
        let at = found.at.as_ref().map_or_else(String::new, |at| {
            format!("{}:{}:{}  ", visible(sources.path(at.file)), at.span.start.line, at.span.start.column)
        });
        let about = found.finding.subject.as_ref().map_or("", |subject| &subject.id);
        let _ = write!(text, "\n{at}{}  {}", visible(about), found.finding.card.rule);
    }
    if rest.len() > MAX_LISTED {
        let _ = write!(text, "\nand {} more; `--format json` lists them all", rest.len() - MAX_LISTED);
    }
    text
}

fn shown_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(visible).collect();
    lines.join("\n")
}

/// What a manager reads: how much was judged, with what result, and why.
fn summary(run: &Run<'_>, causes: &[CauseGroup<'_>], out: &mut String) {
    let Some(assessment) = run.assessment else {
        let broken = run.docket.problems();
        let _ = writeln!(
            out,
            "no verdict: the register has {} that must be mended before it can be judged",
            count(broken, "problem")
        );
        explained(causes, out);
        return;
    };
    let by = match run.as_of_source {
        AsOfSource::Option => "--as-of",
        AsOfSource::Register => "the register's `as-of`",
        AsOfSource::Today => "today, UTC",
    };
    let organisation = visible(&run.register.settings.organisation);
    let _ = writeln!(out, "{organisation}, as of {} ({by})", run.as_of);
    let transfers = run.register.transfers.len();
    let parties = run.register.parties.len();
    let _ = writeln!(
        out,
        "  judged    {} of {} between {}",
        count(run.pairs(), "pair"),
        count(transfers, "transfer"),
        count(parties, "party")
    );
    let mut laws: Vec<&str> =
        assessment.verdicts.iter().map(|verdict| &*assessment.flow.law.regimes()[verdict.regime].version.id).collect();
    laws.sort_unstable();
    laws.dedup();
    if laws.is_empty() {
        let _ = writeln!(out, "  verdicts  none: no law of the book is attached to any of the data");
    } else {
        let counted = Outcome::ALL
            .map(|outcome| (outcome, assessment.verdicts.iter().filter(|verdict| verdict.outcome == outcome).count()));
        let words = counted.iter().filter(|(_, n)| *n > 0).map(|(outcome, n)| match outcome {
            Outcome::Violation => count(*n, "violation"),
            other => format!("{n} {}", other.as_str()),
        });
        let _ = writeln!(out, "  verdicts  {} (under {})", list(&words.collect::<Vec<_>>()), list(&laws));
    }
    let _ = writeln!(
        out,
        "  findings  {} denied, {}, {} waived",
        run.denied(),
        count(run.warned(), "warning"),
        run.docket.waived()
    );
    since::lines(run, out);
    conclusion(run, assessment, causes, out);
    if run.since.is_none() || run.denied() > 0 {
        mending::lines(run, assessment, out);
    }
    remarked(assessment, out);
    explained(causes, out);
}

/// What is contested, not certain or the register's own law behind verdicts that pass: nobody may
/// take those for settled. (Of those that fail their findings say it.)
fn remarked(assessment: &Assessment<'_>, out: &mut String) {
    let mut remarks: BTreeMap<String, usize> = BTreeMap::new();
    for verdict in assessment.verdicts.iter().filter(|verdict| verdict.outcome < Outcome::Waived) {
        for remark in rules::remarks(assessment, verdict) {
            *remarks.entry(remark).or_default() += 1;
        }
    }
    if !remarks.is_empty() {
        let _ = writeln!(out, "to keep in mind:");
    }
    for (remark, n) in remarks {
        let _ = writeln!(out, "  {n:>4}  {}: {}", if n == 1 { "verdict" } else { "verdicts" }, visible(&remark));
    }
}

fn conclusion(run: &Run<'_>, assessment: &Assessment<'_>, causes: &[CauseGroup<'_>], out: &mut String) {
    let is_live = |found: &Located<'_>| found.finding.waived_by.is_none() && is_unsafeguarded(found.finding);
    let live: Vec<&CauseGroup<'_>> = causes.iter().filter(|group| group.iter().any(|found| is_live(found))).collect();
    let broken: usize = live.iter().map(|group| group.len()).sum();
    let violations = assessment.verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Violation).count();
    if broken > 0 {
        let what = if broken == 1 { "1 transfer has".to_owned() } else { format!("{broken} transfers have") };
        let _ = writeln!(out, "{what} no safeguard that the law of {} accepts:", run.as_of);
        for group in live {
            let phrase = group[0].finding.cause.as_ref().map_or("", |cause| &cause.phrase);
            let warning = if group[0].finding.level == Grade::Deny { "" } else { " (a warning)" };
            let _ = writeln!(out, "  {:>4}  because {}{warning}", group.len(), visible(phrase));
        }
    } else if let Some(since) = run.since.filter(|since| violations > 0 && since.known > 0) {
        let what = count(violations, "violation");
        let _ = writeln!(out, "{what} of the law of {}, none of them new since {}", run.as_of, visible(&since.name));
    } else if violations > 0 {
        let what = count(violations, "violation");
        let _ =
            writeln!(out, "{what} of the law of {} shown as no finding, because its rule is set to `allow`", run.as_of);
    } else if run.denied() == 0 {
        let _ = writeln!(out, "every transfer judged has what the law of {} asks for", run.as_of);
    }
}

/// Where to read why the rules matter that found something.
fn explained(causes: &[CauseGroup<'_>], out: &mut String) {
    let rules: BTreeMap<&str, &Card> =
        causes.iter().flatten().map(|found| (found.finding.card.rule, found.finding.card)).collect();
    if !rules.is_empty() {
        let _ = writeln!(out, "why it matters (`onward explain RULE` says more):");
    }
    for (rule, card) in rules {
        let _ = writeln!(out, "  {rule}: {}", card.why());
    }
}

fn is_unsafeguarded(finding: &Finding) -> bool {
    matches!(finding.card.rule, crate::flow::UNSAFEGUARDED | crate::flow::UNSAFEGUARDED_ONWARD)
}
