//! Tense: whether the clause around a date looks back or ahead.
//!
//! "The court ruled Friday" and "the court will rule Friday" are a week apart. The verb that
//! governs the date decides: its own form, its auxiliaries, and for an infinitive the verb above it.

use dateline_document::{Document, PartRole, TokenId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Present,
    Future,
    /// No verb governs it: a headline, a table, a fragment.
    Unknown,
}

/// How far up and how far across the tree is looked; a date's verb is near.
const REACH: usize = 12;
const BREADTH: usize = 48;

/// Verbs whose infinitive has not happened yet even when they themselves have.
const LOOK_AHEAD: [&str; 39] = [
    "plan", "expect", "schedule", "set", "slate", "due", "intend", "aim", "hope", "want", "promise", "vow",
    "pledge", "agree", "propose", "prepare", "threaten", "order", "ask", "urge", "call", "tell", "seek",
    "offer", "decide", "invite", "allow", "require", "postpone", "delay", "defer", "adjourn", "extend",
    "likely", "ready", "need", "book", "bill", "project",
];

/// Verbs that take up what is past even when they themselves lie ahead.
const LOOK_BACK: [&str; 14] = [
    "comment",
    "discuss",
    "respond",
    "investigate",
    "probe",
    "analyse",
    "analyze",
    "explain",
    "mark",
    "commemorate",
    "review",
    "assess",
    "recall",
    "examine",
];

/// Infinitives under these happened as they did.
const HAPPENED: [&str; 13] = [
    "manage", "fail", "begin", "start", "continue", "use", "seem", "appear", "help", "happen", "come",
    "report", "believe",
];

/// The tense of the clause that `token` stands in.
pub(crate) fn tense_at(document: &Document, token: TokenId, role: PartRole) -> Tense {
    let mut path = document.ancestors(token).take(REACH);
    let own = Some(token).filter(|&id| is_verb(document, id));
    let Some(verb) = own.or_else(|| path.find(|&id| is_verb(document, id))) else {
        return Tense::Unknown;
    };
    let tense = tense_of_verb(document, verb, REACH);
    // Headlines and captions tell what happened in the present tense.
    match (tense, role) {
        (Tense::Present, PartRole::Headline | PartRole::Caption) => Tense::Past,
        _ => tense,
    }
}

/// Whether the verb around `token` moves something to a later time: "adjourned until Nov. 12".
pub(crate) fn is_put_off(document: &Document, token: TokenId) -> bool {
    let verb = document.ancestors(token).take(REACH).find(|&id| is_verb(document, id));
    verb.is_some_and(|verb| {
        let lemma = document.token(verb).lemma.as_str();
        matches!(lemma, "postpone" | "delay" | "defer" | "adjourn" | "extend" | "suspend" | "put" | "push")
    })
}

fn is_verb(document: &Document, id: TokenId) -> bool {
    matches!(document.token(id).pos.as_str(), "VERB" | "AUX") && document.token(id).tag != "MD"
}

fn tense_of_verb(document: &Document, verb: TokenId, reach: usize) -> Tense {
    let token = document.token(verb);
    let mut has_have = token.lemma == "have" && token.pos == "AUX";
    let mut be = None;
    let mut modal = None;
    let mut is_infinitive = false;
    let mut did = None;
    let mut is_as = false;
    for &child in document.children(verb).iter().take(BREADTH) {
        let helper = document.token(child);
        is_as |= helper.relation == "mark" && helper.lemma == "as";
        if !matches!(helper.relation.as_str(), "aux" | "auxpass") {
            continue;
        }
        match helper.lemma.as_str() {
            "to" => is_infinitive = true,
            "have" | "'ve" => has_have = true,
            "be" => be = Some(helper.tag.as_str()),
            "do" => did = Some(helper.tag.as_str()),
            _ if helper.tag == "MD" => modal = Some(helper.lemma.as_str()),
            _ => {}
        }
    }
    if modal.is_some() {
        return if has_have { Tense::Past } else { Tense::Future };
    }
    if is_infinitive && !has_have {
        return infinitive(document, verb, reach);
    }
    if has_have || did == Some("VBD") {
        return Tense::Past;
    }
    if is_as && be.is_none() && token.tag == "VBN" {
        // "as planned Saturday": planned before, done on Saturday.
        return above(document, verb, reach);
    }
    let looks_ahead = LOOK_AHEAD.contains(&token.lemma.as_str());
    match token.tag.as_str() {
        "VBD" if be.is_none() => Tense::Past,
        // "is scheduled", "was due": what is scheduled lies ahead.
        "VBN" | "VBD"
            if looks_ahead
                && matches!(
                    token.lemma.as_str(),
                    "schedule"
                        | "slate"
                        | "set"
                        | "expect"
                        | "due"
                        | "plan"
                        | "postpone"
                        | "delay"
                        | "bill"
                        | "book"
                ) =>
        {
            Tense::Future
        }
        "VBN" | "VBD" => match be {
            Some("VBZ" | "VBP") => Tense::Present,
            _ => Tense::Past,
        },
        "VBG" => match be {
            Some("VBD") => Tense::Past,
            Some(_) => Tense::Future,
            None => above(document, verb, reach),
        },
        "VBZ" | "VBP" => Tense::Present,
        "VB" => match did {
            Some(_) => Tense::Present,
            None => above(document, verb, reach),
        },
        _ => above(document, verb, reach),
    }
}

/// The tense of the verb above.
fn above(document: &Document, verb: TokenId, reach: usize) -> Tense {
    let Some(left) = reach.checked_sub(1) else { return Tense::Unknown };
    match document.ancestors(verb).take(REACH).find(|&id| is_verb(document, id)) {
        Some(higher) => tense_of_verb(document, higher, left),
        None => Tense::Unknown,
    }
}

fn infinitive(document: &Document, verb: TokenId, reach: usize) -> Tense {
    let Some(head) = document.head(verb) else { return Tense::Future };
    let lemma = document.token(head).lemma.as_str();
    // "had been due to expire Friday" looks ahead from the past.
    let had = document
        .children(head)
        .iter()
        .take(BREADTH)
        .any(|&child| document.token(child).tag == "VBD" && document.token(child).lemma == "have");
    if had {
        return Tense::Past;
    }
    if HAPPENED.contains(&lemma) {
        return above(document, verb, reach);
    }
    // "Left to fetch", "asked to comment on": as likely before as after.
    let is_past = matches!(document.token(head).tag.as_str(), "VBD" | "VBN") && !LOOK_AHEAD.contains(&lemma);
    if is_past || LOOK_BACK.contains(&document.token(verb).lemma.as_str()) {
        return Tense::Unknown;
    }
    Tense::Future
}
