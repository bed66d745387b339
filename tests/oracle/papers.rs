//! What can carry an atom over a leg: and the papers that a transfer lists.

use toml::Table;

use super::book::{acceptance, counts_as, day, flag, instrument, is_named_by_decision, is_within, list, tables, text};
use super::judge::{Cell, Judge, Leg};

/// A leg under a law.
pub struct Papers<'j, 'r> {
    pub judge: &'j Judge<'r>,
    pub leg: &'j Leg<'r>,
    pub law: &'static str,
}

impl<'r> Papers<'_, 'r> {
    /// The decisions of the law about the recipient's place that are in force.
    pub fn decisions(&self) -> impl Iterator<Item = &'static Table> {
        self.judge.decisions(self.law, self.leg.to)
    }

    /// Whether an atom is within the scope of a decision.
    pub fn fits(&self, decision: &Table, cell: Cell<'r>) -> bool {
        let Some(scope) = decision.get("scope").and_then(toml::Value::as_table) else { return true };
        let (judge, leg) = (self.judge, self.leg);
        let [from, to] = [leg.from, leg.to].map(|end| &judge.parties[end]);
        let asks = |key: &str| scope.contains_key(key);
        let has = |key: &str, word: &str| list(scope, key).contains(&word);
        let labels = judge.labels("data", cell.0);
        let meets = |key: &str| list(scope, key).iter().any(|label| labels.contains(label));
        let is_of_party = || list(scope, "party-tags").iter().any(|label| list(to.row, "tags").contains(label));
        let serves = |purpose: &&str| {
            let labels = judge.labels("purpose", purpose);
            list(scope, "not-purpose-tags").iter().any(|label| labels.contains(label))
        };
        let is_certified = || {
            let wanted = text(scope, "certification");
            let held = self.all().filter(|row| list(row, "instrument").contains(&wanted));
            let good: Vec<_> = held
                .filter(|row| list(row, "parties").contains(&leg.to) && self.is_in_force(row))
                .filter(|row| {
                    self.acceptance(wanted).is_none_or(|accepted| day(row, "signed") >= day(accepted, "sign-from"))
                })
                .collect();
            leg.purposes.iter().all(|purpose| good.iter().any(|row| self.is_in_scope(row, wanted, cell, purpose)))
        };
        (!asks("sector") || has("sector", to.sector))
            && !has("not-sector", to.sector)
            && (!asks("exporter-sector") || has("exporter-sector", from.sector))
            && (!asks("party-tags") || is_of_party())
            && (!asks("only-data-tags") || meets("only-data-tags"))
            && !meets("not-data-tags")
            && !leg.purposes.iter().any(serves)
            && (!asks("hr") || flag(scope, "hr", false) == judge.is_hr(cell.1))
            && (!asks("certification") || is_certified())
    }

    fn all(&self) -> impl Iterator<Item = &'r Table> {
        tables(self.judge.register, "safeguard")
    }

    /// What the transfer lists, each as every one of its instruments.
    fn listed(&self) -> impl Iterator<Item = (&'r Table, &'r str)> {
        let ids = list(self.leg.row, "safeguards");
        let rows = self.all().filter(move |row| ids.contains(&text(row, "id")));
        rows.flat_map(|row| list(row, "instrument").into_iter().map(move |number| (row, number)))
    }

    fn acceptance(&self, number: &str) -> Option<&'static Table> {
        acceptance(self.law, text(instrument(number), "id"))
    }

    fn is_in_force(&self, row: &Table) -> bool {
        let today = self.judge.today;
        day(row, "terminated").is_none_or(|first| *first > *today)
            && ["signed", "effective"].iter().all(|key| is_within(today, day(row, key), None))
            && is_within(today, None, day(row, "expires"))
    }

    fn binds_both(&self, row: &Table) -> bool {
        [self.leg.from, self.leg.to].iter().all(|end| list(row, "parties").contains(end))
    }

    fn is_in_scope(&self, row: &'r Table, number: &str, (data, group): Cell<'r>, purpose: &str) -> bool {
        let reaches = |kind: &str, key: &str, id: Option<&str>| {
            !row.contains_key(key) || id.is_some_and(|id| self.judge.parts(kind, &list(row, key)).contains(id))
        };
        let is_hr = self.judge.is_hr(group);
        let is_for = if is_hr { flag(row, "covers-hr", false) } else { flag(row, "covers-other", true) };
        reaches("data", "data", Some(data))
            && reaches("subjects", "subjects", group)
            && reaches("purpose", "purposes", Some(purpose))
            && (is_for || text(instrument(number), "kind") != "certification")
    }

    /// The texts of a paper for the roles of the leg.
    fn texts(&self, row: &Table, number: &str) -> Vec<&'static Table> {
        let signed: Vec<i64> =
            row["modules"].as_array().into_iter().flatten().filter_map(toml::Value::as_integer).collect();
        let modules = tables(instrument(number), "modules");
        let is_signed = |module: &Table| module["id"].as_integer().is_some_and(|id| signed.contains(&id));
        modules.filter(|module| text(module, "roles") == self.leg.roles && is_signed(module)).collect()
    }

    /// Whether what an instrument builds on is there too, and reaches as far.
    fn has_below(&self, number: &str, cell: Cell<'r>, purpose: &str) -> bool {
        list(instrument(number), "with").into_iter().all(|with| {
            self.listed().filter(|(_, other)| *other == with).any(|(row, _)| {
                self.is_in_force(row)
                    && self.binds_both(row)
                    && !self.texts(row, with).is_empty()
                    && self.is_in_scope(row, with, cell, purpose)
            })
        })
    }

    /// The listed contracts that are enough for an atom under an onward principle, for a purpose.
    pub fn contracts(&self, cell: Cell<'r>, purpose: &str) -> Vec<(&'r str, &'r str)> {
        let is_enough = |(row, number): &(&'r Table, &'r str)| {
            let facts = instrument(number);
            let binds_processors_only = flag(facts, "processing-agreement", false) && facts.contains_key("not-a-tool");
            text(facts, "kind") == "contract"
                && (!binds_processors_only || self.leg.roles.ends_with('p'))
                && self.is_in_force(row)
                && self.binds_both(row)
                && self.is_in_scope(row, number, cell, purpose)
                && self.has_below(number, cell, purpose)
        };
        self.listed().filter(is_enough).map(|(row, number)| (text(row, "id"), number)).collect()
    }

    /// The listed safeguards that hold for an atom and a purpose.
    pub fn holding(&self, cell: Cell<'r>, purpose: &str) -> Vec<(&'r str, &'r str)> {
        let holds = |(row, number): &(&'r Table, &'r str)| self.holds(row, number, cell, purpose);
        self.listed().filter(holds).map(|(row, number)| (text(row, "id"), number)).collect()
    }

    fn holds(&self, row: &'r Table, number: &str, cell: Cell<'r>, purpose: &str) -> bool {
        let (today, facts) = (self.judge.today, instrument(number));
        let by_decision = is_named_by_decision(number);
        let Some(accepted) = self.acceptance(number).filter(|_| !facts.contains_key("not-a-tool") && !by_decision)
        else {
            return false;
        };
        let closed = day(accepted, "sign-until");
        let signed =
            day(row, "signed").is_none_or(|signed| is_within(&signed, day(accepted, "sign-from"), closed.clone()));
        let amended = day(row, "amended").filter(|amended| **amended <= *today);
        let counts_from = day(accepted, "valid-from").or_else(|| day(accepted, "sign-from"));
        is_within(today, counts_from, day(accepted, "valid-until"))
            && signed
            && amended.zip(closed).is_none_or(|(amended, closed)| amended <= closed)
            && self.is_in_force(row)
            && self.is_bound(row, facts)
            && self.has_text(row, number, cell)
            && self.is_in_scope(row, number, cell, purpose)
            && self.has_below(number, cell, purpose)
            && (!flag(facts, "needs-approval", false) || day(row, "approved").is_some_and(|day| *day <= *today))
            && self.is_assessed(row, number)
            && is_confirmed(row, facts, accepted)
            && self.is_no_misuse(row, facts)
    }

    fn is_bound(&self, row: &Table, facts: &Table) -> bool {
        let [from, to] = [self.leg.from, self.leg.to].map(|end| self.judge.parties[end].group);
        match text(facts, "binds") {
            "importer" => list(row, "parties").contains(&self.leg.to),
            "group" => self.binds_both(row) && !from.is_empty() && from == to,
            _ => self.binds_both(row),
        }
    }

    fn has_text(&self, row: &Table, number: &str, cell: Cell<'r>) -> bool {
        let (leg, facts) = (self.leg, instrument(number));
        let (roles, onward) = (list(facts, "roles"), list(facts, "onward-roles"));
        let has_modules = facts.contains_key("modules");
        let serves = if has_modules {
            !self.texts(row, number).is_empty()
        } else {
            let is_outside = !self.judge.is_inside(leg.from, self.law);
            roles.is_empty() || roles.contains(&&*leg.roles) || (is_outside && onward.contains(&&*leg.roles))
        };
        let is_about_returns = leg.roles == "p2c" && (has_modules || roles.contains(&"p2c"));
        let serves_sector = |key: &str, end: &str| {
            !facts.contains_key(key) || list(facts, key).contains(&self.judge.parties[end].sector)
        };
        serves
            && (!is_about_returns || self.judge.is_return(leg, cell))
            && serves_sector("exporter-sector", leg.from)
            && serves_sector("importer-sector", leg.to)
    }

    fn is_assessed(&self, row: &Table, number: &str) -> bool {
        let today = self.judge.today;
        let is_due = day(self.judge.laws[self.law].1, "assessment-required-from").is_some_and(|from| *from <= *today);
        let texts = self.texts(row, number);
        let asks = texts.is_empty() || texts.iter().any(|text| flag(text, "needs-assessment", true));
        if !is_due || !flag(instrument(number), "needs-assessment", false) || !asks {
            return true;
        }
        let seat = self.judge.parties[self.leg.to].seat;
        let places = tables(self.judge.register, "jurisdiction").filter(|place| counts_as(seat, text(place, "code")));
        let fit = places.flat_map(|place| tables(place, "assessment")).filter(|found| {
            let regimes = list(found, "regimes");
            list(row, "assessments").contains(&text(found, "id"))
                && day(found, "date").is_some_and(|date| *date <= *today)
                && (regimes.is_empty() || regimes.contains(&self.law))
        });
        let grave = |found: &Table| match text(found, "outcome") {
            "no-extra-measures" => 0,
            "measures-needed" => 1,
            _ => 2,
        };
        let Some(latest) = fit.max_by_key(|found| (day(found, "date"), grave(found))) else { return false };
        let taken = list(row, "measures");
        match text(latest, "outcome") {
            "no-extra-measures" => true,
            "measures-needed" => {
                !taken.is_empty() && list(latest, "measures").iter().all(|measure| taken.contains(measure))
            }
            _ => false,
        }
    }

    fn is_no_misuse(&self, row: &Table, facts: &Table) -> bool {
        let is_occasional = ["occasional", "once"].contains(&text(self.leg.row, "frequency"));
        let sector = self.judge.parties[self.leg.from].sector;
        (is_occasional || !flag(facts, "occasional-only", false))
            && !list(facts, "not-exporter-sector").contains(&sector)
            && (text(facts, "kind") != "derogation" || row.contains_key("justification"))
    }
}

/// Whether a paper confirms every condition, or one of each that is a choice.
fn is_confirmed(row: &Table, facts: &Table, accepted: &Table) -> bool {
    let confirmed = list(row, "confirms");
    let asked = [facts, accepted].into_iter().filter_map(|row| row.get("conditions")?.as_array()).flatten();
    asked.into_iter().all(|condition| match condition {
        toml::Value::Array(any) => any.iter().filter_map(toml::Value::as_str).any(|one| confirmed.contains(&one)),
        one => one.as_str().is_some_and(|one| confirmed.contains(&one)),
    })
}
