//! `onward waive`: accept a finding for a time, as a record beside what it is about.
//!
//! What is written is judged before it is written: a waiver that would not cover its finding, or
//! that would leave the register unusable, never reaches a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::check::{self, Question};
use super::output::{Output, Status, say, write_whole};
use super::{day, register_folder};
use crate::finding::{Docket, Finding, Located};
use crate::flow::Assessment;
use crate::prose::{self, count, list, quote};
use crate::register::{self, PartyKind, Register};
use crate::report::{Run, Style, text};
use crate::rules;
use crate::source::{Drafts, FileId, Tree};

/// The most findings that a message lists.
const MAX_LISTED: usize = 20;
/// The most characters of an id that is made: the most of any id, less a number to tell it from others.
const MAX_MADE: usize = 59;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward waive unsafeguarded-transfer:acme--helpdesk --until 2026-12-31 \\
      --reason \"clauses are being signed\" --approved-by \"DPO\"
  onward waive 8c1f0e6b2d4a7793 --until 2026-12-31 --reason \"…\" --approved-by \"DPO\" --dry-run

The fingerprint of a finding is in every report for programs; RULE:RECORD names what the text shows.")]
pub(super) struct Args {
    /// The finding: its fingerprint, or its rule and record, such as unsafeguarded-transfer:acme--helpdesk.
    finding: String,
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    register: Option<PathBuf>,
    /// The last day of the waiver.
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Date,
    /// Why the finding is accepted.
    #[arg(long, value_parser = said)]
    reason: String,
    /// Who accepts it.
    #[arg(long, value_name = "NAME", value_parser = said)]
    approved_by: String,
    /// The id of the waiver [default: made from the rule and the record].
    #[arg(long)]
    id: Option<String>,
    /// Judge under the law of this day [default: the register's `as-of`, else today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Show the record and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Words that say something, on one line.
fn said(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("say it in words".to_owned());
    }
    if text.chars().any(prose::is_hidden) {
        return Err("it holds a line break or a hidden character; write it as plain text".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    let folder = register_folder(args.register.as_deref());
    let style = Style { coloured: output.styled(), quiet: false };
    let question = Question { quiet: false, ..Question::plain(&folder, args.as_of, today) };
    check::judge(&question, |run| {
        if run.assessment.is_none() {
            output.product(&text::render(run, style));
            return Status::NoVerdict;
        }
        match waive(args, run) {
            Ok(done) => {
                output.product(&done);
                output.end(Status::Clean)
            }
            Err(why) => {
                say(&format!("error: {why}"));
                Status::NoVerdict
            }
        }
    })
}

/// Writes the waiver; what was done, in words.
fn waive(args: &Args, run: &Run<'_>) -> Result<String, String> {
    if args.until < run.as_of {
        return Err(format!(
            "the waiver would have ended on {} already, and the register is judged as of {}",
            args.until, run.as_of
        ));
    }
    let found = find(args, run, run.located)?;
    let first = found.first().copied().ok_or("there is no such finding")?;
    let record = Record::of(args, run, &found)?;
    let file = home(run, first).ok_or("there is no file of the register to write it into")?;
    let before = run.sources.text(file).map_err(|why| format!("{} {}", quote(run.sources.path(file)), why.reason()))?;
    let (after, line) = appended(&before, &record);
    prove(run, file, &after, &record.id, &found)?;
    let path = run.sources.path(file);
    let shown = prose::visible(path);
    if args.dry_run {
        return Ok(format!("would write to {shown}:{line}:\n\n{}", record.toml("\n")));
    }
    write(run.sources.root(), path, &before, &after)?;
    Ok(format!("wrote to {shown}:{line}:\n\n{}", record.toml("\n")))
}

/// The findings that were named: all of one rule about one record, or the one with a fingerprint.
fn find<'l, 'f>(args: &Args, run: &Run<'_>, located: &'l [Located<'f>]) -> Result<Vec<&'l Located<'f>>, String> {
    let fingerprint = |found: &Located<'_>| {
        let path = found.at.as_ref().map_or("", |at| run.sources.path(at.file));
        found.finding.fingerprint(path)
    };
    let is_named = |found: &&Located<'_>| name(found.finding) == args.finding || fingerprint(found) == args.finding;
    let found: Vec<&Located<'_>> = located.iter().filter(is_named).collect();
    let Some(first) = found.first() else { return Err(no_such(args, located)) };
    let finding = first.finding;
    if finding.card.integrity {
        return Err(format!("`{}` cannot be waived: mend the register", finding.card.rule));
    }
    if found.iter().all(|found| found.finding.waived_by.is_some()) {
        let by = finding.waived_by.as_deref().unwrap_or_default();
        return Err(format!("{} is waived by {} already", quote(&args.finding), quote(by)));
    }
    Ok(found)
}

/// How a person names a finding.
fn name(finding: &Finding) -> String {
    let about = finding.subject.as_ref().map_or("", |subject| &subject.id);
    format!("{}:{about}", finding.card.rule)
}

fn no_such(args: &Args, located: &[Located<'_>]) -> String {
    let names: BTreeSet<String> = located.iter().map(|found| name(found.finding)).collect();
    if names.is_empty() {
        return format!("there is no finding {}: the register has none at all", quote(&args.finding));
    }
    let near = prose::nearest(&args.finding, names.iter().map(String::as_str));
    let help = near.map_or_else(
        || {
            let mut shown: Vec<String> = names.iter().take(MAX_LISTED).map(|name| quote(name)).collect();
            if names.len() > MAX_LISTED {
                shown.push(format!("{} more", names.len() - MAX_LISTED));
            }
            format!("there are {}", list(&shown))
        },
        |near| format!("did you mean {}?", quote(near)),
    );
    format!("there is no finding {}\nhelp: {help}", quote(&args.finding))
}

/// The record to be written.
struct Record {
    id: String,
    rule: &'static str,
    on: String,
    reason: String,
    approved_by: String,
    until: Date,
    regimes: Vec<String>,
}

impl Record {
    fn of(args: &Args, run: &Run<'_>, found: &[&Located<'_>]) -> Result<Self, String> {
        let finding = found.first().ok_or("there is no such finding")?.finding;
        let rule = finding.card.rule;
        let subject = finding.subject.as_ref().filter(|subject| {
            let is_party = PartyKind::ALL.iter().any(|kind| kind.name() == subject.kind);
            is_party || matches!(subject.kind, "transfer" | "party" | "safeguard")
        });
        let Some(subject) = subject else {
            return Err(format!(
                "a waiver covers transfers, parties and safeguards, and this finding is about none of them\nhelp: mend it, or set the level of `{rule}` under `[rules]` in `register.toml`"
            ));
        };
        // A waiver without regimes covers every regime: it names those of the findings only if all have one.
        let regimes: Option<BTreeSet<String>> =
            found.iter().map(|found| found.finding.regime.as_deref().map(str::to_owned)).collect();
        Ok(Self {
            id: id(args, run.register, rule, &subject.id)?,
            rule,
            on: subject.id.to_string(),
            reason: args.reason.clone(),
            approved_by: args.approved_by.clone(),
            until: args.until,
            regimes: regimes.unwrap_or_default().into_iter().collect(),
        })
    }

    /// The record as TOML.
    fn toml(&self, end: &str) -> String {
        let value = |text: &str| toml::Value::from(text).to_string();
        let mut lines = vec![
            "[[waiver]]".to_owned(),
            format!("id = {}", value(&self.id)),
            format!("rule = {}", value(self.rule)),
            format!("on = [{}]", value(&self.on)),
        ];
        if !self.regimes.is_empty() {
            let regimes: Vec<String> = self.regimes.iter().map(|regime| value(regime)).collect();
            lines.push(format!("regimes = [{}]", regimes.join(", ")));
        }
        lines.extend([
            format!("reason = {}", value(&self.reason)),
            format!("approved-by = {}", value(&self.approved_by)),
            format!("until = {}", self.until),
        ]);
        lines.join(end) + end
    }
}

/// The id that was asked for, or one made from the rule and the record that is still free.
fn id(args: &Args, register: &Register, rule: &str, on: &str) -> Result<String, String> {
    let is_taken = |id: &str| register.waivers.iter().any(|waiver| register.name(waiver.id) == id);
    if let Some(id) = &args.id {
        return if is_taken(id) { Err(format!("there is a waiver {} already", quote(id))) } else { Ok(id.clone()) };
    }
    let words = format!("waive-{rule}-{on}");
    let parts: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let made = parts.join("-");
    let base = if made.len() > MAX_MADE {
        made[..MAX_MADE].rsplit_once('-').map_or("waive", |(whole, _)| whole)
    } else {
        &made
    };
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|id| !is_taken(id)).ok_or_else(|| "no id is free".to_owned())
}

/// The file of the record that a finding is about, else the register's own.
fn home(run: &Run<'_>, found: &Located<'_>) -> Option<FileId> {
    let register = run.register;
    let of_record = found.finding.subject.as_ref().and_then(|subject| {
        let record = subject.id.split('/').next().unwrap_or_default();
        match subject.kind {
            "transfer" => register
                .transfers
                .iter()
                .find(|transfer| register.name(transfer.id) == record)
                .map(|found| found.at.file),
            "safeguard" => {
                let mut safeguards = register.safeguards.iter();
                safeguards.find(|safeguard| register.name(safeguard.id) == record).map(|found| found.at.file)
            }
            _ => register.parties.iter().find(|party| register.name(party.id) == record).map(|found| found.at.file),
        }
    });
    of_record.or_else(|| found.at.as_ref().map(|at| at.file))
}

/// A text with the record at its end, in the text's own line ends; the line on which it begins.
fn appended(before: &str, record: &Record) -> (String, usize) {
    let end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = before.to_owned();
    if !after.is_empty() && !after.ends_with('\n') {
        after.push_str(end);
    }
    if !after.is_empty() && !after.ends_with("\n\n") && !after.ends_with("\n\r\n") {
        after.push_str(end);
    }
    let line = after.lines().count() + 1;
    after.push_str(&record.toml(end));
    (after, line)
}

/// Judges the register as it would be: it must be as good as before, and the findings waived.
fn prove(run: &Run<'_>, file: FileId, after: &str, id: &str, found: &[&Located<'_>]) -> Result<(), String> {
    let drafts = Drafts::from([(run.sources.path(file).to_owned(), after.to_owned())]);
    let opened = register::open_tree(Tree::Folder(run.sources.root().to_owned(), drafts));
    let mut docket = Docket::of(opened.problems);
    if docket.is_unusable() {
        let first = docket.findings().iter().find(|finding| finding.card.integrity);
        let why = first.map_or_else(String::new, |finding| format!(": {}\nhelp: {}", finding.message, finding.help));
        return Err(format!("the waiver cannot be written{why}"));
    }
    let assessment = Assessment::of(&opened.register, &opened.law, run.as_of);
    rules::run(&assessment, &mut docket);
    let wanted: BTreeSet<String> = found.iter().map(|found| name(found.finding)).collect();
    let is_open = |finding: &Finding| finding.waived_by.is_none() && wanted.contains(&name(finding));
    let open = docket.findings().iter().filter(|finding| is_open(finding));
    let regimes: BTreeSet<Option<&str>> = found.iter().map(|found| found.finding.regime.as_deref()).collect();
    if open.clone().any(|finding| regimes.contains(&finding.regime.as_deref())) {
        return Err("a waiver would not cover this finding, so none is written".to_owned());
    }
    let others = docket.findings().iter().filter(|finding| finding.waived_by.as_deref() == Some(id));
    let more = others.count().saturating_sub(found.len());
    if more > 0 {
        say(&format!("note: the waiver covers {} of this record as well", count(more, "more finding")));
    }
    Ok(())
}

/// Writes over the file that was read, if it is still the same.
fn write(root: &Path, path: &str, before: &str, after: &str) -> Result<(), String> {
    let shown = quote(path);
    let full = root.join(path);
    let now = crate::source::read_text(&full).map_err(|why| format!("{shown} {}", why.reason()))?;
    if now != before {
        return Err(format!("{shown} was changed meanwhile, and nothing was written; run this again"));
    }
    let like = std::fs::metadata(&full).map(|found| found.permissions()).ok();
    if like.as_ref().is_some_and(std::fs::Permissions::readonly) {
        return Err(format!("{shown} is read-only, and nothing was written"));
    }
    write_whole(&full, after, like).map_err(|error| format!("{shown} could not be written: {error}"))
}
