//! What is wrong with a register as it is read: told up to a bound, and counted past it.

use super::Finding;
use super::integrity::over_limit;

/// The most that is told of what is wrong: with the one that counts the others, five hundred. A small file
/// of a stranger can hold more mistakes than there is memory to tell them, and nobody mends five hundred at once.
pub const MAX_TOLD: usize = 499;

/// What is wrong with a register, in the order in which it was found. Warnings, which leave a register
/// usable, are all kept.
#[derive(Clone, Debug)]
pub struct Problems {
    findings: Vec<Finding>,
    /// How many of `findings` leave the register unusable.
    told: usize,
    /// How many more do than are told.
    untold: usize,
    /// How many may be told.
    room: usize,
}

impl Default for Problems {
    fn default() -> Self {
        Self::with_room(MAX_TOLD)
    }
}

impl Problems {
    /// None so far, of which so many will be told.
    #[must_use]
    pub const fn with_room(room: usize) -> Self {
        Self { findings: Vec::new(), told: 0, untold: 0, room }
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        if finding.card.integrity {
            if self.told == self.room {
                self.untold += 1;
                return;
            }
            self.told += 1;
        }
        self.findings.push(finding);
    }

    /// Adds those of a part that was read by itself.
    pub fn append(&mut self, part: Self) {
        for finding in part.findings {
            self.push(finding);
        }
        self.untold += part.untold;
    }

    /// Those that are told, and warnings.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// How many leave the register unusable, told or not.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.told + self.untold
    }

    /// How many of those are told.
    #[must_use]
    pub const fn told(&self) -> usize {
        self.told
    }

    /// Whether any is counted only.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.untold > 0
    }

    /// Whether there is nothing to say, not even a warning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.untold == 0
    }

    /// All that is told; the last says how many are not.
    #[must_use]
    pub(super) fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings;
        if self.untold > 0 {
            let message = format!(
                "this register has {} problems, of which {} are told: {} more are not",
                self.told + self.untold,
                self.told,
                self.untold
            );
            findings.push(Finding::new(&over_limit::CARD, None, message).help(
                "mend those that are told first: many may have one reason, such as a key that is misspelt everywhere",
            ));
        }
        findings
    }
}

impl<'p> IntoIterator for &'p Problems {
    type Item = &'p Finding;
    type IntoIter = std::slice::Iter<'p, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::integrity::invalid_value;
    use super::*;
    use crate::finding::{Card, Level};

    static WARNING: Card = Card { rule: "warning", level: Level::Warn, integrity: false, source: "" };

    fn problem(message: &str) -> Finding {
        Finding::new(&invalid_value::CARD, None, message)
    }

    #[test]
    fn what_has_no_room_is_counted_and_warnings_always_have() {
        let mut problems = Problems::with_room(1);
        assert!(problems.is_empty());
        problems.push(problem("first"));
        assert!(!problems.is_cut());
        problems.push(problem("second"));
        problems.push(Finding::new(&WARNING, None, "a warning"));
        assert_eq!((problems.told(), problems.count(), problems.is_cut()), (1, 2, true));
        let told: Vec<String> = problems.into_findings().iter().map(|found| found.message.to_string()).collect();
        assert_eq!(told, ["first", "a warning", "this register has 2 problems, of which 1 are told: 1 more are not"]);
    }

    #[test]
    fn parts_without_room_are_no_parts_without_problems() {
        let mut part = Problems::with_room(0);
        part.push(problem("not told"));
        assert!(!part.is_empty());
        let mut whole = Problems::default();
        whole.append(part);
        assert_eq!((whole.told(), whole.count(), whole.iter().count()), (0, 1, 0));
    }
}
