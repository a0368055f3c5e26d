//! The suite's dictionaries of actors and agents: which code the words of a party have.
//!
//! As PETRARCH puts a code together: that of the first actor named, as it was on the day, and those of the
//! agents beside it, each once. Agents without an actor follow three dashes.

use std::collections::HashMap;

use super::records::date;

/// No actor.
pub const NOBODY: &str = "---";

#[derive(Debug, Default)]
pub struct Dictionaries {
    actors: Vec<Actor>,
    agents: Vec<Agent>,
}

/// Names of one actor, with the codes that it had at times. The first that fits the day is taken.
#[derive(Debug, Default)]
struct Actor {
    names: Vec<Name>,
    codes: Vec<Dated>,
}

/// A noun of a role. Its code stands before or after that of the actor.
#[derive(Debug)]
struct Agent {
    names: Vec<Name>,
    code: String,
    is_prefix: bool,
}

/// Words in a row; where an entry parts them by spaces and not by underscores, others may stand between.
#[derive(Debug, PartialEq, Eq)]
struct Name {
    words: Vec<String>,
    is_open: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Dated {
    code: String,
    from: u32,
    to: u32,
}

impl Dictionaries {
    pub fn read(actors: &str, agents: &str) -> Dictionaries {
        Dictionaries { actors: read_actors(actors), agents: read_agents(agents) }
    }

    /// The codes of a party, several where its actor stands for several or its words join several; none where
    /// nothing is known.
    pub fn codes(&self, phrase: &str, day: u32) -> Vec<String> {
        let joined =
            phrase.split(',').flat_map(|part| part.split(" and ")).map(|part| self.codes_of_one(part, day));
        let names_an_actor = |codes: &Vec<String>| codes.iter().any(|code| !code.starts_with(NOBODY));
        let joined: Vec<Vec<String>> = joined.filter(names_an_actor).collect();
        if joined.len() > 1 { joined.concat() } else { self.codes_of_one(phrase, day) }
    }

    /// The codes of a role whose actors are named after it: "the bailiffs" "of Utopia and Lilliput".
    pub fn codes_of_role(&self, role: &str, actors: &str, day: u32) -> Vec<String> {
        let actors = actors.split(',').flat_map(|part| part.split(" and "));
        let codes = actors.flat_map(|actor| self.codes_of_one(&format!("{role} {actor}"), day));
        codes.filter(|code| !code.starts_with(NOBODY)).collect()
    }

    fn codes_of_one(&self, phrase: &str, day: u32) -> Vec<String> {
        let mut words: Vec<String> = words(phrase);
        let mut found: Option<(usize, usize, &Actor, Vec<usize>)> = None;
        for actor in &self.actors {
            for name in &actor.names {
                let Some(at) = name.places(&words).into_iter().next() else { continue };
                let is_better =
                    found.as_ref().is_none_or(|(first, length, ..)| (at[0], *length) < (*first, at.len()));
                if is_better {
                    found = Some((at[0], at.len(), actor, at));
                }
            }
        }
        let mut codes = vec![NOBODY.to_owned()];
        if let Some((_, _, actor, at)) = found {
            let dated = actor.codes.iter().find(|dated| dated.from <= day && day <= dated.to);
            if let Some(dated) = dated {
                codes = dated.code.split('/').map(str::to_owned).collect();
            }
            at.iter().for_each(|&place| words[place].clear());
        }
        for agent in self.agents_in(&mut words) {
            for code in &mut codes {
                if agent.is_prefix && !has(code, &agent.code) {
                    code.insert_str(0, &agent.code);
                } else if !has(code, &agent.code) {
                    code.push_str(&agent.code);
                }
            }
        }
        codes.retain(|code| code != NOBODY);
        codes
    }

    /// The agents from left to right, of several at a place the one of most words.
    fn agents_in(&self, words: &mut [String]) -> Vec<&Agent> {
        let mut found = Vec::new();
        for place in 0..words.len() {
            let here = self.agents.iter().flat_map(|agent| agent.names.iter().map(move |name| (agent, name)));
            let here = here.filter(|(_, name)| words[place..].starts_with(&name.words));
            if let Some((agent, name)) = here.max_by_key(|(_, name)| name.words.len()) {
                found.push(agent);
                words[place..place + name.words.len()].iter_mut().for_each(String::clear);
            }
        }
        found
    }
}

impl Name {
    fn new(text: &str) -> Name {
        Name { words: words(text), is_open: text.trim().contains(' ') }
    }

    /// Where the words of the name stand.
    fn places(&self, words: &[String]) -> Vec<Vec<usize>> {
        let starts = (0..words.len()).filter(|&start| words[start] == self.words[0]);
        let reach = |start: usize| {
            let mut places = vec![start];
            for word in &self.words[1..] {
                let next = places[places.len() - 1] + 1;
                let room = if self.is_open { words.len() } else { words.len().min(next + 1) };
                places.push((next..room).find(|&place| words[place] == *word)?);
            }
            Some(places)
        };
        starts.filter_map(reach).collect()
    }
}

/// Whether a code holds the other in whole threes.
fn has(code: &str, part: &str) -> bool {
    code.match_indices(part).any(|(place, _)| place % 3 == 0)
}

/// The words in capitals, without possessives and marks.
fn words(text: &str) -> Vec<String> {
    let text = text.replace(['_', '’'], " ").replace("'s", "").to_uppercase();
    let words = text
        .split_whitespace()
        .map(|word| word.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '.').replace('.', ""));
    words.filter(|word| !word.is_empty()).collect()
}

/// The lines of a dictionary without what is said beside them.
pub fn lines(text: &str) -> Vec<&str> {
    let mut is_remark = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        is_remark |= line.starts_with("<!");
        if !is_remark {
            lines.push(line.split('#').next().unwrap_or_default().trim_end());
        }
        is_remark &= !line.contains("-->");
    }
    lines
}

fn read_actors(text: &str) -> Vec<Actor> {
    let mut actors: Vec<Actor> = Vec::new();
    for line in lines(text) {
        let (name, codes) = line.split_once('[').map_or((line, ""), |(name, codes)| (name, codes));
        let name = name.trim();
        if !name.is_empty() && !name.starts_with('+') || actors.is_empty() {
            actors.push(Actor::default());
        }
        let actor = actors.last_mut().expect("one was just added");
        let named = Name::new(name.trim_start_matches('+'));
        if !named.words.is_empty() {
            actor.names.push(named);
        }
        actor.codes.extend(codes.split(']').next().and_then(dated));
    }
    // What holds at all times gives way to what held at some.
    for actor in &mut actors {
        actor.codes.sort_by_key(|dated| (dated.from, dated.to) == (0, u32::MAX));
    }
    actors
}

/// "AAA", "AAA < 880301", "AAA 19880301 - 19921231", "AAA > 921231".
fn dated(text: &str) -> Option<Dated> {
    let text = text.trim();
    let end = text.find([' ', '<', '>']).unwrap_or(text.len());
    let code = text[..end].to_owned();
    let when = text[end..].replace(' ', "");
    let (from, to) = match when.chars().next() {
        Some('<') => (0, date(&when[1..])? - 1),
        Some('>') => (date(&when[1..])? + 1, u32::MAX),
        Some(_) => {
            let (from, to) = when.split_once('-')?;
            (date(from)?, date(to)?)
        }
        None => (0, u32::MAX),
    };
    (!code.is_empty()).then_some(Dated { code, from, to })
}

/// "NOUN {PLURAL} [~CODE]"; no braces for a regular plural, empty ones for none; "!SET!" stands for the words
/// of a set.
fn read_agents(text: &str) -> Vec<Agent> {
    let mut sets: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut agents = Vec::new();
    for line in lines(text) {
        if let Some((set, members)) = line.split_once('=') {
            sets.insert(set.trim(), members.split(',').map(str::trim).collect());
            continue;
        }
        let Some((name, code)) = line.split_once('[') else { continue };
        let code = code.trim_end_matches(']').trim();
        let (name, plural) = name.split_once('{').map_or((name, None), |(name, plural)| (name, Some(plural)));
        let mut names = vec![name.trim().to_owned()];
        if let Some((set, members)) = sets.iter().find(|(set, _)| name.contains(*set)) {
            names = members.iter().map(|member| name.trim().replace(set, member)).collect();
        } else {
            let plural = plural.map(|plural| plural.trim().trim_end_matches('}').to_owned());
            names.push(plural.unwrap_or_else(|| plural_of(name.trim())));
        }
        let names = names.iter().map(|name| Name::new(name)).filter(|name| !name.words.is_empty()).collect();
        agents.push(Agent { names, code: code.replace('~', ""), is_prefix: code.ends_with('~') });
    }
    agents
}

fn plural_of(noun: &str) -> String {
    match noun.strip_suffix('Y') {
        Some(stem) => format!("{stem}IES"),
        None if noun.ends_with(['S', 'X', 'Z']) || noun.ends_with("CH") => format!("{noun}ES"),
        None => format!("{noun}S"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionaries() -> Dictionaries {
        let actors = "<!-- of islands -->\nUTOPIA_  [UTO] # an isle\n+UTOPIAN\nLILLIPUT HARBOUR [LLPTRN]\nLILLIPUT [LLP]\n\
            GULLIVER\n+THE_SURGEON\n\t[LLP <880301]\n\t[BRB 19880301 - 19921231]\n\t[UNK]\nTWINS  [AAA/BBB]\n";
        let agents = "!FOLK! = WIFE, WIVES\nBAILIFF [~GOV]\nWATCH {} [~COP]\nDOCTORS_ABROAD {} [NGO~]\nMOUSE {MICE} [~MSE]\n\
            FISH!FOLK! [~GOV]\nLADY [~CVL]\n";
        Dictionaries::read(actors, agents)
    }

    #[test]
    fn actors_and_agents_make_a_code() {
        let dictionaries = dictionaries();
        let code = |phrase: &str| dictionaries.codes(phrase, 19_990_101).join(" ");
        assert_eq!(code("the Utopian bailiffs"), "UTOGOV");
        assert_eq!(code("Utopia's mice and watch"), "UTOMSECOP");
        assert_eq!(code("Doctors Abroad of Utopia"), "NGOUTO");
        assert_eq!(code("a bailiff and fishwives"), "---GOV");
        assert_eq!(code("ladies of Lilliput's great harbour"), "LLPTRNCVL");
        assert_eq!(code("the twins' bailiff"), "AAAGOV BBBGOV");
        assert_eq!(code("its watches"), "");
        assert_eq!(code("Utopia and grey old Lilliput"), "UTO LLP");
        assert_eq!(code("the mice and watch of Utopia"), "UTOMSECOP");
        let of_both = dictionaries.codes_of_role("bailiffs", "of Utopia and Lilliput", 19_990_101);
        assert_eq!(of_both, ["UTOGOV", "LLPGOV"]);
    }

    #[test]
    fn who_somebody_was_depends_on_the_day() {
        let dictionaries = dictionaries();
        let code = |day: u32| dictionaries.codes("the surgeon", day).join(" ");
        assert_eq!([code(19_880_229), code(19_880_301), code(19_930_101)], ["LLP", "BRB", "UNK"]);
    }
}
