//! What onward has to say: one type for a typo in a file and for a breach of the law.
//!
//! A [`Finding`] belongs to a [`Card`] (its rule), points at a symbolic [`Place`], and carries a
//! message (what is wrong) and help (the act that mends it). Whoever finds something builds one
//! and puts it into a [`Docket`]; nobody here prints, counts for an exit status, or knows a format.

mod card;
mod docket;
pub mod integrity;
mod located;
mod problems;

pub use card::{Card, FORMAT_RULES, Level};
pub use docket::Docket;
pub use located::{Located, LocatedLabel, Whereabouts, locate, locate_again};
pub use problems::{MAX_TOLD, Problems};

use std::borrow::Cow;

use crate::source::Place;

/// The record that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The kind of record: `transfer`, `party`, `file` …
    pub kind: &'static str,
    /// Its id; for a pair of a transfer, the pair's.
    pub id: Box<str>,
}

impl Subject {
    /// A record of a kind, by id.
    pub fn new(kind: &'static str, id: impl Into<Box<str>>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// A second place that helps to understand a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What is to be seen there.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// One thing that is wrong, or worth knowing.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub card: &'static Card,
    /// How grave it is here: the card's level unless the register or the law book's coverage says otherwise.
    pub level: Level,
    /// The id of the waiver that covers it.
    pub waived_by: Option<Box<str>>,
    /// Whether an earlier judgement knew it, so that it is not held against what came since.
    pub known: bool,
    /// What is wrong: a lowercase phrase without a full stop.
    pub message: Box<str>,
    /// A few words for the place itself.
    pub label: Cow<'static, str>,
    /// Why: one reason a line.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Box<str>,
    /// The record it is about.
    pub subject: Option<Subject>,
    /// What tells it from other findings of its rule about the same record: a place, a statement.
    pub aspect: Option<Box<str>>,
    /// The regime under which it is wrong.
    pub regime: Option<Box<str>>,
    /// Where it is; a finding about the whole folder has no place.
    pub place: Option<Place>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Findings with the same root cause have the same key.
    pub cause: Option<Box<Cause>>,
}

/// The root cause that several findings share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// Equal for findings with the same cause.
    pub key: String,
    /// The cause in words, to follow "because".
    pub phrase: String,
}

impl Finding {
    /// A finding of a rule at a place.
    pub fn new(card: &'static Card, place: impl Into<Option<Place>>, message: impl Into<Box<str>>) -> Self {
        Self {
            card,
            level: card.level,
            waived_by: None,
            known: false,
            message: message.into(),
            label: Cow::Borrowed(""),
            notes: Vec::new(),
            help: "".into(),
            subject: None,
            aspect: None,
            regime: None,
            place: place.into(),
            related: Vec::new(),
            cause: None,
        }
    }

    /// Words for the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = label.into();
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = help.into();
        self
    }

    /// One more reason.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The record that it is about.
    #[must_use]
    pub fn about(mut self, kind: &'static str, id: impl Into<Box<str>>) -> Self {
        self.subject = Some(Subject::new(kind, id));
        self
    }

    /// What tells it from other findings of its rule about the same record.
    #[must_use]
    pub fn aspect(mut self, aspect: impl Into<Box<str>>) -> Self {
        self.aspect = Some(aspect.into());
        self
    }

    /// The regime under which it is wrong.
    #[must_use]
    pub fn under(mut self, regime: impl Into<Box<str>>) -> Self {
        self.regime = Some(regime.into());
        self
    }

    /// Findings with the same key have one root cause; the phrase follows "because".
    #[must_use]
    pub fn because(mut self, key: impl Into<String>, phrase: impl Into<String>) -> Self {
        self.cause = Some(Box::new(Cause { key: key.into(), phrase: phrase.into() }));
        self
    }

    /// A second place.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, place: Place) -> Self {
        self.related.push(Related { message: message.into(), place });
        self
    }

    /// Whether it counts: waived, known or allowed findings do not.
    #[must_use]
    pub fn is_live(&self, level: Level) -> bool {
        self.waived_by.is_none() && !self.known && self.level == level
    }

    /// A hash of what the finding is about, the same wherever its lines move (FNV-1a, 64 bits).
    ///
    /// Findings about a record hash the rule, regime and record; those about a place in a file
    /// (a typo has no record) hash the file's path and the message instead.
    #[must_use]
    pub fn fingerprint(&self, path: &str) -> String {
        let regime = self.regime.as_deref().unwrap_or("");
        let mut parts: Vec<&str> = match &self.subject {
            Some(subject) => vec![self.card.rule, regime, subject.kind, &subject.id],
            None => vec![self.card.rule, regime, path, &self.message],
        };
        parts.extend(self.aspect.as_deref());
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in parts.join("\0").bytes() {
            hash ^= u64::from(byte);
            hash = hash.wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }
}
