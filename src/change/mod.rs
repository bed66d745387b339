//! What turned between two judged registers: findings that are new, and who changed the judge.
//!
//! Two registers are an earlier one ([`Past`]: a git revision, or a report kept from then) and the
//! one at hand. Records are compared as they are written, findings by their fingerprint.

mod judge;
mod past;
mod records;
mod verdicts;

pub use judge::{changed, shown, turned as judge};
pub use past::{Fixed, Past, Since};
pub use records::{Record, Records, Turn, Turned};
pub use verdicts::{Judged, VerdictTurn, turned as verdicts};
