//! onward answers one question, on any date: does every place this organisation's personal data
//! goes have a safeguard that the law of that day accepts, and can we show it?
//!
//! ```text
//! register/*.toml ─▶ Register ─┐
//!                              ├─▶ Flow ─▶ Assessment ─▶ rules ─▶ reports
//! law/book/*.toml ─▶ Law ──────┘            (as of one date)
//! ```
//!
//! Data goes one way. [`register::open`] reads a folder into a [`register::Register`] and the
//! [`law::Law`] that it is judged by, and tells every problem it met. [`flow::Assessment::of`]
//! judges the two on a day: it computes where every category of data goes
//! ([`flow::Flow`]) and gives a [`flow::Verdict`] on each pair of parties under each regime.
//! [`mend`] finds what would be enough, and
//! [`rules::run`] turns what is wrong into findings ([`finding::Finding`]), and [`report`] shows
//! them; [`change`] says what is new since an earlier one. Every output is a view of one assessment, so report and exit status cannot disagree.
//!
//! Where to start reading: `flow/judge.rs` is the heart (what becomes of data on one leg),
//! `flow/holds.rs` the questions put to a safeguard, `flow/spread.rs` the fixpoint around them,
//! and `law/book/` the facts.
//!
//! The rooms stand in a row, and each uses only what stands to its right; a test keeps it so:
//! `cli` → `serve` → `site` → `report` → `change` → `rules` → `mend` → `flow` → `register` → `law` → `record` → `finding` → `source` → `prose` → `threads`.

pub mod change;
pub mod cli;
pub mod finding;
pub mod flow;
pub mod law;
pub mod mend;
pub mod prose;
pub mod record;
pub mod register;
pub mod report;
pub mod rules;
pub mod serve;
pub mod site;
pub mod source;
pub mod threads;
