//! The records of a PETRARCH validation file: sentences and the triples that they should be coded to.
//!
//! The trees that stand beside the sentences are PETRARCH's input, not ours. Switches between the records
//! (`<Config>`) hold for those that follow. Some files close what was never opened, which is overlooked.

use anyhow::{Context, Result};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Who did it, to whom, what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Triple {
    pub source: String,
    pub target: String,
    pub event: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub id: String,
    pub category: String,
    /// Eight digits.
    pub date: u32,
    pub text: String,
    pub expected: Vec<Triple>,
    /// Marked as valid, of a wanted category, with a coding that is no error of PETRARCH's input.
    pub is_scored: bool,
    /// Whether an event must have both parties.
    pub needs_dyad: bool,
    /// Parties that no dictionary knows are named by their words, up to so many; 0 for never.
    pub new_actor_length: usize,
    pub commas: Commas,
}

/// Of what a comma parts from the sentence nothing is coded, if it has so many words: at its start, within
/// it, at its end ("…, an official said on Monday"). Switched off where the second number is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commas {
    initial: (usize, usize),
    internal: (usize, usize),
    terminal: (usize, usize),
}

impl Default for Commas {
    fn default() -> Commas {
        Commas { initial: (0, 0), internal: (2, 8), terminal: (2, 8) }
    }
}

impl Commas {
    /// Whether nothing is coded of what stands at this byte of the sentence.
    pub fn leave_out(self, sentence: &str, at: usize) -> bool {
        let (Some(before), Some(after)) = (sentence.get(..at), sentence.get(at..)) else { return false };
        let start = before.rfind(',').map(|comma| comma + 1);
        let end = after.find(',').map(|comma| at + comma);
        let (least, most) = match (start, end) {
            (None, None) => return false,
            (None, Some(_)) => self.initial,
            (Some(_), Some(_)) => self.internal,
            (Some(_), None) => self.terminal,
        };
        let clause = &sentence[start.unwrap_or(0)..end.unwrap_or(sentence.len())];
        let words = clause.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        most > 0 && (least..=most).contains(&words)
    }

    fn switch(&mut self, option: &str, value: usize) {
        match option {
            "comma_bmin" => self.initial.0 = value,
            "comma_bmax" => self.initial.1 = value,
            "comma_min" => self.internal.0 = value,
            "comma_max" => self.internal.1 = value,
            "comma_emin" => self.terminal.0 = value,
            "comma_emax" => self.terminal.1 = value,
            _ => {}
        }
    }
}

pub fn read(text: &str) -> Result<Vec<Record>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut records: Vec<Record> = Vec::new();
    let mut wanted = String::new();
    let mut within = String::new();
    let (mut needs_dyad, mut new_actor_length, mut commas) = (true, 0, Commas::default());
    loop {
        match reader.read_event().context("the records are no XML")? {
            Event::Start(tag) | Event::Empty(tag) => {
                let of = |name: &str| attribute(&tag, name).unwrap_or_default();
                within = tag.name().as_ref().to_owned();
                match within.as_str() {
                    "Sentence" => {
                        let is_valid = of("sentence") != "false" && of("evaluate") != "false";
                        let is_wanted = wanted.split_whitespace().any(|word| word == of("category"));
                        records.push(Record {
                            id: of("id"),
                            category: of("category"),
                            date: date(&of("date")).context("a record's date is none")?,
                            is_scored: is_valid && is_wanted,
                            needs_dyad,
                            new_actor_length,
                            commas,
                            ..Record::default()
                        });
                    }
                    "EventCoding" => {
                        let Some(record) = records.last_mut() else { continue };
                        if !of("error").is_empty() {
                            record.is_scored = false;
                        } else if of("noevents").is_empty() {
                            let (source, target, event) =
                                (of("sourcecode"), of("targetcode"), of("eventcode"));
                            record.expected.push(Triple { source, target, event });
                        }
                    }
                    "Config" if of("option") == "require_dyad" => {
                        needs_dyad = of("value").eq_ignore_ascii_case("true");
                    }
                    "Config" => match (of("option").as_str(), of("value").parse()) {
                        ("new_actor_length", Ok(words)) => new_actor_length = words,
                        (option, Ok(words)) => commas.switch(option, words),
                        _ => {}
                    },
                    _ => {}
                }
            }
            Event::End(_) => within.clear(),
            Event::Text(words) => match (within.as_str(), records.last_mut()) {
                ("Include", _) => wanted.push_str(&words),
                ("Text", Some(record)) => record.text.push_str(&words),
                _ => {}
            },
            Event::GeneralRef(name) => {
                if let ("Text", Some(record)) = (within.as_str(), records.last_mut()) {
                    let known = quick_xml::escape::resolve_predefined_entity(&name);
                    record.text.push_str(known.unwrap_or_default());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for record in &mut records {
        let words: Vec<_> = record.text.split_whitespace().collect();
        record.text = words.join(" ");
    }
    Ok(records)
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}

/// "19950101", or "950101" of the years 1930 to 2029.
pub fn date(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    match text.len() {
        8 => Some(number),
        6 if number >= 300_000 => Some(19_000_000 + number),
        6 => Some(20_000_000 + number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_with_the_switches_before_them() {
        let text = "<Validation><Environment><Include>valid SEA</Include></Environment><Sentences>\
            <Config option=\"require_dyad\" value=\"False\"></Config>\
            <Sentence date=\"950103\" id=\"A\" category=\"SEA\" sentence=\"true\"><!-- one -->\
            <EventCoding sourcecode=\"AAA\" targetcode=\"---\" eventcode=\"010\"></EventCoding>\
            <Text>\nBread &amp;\n butter. </Text><Parse>(ROOT (S))</Parse></Sentence>\
            <Sentence date=\"19950104\" id=\"B\" category=\"SEA\" sentence=\"false\"/>\
            <EventCoding noevents=\"True\"/><Text>None.</Text></Sentence>\
            <Sentence date=\"19950104\" id=\"C\" category=\"LAND\" evaluate=\"true\"/><Text>C.</Text></Sentence>";
        let records = read(text).unwrap();
        let triple = Triple { source: "AAA".into(), target: "---".into(), event: "010".into() };
        assert_eq!(records[0].expected, [triple]);
        assert_eq!((records[0].text.as_str(), records[0].date), ("Bread & butter.", 19_950_103));
        assert!(!records[0].needs_dyad);
        let scored: Vec<_> = records.iter().map(|record| record.is_scored).collect();
        assert_eq!(scored, [true, false, false]);
    }

    #[test]
    fn short_clauses_between_commas_are_left_out() {
        let text = "On Monday, the hatter, who poured tea, sang, a hare said.";
        let is_out = |word: &str| Commas::default().leave_out(text, text.find(word).unwrap());
        assert_eq!(
            [is_out("Monday"), is_out("poured"), is_out("sang"), is_out("said")],
            [false, true, false, true]
        );
        let mut off = Commas::default();
        off.switch("comma_emax", 0);
        assert!(!off.leave_out(text, text.find("said").unwrap()));
    }
}
