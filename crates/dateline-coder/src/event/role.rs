//! Roles: the heads of the phrases that stand where a rule looks for a party.

use dateline_codebook::{RolePath, TriggerForm};
use dateline_document::{Document, TokenId};

use super::trigger::Found;
use crate::actor::Actors;
use crate::grammar::{
    conjuncts, is_noun, is_verb, lemma, light_use, noun_objects, noun_subjects, objects,
    prepositional_objects, relation, subjects,
};

/// The phrase heads at the end of `path`, whoever they are.
pub(crate) fn fillers(document: &Document, actors: &Actors, found: &Found, path: &RolePath) -> Vec<TokenId> {
    let head = found.head;
    match (path, found.form) {
        (RolePath::Subject, TriggerForm::Verb) => subjects(document, head),
        (RolePath::Object, TriggerForm::Verb) => objects(document, head),
        (RolePath::Subject, TriggerForm::Noun) => noun_subjects(document, head, &found.others, actors),
        (RolePath::Object, TriggerForm::Noun) => noun_objects(document, head, actors),
        // "critical of the court": the bearer of an adjective.
        (RolePath::Subject | RolePath::Object, TriggerForm::Adjective) => bearer(document, head),
        (RolePath::Preposition(word), _) => after_preposition(document, actors, found, word),
        (RolePath::Complement, _) => complements(document, found)
            .into_iter()
            .flat_map(|below| concerned(document, actors, below))
            .collect(),
        (RolePath::Below, _) => below(document, actors, found),
        (RolePath::Governor, _) => governor(document, head),
        (RolePath::Addressee, _) => addressee(document, head),
        (RolePath::Provoker, _) => provoker(document, head),
        (RolePath::Modifier, _) => modifiers(document, head),
        (RolePath::Clause, _) => clause(document, head),
    }
}

/// "fired artillery shells at the camp": what is fired, which is not whom it hits.
pub(crate) fn is_fired(document: &Document, verb: TokenId, object: TokenId) -> bool {
    matches!(lemma(document, verb), "fire" | "launch" | "lob" | "hurl" | "return" | "unleash" | "aim")
        && matches!(
            lemma(document, object),
            "artillery"
                | "shell"
                | "round"
                | "fire"
                | "barrage"
                | "salvo"
                | "volley"
                | "missile"
                | "rocket"
                | "drone"
                | "torpedo"
                | "mortar"
                | "cannon"
                | "gun"
        )
}

/// Looks below the trigger's head first, then below its other words, its object, and the light verb above.
fn after_preposition(document: &Document, actors: &Actors, found: &Found, word: &str) -> Vec<TokenId> {
    let mut places = vec![found.head];
    places.extend(&found.others);
    match found.form {
        TriggerForm::Verb => {
            places.extend(document.children(found.head).iter().copied().filter(|&child| {
                matches!(relation(document, child), "dobj" | "prt" | "acomp" | "xcomp")
                    && !is_verb(document, child)
            }));
            // "bombed, shelled and fired on the town".
            places
                .extend(document.children_by(found.head, "conj").filter(|&second| is_verb(document, second)));
        }
        TriggerForm::Noun => match light_use(document, found.head) {
            Some(light) => places.push(light.verb()),
            // "the raid was condemned by Peru", which did not make it.
            None => places.extend(document.head(found.head).filter(|&above| {
                is_verb(document, above)
                    && match relation(document, found.head) {
                        "dobj" => true,
                        "nsubjpass" => word != "by",
                        _ => false,
                    }
            })),
        },
        TriggerForm::Adjective => {}
    }
    // "a suspension of aid to Mali", "calls by students for a vote", where the parser gives the second
    // preposition to the noun after the first.
    if is_noun(document, found.head) {
        for first in ["of", "by", "from"].iter().filter(|&&first| first != word) {
            places.extend(prepositional_objects(document, found.head, first));
        }
    }
    // A second noun of doing shares the first one's: "raids and arrests in".
    if is_noun(document, found.head) && relation(document, found.head) == "conj" {
        places.extend(document.head(found.head));
    }
    let mut found_first = Vec::new();
    for place in places {
        let there = prepositional_objects(document, place, word);
        let there: Vec<_> = there.into_iter().filter(|id| *id != found.head).collect();
        // "opened an embassy in Rwanda in 2019": the year is nobody.
        if there.iter().any(|&id| actors.has_party(id)) {
            return there;
        }
        if found_first.is_empty() {
            found_first = there;
        }
    }
    // "a visit there": the place named last.
    if matches!(word, "to" | "in")
        && document.children(found.head).iter().any(|&id| document.word(id) == "there")
    {
        return actors.place_before(found.head).into_iter().collect();
    }
    found_first
}

/// The first party under the trigger, with what is joined to it, whatever stands between; clauses with a
/// subject of their own aside.
fn below(document: &Document, actors: &Actors, found: &Found) -> Vec<TokenId> {
    let trigger = found.head;
    let is_near = |&id: &TokenId| {
        id > trigger
            && is_noun(document, id)
            && !matches!(
                relation(document, id),
                "compound" | "amod" | "nmod" | "nummod" | "nsubj" | "nsubjpass"
            )
            && document.ancestors(id).take_while(|&above| above != trigger).all(|above| {
                !matches!(relation(document, above), "ccomp" | "conj" | "parataxis")
                    || !is_verb(document, above)
            })
            && actors.has_party(id)
    };
    let mut under = document.subtree(trigger);
    under.sort();
    under.iter().copied().find(|id| is_near(id)).map(|id| conjuncts(document, id)).unwrap_or_default()
}

/// The subject of the verb above a noun of doing, whatever stands between them.
fn governor(document: &Document, noun: TokenId) -> Vec<TokenId> {
    let above = document
        .ancestors(noun)
        .take(6)
        .find(|&id| is_verb(document, id) && relation(document, id) != "prep");
    above.map(|verb| subjects(document, verb)).unwrap_or_default()
}

/// Verbs of turning to somebody, which a purpose below them is said to.
const ADDRESSING: &[&str] =
    &["call", "phone", "telephone", "ring", "cable", "write", "email", "meet", "visit", "message"];

/// Whom the verb goes to that a word is the purpose of: "rang the emir to express his condolences".
fn addressee(document: &Document, word: TokenId) -> Vec<TokenId> {
    let purpose = std::iter::once(word)
        .chain(document.ancestors(word).take(3))
        .find(|&id| matches!(relation(document, id), "advcl" | "xcomp"));
    let turning = purpose
        .and_then(|purpose| document.head(purpose))
        .filter(|&verb| ADDRESSING.contains(&lemma(document, verb)));
    turning.map_or_else(Vec::new, |verb| match objects(document, verb) {
        none if none.is_empty() => ["to", "with"]
            .iter()
            .flat_map(|preposition| prepositional_objects(document, verb, preposition))
            .collect(),
        met => met,
    })
}

/// Who did what a verb answers: the subject of the clause below it that tells what came before.
fn provoker(document: &Document, verb: TokenId) -> Vec<TokenId> {
    let tells_what_came_before = |&clause: &TokenId| {
        document
            .children_by(clause, "mark")
            .any(|mark| matches!(lemma(document, mark), "after" | "because" | "when" | "since"))
    };
    let before = document.children_by(verb, "advcl").find(tells_what_came_before);
    before.map(|clause| subjects(document, clause)).unwrap_or_default()
}

fn bearer(document: &Document, adjective: TokenId) -> Vec<TokenId> {
    let Some(head) = document.head(adjective) else { return Vec::new() };
    match relation(document, adjective) {
        "amod" => conjuncts(document, head),
        "acomp" | "oprd" | "xcomp" | "ccomp" if is_verb(document, head) => {
            crate::grammar::surface_subjects(document, head)
        }
        _ => Vec::new(),
    }
}

/// The verbs and nouns of doing that stand below a trigger: "promised to *send* aid", "threat of *attack*".
pub(crate) fn complements(document: &Document, found: &Found) -> Vec<TokenId> {
    let mut below = Vec::new();
    let mut places = vec![found.head];
    places.extend(&found.others);
    for &place in &places {
        for &child in document.children(place) {
            match relation(document, child) {
                // "demanded that there be an inquiry": the inquiry.
                "ccomp" if document.child(child, "expl").is_some() => {
                    below.extend(document.child(child, "attr").or(Some(child)));
                }
                "advcl" if tells_when(document, child) => {}
                "xcomp" | "ccomp" | "acl" | "advcl" | "dobj" => below.push(child),
                "nsubjpass" => below.push(child),
                "prep" => {
                    below.extend(document.children_by(child, "pobj"));
                    below.extend(document.children_by(child, "pcomp"));
                }
                _ => {}
            }
        }
    }
    below.retain(|id| !places.contains(id));
    let joined: Vec<_> = below
        .iter()
        .flat_map(|&id| document.children_by(id, "conj"))
        .filter(|id| !below.contains(id))
        .collect();
    below.extend(joined);
    below
}

/// "after crowds stormed its embassy": when it was, and not what.
fn tells_when(document: &Document, clause: TokenId) -> bool {
    document.children_by(clause, "mark").any(|mark| {
        matches!(
            document.word(mark),
            "after" | "before" | "since" | "while" | "until" | "because" | "although"
        )
    })
}

/// What one helps others do to somebody.
const AGAINST: &[&str] =
    &["fight", "combat", "battle", "defeat", "contain", "tackle", "quell", "crush", "repel", "hunt", "stop"];

/// What is told or talked about: whatever stands behind it is not told to.
const MATTERS: &[&str] =
    &["information", "intelligence", "data", "evidence", "view", "news", "note", "opinion"];

/// Whom a complement concerns: its object, else whom it is for, to, with or against.
fn concerned(document: &Document, actors: &Actors, below: TokenId) -> Vec<TokenId> {
    // "sent police officers to help": they are no deed.
    if is_noun(document, below) && actors.has_party(below) {
        return Vec::new();
    }
    // "demanded that Israel withdraw", "condemned Israel's raid": whose deed it is or would be.
    let mut own: Vec<TokenId> = match is_verb(document, below) {
        true => {
            let subjects = document.children(below).iter().copied();
            let subjects = subjects.filter(|&id| matches!(relation(document, id), "nsubj" | "nsubjpass"));
            subjects.flat_map(|id| conjuncts(document, id)).collect()
        }
        false => noun_subjects(document, below, &[], actors),
    };
    own.retain(|&id| actors.has_party(id));
    if !own.is_empty() {
        // "threatened that if Chad kept silent, his country would close the road": he threatens Chad.
        return conditioned(document, actors, below).unwrap_or(own);
    }
    let direct = match is_verb(document, below) {
        true => objects(document, below),
        false => noun_objects(document, below, actors),
    };
    let is_party = |id: TokenId| actors.has_party(id);
    let words = ["to", "with", "between", "against", "on", "for", "from", "by", "in", "into"];
    let parties: Vec<TokenId> = direct.iter().copied().filter(|&id| is_party(id)).collect();
    if !parties.is_empty() {
        // "agreed to withdraw its troops from Chad", "refused to send peacekeepers to Chad": who is moved is
        // not whom it is about.
        let are_moved = direct.iter().all(|&id| is_own_or_nameless(document, id));
        let has_owner = |id: TokenId| actors.owner(id, false).is_some();
        let whither = || {
            let ways = ["to", "from"];
            first_after(document, &[below], &ways, is_party)
                .or_else(|| first_after(document, &[below], &ways, has_owner))
        };
        let whither = are_moved.then(whither).flatten();
        // "offered to send troops to help the Chadian army".
        let helped = || {
            let purposes =
                direct.iter().chain([&below]).flat_map(|&id| document.children(id).iter().copied());
            purposes
                .filter(|&id| {
                    is_verb(document, id)
                        && matches!(relation(document, id), "xcomp" | "advcl" | "relcl" | "acl")
                })
                .map(|purpose| {
                    objects(document, purpose).into_iter().filter(|&id| is_party(id)).collect::<Vec<_>>()
                })
                .find(|parties| !parties.is_empty())
        };
        return whither.or_else(|| are_moved.then(helped).flatten()).unwrap_or(parties);
    }
    let mut places = vec![below];
    places.extend(document.children_by(below, "dobj"));
    // "agreed to share information on Mali": told of, and no party to it.
    let is_of_a_matter = direct.iter().any(|&id| MATTERS.contains(&lemma(document, id)));
    let words = if is_of_a_matter { &words[..2] } else { &words[..] };
    if let Some(there) = first_after(document, &places, words, is_party) {
        return there;
    }
    // Behind a thing somebody stands: "lift the ban on Cypriot ships", "bomb Eritrean barracks".
    if relation(document, below) == "xcomp" {
        let has_owner = |id: TokenId| actors.owner(id, false).is_some() && !is_own(document, id);
        if direct.iter().any(|&id| has_owner(id)) {
            return direct;
        }
        if let Some(there) = first_after(document, &places, words, has_owner) {
            return there;
        }
    }
    // "vowed to help rebuild Iraq"; whom one helps fight is not helped.
    let is_helped = |&next: &TokenId| !AGAINST.contains(&lemma(document, next));
    match document.child(below, "xcomp").filter(|_| is_verb(document, below)).filter(is_helped) {
        Some(next) => concerned(document, actors, next),
        None => Vec::new(),
    }
}

/// Whose doing a verb hangs on: the subject of the "if" or "unless" below it.
fn conditioned(document: &Document, actors: &Actors, verb: TokenId) -> Option<Vec<TokenId>> {
    let is_condition = |&clause: &TokenId| {
        document.children_by(clause, "mark").any(|mark| matches!(lemma(document, mark), "if" | "unless"))
    };
    let clause = document.children_by(verb, "advcl").find(is_condition)?;
    let subject = document.child(clause, "nsubj").filter(|&subject| actors.has_party(subject))?;
    Some(conjuncts(document, subject))
}

/// The phrases after the first of these prepositions, at the first of these places, that have one such.
fn first_after(
    document: &Document,
    places: &[TokenId],
    words: &[&str],
    is_it: impl Fn(TokenId) -> bool,
) -> Option<Vec<TokenId>> {
    let mut there = places
        .iter()
        .flat_map(|&place| words.iter().map(move |word| prepositional_objects(document, place, word)));
    there.find(|ids| ids.iter().any(|&id| is_it(id)))
}

/// "its troops".
fn is_own(document: &Document, id: TokenId) -> bool {
    document.child(id, "poss").is_some_and(|owner| document.token(owner).tag == "PRP$")
}

/// "its troops", "peacekeepers": somebody's own, or any of a kind; "the banker" is somebody.
fn is_own_or_nameless(document: &Document, id: TokenId) -> bool {
    let is_name = |id: TokenId| document.word(id).starts_with(char::is_uppercase);
    let is_known =
        |child: TokenId| is_name(child) || matches!(relation(document, child), "det" | "poss" | "relcl");
    is_own(document, id) || !is_name(id) && !document.children(id).iter().any(|&child| is_known(child))
}

fn modifiers(document: &Document, head: TokenId) -> Vec<TokenId> {
    let is_modifier = |&id: &TokenId| {
        matches!(
            relation(document, id),
            "amod" | "compound" | "nmod" | "poss" | "advmod" | "nummod" | "npadvmod" | "neg"
        )
    };
    document.children(head).iter().copied().filter(is_modifier).collect()
}

/// The words of the trigger's clause: all that hangs on it, and on the verb that it is subject or object of.
pub(crate) fn clause(document: &Document, head: TokenId) -> Vec<TokenId> {
    let top = match document.head(head) {
        Some(above) if is_noun(document, head) && is_verb(document, above) => above,
        _ => head,
    };
    let mut words = vec![top];
    let mut next = 0;
    while next < words.len() && words.len() < 200 {
        let opens_clause = |child: TokenId| {
            matches!(relation(document, child), "ccomp" | "advcl" | "relcl" | "parataxis")
                || relation(document, child) == "conj" && is_verb(document, child) && child != head
        };
        let children = document.children(words[next]).iter().copied();
        words.extend(children.filter(|&child| !opens_clause(child)));
        next += 1;
    }
    words.sort();
    words
}
