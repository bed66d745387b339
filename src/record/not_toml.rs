//! Files that are something else altogether under the name of a TOML file: one thing to say of each,
//! instead of all that a parser stumbles over.

use std::ops::Range;

/// What a file is instead: where that is to be seen, what it is, and what to do.
pub(super) type Instead = (Range<usize>, &'static str, &'static str);

/// What a file that is no TOML is instead, where that is plain: every place where it shows.
pub(super) fn instead(text: &str) -> Vec<Instead> {
    let conflicts = conflicts(text);
    if !conflicts.is_empty() {
        return conflicts;
    }
    let start = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    // Remarks begin with the same sign in YAML.
    let remarks = text[start..].split_inclusive('\n').take_while(|line| line.trim_start().starts_with('#'));
    let start = start + remarks.map(str::len).sum::<usize>();
    let first = text[start..].lines().next().unwrap_or_default();
    let at = start..start + first.len();
    let (what, help) = match text[start..].chars().next() {
        _ if first.starts_with("version https://git-lfs") => {
            ("this is a pointer of Git LFS, not the file itself", "fetch the file: `git lfs pull`")
        }
        Some('{') => ("this is JSON, not TOML", "write `key = value`, one a line, under a `[[kind]]` header"),
        Some('<') => {
            ("this is a web page or XML, not TOML", "fetch the file again: a failed download often leaves a page")
        }
        _ if first.trim_end() == "---" || is_yaml(first) => {
            ("this is YAML, not TOML", "write `key = value`, one a line, under a `[[kind]]` header")
        }
        _ => return Vec::new(),
    };
    vec![(at, what, help)]
}

/// Where two versions of a file were left unmerged.
fn conflicts(text: &str) -> Vec<Instead> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") {
            let what = "two versions of this file were left unmerged";
            let help =
                "keep one of the two sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
            found.push((start..start + line.trim_end().len(), what, help));
        }
        start += line.len();
    }
    found
}

/// Whether a line is a key of YAML and nothing that TOML could mean.
fn is_yaml(line: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    line.split_once(':').is_some_and(|(key, rest)| {
        !key.is_empty() && key.chars().all(word) && (rest.is_empty() || rest.starts_with([' ', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&str, &'static str)> {
        instead(text).into_iter().map(|(at, what, _)| (&text[at], what)).collect()
    }

    #[test]
    fn what_is_something_else_is_called_by_its_name() {
        for (text, first, what) in [
            ("\u{feff} \n{\n\"affiliate\": []}", "{", "this is JSON, not TOML"),
            ("<!DOCTYPE html>\n<p>", "<!DOCTYPE html>", "this is a web page or XML, not TOML"),
            ("---\na: 1\n", "---", "this is YAML, not TOML"),
            ("# remark\naffiliate:\r\n  - id: x\n", "affiliate:", "this is YAML, not TOML"),
            (
                "version https://git-lfs.github.com/spec/v1\noid sha256:a\n",
                "version https://git-lfs.github.com/spec/v1",
                "this is a pointer of Git LFS, not the file itself",
            ),
        ] {
            assert_eq!(told(text), [(first, what)], "{text}");
        }
        for text in ["", "# remark", "[[affiliate]]\nid = x\n", "a = \"b: c\nd", "https://x", ": 1", "a.b: 1"] {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn every_conflict_is_told_where_it_begins() {
        let text = "a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> x\n<<<<<<< HEAD\r\nc = 1\n";
        let what = "two versions of this file were left unmerged";
        assert_eq!(told(text), [("<<<<<<< HEAD", what), ("<<<<<<< HEAD", what)]);
    }
}
