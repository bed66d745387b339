//! Where requests meet the one who makes pages: one thread has the register in its hands, and makes
//! each page when somebody asks for it.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::content::{self, Content};

/// How long files have to be left alone before they are read: an editor writes several at once.
const QUIET: Duration = Duration::from_millis(10);

/// What the desk is told.
#[derive(Debug)]
pub(super) enum Message {
    /// Somebody wants a page, and waits for it.
    Ask(String, Sender<Option<Vec<u8>>>),
    /// A file has changed.
    Changed,
}

/// Tells the desk that a file has changed.
#[derive(Clone, Debug)]
pub struct Bell(pub(super) Sender<Message>);

impl Bell {
    /// What was read is not what the files say now.
    pub fn ring(&self) {
        // The desk is gone when the process ends, and not before.
        let _ = self.0.send(Message::Changed);
    }
}

/// Takes requests, one after the other, and answers from the register as it was last read.
#[derive(Debug)]
pub struct Desk {
    messages: Receiver<Message>,
    editions: Arc<Editions>,
}

impl Desk {
    pub(super) fn new(editions: Arc<Editions>) -> (Self, Sender<Message>) {
        let (sender, messages) = channel();
        (Self { messages, editions }, sender)
    }

    /// Answers everybody with what `make` makes, and comes back when the files have changed and have
    /// been left alone for a moment. Whoever has asked meanwhile is answered by the next call.
    pub fn answer(&self, make: impl Fn(&str) -> Content) {
        let edition = self.editions.begin();
        let mut changed: Option<Instant> = None;
        loop {
            let message = match changed {
                None => self.messages.recv().map_err(RecvTimeoutError::from),
                Some(at) => self.messages.recv_timeout(QUIET.saturating_sub(at.elapsed())),
            };
            match message {
                Ok(Message::Ask(name, asker)) => {
                    // Whoever has gone away meanwhile wants no answer.
                    let _ = asker.send(content::served(make(&name), &name, edition));
                }
                Ok(Message::Changed) => changed = Some(Instant::now()),
                Err(_) => return,
            }
        }
    }
}

/// The editions so far: pages of an older one reload.
#[derive(Debug, Default)]
pub(super) struct Editions {
    /// How many there have been.
    last: Mutex<u64>,
    changed: Condvar,
}

impl Editions {
    /// Begins another, and has every open page reload.
    fn begin(&self) -> u64 {
        let mut last = self.last();
        *last += 1;
        self.changed.notify_all();
        *last
    }

    fn last(&self) -> MutexGuard<'_, u64> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of the edition that there is, once there is one, and of every other; every so often, that
    /// nothing has changed.
    pub(super) fn tell(&self, beat: Duration, mut say: impl FnMut(Option<u64>) -> io::Result<()>) -> io::Result<()> {
        let mut told = 0;
        loop {
            let waited = self.changed.wait_timeout_while(self.last(), beat, |last| *last == told);
            let last = *waited.unwrap_or_else(PoisonError::into_inner).0;
            say((last != told).then_some(last))?;
            told = last;
        }
    }
}
