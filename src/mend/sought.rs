//! What would be enough, looked for when somebody first wants to know.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use super::Mends;
use crate::flow::Assessment;

/// The mends of an assessment: looking for them costs as much as judging, and not every report tells
/// them.
pub struct Sought<'a> {
    assessment: Option<&'a Assessment<'a>>,
    found: OnceLock<Mends>,
}

impl<'a> Sought<'a> {
    /// Those of an assessment; without one there are none.
    #[must_use]
    pub fn of(assessment: Option<&'a Assessment<'a>>) -> Self {
        Self { assessment, found: OnceLock::new() }
    }
}

impl Deref for Sought<'_> {
    type Target = Mends;

    fn deref(&self) -> &Mends {
        self.found.get_or_init(|| self.assessment.map(Mends::of).unwrap_or_default())
    }
}

impl fmt::Debug for Sought<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.found.fmt(formatter)
    }
}
