//! What the compliance team wrote: read from files, checked, names resolved.
//!
//! [`open`] reads a folder and gives back everything it could make of it, with every problem
//! found on the way. Reading keeps what was written (`Raw…`, one file per kind of record);
//! resolving turns names into numbers, so that holding a [`PartyId`] proves that the party exists.

mod catalogue;
mod collection;
mod colour;
mod evidence;
mod file;
pub mod format;
mod jurisdiction;
mod load;
mod memory;
mod party;
mod resolve;
mod safeguard;
mod settings;
mod statement;
mod transfer;
mod waiver;

pub use catalogue::{Entry, Facts};
pub use collection::{Collection, CollectionSource, Days};
pub use colour::Colour;
pub use evidence::is_address;
pub use jurisdiction::{Assessment, Jurisdiction, Outcome};
use load::Told;
pub use load::UNREAD_FILE;
pub use memory::Memory;
pub use party::{Contact, Party, PartyKind, Role};
pub use safeguard::{Bounds, Modules, Papers, Safeguard, SafeguardDates, SafeguardScope};
pub use settings::{DEFAULT_HORIZON, FORMAT, House, Settings};
pub use statement::{Disclosure, Forbidden, Promise, Statement};
pub use transfer::{Authorisation, Frequency, Means, Transfer};
pub use waiver::{Covered, Waiver};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::finding::Problems;
use crate::law::Law;
use crate::record::{At, Common, Interner, Sym};
use crate::source::{Document, Place, Sources, Tree};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $list:ident: $item:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The number of the record at a position of its list.
            pub(crate) fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The position in the register's list, which is sorted by id.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::ops::Index<$name> for Register {
            type Output = $item;

            fn index(&self, id: $name) -> &$item {
                &self.$list[id.index()]
            }
        }
    )*};
}

ids! {
    /// A party; numbers follow the order of ids.
    PartyId => parties: Party;
    /// A category of data.
    DataId => data: Entry;
    /// A group of people.
    SubjectsId => subjects: Entry;
    /// A purpose.
    PurposeId => purposes: Entry;
    /// A transfer.
    TransferId => transfers: Transfer;
    /// A safeguard.
    SafeguardId => safeguards: Safeguard;
    /// An assessment.
    AssessmentId => assessments: Assessment;
}

/// A register, resolved. Every list is sorted by id.
#[derive(Clone, Debug)]
pub struct Register {
    /// The register as a whole.
    pub settings: Settings,
    /// Every name in it.
    pub names: Arc<Interner>,
    /// Who sends and receives.
    pub parties: Vec<Party>,
    /// Categories of data.
    pub data: Vec<Entry>,
    /// Groups of people.
    pub subjects: Vec<Entry>,
    /// Purposes.
    pub purposes: Vec<Entry>,
    /// Where data enters.
    pub collections: Vec<Collection>,
    /// Who makes data available to whom.
    pub transfers: Vec<Transfer>,
    /// What protects it.
    pub safeguards: Vec<Safeguard>,
    /// Places it describes.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Assessments of places.
    pub assessments: Vec<Assessment>,
    /// What the notice says.
    pub statements: Vec<Statement>,
    /// Accepted findings.
    pub waivers: Vec<Waiver>,
    /// What is there under every path that some `evidence` names; an address has none.
    pub documents: BTreeMap<Box<str>, Document>,
    /// What nobody sees in the comments of its files: the first of each.
    pub hidden: Vec<HiddenCharacter>,
}

/// A character in a comment that nobody sees, or that changes the direction of writing.
#[derive(Clone, Debug)]
pub struct HiddenCharacter {
    /// The path of the file.
    pub file: Box<str>,
    /// Where it stands.
    pub place: Place,
    /// The character.
    pub character: char,
}

impl Register {
    /// The text of a name.
    #[must_use]
    pub fn name(&self, sym: Sym) -> &str {
        self.names.name(sym)
    }

    /// Who answers for a record.
    #[must_use]
    pub fn owner(&self, common: &Common) -> Option<&str> {
        common.owner.map(|owner| self.name(owner))
    }

    /// Every record: where it stands, its id, who looks after it.
    pub fn records(&self) -> impl Iterator<Item = (At, &str, &Common)> {
        let named = |sym| self.name(sym);
        let parties = self.parties.iter().map(move |row| (row.at, named(row.id), &row.common));
        let entries = [&self.data, &self.subjects, &self.purposes].into_iter().flatten();
        let entries = entries.map(move |row| (row.at, named(row.id), &row.common));
        let collections = self.collections.iter().map(move |row| (row.at, named(row.id), &row.common));
        let transfers = self.transfers.iter().map(move |row| (row.at, named(row.id), &row.common));
        let safeguards = self.safeguards.iter().map(move |row| (row.at, named(row.id), &row.common));
        let places = self.jurisdictions.iter().map(|row| (row.at, row.code.as_str(), &row.common));
        let statements = self.statements.iter().map(move |row| (row.at, named(row.id), &row.common));
        let waivers = self.waivers.iter().map(move |row| (row.at, named(row.id), &row.common));
        parties
            .chain(entries)
            .chain(collections)
            .chain(transfers)
            .chain(safeguards)
            .chain(places)
            .chain(statements)
            .chain(waivers)
    }

    /// The id of a party.
    #[must_use]
    pub fn party_id(&self, party: PartyId) -> &str {
        self.name(self[party].id)
    }

    /// The id of a safeguard.
    #[must_use]
    pub fn safeguard_id(&self, safeguard: SafeguardId) -> &str {
        self.name(self[safeguard].id)
    }

    /// What is there under the path of an `evidence`; nothing is known of an address.
    #[must_use]
    pub fn document(&self, evidence: &str) -> Option<&Document> {
        self.documents.get(evidence)
    }

    /// The id of the leg of a transfer between two parties.
    #[must_use]
    pub fn pair_id(&self, transfer: TransferId, from: PartyId, to: PartyId) -> String {
        let record = &self[transfer];
        if record.is_many {
            format!("{}/{}--{}", self.name(record.id), self.party_id(from), self.party_id(to))
        } else {
            self.name(record.id).to_owned()
        }
    }
}

/// A folder, as far as it could be read.
#[derive(Debug)]
pub struct Opened {
    /// Its files.
    pub sources: Sources,
    /// The register. Where something was wrong it holds what was right, so that one run can tell
    /// every problem; it is judged only if nothing was.
    pub register: Register,
    /// The law book with the register's own law.
    pub law: Law,
    /// Everything wrong.
    pub problems: Problems,
}

/// Reads the register in a folder.
#[must_use]
pub fn open(root: &Path) -> Opened {
    open_tree(Tree::folder(root))
}

/// Reads the register in a tree: a folder with drafts over its files, or a revision of one.
#[must_use]
pub fn open_tree(tree: Tree) -> Opened {
    open_with(tree, Told::No)
}

/// Reads the register in a folder, and tells what each file said by its digest.
#[must_use]
pub fn open_told(root: &Path) -> Opened {
    open_with(Tree::folder(root), Told::Yes)
}

/// Reads the register in a folder again: files that say what they said when they were read into the
/// memory are not parsed again.
#[must_use]
pub fn open_again(root: &Path, memory: &mut Memory) -> Opened {
    open_with(Tree::folder(root), Told::Remembered(memory))
}

fn open_with(tree: Tree, told: Told<'_>) -> Opened {
    let mut opened = resolve::resolve(load::load(tree, told));
    opened.register.documents = evidence::gather(opened.sources.tree(), &opened.register);
    opened
}
