//! A small web server for one person at one machine: the site out of memory, built anew when a file of
//! the register changes, and pages that reload themselves.
//!
//! It listens on the loopback address only and answers nobody who calls it by another name, so a
//! page of somebody else's that a browser visits meanwhile cannot read the register through it. No
//! path of a request is ever a path of a file: pages are looked up by name in what was built.

mod content;
mod request;

pub use content::Content;

use std::io::{self, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

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
    shared: Arc<Shared>,
}

/// What is served, and which edition of it.
#[derive(Debug)]
struct Shared {
    content: RwLock<(Content, u64)>,
    edition: Mutex<u64>,
    changed: Condvar,
    open: AtomicUsize,
    address: SocketAddr,
}

/// Puts new pages in the place of the old ones.
#[derive(Clone, Debug)]
pub struct Publisher(Arc<Shared>);

impl Server {
    /// Listens on a port of the loopback address; 0 takes any that is free.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub fn bind(port: u16, content: Content) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let shared = Shared {
            content: RwLock::new((content, 0)),
            edition: Mutex::new(0),
            changed: Condvar::new(),
            open: AtomicUsize::new(0),
            address: listener.local_addr()?,
        };
        Ok(Self { listener, shared: Arc::new(shared) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// What new pages are given to.
    #[must_use]
    pub fn publisher(&self) -> Publisher {
        Publisher(Arc::clone(&self.shared))
    }

    /// Answers requests, each in a thread of its own, until the process ends.
    pub fn run(&self) {
        for stream in self.listener.incoming().filter_map(Result::ok) {
            let shared = Arc::clone(&self.shared);
            if shared.open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
                shared.open.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            thread::spawn(move || {
                // A reader that went away is no fault of anybody's.
                let _ = answer(&shared, &stream);
                shared.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    }
}

impl Publisher {
    /// Puts new pages in the place of the old ones, and has every open page reload.
    pub fn publish(&self, content: Content) {
        let mut held = self.0.content.write().unwrap_or_else(PoisonError::into_inner);
        *held = (content, held.1 + 1);
        *self.0.edition.lock().unwrap_or_else(PoisonError::into_inner) = held.1;
        drop(held);
        self.0.changed.notify_all();
    }
}

fn answer(shared: &Shared, stream: &TcpStream) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let patient = Patient { stream, until: Instant::now() + PATIENCE };
    let request = match Request::read(BufReader::new(patient), shared.address.port()) {
        Ok(request) => request,
        Err(refusal) => return refuse(stream, refusal),
    };
    if request.page == EVENTS {
        return events(shared, stream);
    }
    let (kind, body) = {
        let content = shared.content.read().unwrap_or_else(PoisonError::into_inner);
        match content.0.page(&request.page, content.1) {
            Some(page) => page,
            None => return refuse(stream, Refusal::NotFound),
        }
    };
    respond(stream, "200 OK", kind, if request.is_head { &[] } else { &body }, body.len())
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
    let mut told = *shared.edition.lock().unwrap_or_else(PoisonError::into_inner);
    stream.write_all(format!("data: {told}\n\n").as_bytes())?;
    loop {
        let edition = shared.edition.lock().unwrap_or_else(PoisonError::into_inner);
        let is_old = |edition: &mut u64| *edition == told;
        let waited = shared.changed.wait_timeout_while(edition, BEAT, is_old);
        let now = *waited.unwrap_or_else(PoisonError::into_inner).0;
        let text = if now == told { ": still here\n\n".to_owned() } else { format!("data: {now}\n\n") };
        told = now;
        stream.write_all(text.as_bytes())?;
        stream.flush()?;
    }
}
