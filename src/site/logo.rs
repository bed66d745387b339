//! The picture for the head of every page: a PNG file of the register, kept small.

use crate::prose::quote;
use crate::report::Run;
use crate::source::LineIndex;

/// The most bytes of a logo: it is on every page.
const MAX_BYTES: u64 = 64 << 10;
/// How every PNG file begins.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The picture, if there is to be one.
///
/// # Errors
/// Why it cannot be had, with the line that names it and what to do.
pub(super) fn read(run: &Run<'_>) -> Result<Option<Vec<u8>>, String> {
    let Some((path, at)) = &run.register.settings.house.logo else { return Ok(None) };
    let why = match run.sources.tree().bytes(path, MAX_BYTES) {
        Ok(Some(bytes)) if !bytes.starts_with(SIGNATURE) => "is no PNG picture".to_owned(),
        Ok(bytes) => return Ok(bytes),
        Err(why) => why,
    };
    let text = run.sources.text(at.file).unwrap_or_default();
    let start = at.key("logo").locate(&text).start;
    let line = LineIndex::new(text).position(start).line;
    let (picture, file) = (quote(path), run.path(at.file));
    Err(format!(
        "{picture} {why}, and is to be the logo ({file}:{line})\nhelp: name a PNG file of at most 64 KiB in the folder of the register"
    ))
}
