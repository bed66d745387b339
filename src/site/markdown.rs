//! Markdown that a stranger may have written, as HTML that can do nothing.
//!
//! Raw HTML becomes text, images become their description, and a link stays one only if its target
//! is a web address, a mail address or a page beside this one.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Renders Markdown.
pub(super) fn html(text: &str) -> String {
    rendered(text, lower)
}

/// A text that is a page of its own below its title: its headings stand as they are.
pub(super) fn page(text: &str) -> String {
    rendered(text, |level| level)
}

fn rendered(text: &str, level_of: impl Fn(HeadingLevel) -> HeadingLevel) -> String {
    let mut open_links: Vec<bool> = Vec::new();
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let kept = is_harmless(&dest_url);
            open_links.push(kept);
            kept.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) => open_links.pop().unwrap_or(false).then_some(Event::End(TagEnd::Link)),
        // What follows a fence is a word of the writer's, and needs no class in the page.
        Event::Start(Tag::CodeBlock(_)) => {
            Some(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(CowStr::Borrowed("")))))
        }
        // Headings of a note stand below those of its page.
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: level_of(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(level_of(level)))),
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Whether following a link can do no more than show a page.
fn is_harmless(target: &str) -> bool {
    if target.chars().any(|c| c.is_control() || c.is_whitespace() || crate::prose::is_hidden(c)) {
        return false;
    }
    let lower = target.to_ascii_lowercase();
    let has_scheme = lower.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        || (!has_scheme && !lower.starts_with("//") && !lower.contains('\\') && !lower.contains('&'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markdown_is_rendered() {
        assert_eq!(html("*a* [b](https://example.com)"), "<p><em>a</em> <a href=\"https://example.com\">b</a></p>\n");
        assert_eq!(html("[b](HTTPS://example.com)"), "<p><a href=\"HTTPS://example.com\">b</a></p>\n");
        assert_eq!(html("# a"), "<h2>a</h2>\n");
    }

    #[test]
    fn nothing_that_acts_gets_through() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](javascript&colon;alert(1))",
            "[x](data:text/html,x)",
            "[x](//evil.example/)",
            "[x][y]\n\n[y]: vbscript:x",
            "<javascript:alert(1)>",
            "![x](https://evil.example/p.png)",
            "```\"><script>\nx\n```",
            "a\n\n<div onclick=\"x\">\n\nb",
        ] {
            let shown = html(hostile);
            assert!(
                !shown.contains("<script") && !shown.contains("<img") && !shown.contains("<div"),
                "{hostile}: {shown}"
            );
            let href = shown.split("href=\"").nth(1).unwrap_or_default();
            assert!(
                !href.contains("script") && !href.starts_with("//") && !href.starts_with("data"),
                "{hostile}: {shown}"
            );
        }
    }
}
