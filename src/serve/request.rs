//! What a browser asks for: a request of HTTP/1.1, as much of it as matters, and who may ask.

use std::io::BufRead;

/// The most bytes of a request's head.
const MAX_HEAD: u64 = 16 * 1024;

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// The name of a page.
    pub(super) page: String,
    /// Whether only the head of the answer is wanted.
    pub(super) is_head: bool,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no request, or one that names no host, or two.
    Bad,
    /// It calls this machine by another name, or comes from another site.
    Foreign,
    /// It wants something done.
    Method,
    /// There is no such page.
    NotFound,
}

impl Refusal {
    /// The status line's end, and what a person reads.
    pub(super) fn status(self) -> (&'static str, &'static str) {
        match self {
            Self::Bad => ("400 Bad Request", "This is no request that onward understands.\n"),
            Self::Foreign => {
                ("403 Forbidden", "onward answers on this machine only, by the address that it printed.\n")
            }
            Self::Method => ("405 Method Not Allowed", "There is nothing here but pages to read.\n"),
            Self::NotFound => ("404 Not Found", "There is no such page. Begin at /index.html.\n"),
        }
    }
}

impl Request {
    /// Reads a request to the server of a port.
    pub(super) fn read(stream: impl BufRead, port: u16) -> Result<Self, Refusal> {
        let mut lines = stream.take(MAX_HEAD).lines();
        let mut line = || lines.next().and_then(Result::ok).ok_or(Refusal::Bad);
        let first = line()?;
        let mut parts = first.split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Refusal::Bad);
        };
        let (mut hosts, mut origins) = (Vec::new(), Vec::new());
        loop {
            let header = line()?;
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').ok_or(Refusal::Bad)?;
            match name.to_ascii_lowercase().as_str() {
                "host" => hosts.push(value.trim().to_ascii_lowercase()),
                "origin" => origins.push(value.trim().to_ascii_lowercase()),
                _ => {}
            }
        }
        if !version.starts_with("HTTP/1.") || !target.starts_with('/') {
            return Err(Refusal::Bad);
        }
        let [host] = hosts.as_slice() else { return Err(Refusal::Bad) };
        let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let is_ours = ours.contains(host) && origins.iter().all(|origin| *origin == format!("http://{host}"));
        if !is_ours {
            return Err(Refusal::Foreign);
        }
        let is_head = match method {
            "GET" => false,
            "HEAD" => true,
            _ => return Err(Refusal::Method),
        };
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let page = path.strip_prefix('/').unwrap_or_default();
        Ok(Self { page: if page.is_empty() { "index.html" } else { page }.to_owned(), is_head })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Request, Refusal> {
        Request::read(text.as_bytes(), 7878)
    }

    fn page(name: &str) -> Request {
        Request { page: name.to_owned(), is_head: false }
    }

    #[test]
    fn a_browser_on_this_machine_gets_its_page() {
        assert_eq!(read("GET / HTTP/1.1\r\nHost: 127.0.0.1:7878\r\n\r\n"), Ok(page("index.html")));
        assert_eq!(read("GET /a.html?x=1 HTTP/1.1\r\nhost: LOCALHOST:7878\r\n\r\n"), Ok(page("a.html")));
        let same = "GET /a.html HTTP/1.1\r\nHost: localhost:7878\r\nOrigin: http://localhost:7878\r\n\r\n";
        assert_eq!(read(same), Ok(page("a.html")));
        assert!(read("HEAD / HTTP/1.1\r\nHost: localhost:7878\r\n\r\n").is_ok_and(|request| request.is_head));
    }

    #[test]
    fn whoever_calls_it_by_another_name_gets_nothing() {
        for host in [
            "attacker.example",
            "localhost.attacker.example:7878",
            "127.0.0.1.nip.io:7878",
            "127.0.0.1",
            "localhost:80",
            "",
        ] {
            assert_eq!(read(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")), Err(Refusal::Foreign), "{host}");
        }
        for origin in ["null", "http://attacker.example", "https://localhost:7878", "http://localhost:80"] {
            let text = format!("GET / HTTP/1.1\r\nHost: localhost:7878\r\nOrigin: {origin}\r\n\r\n");
            assert_eq!(read(&text), Err(Refusal::Foreign), "{origin}");
        }
    }

    #[test]
    fn what_is_no_plain_request_for_a_page_is_refused() {
        for text in [
            "",
            "GET /\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost:7878\r\nHost: localhost:7878\r\n\r\n",
            "GET http://localhost:7878/ HTTP/1.1\r\nHost: localhost:7878\r\n\r\n",
            "GET / HTTP/2\r\nHost: localhost:7878\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost:7878\r\n",
            "GET / HTTP/1.1\r\nno header\r\n\r\n",
        ] {
            assert_eq!(read(text), Err(Refusal::Bad), "{text:?}");
        }
        assert_eq!(read("POST / HTTP/1.1\r\nHost: localhost:7878\r\n\r\n"), Err(Refusal::Method));
        let long = format!("GET / HTTP/1.1\r\nHost: localhost:7878\r\nX: {}\r\n\r\n", "x".repeat(20_000));
        assert_eq!(read(&long), Err(Refusal::Bad), "a head without an end");
    }
}
