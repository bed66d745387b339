//! Every test of the program from outside, in one binary: what a register says, and what must come out.

mod kit;

mod architecture;
mod command_line;
mod examples;
mod flow;
mod holds;
mod input;
mod law;
mod properties;
mod snapshots;
