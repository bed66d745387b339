//! A browser at `onward serve`: from a file that changes to the page that is loaded again.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server of a register, with a browser that waits for news.
pub(super) struct Served {
    child: Child,
    port: u16,
    news: BufReader<TcpStream>,
}

impl Served {
    /// Starts one, and waits until it has made its first page.
    pub(super) fn start(register: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onward"))
            .args(["serve", "--port", "0"])
            .arg(register)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("onward runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("an address");
        let port = line.rsplit(':').next().and_then(|rest| rest.split('/').next()?.parse().ok()).expect("a port");
        let mut served = Self { child, port, news: BufReader::new(asked(port, "onward-events")) };
        served.wait();
        served.page();
        served
    }

    /// Changes a file, and loads the page again when the server says so.
    pub(super) fn reload(&mut self, file: &Path) {
        let mut file = File::options().append(true).open(file).expect("a file");
        file.write_all(b"# more\n").expect("a change");
        drop(file);
        self.wait();
        self.page();
    }

    /// Waits for the next edition.
    fn wait(&mut self) {
        let mut line = String::new();
        while !line.starts_with("data:") {
            line.clear();
            assert_ne!(self.news.read_line(&mut line).expect("news"), 0, "the server is gone");
        }
    }

    fn page(&self) {
        let mut page = Vec::new();
        asked(self.port, "index.html").read_to_end(&mut page).expect("a page");
        assert!(page.starts_with(b"HTTP/1.1 200"), "no page");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection on which a page was asked for.
fn asked(port: u16, page: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    write!(stream, "GET /{page} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").expect("a request");
    stream
}

/// A file of a register that is not its first.
pub(super) fn some_file(register: &Path) -> PathBuf {
    let folder = register.join("parties/000");
    let files = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").path());
    files.max().expect("a file of parties")
}
