//! The Markdown report, for a comment on a pull request or the summary of a workflow.
//!
//! What matters comes first: what changes the judge, what is new and denied, by root cause; then
//! the rest, folded away. It stays below the length of a comment on GitHub.

use std::fmt::Write as _;

use super::causes::{CauseGroup, by_cause};
use super::{Run, mending, place};
use crate::finding::{Level, Located};
use crate::prose::{capital, count, visible};

/// The most bytes of a report; a comment on GitHub takes 65,536 characters.
const MAX_BYTES: usize = 60_000;
/// The most findings that are named under one cause, and the most fixed ones and acts.
const MAX_LISTED: usize = 20;

/// Renders the report.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut out = format!("### onward: {}\n\n", title(run));
    let _ = writeln!(out, "{}\n", escaped(&run.headline()));
    judge(run, &mut out);
    let causes = by_cause(run.located);
    let new = if run.since.is_some() { "New and denied" } else { "Denied" };
    let warned = if run.since.is_some() { "New warnings" } else { "Warnings" };
    let mut left = section(run, &causes, new, false, |found| found.finding.is_live(Level::Deny), &mut out);
    acts(run, &mut out);
    left += section(run, &causes, warned, true, |found| found.finding.is_live(Level::Warn), &mut out);
    left += section(run, &causes, "Waived", true, |found| found.finding.waived_by.is_some(), &mut out);
    let is_known = |found: &Located<'_>| found.finding.known && found.finding.waived_by.is_none();
    left += section(run, &causes, "Known", true, is_known, &mut out);
    fixed(run, &mut out);
    if left > 0 {
        let _ = writeln!(
            out,
            "{} left out of this comment; the JSON report has them all.\n",
            capital(&count(left, "finding"))
        );
    }
    out
}

fn title(run: &Run<'_>) -> String {
    let new = if run.since.is_some() { "new " } else { "" };
    match (run.assessment, run.denied()) {
        (None, _) => "no verdict".to_owned(),
        (Some(_), 0) => format!("nothing {new}denied"),
        (Some(_), denied) => format!("{} denied", count(denied, &format!("{new}finding"))),
    }
}

/// What the change does to its own judge: a reviewer would not see it otherwise.
fn judge(run: &Run<'_>, out: &mut String) {
    let Some(since) = run.since else { return };
    if let Some(note) = &since.note {
        let _ = writeln!(out, "> {}\n", escaped(&visible(note)));
    }
    if since.judge.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "> **Since {}, what judges this register has changed too. Review this first:**",
        escaped(&visible(&since.name))
    );
    for sentence in since.judge.iter().take(MAX_LISTED) {
        let _ = writeln!(out, "> - {}", escaped(&visible(sentence)));
    }
    if let Some(more) = since.judge.len().checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        let _ = writeln!(out, "> - and {}", count(more, "more change"));
    }
    out.push('\n');
}

/// The findings of a sort, by root cause; gives back how many did not fit.
fn section(
    run: &Run<'_>,
    causes: &[CauseGroup<'_>],
    name: &str,
    is_folded: bool,
    is_wanted: impl Fn(&Located<'_>) -> bool,
    out: &mut String,
) -> usize {
    let groups: Vec<Vec<&Located<'_>>> = causes
        .iter()
        .map(|group| group.iter().copied().filter(|found| is_wanted(found)).collect())
        .filter(|group: &Vec<_>| !group.is_empty())
        .collect();
    let total: usize = groups.iter().map(Vec::len).sum();
    if total == 0 {
        return 0;
    }
    let (open, close) = if is_folded {
        (format!("<details><summary>{name} ({total})</summary>\n\n"), "\n</details>\n\n")
    } else {
        (format!("#### {name} ({total})\n\n"), "\n")
    };
    out.push_str(&open);
    let mut told = 0;
    for group in &groups {
        let text = cause(run, group);
        if out.len() + text.len() > MAX_BYTES {
            break;
        }
        out.push_str(&text);
        told += group.len();
    }
    out.push_str(close);
    total - told
}

/// One root cause: the first of its findings in full, the others by name.
fn cause(run: &Run<'_>, group: &[&Located<'_>]) -> String {
    let Some((first, rest)) = group.split_first() else { return String::new() };
    let finding = first.finding;
    let mut text = format!("- **{}** {}: {}\n", finding.card.rule, at(run, first), escaped(&visible(&finding.message)));
    for note in &finding.notes {
        let _ = writeln!(text, "  - {}", escaped(&visible(note)));
    }
    if let Some(waiver) = &finding.waived_by {
        let _ = writeln!(text, "  - {}", escaped(&visible(&run.waived(waiver))));
    }
    if !finding.help.is_empty() {
        let _ = writeln!(text, "  - **help:** {}", escaped(&visible(&finding.help)));
    }
    if !rest.is_empty() {
        let named: Vec<String> = rest.iter().take(MAX_LISTED).map(|found| named(run, found)).collect();
        let more = rest.len().checked_sub(MAX_LISTED).filter(|more| *more > 0);
        let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
        let _ =
            writeln!(text, "  - the same cause has {}: {}{more}", count(rest.len(), "more finding"), named.join(", "));
    }
    text
}

fn named(run: &Run<'_>, found: &Located<'_>) -> String {
    let about = found.finding.subject.as_ref().map_or("the register", |subject| &subject.id);
    format!("{} ({})", code(&visible(about)), at(run, found))
}

fn at(run: &Run<'_>, found: &Located<'_>) -> String {
    let spot = place::of(run, found);
    let line = spot.span.map(|span| format!(":{}", span.start.line)).unwrap_or_default();
    code(&format!("{}{line}", visible(&spot.path)))
}

/// What would mend the most.
fn acts(run: &Run<'_>, out: &mut String) {
    let Some(assessment) = run.assessment.filter(|_| run.denied() > 0 && !run.mends.acts.is_empty()) else { return };
    let _ = writeln!(out, "#### What would mend it\n\n| clears | act |\n|---:|---|");
    for proposal in run.mends.acts.iter().take(MAX_LISTED) {
        let act = escaped(&visible(&mending::phrase(assessment, proposal)));
        let _ = writeln!(out, "| {} | {act} |", proposal.clears);
    }
    let cleared = format!("{} of {}", run.mends.cleared, count(run.mends.violations, "violation"));
    let more = run.mends.acts.len().checked_sub(MAX_LISTED).filter(|more| *more > 0);
    let more = more.map(|more| format!(", with {}", count(more, "more act"))).unwrap_or_default();
    let _ = writeln!(out, "\nTogether they clear {cleared}{more}.\n");
}

fn fixed(run: &Run<'_>, out: &mut String) {
    let Some(since) = run.since.filter(|since| !since.fixed.is_empty()) else { return };
    let _ = writeln!(out, "#### Fixed ({})\n", since.fixed.len());
    for fixed in since.fixed.iter().take(MAX_LISTED) {
        let about = fixed.subject.as_deref().unwrap_or(&fixed.message);
        let _ = writeln!(out, "- {}: {}", escaped(&visible(&fixed.rule)), code(&visible(about)));
    }
    if let Some(more) = since.fixed.len().checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        let _ = writeln!(out, "- and {}", count(more, "more finding"));
    }
    out.push('\n');
}

/// A text of one line as a code span.
pub(super) fn code(text: &str) -> String {
    // A code span cannot hold its own fence, and a table would end at a bar.
    format!("`{}`", text.replace('`', "'").replace('|', "¦"))
}

/// A text of one line, in which nothing is Markdown but what stands in backticks: no markup, no
/// HTML, no link, nobody mentioned, no other issue referred to.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        plain(before, &mut shown);
        match after.split_once('`') {
            Some((inside, later)) if !inside.is_empty() => {
                shown.push_str(&code(inside));
                rest = later;
            }
            _ => {
                shown.push('\'');
                rest = after;
            }
        }
    }
    plain(rest, &mut shown);
    shown
}

/// A text without backticks, in which nothing is markup.
fn plain(text: &str, shown: &mut String) {
    let mut before = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_glued = chars.peek().is_some_and(|next| !next.is_whitespace());
        match c {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '\\' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' => shown.extend(['\\', c]),
            // A comment in between keeps a forge from reading `@name`, `#1`, `!1`, `$x$`, `%1`, `^1`.
            '@' | '#' | '!' | '$' | '%' | '^' => {
                shown.extend(['\\', c]);
                shown.push_str(if is_glued { "<!-- -->" } else { "" });
            }
            // … and `https://`, `mailto:` and `www.` from becoming links.
            ':' if is_glued => shown.push_str(":<!-- -->"),
            '.' if before.to_ascii_lowercase().ends_with("www") => shown.push_str(".<!-- -->"),
            c => shown.push(c),
        }
        before.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markdown_of_a_register_is_text() {
        assert_eq!(escaped("`a-b` has *no* end"), "`a-b` has \\*no\\* end");
        assert_eq!(escaped("[x](javascript:1)"), "\\[x\\](javascript:<!-- -->1)");
        assert_eq!(escaped("<img src=x>"), "&lt;img src=x&gt;");
        assert_eq!(escaped("@team #1 www.x.org"), "\\@<!-- -->team \\#<!-- -->1 www.<!-- -->x.org");
        assert_eq!(escaped("a ` b"), "a ' b");
        assert_eq!(escaped("``x``"), "'`x`'");
        assert_eq!(escaped("`a|b` c|d"), "`a¦b` c\\|d");
        assert_eq!(escaped("of 25.8.2000, p. 7"), "of 25.8.2000, p. 7");
    }
}
