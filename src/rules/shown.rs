//! Every free text of a register that is shown to readers.

use crate::record::{Common, Within};
use crate::register::Register;

/// A text that is shown.
pub(super) struct Shown<'r> {
    /// The kind of its record, as findings are about it.
    pub(super) kind: &'static str,
    /// The id of its record.
    pub(super) id: &'r str,
    /// Where the record stands.
    pub(super) within: Within,
    /// The key.
    pub(super) key: &'static str,
    /// The text.
    pub(super) text: &'r str,
}

/// One record whose texts are told.
struct Record<'r, 'f> {
    kind: &'static str,
    id: &'r str,
    within: Within,
    tell: &'f mut dyn FnMut(Shown<'r>),
}

impl<'r> Record<'r, '_> {
    fn text(&mut self, key: &'static str, text: impl IntoIterator<Item = &'r (impl AsRef<str> + ?Sized + 'r)>) {
        for text in text.into_iter().map(AsRef::as_ref) {
            (self.tell)(Shown { kind: self.kind, id: self.id, within: self.within, key, text });
        }
    }

    fn common(&mut self, register: &'r Register, common: &'r Common) {
        self.text("owner", register.owner(common));
        self.text("notes", &common.remarks.notes);
    }
}

/// Tells every free text, record by record.
pub(super) fn texts<'r>(register: &'r Register, tell: &mut dyn FnMut(Shown<'r>)) {
    let name = |sym| register.name(sym);
    for row in &register.parties {
        let mut record = Record { kind: "party", id: name(row.id), within: Within::record(row.at), tell };
        record.text("name", [&row.name]);
        record.text("services", &row.contact.services);
        record.text("website", &row.contact.website);
        record.text("contact", &row.contact.contact);
        record.text("privacy-policy", &row.contact.privacy_policy);
        record.common(register, &row.common);
    }
    for row in [&register.data, &register.subjects, &register.purposes].into_iter().flatten() {
        let mut record = Record { kind: row.at.kind.name(), id: name(row.id), within: Within::record(row.at), tell };
        record.text("name", [&row.name]);
        // An inherited basis is told where it is written.
        let wider = row.part_of.iter().filter_map(|wider| register.purposes.get(*wider as usize));
        let is_inherited = wider.into_iter().any(|wider| wider.facts.legal_basis == row.facts.legal_basis);
        record.text("legal-basis", row.facts.legal_basis.as_ref().filter(|_| !is_inherited));
        record.common(register, &row.common);
    }
    for row in &register.collections {
        let mut record = Record { kind: "collection", id: name(row.id), within: Within::record(row.at), tell };
        record.text("retention", &row.retention);
        record.common(register, &row.common);
    }
    for row in &register.transfers {
        let mut record = Record { kind: "transfer", id: name(row.id), within: Within::record(row.at), tell };
        record.text("retention", &row.retention);
        record.common(register, &row.common);
    }
    papers(register, tell);
    notices(register, tell);
}

fn papers<'r>(register: &'r Register, tell: &mut dyn FnMut(Shown<'r>)) {
    let name = |sym| register.name(sym);
    for row in &register.safeguards {
        let mut record = Record { kind: "safeguard", id: name(row.id), within: Within::record(row.at), tell };
        record.text("approved-by", &row.papers.approved_by);
        record.text("justification", &row.papers.justification);
        record.text("measures", &row.papers.measures);
        record.text("evidence", &row.papers.evidence);
        record.common(register, &row.common);
    }
    for row in &register.jurisdictions {
        let mut record = Record { kind: "jurisdiction", id: row.code.as_str(), within: Within::record(row.at), tell };
        record.text("name", &row.name);
        record.text("offices", &row.offices);
        record.text("authority", &row.authority);
        record.common(register, &row.common);
    }
    for row in &register.assessments {
        let mut record = Record { kind: "assessment", id: name(row.id), within: row.within, tell };
        record.text("measures", &row.measures);
        record.text("evidence", &row.evidence);
    }
}

fn notices<'r>(register: &'r Register, tell: &mut dyn FnMut(Shown<'r>)) {
    let name = |sym| register.name(sym);
    for row in &register.statements {
        let mut record = Record { kind: "statement", id: name(row.id), within: Within::record(row.at), tell };
        record.text("notice", [&row.notice]);
        record.text("quote", [&row.quote]);
        record.text("section", &row.section);
        record.text("url", &row.url);
        record.common(register, &row.common);
    }
    for row in &register.waivers {
        let mut record = Record { kind: "waiver", id: name(row.id), within: Within::record(row.at), tell };
        record.text("reason", [&row.reason]);
        record.text("approved-by", [&row.approved_by]);
        record.common(register, &row.common);
    }
}
