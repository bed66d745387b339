//! `onward serve`: the site on this machine, judged anew when a file changes; what did not change is not
//! parsed again.

use std::path::{Path, PathBuf};
use std::thread;

use jiff::civil::Date;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::check::{self, Question, Remembered};
use super::output::{Output, Status, say};
use super::{day, register_folder};
use crate::report::{Style, text};
use crate::serve::{Bell, Content, Desk, Server};
use crate::site::{Imprint, Look, Site};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward serve                         the nearest register, at http://127.0.0.1:7878
  onward serve --as-of 2015-10-06      under the law of another day
  onward serve --port 0                any port that is free

It listens on this machine only. A page reloads when a file of the register changes, and shows what
is wrong when the register has no verdict. The day stays the one on which it was started.")]
pub(super) struct Args {
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    register: Option<PathBuf>,
    /// Judge under the law of this day [default: the register's `as-of`, else today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// A folder with templates, stylesheet or script of your own, by the names of those in `site-templates`.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 7878)]
    port: u16,
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    let folder = register_folder(args.register.as_deref());
    let (server, desk) = match Server::bind(args.port) {
        Ok(bound) => bound,
        Err(error) => {
            say(&format!("error: port {} cannot be had: {error}\nhelp: choose another with `--port`", args.port));
            return Status::NoVerdict;
        }
    };
    // Before the files are read: what changes meanwhile is seen.
    let _watching = match watched(&folder, args.templates.as_deref(), server.bell()) {
        Ok(watcher) => Some(watcher),
        Err(error) => {
            say(&format!("warning: changes of files are not seen: {error}"));
            None
        }
    };
    let address = server.address();
    if let Err(error) = thread::Builder::new().spawn(move || server.run()) {
        say(&format!("error: the server cannot be started: {error}"));
        return Status::NoVerdict;
    }
    output.product(&format!("http://{address}/index.html\n"));
    let question = Question { goes_on: true, ..Question::plain(&folder, args.as_of, today) };
    let mut remembered = Remembered::default();
    loop {
        publish(&question, args.templates.as_deref(), &mut remembered, &desk);
    }
}

/// Has the bell rung when a file changes.
fn watched(folder: &Path, templates: Option<&Path>, bell: Bell) -> notify::Result<RecommendedWatcher> {
    // Reading the files is an event too, and no change.
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            bell.ring();
        }
    })?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    if let Some(templates) = templates {
        watcher.watch(templates, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// Serves the site as its files are now, or what is wrong with them, until they change.
fn publish(question: &Question<'_>, templates: Option<&Path>, remembered: &mut Remembered, desk: &Desk) {
    let broken = |report: String| desk.answer(|_| Content::Broken(report.clone()));
    let look = match templates.map(Look::read).transpose() {
        Ok(look) => look.unwrap_or_default(),
        Err(why) => return broken(format!("error: {why}")),
    };
    let imprint = Imprint::default();
    check::judge_again(question, remembered, |run| {
        say(&run.headline());
        match Site::of(run, &look, &imprint) {
            Ok(None) => broken(text::render(run, Style::default())),
            Err(why) => broken(format!("error: {why}")),
            Ok(Some(site)) => desk.answer(|name| match site.file(name) {
                Ok(found) => found.map_or(Content::Nothing, |page| Content::File(page.bytes)),
                Err(why) => Content::Broken(format!("error: {why}")),
            }),
        }
        Status::Clean
    });
}
