//! The server: the real program, asked over a real socket.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::kit::{CATALOGUE, collected, folder, party, transfer};

/// A server that runs, until it is let go.
struct Running {
    child: Child,
    port: u16,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(register: &Path) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onward"))
        .args(["serve", register.to_str().expect("a path"), "--port", "0", "--as-of", "2026-06-01"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("onward runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("an address");
    let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split('/').next()).expect("a port");
    Running { port: port.parse().expect("a number"), child }
}

impl Running {
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn get(&self, page: &str) -> String {
        self.ask(&format!("GET /{page} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port))
    }

    /// The events that a page waits for.
    fn events(&self) -> impl Iterator<Item = String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let request = format!("GET /onward-events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("a request");
        let lines = BufReader::new(stream).lines().map(|line| line.expect("a line"));
        lines.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned))
    }
}

fn register(name: &str) -> String {
    CATALOGUE.to_owned()
        + &party("affiliate", "a", "DE", "controller")
        + &party("affiliate", "b", "FR", "controller").replace("name = \"b\"", &format!("name = \"{name}\""))
        + &collected("a", "DE")
        + &transfer("a", "b", "")
}

fn edition(page: &str) -> String {
    let (_, rest) = page.split_once("<meta name=\"onward-edition\" content=\"").expect("an edition");
    rest.split('"').next().expect("a number").to_owned()
}

#[test]
fn a_page_that_is_asked_for_on_this_machine_is_given() {
    let place = folder(&[("a.toml", &register("Before"))]);
    let server = serve(place.path());
    let first = server.get("");
    assert!(first.starts_with("HTTP/1.1 200 OK\r\n") && first.contains("<main id=\"main\">"), "{first}");
    assert!(first.contains("connect-src 'self'") && first.contains("onward-reload.js"), "it may ask when to reload");
    assert!(!first.to_ascii_lowercase().contains("access-control-allow"), "nobody else may read it");
    for (page, kind) in [
        ("style.css", "text/css"),
        ("site.js", "text/javascript"),
        ("report.json", "application/json"),
        ("calendar.ics", "text/calendar"),
    ] {
        let answer = server.get(page);
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains(&format!("Content-Type: {kind}")),
            "{page}"
        );
    }
    let head = server.ask(&format!("HEAD / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port));
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn nothing_but_a_page_of_the_site_is_given_to_nobody_else() {
    let place = folder(&[("a.toml", &register("Before")), ("secret.txt", "canary")]);
    let server = serve(place.path());
    let host = format!("Host: 127.0.0.1:{}", server.port);
    let status = |request: &str| server.ask(request).lines().next().expect("a status").to_owned();
    for (path, wanted) in [
        ("/a.toml", "404"),
        ("/secret.txt", "404"),
        ("/../secret.txt", "404"),
        ("/%2e%2e/secret.txt", "404"),
        ("//etc/passwd", "404"),
        ("/nowhere.html", "404"),
    ] {
        let answer = status(&format!("GET {path} HTTP/1.1\r\n{host}\r\n\r\n"));
        assert!(answer.contains(wanted), "{path}: {answer}");
    }
    for (request, wanted) in [
        ("GET / HTTP/1.1\r\nHost: attacker.example\r\n\r\n".to_owned(), "403"),
        (format!("GET / HTTP/1.1\r\n{host}\r\nOrigin: http://attacker.example\r\n\r\n"), "403"),
        (format!("GET /onward-events HTTP/1.1\r\n{host}\r\nOrigin: null\r\n\r\n"), "403"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        (format!("POST / HTTP/1.1\r\n{host}\r\n\r\n"), "405"),
        (format!("DELETE /index.html HTTP/1.1\r\n{host}\r\n\r\n"), "405"),
        ("\r\n\r\n".to_owned(), "400"),
        ("\u{0}\u{1}\u{2}\r\n\r\n".to_owned(), "400"),
    ] {
        let answer = status(&request);
        assert!(answer.contains(wanted), "{request:?}: {answer}");
    }
}

#[test]
fn a_change_of_a_file_reaches_the_page_and_an_error_is_shown_in_its_place() {
    let place = folder(&[("a.toml", &register("Before"))]);
    let server = serve(place.path());
    let mut events = server.events();
    let mut told = events.next().expect("the edition");
    let page = server.get("party-b.html");
    assert!(page.contains("Before"), "{page}");
    assert_eq!(edition(&page), told);
    // An editor may write more than once: editions come until the page says what the file does.
    let mut until = |wanted: &str| {
        for edition_now in events.by_ref() {
            let page = server.get("party-b.html");
            if page.contains(wanted) {
                assert_ne!(edition_now, told, "a page of another edition reloads");
                told = edition_now;
                return page;
            }
        }
        panic!("the server went away");
    };
    fs::write(place.path().join("a.toml"), register("After")).expect("a file");
    until("After");
    fs::write(place.path().join("a.toml"), register("After") + "zzz<b> = \"&lt;\"\n").expect("a file");
    let broken = until("The register has no verdict");
    assert!(broken.contains("error[invalid-toml]") && broken.contains("onward-reload.js"), "{broken}");
    assert!(!broken.contains("zzz<b>"), "what the file says is text: {broken}");
    assert!(broken.contains("zzz&lt;b&gt; = \"&amp;lt;\""), "and reads as it stands there: {broken}");
    fs::write(place.path().join("a.toml"), register("Again")).expect("a file");
    until("Again");
}

#[test]
fn a_port_that_is_taken_is_said_and_many_who_ask_slowly_keep_nobody_waiting() {
    let place = folder(&[("a.toml", &register("Before"))]);
    let server = serve(place.path());
    let path = place.path().to_str().expect("a path");
    let second = super::kit::onward(&["serve", path, "--port", &server.port.to_string()]);
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains("cannot be had"));
    let idle: Vec<TcpStream> =
        (0..40).map(|_| TcpStream::connect(("127.0.0.1", server.port)).expect("a connection")).collect();
    assert!(server.get("").starts_with("HTTP/1.1 200 OK"));
    drop(idle);
}
