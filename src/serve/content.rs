//! What is served: the pages of a site by name, or what is wrong with the register instead.

use std::collections::HashMap;

use crate::site::Page;

/// The script that has a page reload itself.
const RELOAD: &str = "\"use strict\";
(() => {
  const mine = document.querySelector(\"meta[name=onward-edition]\").content;
  new EventSource(\"onward-events\").onmessage = (event) => {
    if (event.data !== mine) location.reload();
  };
})();
";

/// Where a page says of which edition it is.
const EDITION: &str = "<meta name=\"onward-edition\" content=\"?\">";

/// The name of that script.
const SCRIPT: &str = "onward-reload.js";

/// Pages by name.
#[derive(Debug)]
pub struct Content {
    pages: HashMap<String, Vec<u8>>,
    /// Shown in the place of every page while the register has no verdict.
    instead: Option<String>,
}

impl Content {
    /// The pages of a site.
    #[must_use]
    pub fn site(pages: Vec<Page>) -> Self {
        let pages = pages.into_iter().map(|page| {
            let is_html = is_html(&page.name);
            (page.name, if is_html { live(&String::from_utf8_lossy(&page.bytes)).into_bytes() } else { page.bytes })
        });
        Self { pages: pages.collect(), instead: None }
    }

    /// What the terminal says of a register that has no verdict.
    #[must_use]
    pub fn broken(report: &str) -> Self {
        let report = report.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; connect-src 'self'\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>No verdict</title>\n\
             {EDITION}\n<script src=\"{SCRIPT}\" defer></script>\n</head>\n<body>\n<h1>The register has no verdict</h1>\n\
             <p>This page becomes the one that you asked for as soon as the files are mended.</p>\n\
             <pre>{report}</pre>\n</body>\n</html>\n"
        );
        Self { pages: HashMap::new(), instead: Some(page) }
    }

    /// A page of an edition: its kind, and what is in it.
    pub(super) fn page(&self, name: &str, edition: u64) -> Option<(&'static str, Vec<u8>)> {
        if name == SCRIPT {
            return Some((kind(name), RELOAD.into()));
        }
        let stamped = |page: &str| page.replacen(EDITION, &EDITION.replace('?', &edition.to_string()), 1).into_bytes();
        if !is_html(name) {
            return Some((kind(name), self.pages.get(name)?.clone()));
        }
        let page = match &self.instead {
            Some(page) => stamped(page),
            None => stamped(&String::from_utf8_lossy(self.pages.get(name)?)),
        };
        Some((kind(name), page))
    }
}

fn is_html(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}

/// A page that reloads itself, and may ask this server when.
fn live(page: &str) -> String {
    let script = format!("{EDITION}\n<script src=\"{SCRIPT}\" defer></script>\n</head>");
    page.replacen("base-uri 'none'", "connect-src 'self'; base-uri 'none'", 1).replacen("</head>", &script, 1)
}

fn kind(name: &str) -> &'static str {
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
