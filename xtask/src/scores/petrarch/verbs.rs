//! The suite's dictionary of verbs: blocks of verbs that share patterns.

use std::collections::HashMap;

use super::actors::lines;

#[derive(Debug, Default)]
pub struct Verbs {
    pub blocks: Vec<Block>,
    /// Members of each set of synonyms: "&METAL" stands for any of them. Sets within sets are spelt out.
    pub synonyms: HashMap<String, Vec<String>>,
}

/// "--- HUM [010] ---", then verbs, then patterns.
#[derive(Debug, Default)]
pub struct Block {
    pub verbs: Vec<Verb>,
    pub patterns: Vec<Pattern>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verb {
    /// In small letters: "sing".
    pub word: String,
    /// Those that follow it: "along".
    pub after: Vec<String>,
    /// And go before it: "deep" of "deep fry".
    pub before: Vec<String>,
    /// None where the verb alone tells nothing.
    pub code: Option<String>,
}

/// "- VOWED * SONG [012]": what stands around the verb.
#[derive(Debug, PartialEq, Eq)]
pub struct Pattern {
    pub before: Vec<Item>,
    pub after: Vec<Item>,
    /// None where the pattern says that nothing is told.
    pub code: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Item {
    /// Words in a row, in small letters: "song", or "fresh &metal coin" with a set among them.
    Words(Vec<String>),
    /// Words right beside the verb, which is `*` among them.
    Joined(Vec<String>),
    /// `$`
    Source,
    /// `+`
    Target,
    /// `%`: several parties joined.
    Compound,
    /// `^`: a party that is nobody here.
    Skipped,
}

pub fn read(text: &str) -> Verbs {
    let mut verbs = Verbs::default();
    let mut set: Option<String> = None;
    let mut default = None;
    for line in lines(text) {
        let line = line.trim();
        if let Some(header) = line.strip_prefix("---") {
            set = None;
            default = code(header);
            verbs.blocks.push(Block::default());
        } else if line.starts_with('&') {
            let name = line.trim_matches('_').to_lowercase();
            verbs.synonyms.insert(name.clone(), Vec::new());
            set = Some(name);
        } else if let Some(pattern) = line.strip_prefix("- ") {
            if let Some(block) = verbs.blocks.last_mut() {
                block.patterns.push(read_pattern(pattern));
            }
        } else if let (Some(member), Some(set)) = (line.strip_prefix('+'), &set) {
            let member = member.replace('_', " ").trim().to_lowercase();
            let members = match verbs.synonyms.get(&member) {
                Some(members) => members.clone(),
                None => vec![member],
            };
            verbs.synonyms.entry(set.clone()).or_default().extend(members);
        } else if let (Some(block), false) = (verbs.blocks.last_mut(), line.is_empty()) {
            set = None;
            block.verbs.extend(read_verb(line, default.as_deref()));
        }
    }
    verbs
}

/// What stands in the first brackets; none for a code that is only marks.
fn code(text: &str) -> Option<String> {
    let code = text.split_once('[')?.1.split_once(']')?.0.trim().trim_end_matches('?');
    code.contains(char::is_alphanumeric).then(|| code.to_owned())
}

/// "SING { SANG SUNG }", "+SING_ALONG {…}", "DEEP_+FRY", "HUM [014]". Its other forms are the
/// lemmatizer's to know.
fn read_verb(line: &str, default: Option<&str>) -> Option<Verb> {
    let name = line.split(['{', '[']).next().unwrap_or_default().trim().trim_matches('_').to_lowercase();
    let (before, rest) = match name.split_once('+') {
        Some((before, rest)) => (before.to_owned(), rest.to_owned()),
        None => (String::new(), name),
    };
    let split =
        |words: &str| words.split(['_', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let mut words: Vec<String> = split(&rest);
    if words.is_empty() {
        return None;
    }
    let word = words.remove(0);
    let code = if line.contains('[') { code(line) } else { default.map(str::to_owned) };
    Some(Verb { word, after: words, before: split(&before), code })
}

fn read_pattern(line: &str) -> Pattern {
    let mut pattern = Pattern { before: Vec::new(), after: Vec::new(), code: code(line) };
    let mut is_after = false;
    for word in line.split('[').next().unwrap_or_default().split_whitespace() {
        let words: Vec<String> =
            word.split('_').filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let star = words.iter().position(|word| word == "*");
        let item = match word.trim_matches('_') {
            "*" => None,
            "$" => Some(Item::Source),
            "+" => Some(Item::Target),
            "%" => Some(Item::Compound),
            "^" => Some(Item::Skipped),
            _ if star.is_some() => Some(Item::Joined(words)),
            _ => Some(Item::Words(words)),
        };
        match (item, is_after) {
            (Some(Item::Joined(words)), _) if words[0] == "*" => pattern.after.push(Item::Joined(words)),
            (Some(item), false) => push(&mut pattern.before, item),
            (Some(item), true) => push(&mut pattern.after, item),
            (None, _) => {}
        }
        is_after |= star.is_some();
    }
    pattern
}

/// An article stands in a row with the word after it.
fn push(items: &mut Vec<Item>, item: Item) {
    match (items.last_mut(), item) {
        (Some(Item::Words(before)), Item::Words(words))
            if before.len() == 1 && ["a", "an", "the"].contains(&before[0].as_str()) =>
        {
            before.extend(words);
        }
        (_, item) => items.push(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_verbs_and_patterns() {
        let text = "&METAL_\n+GOLD\n+WHITE_SILVER\n\n&RICHES\n+&METAL\n+PEARLS\n\n--- HUM [010:011] ---\nHUM {HUMS} # softly\n\
            +SING_ALONG {+SANG_ALONG}\nGROWL [---]\n- + WAS_* FRESH_&METAL_COIN FROM $ [012]\n- SWORE *_OFF [---]\n- * THE COIN [013]\n";
        let verbs = read(text);
        assert_eq!(verbs.synonyms["&riches"], ["gold", "white silver", "pearls"]);
        let block = &verbs.blocks[0];
        let told: Vec<_> =
            block.verbs.iter().map(|verb| (verb.word.as_str(), verb.code.as_deref())).collect();
        assert_eq!(told, [("hum", Some("010:011")), ("sing", Some("010:011")), ("growl", None)]);
        assert_eq!(block.verbs[1].after, ["along"]);
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(block.patterns[0].before, [Item::Target, Item::Joined(words(&["was", "*"]))]);
        assert_eq!(
            block.patterns[0].after,
            [Item::Words(words(&["fresh", "&metal", "coin"])), Item::Words(words(&["from"])), Item::Source]
        );
        assert_eq!(block.patterns[2].after, [Item::Words(words(&["the", "coin"]))]);
        assert_eq!(
            (&block.patterns[1].after[0], &block.patterns[1].code),
            (&Item::Joined(words(&["*", "off"])), &None)
        );
    }
}
