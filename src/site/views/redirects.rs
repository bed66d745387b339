//! Former addresses: a page for every former id, that leads to where the record is now.

use minijinja::Error;
use serde::Serialize;

use crate::record::Common;
use crate::register::{DataId, PurposeId, SafeguardId, SubjectsId, TransferId};
use crate::site::index::Index;
use crate::site::links;
use crate::site::render::Pages;

#[derive(Serialize)]
struct Redirect {
    to: String,
    name: String,
}

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let register = index.register;
    let mut lead = |kind: &str, name: &str, to: String, common: &Common| {
        for former in &common.remarks.aliases {
            let page = format!("{kind}-{}.html", register.name(*former));
            pages.add("redirect", &page, (name, ""), || Redirect { to: to.clone(), name: name.to_owned() })?;
        }
        Ok::<(), Error>(())
    };
    for party in &register.parties {
        lead("party", &party.name, links::party(register, party.number), &party.common)?;
    }
    for (at, row) in register.data.iter().enumerate() {
        lead("data", &row.name, links::data(register, DataId::at(at)), &row.common)?;
    }
    for (at, row) in register.subjects.iter().enumerate() {
        lead("subjects", &row.name, links::subjects(register, SubjectsId::at(at)), &row.common)?;
    }
    for (at, row) in register.purposes.iter().enumerate() {
        lead("purpose", &row.name, links::purpose(register, PurposeId::at(at)), &row.common)?;
    }
    for (at, row) in register.transfers.iter().enumerate() {
        lead("transfer", register.name(row.id), links::transfer(register, TransferId::at(at)), &row.common)?;
    }
    for (at, row) in register.safeguards.iter().enumerate() {
        lead("safeguard", register.name(row.id), links::safeguard(register, SafeguardId::at(at)), &row.common)?;
    }
    Ok(())
}
