//! Circumstance: when and where an event happened and how many people it concerned, from the words
//! that hang on its clause.

use dateline_document::{Counts, Document, EventDate, EventPlace, PlaceForm, PlaceId, Status, TokenId};

use super::Story;
use crate::grammar::{is_noun, is_verb, lemma, relation};

/// Verbs that tell of an event without being part of it: their "Monday" is when it was said.
const REPORTING: &[&str] = &[
    "say",
    "tell",
    "report",
    "announce",
    "add",
    "state",
    "declare",
    "confirm",
    "claim",
    "write",
    "note",
    "believe",
    "think",
    "acknowledge",
    "reveal",
    "disclose",
    "explain",
    "argue",
    "insist",
    "estimate",
    "suggest",
    "show",
    "quote",
    "allege",
];

/// What a step up to the next clause weighs, against a step down inside one.
const STEP: usize = 4;

/// Steps from the trigger up to the clause that a circumstance hangs on, `None` where it hangs elsewhere.
fn distance(document: &Document, trigger: TokenId, modifier: TokenId) -> Option<usize> {
    let mut clause = trigger;
    for steps in 0..6 {
        if let Some(depth) = depth_below(document, clause, modifier, trigger) {
            return Some(steps * STEP + depth);
        }
        let head = document.head(clause)?;
        let link = relation(document, clause);
        // "said Monday that troops had left": the saying's day is not the leaving's.
        if is_verb(document, head)
            && REPORTING.contains(&lemma(document, head))
            && matches!(link, "ccomp" | "parataxis" | "advcl")
        {
            return None;
        }
        if matches!(link, "relcl" | "parataxis") {
            return None;
        }
        clause = head;
    }
    None
}

/// How deep below `clause` the modifier hangs, crossing no other clause.
fn depth_below(document: &Document, clause: TokenId, modifier: TokenId, trigger: TokenId) -> Option<usize> {
    let mut at = modifier;
    for depth in 0..7 {
        if at == clause {
            return Some(depth);
        }
        let is_clause = is_verb(document, at) && at != trigger && depth > 0;
        if is_clause
            && matches!(
                relation(document, at),
                "ccomp" | "relcl" | "advcl" | "parataxis" | "conj" | "acl" | "xcomp" | "pcomp"
            )
        {
            return None;
        }
        at = document.head(at)?;
    }
    None
}

/// Not yet done: what is told before it, in the clause above, is of the telling. What "allegedly opened fire"
/// was done, if it was, where the rest was.
fn is_open(document: &Document, trigger: TokenId, status: Status) -> bool {
    match status {
        Status::Planned | Status::Demanded => true,
        Status::Possible => document.token(trigger).tag != "VBD",
        _ => false,
    }
}

/// The nearest date expression of the trigger's own clause, else of the clause above it.
pub(crate) fn date_of(story: &Story, trigger: TokenId, status: Status) -> Option<EventDate> {
    let document = story.document;
    let sentence = document.sentence_of(trigger).span;
    let first = story.dates.partition_point(|date| date.span.start < sentence.start);
    story.dates[first..]
        .iter()
        .take_while(|date| date.span.start < sentence.end)
        .filter_map(|date| {
            let interval = date.interval?;
            let head = document.head_of_span(date.span)?;
            let distance = distance(document, trigger, head)?;
            // "on Friday pledged to send": the pledge's day is not the sending's.
            if is_open(document, trigger, status) && distance >= STEP && head < trigger {
                return None;
            }
            let gap = head.0.abs_diff(trigger.0) as usize;
            Some((distance, gap, EventDate { span: Some(date.span), interval }))
        })
        .min_by_key(|(distance, gap, _)| (*distance, *gap))
        .map(|(_, _, date)| date)
        .or_else(|| only_date(story, trigger, first, status))
}

/// "will meet the chiefs to discuss the leaks on Tuesday": a date that hangs below the trigger is
/// the trigger's where the sentence has no other.
fn only_date(story: &Story, trigger: TokenId, first: usize, status: Status) -> Option<EventDate> {
    let document = story.document;
    let end = document.sentence_of(trigger).span.end;
    let mut there = story.dates[first..]
        .iter()
        .take_while(|date| date.span.start < end)
        .filter(|date| date.interval.is_some());
    let date = there.next().filter(|_| there.next().is_none())?;
    let head = document.head_of_span(date.span)?;
    let is_below = head > trigger && document.ancestors(head).take(8).any(|above| above == trigger);
    let is_told = document
        .ancestors(head)
        .take(3)
        .any(|above| REPORTING.contains(&lemma(document, above)) && above != trigger);
    let interval = date.interval?;
    (is_below && !is_told && status != Status::Denied)
        .then_some(EventDate { span: Some(date.span), interval })
}

const WHERE: &[&str] = &[
    "in",
    "at",
    "near",
    "on",
    "across",
    "outside",
    "around",
    "inside",
    "throughout",
    "off",
    "over",
    "along",
    "within",
    "to",
    "into",
];

/// The place after "in", "at", "near" of the trigger's clause, the nearest first.
pub(crate) fn place_of(story: &Story, trigger: TokenId, status: Status) -> Option<EventPlace> {
    let document = story.document;
    let sentence = document.sentence_of(trigger).span;
    let first = story.places.partition_point(|place| place.span.start < sentence.start);
    story.places[first..]
        .iter()
        .enumerate()
        .take_while(|(_, place)| place.span.start < sentence.end)
        .filter(|(_, place)| place.form == PlaceForm::Name)
        .filter_map(|(number, place)| {
            let head = document.head_of_span(place.span)?;
            let preposition = locating(document, head)?;
            let distance = distance(document, trigger, preposition)?;
            if is_open(document, trigger, status) && distance >= STEP && head < trigger {
                return None;
            }
            let motion = matches!(document.word(preposition), "to" | "into");
            let gap = head.0.abs_diff(trigger.0) as usize;
            Some((
                distance + 3 * usize::from(motion),
                gap,
                EventPlace { place: PlaceId((first + number) as u32), is_from_dateline: false },
            ))
        })
        .min_by_key(|(distance, gap, _)| (*distance, *gap))
        .map(|(_, _, place)| place)
}

/// The preposition of place over a toponym, looking through "the city of", "Baghdad's suburb", appositions.
fn locating(document: &Document, head: TokenId) -> Option<TokenId> {
    let mut at = head;
    for _ in 0..4 {
        let above = document.head(at)?;
        match relation(document, at) {
            // "marched through Lima", not "through Ghana's envoy" or "a corridor through Syria".
            "pobj" if document.word(above) == "through" => {
                let is_way = at == head && document.head(above).is_some_and(|verb| is_verb(document, verb));
                return is_way.then_some(above);
            }
            "pobj" if WHERE.contains(&document.word(above).to_lowercase().as_str()) => return Some(above),
            "pobj" if document.word(above) == "of" => at = above,
            "prep" if is_noun(document, above) => at = above,
            "poss" | "compound" | "nmod" | "appos" | "conj" | "amod" => at = above,
            "npadvmod" | "advmod" => return Some(at),
            _ => return None,
        }
    }
    None
}

/// Numbers of people killed, injured, arrested or taking part, beside a trigger's clause.
pub(crate) fn counts_of(story: &Story, trigger: TokenId) -> Counts {
    let document = story.document;
    let mut counts = Counts::default();
    for id in super::role::clause(document, trigger) {
        let victims = match relation(document, id) {
            "dobj" | "nsubjpass" | "nsubj" | "pobj" | "dative" => number_at(document, id),
            _ => None,
        };
        let Some(number) = victims else { continue };
        let Some(above) = document.head(id) else { continue };
        let above =
            if relation(document, id) == "pobj" { document.head(above).unwrap_or(above) } else { above };
        match (lemma(document, above), relation(document, id)) {
            (
                "kill" | "killing" | "slay" | "execute" | "massacre" | "murder" | "assassinate" | "behead",
                "dobj" | "nsubjpass" | "pobj",
            )
            | ("die" | "perish", "nsubj") => counts.killed = counts.killed.or(Some(number)),
            ("injure" | "wound" | "hurt" | "maim" | "injury", "dobj" | "nsubjpass" | "pobj") => {
                counts.injured = counts.injured.or(Some(number));
            }
            (
                "arrest" | "detain" | "jail" | "imprison" | "hold" | "detention",
                "dobj" | "nsubjpass" | "pobj",
            ) => {
                counts.arrested = counts.arrested.or(Some(number));
            }
            (
                "march" | "protest" | "rally" | "demonstrate" | "gather" | "strike" | "take" | "attend"
                | "join",
                "nsubj",
            ) => {
                counts.size = counts.size.or(Some(number));
            }
            _ => {}
        }
    }
    counts
}

/// "three", "1,200", "two dozen" before a noun, or as its own head.
fn number_at(document: &Document, id: TokenId) -> Option<u32> {
    let by_child = document.children_by(id, "nummod").find_map(|child| {
        let below: u32 = document
            .children_by(child, "compound")
            .find_map(|inner| value_of(document.word(inner)))
            .unwrap_or(1);
        value_of(document.word(child))
            .map(|value| if value >= 100 && below > 1 { below * value } else { value })
    });
    by_child.or_else(|| (document.token(id).pos == "NUM").then(|| value_of(document.word(id))).flatten())
}

fn value_of(word: &str) -> Option<u32> {
    let words = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let word = word.to_lowercase();
    if let Some(index) = words.iter().position(|known| *known == word) {
        return Some(index as u32 + 1);
    }
    match word.as_str() {
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        _ => word.replace(',', "").parse().ok().filter(|number| *number < 10_000_000),
    }
}
