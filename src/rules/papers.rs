//! What rules ask of a recorded safeguard as a paper, whatever it carries.

use jiff::civil::Date;

use crate::flow::{Assessment, Pair};
use crate::law::{Binds, Instrument, InstrumentId};
use crate::register::{Register, SafeguardId};

/// The instruments that a safeguard is an instance of.
pub(super) fn instruments(register: &Register, id: SafeguardId) -> impl Iterator<Item = InstrumentId> {
    register[id].instruments.iter().copied()
}

/// Whether a safeguard is an instance of an instrument of some sort.
pub(super) fn is_of(assessment: &Assessment<'_>, id: SafeguardId, sort: impl Fn(&Instrument) -> bool) -> bool {
    instruments(assessment.register(), id).any(|instrument| sort(&assessment.flow.law.law[instrument]))
}

/// The last day that is seen from the day of the assessment.
pub(super) fn horizon(assessment: &Assessment<'_>) -> Date {
    assessment.register().settings.horizon.after(assessment.day())
}

/// Whether a pair has what a notice promises of it: an instrument or a kind of instrument, listed
/// on its transfer, in force and binding its ends; a certificate that a decision names need not be
/// listed.
pub(super) fn keeps(assessment: &Assessment<'_>, pair: &Pair, wanted: &str) -> bool {
    let flow = &assessment.flow;
    let register = assessment.register();
    let listed = register[pair.transfer].safeguards.iter().copied();
    let fits = |id: SafeguardId| {
        let safeguard = &register[id];
        let binds = |party| safeguard.parties.binary_search(&party).is_ok();
        let is_bound = |instrument: &Instrument| match instrument.binds {
            Binds::Importer => binds(pair.to),
            Binds::Both | Binds::Group => binds(pair.from) && binds(pair.to),
        };
        flow.out_of_force(id).is_none()
            && is_of(assessment, id, |instrument| {
                is_bound(instrument)
                    && (is_named(instrument, wanted) || is_agreement(register, id, instrument, pair, wanted))
            })
    };
    listed.chain(flow.certificates_of(pair.to)).any(fits)
}

fn is_named(instrument: &Instrument, wanted: &str) -> bool {
    *instrument.id == *wanted || instrument.kind.as_str() == wanted
}

/// Whether clauses hold a processing agreement for a leg, where one is wanted.
fn is_agreement(register: &Register, id: SafeguardId, instrument: &Instrument, pair: &Pair, wanted: &str) -> bool {
    let signed = &register[id].modules;
    let serves = instrument.modules.iter().any(|module| module.roles == pair.roles && signed.contains(&module.id));
    wanted == "processing-agreement"
        && instrument.processing_agreement
        && pair.roles.to_processor()
        && (instrument.modules.is_empty() || serves)
}
