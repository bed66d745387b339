//! What would mend it: the few acts that clear the most violations, as a table.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::prose::{capital, count, list};
use crate::report;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Piece, Row, Table, joined, message};

/// The most acts that are shown, the most transfers of one, and the most transfers that no act clears.
const MAX_ACTS: usize = 20;
const MAX_TRANSFERS: usize = 12;
const MAX_LEFT: usize = 10;

/// The acts; none where nothing is violated.
pub(super) fn table(index: &Index<'_>) -> Option<Table> {
    let (mends, assessment) = (index.run.mends, index.assessment);
    if mends.violations == 0 {
        return None;
    }
    let rows = mends.acts.iter().take(MAX_ACTS).map(|proposal| {
        let on = proposal.transfers.iter().take(MAX_TRANSFERS);
        let on =
            on.map(|id| Piece::link(index.register.name(index.register[*id].id), links::transfer(index.register, *id)));
        let more = proposal.transfers.len().saturating_sub(MAX_TRANSFERS);
        let more = (more > 0).then(|| Piece::small(format!("and {more} more")));
        Row::new(vec![
            message(&report::act(assessment, proposal)),
            vec![Piece::text(proposal.clears.to_string())],
            joined(on.chain(more)),
        ])
    });
    let violations = count(mends.violations, "violation");
    let mut lead =
        format!("These acts clear {} of {violations}; each was tried on a copy of the register.", mends.cleared);
    if !mends.left.is_empty() {
        let left: BTreeSet<String> =
            mends.left.iter().map(|at| assessment.pair_id(&assessment.verdicts[*at])).collect();
        let mut left: Vec<String> = left.into_iter().collect();
        if let Some(more) = left.len().checked_sub(MAX_LEFT).filter(|more| *more > 0) {
            left.truncate(MAX_LEFT);
            left.push(format!("{more} more"));
        }
        let _ = write!(lead, " No act clears {}: leave the data out, or end the transfer.", list(&left));
    }
    if let Some(said) = report::crowded(assessment, mends) {
        let _ = write!(lead, " {}.", capital(&said.replace('`', "")));
    }
    if let Some(more) = mends.acts.len().checked_sub(MAX_ACTS).filter(|more| *more > 0) {
        let _ = write!(lead, " The first {MAX_ACTS} acts are shown; report.json has {}.", count(more, "more act"));
    }
    Some(Table {
        title: "What would mend it".to_owned(),
        id: "mends",
        lead,
        columns: vec!["Act", "Violations cleared", "Transfers"],
        rows: rows.collect(),
        empty: "No act that onward knows of.",
    })
}
