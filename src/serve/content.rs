//! What is served: a page of the site, or what is wrong with the register instead.

/// The script that has a page reload itself.
pub(super) const RELOAD: &str = "\"use strict\";
(() => {
  const mine = document.querySelector(\"meta[name=onward-edition]\").content;
  new EventSource(\"onward-events\").onmessage = (event) => {
    if (event.data !== mine) location.reload();
  };
})();
";

/// The name of that script.
pub(super) const SCRIPT: &str = "onward-reload.js";

/// An answer to a request for a file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The file.
    File(Vec<u8>),
    /// The site has no such file.
    Nothing,
    /// There is no site: what the terminal says of it.
    Broken(String),
}

/// What is sent for a file that was asked for by its name.
pub(super) fn served(content: Content, name: &str, edition: u64) -> Option<Vec<u8>> {
    match content {
        Content::File(bytes) if is_html(name) => Some(live(&String::from_utf8_lossy(&bytes), edition).into_bytes()),
        Content::File(bytes) => Some(bytes),
        Content::Broken(report) if is_html(name) => Some(live(&broken(&report), edition).into_bytes()),
        Content::Broken(_) | Content::Nothing => None,
    }
}

/// The page that stands in the place of every other.
fn broken(report: &str) -> String {
    let report = report.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; base-uri 'none'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>No verdict</title>\n\
         </head>\n<body>\n<h1>The register has no verdict</h1>\n\
         <p>This page becomes the one that you asked for as soon as the files are mended.</p>\n\
         <pre>{report}</pre>\n</body>\n</html>\n"
    )
}

fn is_html(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}

/// A page that says of which edition it is, reloads itself, and may ask this server when.
fn live(page: &str, edition: u64) -> String {
    let script = format!(
        "<meta name=\"onward-edition\" content=\"{edition}\">\n<script src=\"{SCRIPT}\" defer></script>\n</head>"
    );
    page.replacen("base-uri 'none'", "connect-src 'self'; base-uri 'none'", 1).replacen("</head>", &script, 1)
}

/// What a browser is told that a file is.
pub(super) fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json" | "sarif") => "application/json; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("png") => "image/png",
        Some("xml") => "application/xml; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}
