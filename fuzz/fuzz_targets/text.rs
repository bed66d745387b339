//! A text in every field of a good register.
#![no_main]

mod kit;

use libfuzzer_sys::fuzz_target;

/// The text as a TOML string: every character that is not plain, by its number.
fn quoted(text: &str) -> String {
    let letters = text.chars().map(|c| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => c.to_string(),
        _ => format!("\\U{:08X}", u32::from(c)),
    });
    format!("\"{}\"", letters.collect::<String>())
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let said = quoted(text);
    let head = format!("[register]\nformat = 1\norganisation = {said}\ntitle = {said}\nfooter = {said}\nowner = {said}\n");
    let records = format!(
        "[[data]]\nid = \"mail\"\nname = {said}\ntags = [{said}]\nnotes = {said}\n\
         [[subjects]]\nid = \"people\"\nname = {said}\nnotes = {said}\n\
         [[purpose]]\nid = \"support\"\nname = {said}\nlegal-basis = {said}\nnotes = {said}\n\
         [[affiliate]]\nid = \"a\"\nname = {said}\njurisdiction = \"DE\"\nowner = {said}\nnotes = {said}\n\
         [[reseller]]\nid = \"b\"\nname = {said}\njurisdiction = \"VN\"\nservices = [{said}]\nnotes = {said}\n\
         [[jurisdiction]]\ncode = \"VN\"\nname = {said}\noffices = [{said}]\nauthority = {said}\nnotes = {said}\n\
         [[collection]]\nid = \"k\"\nby = \"a\"\ndata = [\"mail\"]\nsubjects = [\"people\"]\nsubjects-in = [\"DE\"]\npurposes = [\"support\"]\nnotes = {said}\n\
         [[transfer]]\nfrom = \"a\"\nto = \"b\"\ndata = [\"mail\"]\npurposes = [\"support\"]\nowner = {said}\nnotes = {said}\n\
         [[statement]]\nid = \"s\"\nnotice = {said}\nsection = {said}\nquote = {said}\n"
    );
    // The pages of the law, some hundred, are the same each time: every input pays for them.
    kit::put_out(kit::opened(&head, &records), "2026-06-01", true);
});
