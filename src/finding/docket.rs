//! Where findings are collected.

use super::{Card, Finding, Level, Problems};

/// The findings of a run.
#[derive(Debug, Default)]
pub struct Docket {
    findings: Vec<Finding>,
    /// How many problems the register has, told or not.
    problems: usize,
}

impl Docket {
    /// Begins with what is wrong with the register itself.
    #[must_use]
    pub fn of(problems: Problems) -> Self {
        Self { problems: problems.count(), findings: problems.into_findings() }
    }

    /// Files a finding.
    pub fn file(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Makes room for so many more, and no more than that.
    pub fn make_room(&mut self, more: usize) {
        self.findings.reserve_exact(more);
    }

    /// Files several.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Sets levels: integrity findings keep theirs, all others take what `level` says of their
    /// rule, and what is allowed is dropped. A finding that is only a warning where the law book
    /// is an outline is never made graver than that by its rule's default.
    pub fn level(&mut self, level: impl Fn(&Card) -> Option<Level>) {
        for finding in &mut self.findings {
            if let Some(set) = level(finding.card).filter(|_| !finding.card.integrity) {
                let softened = finding.level != finding.card.level;
                finding.level = if softened { set.max(finding.level) } else { set };
            }
        }
        self.findings.retain(|finding| finding.level != Level::Allow);
    }

    /// How many problems leave the register unusable.
    #[must_use]
    pub const fn problems(&self) -> usize {
        self.problems
    }

    /// Whether any problem leaves the register unusable.
    #[must_use]
    pub const fn is_unusable(&self) -> bool {
        self.problems > 0
    }

    /// The findings, as filed.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings themselves.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The findings, to mark as waived.
    pub fn findings_mut(&mut self) -> &mut [Finding] {
        &mut self.findings
    }

    /// How many live findings have a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.is_live(level)).count()
    }

    /// How many findings a waiver covers.
    #[must_use]
    pub fn waived(&self) -> usize {
        self.findings.iter().filter(|finding| finding.waived_by.is_some()).count()
    }
}
