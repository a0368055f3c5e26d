//! "Peru, the mighty Chad, and Mali signed": of those in a list, the parser likes to take the second for another
//! name of the first, the first for an adverb, or the last for a subject of its own. Undone where the list's
//! "and" or its marks show that it is one.

use dateline_document::{Document, TokenId};

use super::Graft;
use super::name::TITLES;
use crate::grammar::{is_noun, is_verb, is_when, relation};

/// What makes one list of the words around `id`.
pub(super) fn grafts(document: &Document, id: TokenId) -> Vec<Graft> {
    match relation(document, id) {
        "appos" => beside(document, id).into_iter().collect(),
        "npadvmod" | "advmod" => before_its_list(document, id),
        "nsubj" | "nsubjpass" => second_subject(document, id).into_iter().collect(),
        "prep" => alongside(document, id).into_iter().collect(),
        "conj" => after_a_name(document, id).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn is_comma(document: &Document, id: TokenId) -> bool {
    document.word(id) == ","
}

fn before(document: &Document, id: TokenId) -> Option<TokenId> {
    let first = document.edges(id).0;
    (first > document.sentence_of(id).start).then(|| TokenId(first.0 - 1))
}

fn is_and(document: &Document, id: TokenId) -> bool {
    document.token(id).tag == "CC" && matches!(document.word(id), "and" | "or" | "&")
}

fn has_and(document: &Document, id: TokenId) -> bool {
    document.children_by(id, "cc").any(|cc| is_and(document, cc) || document.word(cc) == "as")
}

/// A name that is no title: "Chad", never "Minister" nor "the King of Tonga".
fn is_name(document: &Document, id: TokenId) -> bool {
    document.token(id).tag.starts_with("NNP")
        && document.word(id).starts_with(char::is_uppercase)
        && !TITLES.contains(&document.word(id))
        && !document.children_by(id, "prep").any(|of| document.word(of) == "of")
}

/// Joined to `first`, the next, whose own are joined to it in turn.
fn chain(document: &Document, first: TokenId) -> impl Iterator<Item = TokenId> {
    std::iter::successors(Some(first), |&id| document.children_by(id, "conj").find(|&next| next > id))
        .take(32)
}

/// "Estonia, *Latvia* and Lithuania", the second told for the first in other words.
fn beside(document: &Document, second: TokenId) -> Option<Graft> {
    let first = document.head(second).filter(|&first| first < second)?;
    let mark = before(document, second).filter(|&mark| mark > first)?;
    if !is_noun(document, first) || !is_noun(document, second) {
        return None;
    }
    let are_names =
        is_name(document, first) && is_name(document, second) && are_of_a_kind(document, first, second);
    // "Chad, Mali and the vast *Niger*".
    if document.word(mark) == "and" {
        return are_names.then(|| Graft::new(second, first, "conj"));
    }
    let comma = Some(mark).filter(|&mark| is_comma(document, mark))?;
    let own: Vec<TokenId> = chain(document, second).collect();
    // The parser may hang the "and" on a word of the one before it.
    let has_last = || {
        let last = own.last().filter(|_| own.len() > 1);
        last.and_then(|&last| before(document, last)).is_some_and(|and| is_and(document, and))
    };
    let is_closed_by_own = own.iter().any(|&one| has_and(document, one)) || has_last();
    let after: Option<TokenId> = document.children_by(first, "conj").find(|&next| next > second);
    let is_closed_after = after.is_some_and(|next| is_name(document, next)) && has_and(document, first);
    // "in Lima, Peru, and Quito, Ecuador".
    let is_told_where = after.is_some_and(|next| document.child(next, "appos").is_some());
    if !(is_closed_by_own || is_closed_after) || is_told_where || is_in_a_place(document, first) {
        return None;
    }
    // "The chief, two clerks and a guard": no one is two.
    let is_other_number = !is_plural(document, first) && is_plural(document, second);
    // "a teacher, a nurse and a guard", "the emir of Qatar, the king of Jordan and the pope".
    let articles: Vec<_> = [first].iter().chain(&own).map(|&one| article(document, one)).collect();
    let are_alike = articles[0].is_some() && articles.windows(2).all(|two| two[0] == two[1]);
    // "the group, Hamas, and its allies".
    let is_named = is_name(document, second) && !is_name(document, first);
    let runs_on = || {
        // "The chief, a poet and a drinker, resigned" has a mark behind what it says of the chief.
        let last = document.edges(*own.last().unwrap_or(&second)).1;
        let is_subject = matches!(relation(document, first), "nsubj" | "nsubjpass");
        let next = TokenId(last.0 + 1);
        is_subject
            && !is_named
            && is_closed_by_own
            && next < document.sentence_of(first).end
            && (is_verb(document, next) || matches!(document.token(next).tag.as_str(), "MD" | "RB"))
    };
    let are_others = is_closed_by_own
        && is_right_before(document, first, comma)
        && (is_other_number && !is_name(document, first) || are_alike);
    (are_names || are_others || runs_on()).then(|| Graft::new(second, first, "conj"))
}

/// No "Andrew Rice, a Democrat", "Marsha Blackburn, R-Tenn.", "two Democrats, Tom Steyer" or "on Saturday, Rick Nolan".
fn are_of_a_kind(document: &Document, first: TokenId, second: TokenId) -> bool {
    let label = |id: TokenId| document.name_at(id).map_or("", |name| name.label.as_str());
    let is_after_hyphen = document.word(TokenId(second.0 - 1)) == "-";
    let is_count = document.token(first).tag == "NNPS" && document.child(first, "nummod").is_some();
    let is_member = label(second) == "NORP" && label(first) == "PERSON";
    !is_after_hyphen && !is_count && !is_member && !is_any(document, second) && !is_when(document, first)
}

/// "the", or "a" for any.
fn article(document: &Document, id: TokenId) -> Option<String> {
    let article = document.word(document.child(id, "det")?).to_lowercase();
    matches!(article.as_str(), "a" | "an" | "the").then(|| article.trim_end_matches('n').to_owned())
}

/// Whether a comma follows the noun, or the "of" phrase right behind it.
fn is_right_before(document: &Document, noun: TokenId, comma: TokenId) -> bool {
    let of = document.children_by(noun, "prep").find(|&of| document.word(of) == "of" && of.0 == noun.0 + 1);
    let last = of.map_or(noun, |of| document.edges(of).1);
    // The second of them may have been hung on the last word of that phrase.
    comma.0 == last.0 + 1 || comma.0 == noun.0 + 1
}

fn is_any(document: &Document, id: TokenId) -> bool {
    document.child(id, "det").is_some_and(|article| matches!(document.word(article), "a" | "an" | "A" | "An"))
}

fn is_plural(document: &Document, id: TokenId) -> bool {
    document.token(id).tag.ends_with('S')
}

/// "in Lima, Peru": what stands behind a place may be where it lies.
fn is_in_a_place(document: &Document, id: TokenId) -> bool {
    relation(document, id) == "pobj"
        && document.head(id).is_some_and(|preposition| {
            matches!(
                document.word(preposition),
                "in" | "In" | "at" | "near" | "outside" | "around" | "from" | "across"
            )
        })
}

/// "*Chad*, Mali and Niger signed": the first of those who do it, taken for an adverb of it.
fn before_its_list(document: &Document, first: TokenId) -> Vec<Graft> {
    let Some(verb) = document.head(first).filter(|&verb| is_verb(document, verb)) else { return Vec::new() };
    let is_proper = document.token(first).pos == "PROPN" && is_name(document, first);
    if first > verb || !is_proper || is_when(document, first) {
        return Vec::new();
    }
    let subject = document
        .children(verb)
        .iter()
        .copied()
        .find(|&child| matches!(relation(document, child), "nsubj" | "nsubjpass"));
    if document.edges(first).0 != document.sentence_of(first).start {
        // "Mali, the vast Chad, and *Niger* condemned it".
        let subject = subject.filter(|&subject| subject < first && has_and(document, subject));
        let is_last = before(document, first).is_some_and(|and| is_and(document, and));
        let graft = subject.filter(|_| is_last).map(|subject| Graft::new(first, subject, "conj"));
        return graft.into_iter().collect();
    }
    let Some(subject) = subject else {
        // "Tarnost, Quel and Zambor condemned it", and the verb taken for a participle.
        let is_list = document.child(first, "conj").is_some() && has_chained_and(document, first);
        return if is_list { vec![Graft::new(first, verb, "nsubj")] } else { Vec::new() };
    };
    let follows = before(document, subject)
        .is_some_and(|comma| is_comma(document, comma) && comma == TokenId(document.edges(first).1.0 + 1));
    let is_list = document.child(subject, "conj").is_some() && has_chained_and(document, subject);
    match follows && is_list && is_noun(document, subject) {
        true => {
            vec![Graft::new(first, verb, relation(document, subject)), Graft::new(subject, first, "conj")]
        }
        false => Vec::new(),
    }
}

fn has_chained_and(document: &Document, first: TokenId) -> bool {
    chain(document, first).any(|id| has_and(document, id))
}

/// "Mali, a landlocked country, and *Niger* expelled him", "talks between the state, the *church* and the unions
/// failed": a subject more than a verb has.
fn second_subject(document: &Document, second: TokenId) -> Option<Graft> {
    let verb = document.head(second)?;
    let is_before = |&child: &TokenId| {
        child < second
            && matches!(relation(document, child), "nsubj" | "nsubjpass")
            && is_noun(document, child)
    };
    let first = document.children(verb).iter().rev().copied().find(is_before)?;
    let mark = before(document, second).filter(|_| is_noun(document, second) && second < verb)?;
    if is_and(document, mark) || relation(document, mark) == "cc" {
        // "the numbers hold, and his *point* is right" has two clauses.
        let is_apart = mark.0 > 0 && is_comma(document, TokenId(mark.0 - 1));
        let may_be_apart = is_name(document, first) && is_name(document, second)
            || document.children_by(first, "prep").any(|word| document.word(word) == "including")
            || ["appos", "conj"]
                .iter()
                .any(|&between| document.child(first, between).is_some_and(|id| id < second));
        let follows = document.edges(first).1.0 + 2 >= mark.0;
        return (follows && (!is_apart || may_be_apart)).then(|| Graft::new(second, first, "conj"));
    }
    let is_list = document.child(second, "conj").is_some() && has_chained_and(document, second);
    if !is_comma(document, mark) || !is_list {
        return None;
    }
    let last = document
        .children_by(first, "prep")
        .filter(|&preposition| preposition > first)
        .flat_map(|preposition| document.children_by(preposition, "pobj"))
        .find(|&object| {
            let last = TokenId(document.edges(object).1.0 + 1);
            (last == mark || document.edges(object).1 == mark)
                && !has_chained_and(document, object)
                && is_noun(document, object)
        })?;
    Some(Graft::new(second, chain(document, last).last()?, "conj"))
}

/// "Turkey, *along* with Iran, condemned it": beside who does it, and not how.
fn alongside(document: &Document, preposition: TokenId) -> Option<Graft> {
    let verb = document.head(preposition).filter(|&verb| is_verb(document, verb) && preposition < verb)?;
    let is_beside = match document.word(preposition) {
        "along" => document.children_by(preposition, "prep").any(|with| document.word(with) == "with"),
        "with" => document
            .children_by(preposition, "advmod")
            .any(|word| matches!(document.word(word), "together" | "along")),
        _ => false,
    };
    let subject =
        document.children(verb).iter().copied().find(|&child| {
            matches!(relation(document, child), "nsubj" | "nsubjpass") && child < preposition
        })?;
    let comma = before(document, preposition)?;
    (is_beside && is_comma(document, comma) && is_noun(document, subject))
        .then(|| Graft::new(preposition, subject, "prep"))
}

/// "ministers from Spain, Portugal, and *Italy*", "lawmakers in Kenya and *Uganda*": a name joined to the noun
/// before names that lack their "and".
fn after_a_name(document: &Document, name: TokenId) -> Option<Graft> {
    let noun = document.head(name).filter(|&noun| noun < name && document.token(noun).pos == "NOUN")?;
    let is_bare = is_name(document, name) && has_and(document, noun);
    let object = document
        .children_by(noun, "prep")
        .filter(|&preposition| preposition < name)
        .last()
        .and_then(|preposition| document.child(preposition, "pobj"))
        .filter(|&object| is_bare && is_name(document, object) && !has_chained_and(document, object))?;
    let last = chain(document, object).last().filter(|&last| last < name)?;
    let label = |id: TokenId| document.name_at(id).map(|name| name.label.as_str());
    let is_of_a_kind = label(object) == label(name) && is_plural(document, noun);
    (last != object || is_of_a_kind).then(|| Graft::new(name, last, "conj"))
}
