//! Nouns of doing: who does the attack, the visit, the killing, and to whom.

use dateline_document::{Document, TokenId};

use super::phrase::{conjuncts, is_opposed, prepositional_objects};
use super::{LightUse, is_noun, lemma, light_use, objects, relation, subjects, surface_subjects};

/// Whether a modifier of the noun names its doer ("police raid", "Syrian strike") rather than what
/// it is done to ("hostage release") or with ("rocket fire"): the actors' room knows.
pub(crate) trait Doers {
    fn is_doer(&self, id: TokenId) -> bool;
    /// Anyone at all, doer or not.
    fn is_party(&self, id: TokenId) -> bool;
}

/// Nouns whose possessor, without an "of", is the one it is done to: "the editor's arrest".
const SUFFERED: &[&str] = &[
    "arrest",
    "detention",
    "imprisonment",
    "jailing",
    "killing",
    "murder",
    "assassination",
    "execution",
    "abduction",
    "kidnapping",
    "conviction",
    "deportation",
    "expulsion",
    "extradition",
    "ouster",
    "removal",
    "dismissal",
    "trial",
    "indictment",
    "impeachment",
    "capture",
    "torture",
    "beating",
    "prosecution",
    "poisoning",
    "lynching",
    "hanging",
    "disappearance",
    "release",
    "rescue",
    "beheading",
    "stabbing",
    "overthrow",
    "incarceration",
    "sentencing",
    "acquittal",
    "exile",
];

/// Nouns of shooting, which comes from whoever shoots.
const SHOOTING: &[&str] =
    &["fire", "gunfire", "shelling", "bombardment", "barrage", "salvo", "volley", "shot", "attack", "strike"];

fn is_weapon(document: &Document, id: TokenId) -> bool {
    matches!(
        lemma(document, id),
        "tank"
            | "artillery"
            | "warplane"
            | "jet"
            | "plane"
            | "drone"
            | "helicopter"
            | "rocket"
            | "gunboat"
            | "warship"
    )
}

fn is_suffered(document: &Document, noun: TokenId) -> bool {
    SUFFERED.contains(&lemma(document, noun)) && prepositional_objects(document, noun, "of").is_empty()
}

/// Who does what the noun tells; `others` are words of the same trigger ("artillery" of "artillery fire"),
/// which name no doer.
pub(crate) fn noun_subjects(
    document: &Document,
    noun: TokenId,
    others: &[TokenId],
    doers: &impl Doers,
) -> Vec<TokenId> {
    let by: Vec<_> = prepositional_objects(document, noun, "by");
    if !by.is_empty() {
        return by;
    }
    for &child in document.children(noun) {
        if relation(document, child) == "poss" && doers.is_party(child) && !is_suffered(document, noun) {
            return conjuncts(document, child);
        }
    }
    let mut found = Vec::new();
    for &child in document.children(noun) {
        if child > noun {
            break;
        }
        if is_opposed(document, child) || others.contains(&child) {
            continue;
        }
        match relation(document, child) {
            "amod" | "compound" | "nmod" if doers.is_doer(child) => found.extend(conjuncts(document, child)),
            // "the Saudi-led offensive".
            "amod" if matches!(lemma(document, child), "lead" | "led") => {
                found.extend(
                    document.children(child).iter().copied().filter(|&leader| doers.is_party(leader)),
                );
            }
            _ => {}
        }
    }
    // "Israeli tank shelling": whose the tank is.
    if found.len() > 1 && found.iter().any(|&id| !is_weapon(document, id)) {
        found.retain(|&id| !is_weapon(document, id));
    }
    if !found.is_empty() {
        return found;
    }
    let light = match light_use(document, noun) {
        Some(LightUse::Done(verb)) => subjects(document, verb),
        Some(LightUse::Undergone(_)) => prepositional_objects(document, noun, "from"),
        // "demanded an apology from the ministry", wherever the parser hung the "from".
        Some(LightUse::Wanted(verb)) => {
            let from = prepositional_objects(document, noun, "from");
            if from.is_empty() { prepositional_objects(document, verb, "from") } else { from }
        }
        None => Vec::new(),
    };
    if !light.is_empty() {
        return light;
    }
    // "artillery fire from Pakistan".
    if SHOOTING.contains(&lemma(document, noun)) {
        let from = prepositional_objects(document, noun, "from");
        let doers: Vec<_> = from.into_iter().filter(|&id| doers.is_doer(id)).collect();
        if !doers.is_empty() {
            return doers;
        }
    }
    // "the raid, which the army called a success" has none; "the attack, blamed on the rebels" has.
    for child in document.children_by(noun, "acl") {
        if lemma(document, child) == "blame" {
            return prepositional_objects(document, child, "on");
        }
        if matches!(
            lemma(document, child),
            "carry" | "claim" | "stage" | "launch" | "lead" | "conduct" | "order" | "commit"
        ) {
            return subjects(document, child);
        }
    }
    Vec::new()
}

pub(crate) fn noun_objects(document: &Document, noun: TokenId, doers: &impl Doers) -> Vec<TokenId> {
    let mut of = prepositional_objects(document, noun, "of");
    if !of.is_empty() {
        // "the killing of X and a commander": parsers like to join the commander to the killing.
        let last = of.iter().copied().max();
        let joined = document
            .children_by(noun, "conj")
            .filter(|&second| Some(second) > last && doers.is_party(second));
        of.extend(joined.flat_map(|second| conjuncts(document, second)));
        return of;
    }
    if let Some(possessor) = document.child(noun, "poss").filter(|_| is_suffered(document, noun)) {
        return conjuncts(document, possessor);
    }
    if let Some(LightUse::Undergone(verb)) = light_use(document, noun) {
        return surface_subjects(document, verb);
    }
    // "anti-government protests".
    let opposed =
        document.children(noun).iter().copied().filter(|&child| child < noun && is_opposed(document, child));
    let mut found: Vec<_> = opposed.collect();
    if !found.is_empty() {
        return found;
    }
    // "hostage release", "journalist killings".
    for &child in document.children(noun) {
        let before = child < noun && matches!(relation(document, child), "compound" | "nmod" | "amod");
        if before && is_noun(document, child) && doers.is_party(child) && !doers.is_doer(child) {
            found.extend(conjuncts(document, child));
        }
    }
    if !found.is_empty() {
        return found;
    }
    // "his killing by the police", "the governor's assassination": with a doer told, the possessor undergoes.
    let has_agent = !prepositional_objects(document, noun, "by").is_empty();
    if has_agent && let Some(possessor) = document.child(noun, "poss") {
        return conjuncts(document, possessor);
    }
    // "the strike killed two": whom a verb of harm with this noun for subject befalls.
    match document.head(noun) {
        Some(verb)
            if relation(document, noun) == "nsubj"
                && matches!(
                    lemma(document, verb),
                    "kill"
                        | "injure"
                        | "wound"
                        | "hit"
                        | "strike"
                        | "target"
                        | "destroy"
                        | "leave"
                        | "claim"
                        | "damage"
                        | "maim"
                ) =>
        {
            objects(document, verb)
        }
        _ => Vec::new(),
    }
}
