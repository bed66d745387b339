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
    for (at, row) in traced.rows.iter().enumerate() {
        if row.path.len() == 1 {
            out.push('\n');
        }
        let (branch, below) = branches(&traced.rows, at);
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

/// What stands before a row, and before the lines below it.
fn branches(rows: &[Row], at: usize) -> (String, String) {
    let depth = rows[at].path.len() - 1;
    // Whether another of the same parent comes later, for each level on the way.
    let goes_on = |level: usize| {
        let later = rows[at + 1..].iter().take_while(|row| row.path.len() > level);
        later.into_iter().any(|row| row.path.len() == level + 1)
    };
    let (mut branch, mut below) = (String::new(), String::new());
    for level in 1..=depth {
        let open = goes_on(level);
        branch.push_str(match (level == depth, open) {
            (true, true) => "├─ ",
            (true, false) => "└─ ",
            (false, true) => "│  ",
            (false, false) => "   ",
        });
        below.push_str(if open { "│  " } else { "   " });
    }
    (branch, below)
}
