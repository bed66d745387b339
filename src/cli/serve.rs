//! `onward serve`: the site on this machine, built anew when a file changes.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use notify::{Event, RecursiveMode, Watcher as _};

use super::check::{self, Question};
use super::output::{Output, Status, say};
use super::{day, register_folder};
use crate::report::{Style, text};
use crate::serve::{Content, Publisher, Server};
use crate::site::{self, Imprint, Look};

/// How long files have to be left alone before they are read: an editor writes several at once.
const QUIET: Duration = Duration::from_millis(200);

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
    let source = Origin { folder, asked: args.as_of, today, templates: args.templates.clone() };
    let server = match Server::bind(args.port, source.built()) {
        Ok(server) => server,
        Err(error) => {
            say(&format!("error: port {} cannot be had: {error}\nhelp: choose another with `--port`", args.port));
            return Status::NoVerdict;
        }
    };
    let (sender, changes) = channel();
    let watching = notify::recommended_watcher(sender).and_then(|mut watcher| {
        watcher.watch(&source.folder, RecursiveMode::Recursive)?;
        if let Some(templates) = &source.templates {
            watcher.watch(templates, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    });
    match &watching {
        Ok(_) => {
            let publisher = server.publisher();
            thread::spawn(move || follow(&changes, &publisher, || source.built()));
        }
        Err(error) => say(&format!("warning: changes of files are not seen: {error}")),
    }
    output.product(&format!("http://{}/index.html\n", server.address()));
    server.run();
    output.end(Status::Clean)
}

/// Publishes anew after every change, once the files have been left alone for a moment.
fn follow(changes: &Receiver<notify::Result<Event>>, publisher: &Publisher, build: impl Fn() -> Content) {
    // Reading the files is an event too, and no change.
    let is_change = |event: &notify::Result<Event>| event.as_ref().is_ok_and(|event| !event.kind.is_access());
    while let Ok(event) = changes.recv() {
        if !is_change(&event) {
            continue;
        }
        while changes.recv_timeout(QUIET).is_ok() {}
        publisher.publish(build());
    }
}

/// What the site is made from.
struct Origin {
    folder: PathBuf,
    asked: Option<Date>,
    today: Date,
    templates: Option<PathBuf>,
}

impl Origin {
    /// The site as its files are now, or what is wrong with them.
    fn built(&self) -> Content {
        let look = match self.templates.as_deref().map(Look::read).transpose() {
            Ok(look) => look.unwrap_or_default(),
            Err(why) => return Content::broken(&format!("error: {why}")),
        };
        let mut content = Content::broken("");
        check::judge(&Question::plain(&self.folder, self.asked, self.today), |run| {
            say(&run.headline());
            content = match site::pages(run, &look, &Imprint::default()) {
                _ if run.assessment.is_none() => Content::broken(&text::render(run, Style::default())),
                Ok(pages) => Content::site(pages),
                Err(why) => Content::broken(&format!("error: {why}")),
            };
            Status::Clean
        });
        content
    }
}
