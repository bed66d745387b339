//! Acts that a report proposes, done: written into the records as a team would.

use serde_json::Value as Json;
use toml::{Table, Value};

/// The records of a register with the acts of its report done on a day.
pub fn done(records: &str, report: &Json, day: &str) -> String {
    let mut register: Table = records.parse().expect("records");
    let day: Value = Value::Datetime(day.parse().expect("a day"));
    let acts = report["mends"]["acts"].as_array().expect("acts");
    let is_assessing = |act: &&Json| act["act"] == "assess";
    let made: Vec<(String, String)> = acts
        .iter()
        .filter(is_assessing)
        .map(|act| (text(act, "jurisdiction").to_owned(), assess(&mut register, act, &day)))
        .collect();
    for (at, act) in acts.iter().filter(|act| !is_assessing(act)).enumerate() {
        let id = format!("new-{at}");
        match text(act, "act") {
            "list" => list(&mut register, act, text(act, "safeguard")),
            "sign" | "certify" => {
                let mut paper = Table::new();
                paper.insert("id".into(), id.clone().into());
                paper.insert("instrument".into(), text(act, "instrument").into());
                paper.insert("signed".into(), day.clone());
                for key in ["parties", "modules", "confirms", "assessments", "measures"] {
                    paper.insert(key.into(), Value::try_from(act.get(key).unwrap_or(&Json::Array(vec![]))).expect(key));
                }
                paper.insert("covers-hr".into(), act.get("covers_hr").is_some_and(|hr| hr == true).into());
                extend(&mut paper, "assessments", made.iter().map(|(_, id)| id.as_str()));
                records_of(&mut register, "safeguard").push(paper.into());
                if act["act"] == "sign" {
                    list(&mut register, act, &id);
                }
            }
            "add-companion" => {
                let mut paper = safeguard(&mut register, act).clone();
                paper.insert("id".into(), id.clone().into());
                paper.insert("instrument".into(), text(act, "instrument").into());
                paper.insert("signed".into(), day.clone());
                records_of(&mut register, "safeguard").push(paper.into());
                list(&mut register, act, &id);
            }
            amends => amend(amends, safeguard(&mut register, act), act, &day),
        }
    }
    // An assessment goes with every paper that it is about.
    for paper in records_of(&mut register, "safeguard") {
        let paper = paper.as_table_mut().expect("a table");
        extend(paper, "assessments", made.iter().map(|(_, id)| id.as_str()));
    }
    toml::to_string(&register).expect("TOML")
}

fn amend(what: &str, paper: &mut Table, act: &Json, day: &Value) {
    let words = |key: &str| -> Vec<&str> {
        act[key].as_array().into_iter().flatten().map(|word| word.as_str().expect("a word")).collect()
    };
    match what {
        "confirm" => extend(paper, "confirms", words("confirms").into_iter()),
        "take-measures" => extend(paper, "measures", words("measures").into_iter()),
        "approve" => drop(paper.insert("approved".into(), day.clone())),
        "widen" => {
            for key in ["data", "subjects", "purposes"] {
                paper.remove(key);
            }
        }
        "renew" => {
            for key in ["expires", "terminated", "effective", "amended"] {
                paper.remove(key);
            }
            paper.insert("signed".into(), day.clone());
        }
        "join" => extend(paper, "parties", words("parties").into_iter()),
        "add-module" => {
            let modules = paper.entry("modules").or_insert(Value::Array(vec![])).as_array_mut().expect("modules");
            modules.extend(
                act["modules"].as_array().expect("modules").iter().map(|n| Value::try_from(n).expect("a number")),
            );
        }
        other => panic!("no such act: {other}"),
    }
}

fn assess(register: &mut Table, act: &Json, day: &Value) -> String {
    let (code, regime) = (text(act, "jurisdiction"), text(act, "regime"));
    let id = format!("new-{}-{regime}", code.to_lowercase());
    let mut made = Table::new();
    made.insert("id".into(), id.clone().into());
    made.insert("date".into(), day.clone());
    made.insert("regimes".into(), vec![regime].into());
    made.insert("outcome".into(), "no-extra-measures".into());
    let places = records_of(register, "jurisdiction");
    if !places.iter().any(|place| place["code"].as_str() == Some(code)) {
        let mut place = Table::new();
        place.insert("code".into(), code.into());
        places.push(place.into());
    }
    let place = places.iter_mut().find(|place| place["code"].as_str() == Some(code)).expect("there now");
    let list = place.as_table_mut().expect("a table").entry("assessment").or_insert(Value::Array(vec![]));
    list.as_array_mut().expect("a list").push(made.into());
    id
}

fn list(register: &mut Table, act: &Json, id: &str) {
    let wanted: Vec<&str> = act["transfers"].as_array().expect("transfers").iter().filter_map(Json::as_str).collect();
    for transfer in records_of(register, "transfer") {
        let transfer = transfer.as_table_mut().expect("a table");
        let derived =
            || format!("{}--{}", transfer["from"].as_str().unwrap_or(""), transfer["to"].as_str().unwrap_or(""));
        let own = transfer.get("id").and_then(Value::as_str).map_or_else(derived, str::to_owned);
        if wanted.contains(&own.as_str()) {
            extend(transfer, "safeguards", [id].into_iter());
        }
    }
}

fn safeguard<'r>(register: &'r mut Table, act: &Json) -> &'r mut Table {
    let id = text(act, "safeguard").to_owned();
    let found = records_of(register, "safeguard").iter_mut().find(|paper| paper["id"].as_str() == Some(&id));
    found.and_then(Value::as_table_mut).unwrap_or_else(|| panic!("no safeguard {id}"))
}

fn records_of<'r>(register: &'r mut Table, kind: &str) -> &'r mut Vec<Value> {
    register.entry(kind).or_insert(Value::Array(vec![])).as_array_mut().expect("records")
}

/// Adds words to a list that does not have them.
fn extend<'w>(table: &mut Table, key: &str, words: impl Iterator<Item = &'w str>) {
    let list = table.entry(key).or_insert(Value::Array(vec![])).as_array_mut().expect("a list");
    for word in words {
        if !list.iter().any(|known| known.as_str() == Some(word)) {
            list.push(word.into());
        }
    }
}

fn text<'j>(act: &'j Json, key: &str) -> &'j str {
    act[key].as_str().unwrap_or_else(|| panic!("no {key} in {act}"))
}
