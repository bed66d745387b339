//! Every test of the program from outside, in one binary: what a register says, and what must come out.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails here and says why")]
#![allow(unreachable_pub, reason = "the kit is used by every module of this one binary")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "onward writes its own file names")]

mod kit;

mod addendum;
mod again;
mod ahead;
mod architecture;
mod browser;
mod calendar;
mod changes;
mod command_line;
mod crowds;
mod days;
mod diff;
mod evidence;
mod examples;
mod faults;
mod flow;
mod format_page;
mod formats;
mod gaps;
mod holds;
mod house_law;
mod house_look;
mod input;
mod integrations;
mod integrity;
mod law;
mod lists;
mod long_pages;
mod look;
mod mends;
mod notice_text;
mod notices;
mod oracle;
mod outputs;
mod papers;
mod paths;
mod pictures;
mod proof;
mod properties;
mod reasons;
mod rebuild;
mod record_keeping;
mod regulators;
mod schema;
mod serve;
mod sharing;
mod since;
mod site;
mod snapshots;
mod trace;
mod trouble;
mod waive;
