//! A trace as a tree: whoever collected the data, and behind each those who have it from there.

use std::fmt::Write as _;

use super::{Row, Traced};
use crate::prose::{count, quote, visible};

/// Renders it.
#[must_use]
pub fn render(traced: &Traced) -> String {
    let holding = traced.holding();
    let hold = if holding == 1 { "holds" } else { "hold" };
    let mut out = format!(
        "{} ({}): {} {hold} it, as of {}\n",
        visible(&traced.name),
        quote(&traced.id),
        count(holding, "party"),
        traced.as_of
    );
    for (row, (branch, below)) in traced.rows.iter().zip(branches(&traced.rows)) {
        if row.depth == 0 {
            out.push('\n');
        }
        let erased = if row.data.is_empty() { ", where it was erased" } else { "" };
        let collects = if row.collects { ", who collects it" } else { "" };
        let nowhere =
            if row.legs.is_empty() && !row.collects { ", and the register does not say from where" } else { "" };
        let _ = writeln!(
            out,
            "{branch}{} ({}), {}{collects}{nowhere}{erased}",
            visible(&row.name),
            quote(&row.party),
            visible(&row.place)
        );
        for leg in &row.legs {
            let under = if leg.verdicts.is_empty() { "no law is attached".to_owned() } else { leg.verdicts.join("; ") };
            let _ = writeln!(out, "{below}  by {}: {}", quote(&leg.transfer), visible(&under));
        }
        let tell: Vec<String> = [("owner", &row.owner), ("contact", &row.contact)]
            .iter()
            .filter_map(|(what, who)| who.as_deref().map(|who| format!("{what}: {}", visible(who))))
            .collect();
        if !tell.is_empty() {
            let _ = writeln!(out, "{below}  {}", tell.join("; "));
        }
    }
    out
}

/// The most levels of the tree that are drawn before a row; of one that lies deeper, those nearest to it.
const MAX_DRAWN: usize = 16;

/// What stands before each row, and before the lines below it.
fn branches(rows: &[Row]) -> Vec<(String, String)> {
    // Whether another of the same parent comes later, for each level on the way to the row: seen from the end.
    let mut goes_on: Vec<bool> = Vec::new();
    let mut drawn: Vec<(String, String)> = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        goes_on.resize(row.depth + 1, false);
        let first = row.depth.saturating_sub(MAX_DRAWN) + 1;
        let deeper = if first > 1 { "⋯  " } else { "" };
        let (mut branch, mut below) = (deeper.to_owned(), deeper.to_owned());
        for (level, open) in goes_on.iter().enumerate().skip(first) {
            branch.push_str(match (level == row.depth, open) {
                (true, true) => "├─ ",
                (true, false) => "└─ ",
                (false, true) => "│  ",
                (false, false) => "   ",
            });
            below.push_str(if *open { "│  " } else { "   " });
        }
        goes_on[row.depth] = true;
        drawn.push((branch, below));
    }
    drawn.reverse();
    drawn
}
