//! A rule as a reader meets it: its id, its default level and its page.

use std::fmt;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Fails the check.
    Deny,
    /// Is shown, and fails nothing.
    Warn,
    /// Is not raised.
    Allow,
}

impl Level {
    /// Every level, as `[rules]` writes it.
    pub const ALL: [Self; 3] = [Self::Deny, Self::Warn, Self::Allow];

    /// The word of the register and the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Allow => "allow",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A rule: what it is called, how grave it is unless the register says otherwise, and its page.
#[derive(Debug)]
pub struct Card {
    /// The rule's id, kebab-case.
    pub rule: &'static str,
    /// The default level.
    pub level: Level,
    /// Whether a finding leaves the register unusable: no verdict, exit status 2.
    pub integrity: bool,
    /// The source file of the rule; its `//!` header is the page.
    pub source: &'static str,
}

impl Card {
    /// The rule's page: title, why, example, mend, law. Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        let header = self.source.lines().take_while(|line| line.starts_with("//!"));
        let lines: Vec<&str> =
            header.map(|line| line.trim_start_matches("//!").strip_prefix(' ').unwrap_or("")).collect();
        lines.join("\n").trim().to_owned()
    }

    /// The first line of the page, without its mark.
    #[must_use]
    pub fn title(&self) -> String {
        self.page().lines().next().unwrap_or_default().trim_start_matches('#').trim().to_owned()
    }

    /// Why it matters, in a sentence: the first under that heading of the page.
    #[must_use]
    pub fn why(&self) -> String {
        let page = self.page();
        let below = page.split_once("## Why").map_or("", |(_, below)| below).trim_start();
        let paragraph = below.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        // A sentence ends where a capital letter begins the next: "Art. 9" is one.
        let ends = |at: &usize| paragraph[at + 1..].trim_start().starts_with(char::is_uppercase);
        let end = paragraph.match_indices(". ").map(|(at, _)| at).find(ends);
        end.map_or(paragraph.as_str(), |at| &paragraph[..=at]).to_owned()
    }
}

/// Every rule that format version 1 lets `[rules]` and `[[waiver]]` name.
///
/// The format is a contract: a register written for a later onward of the same version, with
/// levels for rules that this one does not have yet, must load. A test keeps every rule of this
/// program in the list.
pub const FORMAT_RULES: &[&str] = &[
    "assessment-overdue",
    "broken-promise",
    "certificate-without-end",
    "confusable-ids",
    "dates-out-of-order",
    "decision-ending",
    "evidence-changed",
    "evidence-missing",
    "law-book-stale",
    "no-owner",
    "processor-without-agreement",
    "purpose-exceeds-upstream",
    "review-overdue",
    "role-conflict",
    "safeguard-expiring",
    "single-point-of-failure",
    "special-category-without-condition",
    "sub-processor-without-authorisation",
    "transfer-without-data-source",
    "undisclosed-transfer",
    "unkept-statement",
    "unknown-condition",
    "unread-file",
    "unrecorded-jurisdiction",
    "unreferenced-record",
    "unsafeguarded-location",
    "unsafeguarded-onward-transfer",
    "unsafeguarded-transfer",
    "unused-safeguard",
    "unused-waiver",
    "waiver-expired",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_of_a_page_says_why_it_matters() {
        let source = "//! # Title\n//!\n//! ## Why\n//!\n//! Art. 9 asks\n//! for it. Ask why.\n//!\n//! ## Example\n";
        let card = Card { rule: "r", level: Level::Warn, integrity: false, source };
        assert_eq!(card.why(), "Art. 9 asks for it.");
    }
}
