//! A sign of life on a terminal, for work that takes longer than a second.

use std::io::{IsTerminal as _, stderr};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::threads::begun;

/// How long work may take in silence.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the sign moves.
const BEAT: Duration = Duration::from_millis(120);

/// Does work; where it takes long and somebody watches, says on stderr what is being done, and
/// wipes that away when it is done. Where stderr is no terminal nothing is said.
pub(super) fn during<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    if stderr().is_terminal() { shown(what, PATIENCE, &ProgressBar::new_spinner(), work) } else { work() }
}

fn shown<T>(what: &'static str, patience: Duration, bar: &ProgressBar, work: impl FnOnce() -> T) -> T {
    // The end of the work is the end of the channel, a panic of it included.
    let (working, done) = channel::<()>();
    thread::scope(|scope| {
        begun(scope, move || {
            let is_working = |patience| done.recv_timeout(patience) == Err(RecvTimeoutError::Timeout);
            if is_working(patience) {
                let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
                bar.set_message(what);
                bar.reset_elapsed();
                while is_working(BEAT) {
                    bar.tick();
                }
                bar.finish_and_clear();
            }
        });
        let done = work();
        drop(working);
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_whether_it_is_shown_or_not_and_the_sign_is_gone_afterwards() {
        assert_eq!(during("Counting", || 6 * 7), 42);
        let bar = ProgressBar::hidden();
        let told = shown("Counting", Duration::ZERO, &bar, || {
            while bar.message().is_empty() {
                thread::yield_now();
            }
            bar.message()
        });
        assert_eq!(told, "Counting");
        assert!(bar.is_finished());
    }
}
