//! What a CI runner and a terminal do with a line of a log, and text that would make them do it.
//!
//! Source: the GitHub runner's `ActionCommand.cs`: `::name properties::message` at the start of a
//! line, spaces before it allowed; `##[name properties]message` anywhere in a line; a lone carriage
//! return ends a line too.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The formats of a report.
pub const FORMATS: [&str; 9] = ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "csv"];

/// Text that a stranger may put anywhere.
pub const HOSTILE: &[&str] = &[
    "::error file=a,line=1::forged",
    " ::stop-commands::x",
    "\u{a0}::warning::x",
    "x ##[error]forged",
    "\u{202e}gnp.exe",
    "a\u{200b}b\u{feff}",
    "<img src=x onerror=alert(1)>",
    "%0A::error::x",
    "%25%0D::error::x",
    "=HYPERLINK(\"http://e\")",
    "+1+cmd|' /C calc'!A0",
    "-1",
    "@SUM(1)",
    "]]></failure><failure/>",
    "\",\"level\":\"none",
    "[x](javascript:alert(1)) ![y](https://e/p.png)",
    "@everyone #1 !1 https://evil.example www.evil.example a@b.example",
    "`</details>` | ``` |",
    "| a | b |",
];

/// A command as a runner reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// `error`, `warning`, `notice` …
    pub name: String,
    /// Its properties.
    pub properties: Vec<(String, String)>,
    /// Its message.
    pub message: String,
}

/// The commands that a runner finds in an output.
pub fn commands(output: &str) -> Vec<Command> {
    output.split(['\n', '\r']).filter_map(command).collect()
}

fn command(line: &str) -> Option<Command> {
    if let Some(rest) = line.trim_start().strip_prefix("::") {
        let (head, message) = rest.split_once("::")?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
        return Some(Command {
            name: name.to_owned(),
            properties: pairs.map(|(key, value)| (key.trim().to_owned(), undone(value, true))).collect(),
            message: undone(message, false),
        });
    }
    let (_, old) = line.split_once("##[")?;
    let (head, message) = old.split_once(']')?;
    Some(Command { name: head.to_owned(), properties: Vec::new(), message: message.to_owned() })
}

/// What the runner makes of the escapes in a value.
fn undone(text: &str, is_property: bool) -> String {
    let plain = if is_property { text.replace("%3A", ":").replace("%2C", ",") } else { text.to_owned() };
    plain.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

/// Whether nothing in an output acts on a terminal, reorders it, or is a command to a runner, the
/// annotations of the format that is made of them aside.
pub fn harmless(format: &str, output: &str) -> Result<(), String> {
    // The byte order mark of the CSV is no text of a register.
    let output = if format == "csv" { output.trim_start_matches('\u{feff}') } else { output };
    for found in commands(output) {
        let is_ours = format == "github" && ["error", "warning", "notice"].contains(&found.name.as_str());
        if !is_ours {
            return Err(format!("a command: {found:?}"));
        }
    }
    for line in output.split('\n').map(|line| line.strip_suffix('\r').filter(|_| format == "csv").unwrap_or(line)) {
        if line.contains("##[") {
            return Err(format!("half a command: {line:?}"));
        }
        let hidden = |c: char| {
            c.is_control()
                || matches!(u32::from(c), 0x200B..=0x200F | 0x2028..=0x202E | 0x2066..=0x2069 | 0xFEFF | 0xFFFE..=0xFFFF)
        };
        if let Some(c) = line.chars().find(|c| hidden(*c)) {
            return Err(format!("U+{:04X}: {line:?}", u32::from(c)));
        }
    }
    Ok(())
}

/// Whether Markdown holds no link, no picture, no quotation and no HTML but what folds and separates.
pub fn only_text(markdown: &str) -> Result<(), String> {
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        let is_known = match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_)) => false,
            Event::Html(html) | Event::InlineHtml(html) => {
                let known = ["<details><summary>", "</details>", "<!-- -->"];
                known.iter().any(|known| html.trim().starts_with(known))
            }
            _ => true,
        };
        if !is_known {
            return Err(format!("{event:?}"));
        }
    }
    Ok(())
}

#[test]
fn the_model_of_a_runner_finds_commands() {
    assert_eq!(commands(" ::error file=a%2Cb,line=1::x%0Ay%25")[0].message, "x\ny%");
    assert_eq!(commands("::error file=a%2Cb::x")[0].properties, [("file".to_owned(), "a,b".to_owned())]);
    assert_eq!(commands("x ##[add-mask]e")[0].name, "add-mask");
    assert!(commands("a :: b\n:\\:error::x\n##\\[x]").is_empty());
    assert!(harmless("text", "a\r::error::x").is_err(), "a lone carriage return ends a line");
}
