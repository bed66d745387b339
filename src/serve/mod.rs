//! A small web server for one person at one machine: pages made when they are asked for, from a
//! register that is read anew when one of its files changes, and that reload themselves.
//!
//! It listens on the loopback address only and answers nobody who calls it by another name, so a
//! page of somebody else's that a browser visits meanwhile cannot read the register through it. No
//! path of a request is ever a path of a file: pages are looked up by name in what is made.

mod content;
mod desk;
mod request;

pub use content::Content;
pub use desk::{Bell, Desk};

use std::io::{self, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use desk::{Editions, Message};
use request::{Refusal, Request};

/// The most connections at a time; a browser opens six.
const MAX_CONNECTIONS: usize = 64;
/// How long a request may take to arrive, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a waiting page is told that the server is still there.
const BEAT: Duration = Duration::from_secs(15);
/// The page that tells others when to reload.
const EVENTS: &str = "onward-events";

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// What every connection has in its hands.
#[derive(Debug)]
struct Shared {
    desk: Sender<Message>,
    editions: Arc<Editions>,
    open: AtomicUsize,
    port: u16,
}

impl Server {
    /// Listens on a port of the loopback address; 0 takes any that is free. What is asked for is
    /// made at the desk.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub fn bind(port: u16) -> io::Result<(Self, Desk)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let editions = Arc::new(Editions::default());
        let (desk, sender) = Desk::new(Arc::clone(&editions));
        let shared = Shared { desk: sender, editions, open: AtomicUsize::new(0), port: address.port() };
        Ok((Self { listener, address, shared: Arc::new(shared) }, desk))
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What is rung when a file has changed.
    #[must_use]
    pub fn bell(&self) -> Bell {
        Bell(self.shared.desk.clone())
    }

    /// Takes requests, each in a thread of its own, until the process ends.
    pub fn run(&self) {
        for stream in self.listener.incoming().filter_map(Result::ok) {
            let shared = Arc::clone(&self.shared);
            if shared.open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
                shared.open.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let begun = thread::Builder::new().spawn(move || {
                // A reader that went away is no fault of anybody's.
                let _ = answer(&shared, &stream);
                shared.open.fetch_sub(1, Ordering::SeqCst);
            });
            if begun.is_err() {
                // The connection is closed; whoever asked may ask again.
                self.shared.open.fetch_sub(1, Ordering::SeqCst);
            }
        }
    }
}

fn answer(shared: &Shared, stream: &TcpStream) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let patient = Patient { stream, until: Instant::now() + PATIENCE };
    let request = match Request::read(BufReader::new(patient), shared.port) {
        Ok(request) => request,
        Err(refusal) => return refuse(stream, refusal),
    };
    if request.page == EVENTS {
        return events(shared, stream);
    }
    let kind = content::kind(&request.page);
    let file = if request.page == content::SCRIPT {
        Some(content::RELOAD.into())
    } else {
        let (asker, answered) = channel();
        // Without a desk, nothing is there to be had.
        let _ = shared.desk.send(Message::Ask(request.page, asker));
        answered.recv().ok().flatten()
    };
    match file {
        Some(body) => respond(stream, "200 OK", kind, if request.is_head { &[] } else { &body }, body.len()),
        None => refuse(stream, Refusal::NotFound),
    }
}

/// A stream that is read for so long and no longer, however slowly its bytes come.
struct Patient<'s> {
    stream: &'s TcpStream,
    until: Instant,
}

impl Read for Patient<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.stream.read(into)
    }
}

fn refuse(stream: &TcpStream, refusal: Refusal) -> io::Result<()> {
    let (status, text) = refusal.status();
    respond(stream, status, "text/plain; charset=utf-8", text.as_bytes(), text.len())
}

fn respond(mut stream: &TcpStream, status: &str, kind: &str, body: &[u8], length: usize) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         X-Frame-Options: DENY\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    stream.flush()
}

/// Tells a page of every new edition, until it goes away.
fn events(shared: &Shared, mut stream: &TcpStream) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes())?;
    shared.editions.tell(BEAT, |edition| {
        let text = edition.map_or_else(|| ": still here\n\n".to_owned(), |edition| format!("data: {edition}\n\n"));
        stream.write_all(text.as_bytes())?;
        stream.flush()
    })
}
