//! PETRARCH's own validation files: a suite of invented sentences with tiny dictionaries of its own, and
//! newswire sentences coded to CAMEO.
//!
//! **The suite** is coded with its dictionaries as tables. Its verbs are made pages of a codebook, written
//! anew at every run and weighed by nobody (`--reader rules`); the words of the parties that the program
//! finds are looked up in its actors and agents. The files are read where they stand: no sentence or entry
//! of theirs is in the repository.
//!
//! **The newswire** is coded as anything else is, with our codebook and tables: a country and a sector for a
//! party, so that "USAGOV" is compared with USA and GOV. A country alone is its government or army.
//!
//! Of each expected triple it is counted whether the reading likest to it has the same source, target and
//! event, each for itself, as UniversalPetrarch's authors do; a reading that lacks a party may still be
//! right in the others. A sentence is wholly right where the events found are exactly those expected: what
//! lacks a party is no event (but where a record says so), nor is what somebody does to himself, nor what short clauses between commas
//! say, where the suite switches them off. Of sentences that the suite marks as not working, or as errors of PETRARCH's input, nothing is counted.

mod actors;
mod compare;
mod forms;
mod pages;
mod records;
mod verbs;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use self::actors::{Dictionaries, NOBODY};
use self::compare::{Alike, Exactly, Tally};
use self::records::{Record, Triple};

/// Codes both files with `program` and prints the scores; `scratch` is a folder for what is made on the way.
pub fn measure(program: &Path, set: &Path, scratch: &Path) -> Result<String> {
    fs::create_dir_all(scratch)?;
    let mut printed = suite(program, set, scratch)?;
    printed.push_str(&newswire(program, set, scratch)?);
    Ok(printed)
}

fn suite(program: &Path, set: &Path, scratch: &Path) -> Result<String> {
    let file = |name: &str| {
        let path = set.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let records = records::read(&file("PETR.UnitTest.records.xml")?)?;
    let dictionaries =
        Dictionaries::read(&file("PETR.Validate.actors.txt")?, &file("PETR.Validate.agents.txt")?);
    let verbs = verbs::read(&file("PETR.Validate.verbs.txt")?);
    let codebook = scratch.join("codebook");
    // Pages of an earlier run must not be read with ours.
    let _ = fs::remove_dir_all(&codebook);
    fs::create_dir_all(&codebook)?;
    for page in pages::pages(&verbs) {
        fs::write(codebook.join(format!("{}.md", page.name)), page.text)?;
    }
    let arguments = ["--reader", "rules", "--codebook", &codebook.to_string_lossy()];
    let coded = code(program, &records, &arguments, &scratch.join("suite.jsonl"))?;

    let mut by_category: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut wrong = String::new();
    for (record, coded) in records.iter().zip(&coded).filter(|(record, _)| record.is_scored) {
        let partial = readings(record, coded, &dictionaries);
        let is_told = |triple: &&Triple| match record.needs_dyad {
            true => triple.source != NOBODY && triple.target != NOBODY,
            false => triple.source != NOBODY || triple.target != NOBODY,
        };
        let told: BTreeSet<Triple> = partial.iter().filter(is_told).cloned().collect();
        let tally = by_category.entry(&record.category).or_default();
        if !tally.add(&record.expected, &partial, &told, &Exactly) {
            tell(&mut wrong, record, coded, &partial);
        }
    }
    fs::write(scratch.join("suite-wrong.txt"), wrong)?;
    let all = by_category.values().fold(Tally::default(), |all, tally| all.plus(*tally));
    let left_out = records.len() - all.sentences;
    let mut printed = format!("suite, {left_out} records left out\n{}", line("all", all));
    for (category, tally) in by_category {
        printed.push_str(&line(category, tally));
    }
    Ok(printed)
}

fn newswire(program: &Path, set: &Path, scratch: &Path) -> Result<String> {
    let text = fs::read_to_string(set.join("PETR2_GSR_validation.xml")).context("the newswire is missing")?;
    let records = records::read(&text)?;
    let coded = code(program, &records, &[], &scratch.join("newswire.jsonl"))?;
    let (mut codes, mut roots) = (Tally::default(), Tally::default());
    let mut wrong = String::new();
    for (record, coded) in records.iter().zip(&coded).filter(|(record, _)| record.is_scored) {
        let partial: Vec<Triple> = events(coded).flat_map(cameo_triples).collect();
        let has_both = |triple: &&Triple| triple.source != NOBODY && triple.target != NOBODY;
        let told: BTreeSet<Triple> = partial.iter().filter(has_both).cloned().collect();
        codes.add(&record.expected, &partial, &told, &Codes);
        if !roots.add(&record.expected, &partial, &told, &Roots) {
            tell(&mut wrong, record, coded, &partial);
        }
    }
    fs::write(scratch.join("newswire-wrong.txt"), wrong)?;
    Ok(format!(
        "newswire, our codebook and tables\n{}{}",
        line("code, sector", codes),
        line("root, country", roots)
    ))
}

fn line(name: &str, tally: Tally) -> String {
    let Tally { sentences, whole_sentences, expected, found, source, target, event, triple } = tally;
    let percent = |part: usize, of: usize| match of {
        0 => "    -".to_owned(),
        _ => format!("{:5.1}", 100.0 * part as f64 / of as f64),
    };
    format!(
        "{name:<14} source {} target {} verb {} all three {}  of {expected:3} triples, found {found:3}   sentences wholly right {} of {sentences}\n",
        percent(source, expected),
        percent(target, expected),
        percent(event, expected),
        percent(triple, expected),
        percent(whole_sentences, sentences),
    )
}

/// The records of the sentences, in their order; null for one that could not be read.
fn code(program: &Path, records: &[Record], arguments: &[&str], input: &Path) -> Result<Vec<Value>> {
    let mut stories = String::new();
    for (number, record) in records.iter().enumerate() {
        let (year, month, day) = (record.date / 10_000, record.date / 100 % 100, record.date % 100);
        let published_at = format!("{year:04}-{month:02}-{day:02}");
        // Ids come twice in the files.
        let story = json!({"id": number.to_string(), "text": record.text, "published_at": published_at});
        let _ = writeln!(stories, "{story}");
    }
    fs::write(input, stories)?;
    let mut command = Command::new(program);
    let output =
        command.args(["read", "--format", "ndjson", "--from", "jsonl"]).args(arguments).arg(input).output();
    let output = output.with_context(|| format!("cannot start {}", program.display()))?;
    ensure!(
        matches!(output.status.code(), Some(0 | 3)),
        "{} failed ({}): {}",
        program.display(),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let mut coded: HashMap<String, Value> = HashMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let id = record["article"]["source_id"].as_str().unwrap_or_default().to_owned();
        coded.insert(id, record);
    }
    Ok((0..records.len()).map(|number| coded.remove(&number.to_string()).unwrap_or_default()).collect())
}

fn events(record: &Value) -> impl Iterator<Item = &Value> {
    record["events"].as_array().into_iter().flatten()
}

/// What the events say in the suite's codes. Where a rule speaks for the verb below its trigger, that verb
/// says nothing of its own, but lends the rule the target that it misses.
fn readings(record: &Record, coded: &Value, dictionaries: &Dictionaries) -> Vec<Triple> {
    let rule = |event: &Value| {
        let rule = event["rule"].as_str().unwrap_or_default();
        let (page, rule) = rule.split_once('#').unwrap_or((rule, ""));
        (page.to_owned(), rule.ends_with(pages::ABOVE))
    };
    let sentence = coded["article"]["text"].as_str().unwrap_or_default();
    let is_left_out = |event: &&Value| {
        let at = event["trigger"]["start"].as_u64().unwrap_or_default() as usize;
        record.commas.leave_out(sentence, at)
    };
    let events: Vec<&Value> = events(coded).filter(|event| !is_left_out(event)).collect();
    let spoken_for: BTreeSet<String> = events
        .iter()
        .map(|event| rule(event))
        .filter(|(_, is_above)| *is_above)
        .map(|(page, _)| page)
        .collect();
    let mut triples = Vec::new();
    for event in &events {
        let (page, is_above) = rule(event);
        let code = event["cameo"].as_str().unwrap_or_default();
        if code == NOBODY || !is_above && spoken_for.contains(&page) {
            continue;
        }
        let parties = |event: &Value, role: &str| -> Vec<String> {
            let parties = event[role].as_array().into_iter().flatten();
            parties.flat_map(|party| party_codes(record, sentence, party, dictionaries)).collect()
        };
        let sources = or_nobody(parties(event, "actors"));
        let mut targets = parties(event, "recipients");
        if is_above && targets.is_empty() {
            let below = events.iter().filter(|event| rule(event) == (page.clone(), false));
            targets = below.flat_map(|event| parties(event, "recipients")).collect();
        }
        let targets = or_nobody(targets);
        // "010:011": what the one does, and what the other does back.
        let (there, back) = code.split_once(':').map_or((code, None), |(there, back)| (there, Some(back)));
        for source in &sources {
            for target in targets.iter().filter(|target| *target != source || source == NOBODY) {
                let triple = |source: &String, target: &String, event: &str| Triple {
                    source: source.clone(),
                    target: target.clone(),
                    event: event.to_owned(),
                };
                triples.push(triple(source, target, there));
                triples.extend(back.map(|back| triple(target, source, back)));
            }
        }
    }
    triples.sort();
    triples.dedup();
    triples
}

fn or_nobody(mut codes: Vec<String>) -> Vec<String> {
    if codes.is_empty() {
        codes.push(NOBODY.to_owned());
    }
    codes
}

/// The codes of a party by its words; where these name no actor, with what says behind them where it is from
/// ("soldiers" "from Utopia"), or by the name that they stand for.
fn party_codes(record: &Record, sentence: &str, party: &Value, dictionaries: &Dictionaries) -> Vec<String> {
    let words = party["text"].as_str().unwrap_or_default();
    let codes = dictionaries.codes(words, record.date);
    let has_actor = |codes: &[String]| codes.iter().any(|code| !code.starts_with(NOBODY));
    if has_actor(&codes) {
        return codes;
    }
    let end = party["end"].as_u64().unwrap_or_default() as usize;
    let origin = origin(sentence.get(end..).unwrap_or_default());
    let by_origin = dictionaries.codes_of_role(words, &origin, record.date);
    if !codes.is_empty() && !by_origin.is_empty() {
        return by_origin;
    }
    let by_name = dictionaries.codes(party["name"].as_str().unwrap_or_default(), record.date);
    if has_actor(&by_name) || codes.is_empty() && !by_name.is_empty() {
        return by_name;
    }
    let named = words.replace("'s", "").to_uppercase();
    match codes.is_empty() && (1..=record.new_actor_length).contains(&named.split_whitespace().count()) {
        true => vec![format!("\"{named}\"")],
        false => codes,
    }
}

/// The names after "of", "from" or "in" right behind a party: "of Utopia, Lilliput and Brobdingnag".
fn origin(behind: &str) -> String {
    let mut words = behind.split_whitespace();
    if !words.next().is_some_and(|word| matches!(word, "of" | "from" | "in")) {
        return String::new();
    }
    let is_name = |word: &&str| matches!(*word, "and" | "the") || word.starts_with(char::is_uppercase);
    words.take_while(is_name).collect::<Vec<_>>().join(" ")
}

/// What an event of ours says in CAMEO's codes: country, then sector. Those who meet, all of them actors, do it
/// with each other.
fn cameo_triples(event: &Value) -> Vec<Triple> {
    let codes = |role: &str| -> Vec<String> {
        let parties = event[role].as_array().into_iter().flatten();
        let part = |value: &Value, otherwise: &str| value.as_str().unwrap_or(otherwise).to_owned();
        let codes = parties.map(|party| match (&party["country"], &party["sector"]) {
            (Value::Null, Value::Null) => NOBODY.to_owned(),
            (country, sector) => part(country, NOBODY) + &part(sector, ""),
        });
        or_nobody(codes.collect())
    };
    let event_code = event["cameo"].as_str().unwrap_or_default();
    let is_meeting =
        event["event_type"] == "CONSULT" && event["recipients"].as_array().is_none_or(Vec::is_empty);
    let sources = codes("actors");
    let targets = if is_meeting && sources.len() > 1 { sources.clone() } else { codes("recipients") };
    let triple = |source: &String, target: &String| Triple {
        source: source.clone(),
        target: target.clone(),
        event: event_code.to_owned(),
    };
    let pairs = sources.iter().flat_map(|source| targets.iter().map(move |target| (source, target)));
    let pairs = pairs.filter(|(source, target)| source != target || *source == NOBODY);
    pairs.map(|(source, target)| triple(source, target)).collect()
}

/// What CAMEO puts before the code of a union of states: IGOUNO for the United Nations.
const UNION: &str = "IGO";

/// Country and sector; a country alone is its government or army.
struct Codes;

impl Alike for Codes {
    fn party(&self, ours: &str, theirs: &str) -> bool {
        let is_state = |code: &str, country: &str| {
            country.len() == 3 && matches!(code.strip_prefix(country), Some("GOV" | "MIL"))
        };
        let theirs = theirs.strip_prefix(UNION).unwrap_or(theirs);
        ours == theirs || is_state(ours, theirs) || is_state(theirs, ours)
    }

    fn event(&self, ours: &str, theirs: &str) -> bool {
        ours == theirs
    }
}

/// Country, or what stands in its place, and the root of the event's code.
struct Roots;

impl Alike for Roots {
    fn party(&self, ours: &str, theirs: &str) -> bool {
        match (ours.strip_prefix(NOBODY), theirs.strip_prefix(NOBODY)) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => ours.get(..3) == theirs.strip_prefix(UNION).unwrap_or(theirs).get(..3),
        }
    }

    fn event(&self, ours: &str, theirs: &str) -> bool {
        ours.get(..2) == theirs.get(..2)
    }
}

/// A sentence that was not wholly right, for reading: what was expected, what was found and by which rule.
fn tell(wrong: &mut String, record: &Record, coded: &Value, found: &[Triple]) {
    let _ = writeln!(wrong, "{} {}\n  {}", record.id, record.category, record.text);
    let show = |triple: &Triple| format!("{} {} {}", triple.source, triple.target, triple.event);
    for triple in &record.expected {
        let _ = writeln!(wrong, "  expected {}", show(triple));
    }
    for triple in found {
        let _ = writeln!(wrong, "  found    {}", show(triple));
    }
    for event in events(coded) {
        let words = |role: &str| {
            let parties = event[role].as_array().into_iter().flatten();
            let words: Vec<_> = parties.filter_map(|party| party["text"].as_str()).collect();
            words.join(" | ")
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (trigger, rule, cameo) =
            (text(&event["trigger"]["text"]), text(&event["rule"]), text(&event["cameo"]));
        let _ =
            writeln!(wrong, "    {trigger} [{rule} {cameo}] {} -> {}", words("actors"), words("recipients"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record { date: 19_990_101, ..Record::default() }
    }

    #[test]
    fn an_event_is_told_in_the_codes_of_the_tables() {
        let dictionaries = Dictionaries::read("UTOPIA [UTO]\nLILLIPUT [LLP]\n", "BAILIFF [~GOV]\n");
        let coded = json!({"events": [
            {"cameo": "010:011", "rule": "V_A.md#verb-0", "actors": [{"text": "Utopia's bailiff"}],
             "recipients": [{"text": "it", "name": "Lilliput"}, {"text": "a tailor"}]},
            {"cameo": "040", "rule": "V_B.md#verb-0", "actors": [{"text": "Utopia"}], "recipients": []},
            {"cameo": "050", "rule": "V_B.md#pattern-1-above", "actors": [{"text": "Utopia"}], "recipients": []},
        ]});
        let told: Vec<_> = readings(&record(), &coded, &dictionaries)
            .iter()
            .map(|triple| format!("{} {} {}", triple.source, triple.target, triple.event))
            .collect();
        assert_eq!(told, ["LLP UTOGOV 011", "UTO --- 050", "UTOGOV LLP 010"]);
    }

    #[test]
    fn where_a_party_is_from_may_stand_behind_it() {
        assert_eq!(origin(" from Utopia and the Lilliput shore, then"), "Utopia and the Lilliput");
        assert_eq!(origin(" sang in Utopia"), "");
    }

    #[test]
    fn our_parties_are_compared_with_cameo_codes() {
        let event = json!({"cameo": "1953", "actors": [{"country": "FRA", "sector": "MIL"}],
            "recipients": [{"country": null, "sector": "REB"}]});
        let triples = cameo_triples(&event);
        assert_eq!((triples[0].source.as_str(), triples[0].target.as_str()), ("FRAMIL", "---REB"));
        let meeting = json!({"cameo": "040", "event_type": "CONSULT", "recipients": [],
            "actors": [{"country": "FRA", "sector": null}, {"country": "UNO", "sector": null}]});
        assert_eq!(cameo_triples(&meeting).len(), 2, "each with the other");
        assert!(
            Codes.party("FRAMIL", "FRA") && Codes.party("FRA", "FRAGOV") && !Codes.party("FRAGOV", "FRAMIL")
        );
        assert!(
            Roots.party("FRAMIL", "FRAGOV")
                && Roots.party("UNOMIL", "IGOUNO")
                && !Roots.party("---REB", "---GOV")
        );
        assert!(Roots.event("1953", "190") && !Codes.event("1953", "190"));
    }
}
