//! Status: whether an event happened, goes on, is planned, possible, demanded or denied.
//!
//! Read from the trigger upwards. Its own auxiliaries come first ("will visit", "was not killed"), then
//! every word that governs it: "threatened to strike", "calls for a withdrawal", "if talks fail". The
//! innermost word that says something wins, but for a denial further up.

use dateline_document::{Document, PartRole, Status, TokenId};

use super::attitudes::{Attitude, attitude};
use crate::grammar::{
    LightUse, is_noun, is_said_to_the_called, is_verb, lemma, lemmas, light_use, objects, relation,
    words_below,
};

/// How far up the tree a status is looked for.
const REACH: usize = 10;

/// Nouns of saying: refused or denied, the words were still spoken.
const UTTERANCES: &[&str] = &[
    "accusation",
    "allegation",
    "demand",
    "offer",
    "call",
    "proposal",
    "request",
    "appeal",
    "claim",
    "criticism",
    "threat",
    "charge",
    "complaint",
    "plea",
    "invitation",
    "warning",
    "ultimatum",
    "suggestion",
    "petition",
    "apology",
    "condemnation",
    "statement",
];

/// The status of what `trigger` tells, standing in a part of the page of this role.
pub(crate) fn status_of(document: &Document, trigger: TokenId, part: Option<PartRole>) -> Status {
    let own = match is_verb(document, trigger) || document.token(trigger).tag.starts_with("VB") {
        true => of_verb(document, trigger, part),
        false => of_noun(document, trigger),
    };
    // "is carrying out a planned withdrawal": what was planned is being done.
    if own == Some(Status::Planned)
        && let Some(LightUse::Done(verb)) =
            is_noun(document, trigger).then(|| light_use(document, trigger)).flatten()
        && matches!(
            lemma(document, verb),
            "carry" | "conduct" | "launch" | "begin" | "start" | "stage" | "make" | "hold"
        )
    {
        return status_of(document, verb, part);
    }
    match own {
        Some(Status::Ongoing) | None => {}
        Some(status) => return status,
    }
    above(document, trigger, part).or(own).unwrap_or(Status::Asserted)
}

/// What a verb's auxiliaries, adverbs and tense say.
fn of_verb(document: &Document, verb: TokenId, part: Option<PartRole>) -> Option<Status> {
    let mut progressive = false;
    let mut status = None;
    let is_participle = document.token(verb).tag == "VBG";
    for &child in document.children(verb) {
        let word = document.word(child).to_lowercase();
        match relation(document, child) {
            "neg" => return Some(Status::Denied),
            "aux" => match word.as_str() {
                "will" | "'ll" | "’ll" | "shall" | "wo" => status = Some(Status::Planned),
                "would" | "could" | "may" | "might" | "can" | "ca" => status = Some(Status::Possible),
                "should" | "must" | "ought" => status = Some(Status::Demanded),
                "is" | "are" | "'s" | "’s" | "'re" | "’re" | "been" | "am" if is_participle => {
                    progressive = true
                }
                _ => {}
            },
            "advmod" => match word.as_str() {
                "never" => return Some(Status::Denied),
                "likely" | "possibly" | "allegedly" | "reportedly" | "perhaps" | "maybe" | "probably"
                | "potentially" | "apparently" | "purportedly" | "supposedly" => {
                    status = status.or(Some(Status::Possible))
                }
                "repeatedly" | "often" | "regularly" | "daily" | "frequently"
                    if is_present(document, verb) =>
                {
                    progressive = true
                }
                _ => {}
            },
            "mark" if matches!(word.as_str(), "if" | "unless" | "whether") => {
                status = status.or(Some(Status::Possible))
            }
            _ => {}
        }
    }
    // "said the army would withdraw": the future, told in the past.
    if status == Some(Status::Possible) && is_future_in_past(document, verb) {
        status = Some(Status::Planned);
    }
    if status.is_some() {
        return status;
    }
    // "police to investigate": the headline's future.
    if part == Some(PartRole::Headline) && has_to(document, verb) && document.child(verb, "nsubj").is_some() {
        return Some(Status::Planned);
    }
    let is_going = progressive || is_habit(document, verb) && part != Some(PartRole::Headline);
    is_going.then_some(Status::Ongoing)
}

/// "would" in a clause that a verb of saying in the past governs, with no "if" beside it.
fn is_future_in_past(document: &Document, verb: TokenId) -> bool {
    let has = |relation: &str, words: &[&str]| {
        document
            .children_by(verb, relation)
            .any(|child| words.contains(&document.word(child).to_lowercase().as_str()))
    };
    let is_told = || {
        let above = document.head(verb).filter(|_| relation(document, verb) == "ccomp");
        above.is_some_and(|says| {
            matches!(document.token(says).tag.as_str(), "VBD" | "VBN")
                && matches!(
                    lemma(document, says),
                    "say"
                        | "announce"
                        | "state"
                        | "declare"
                        | "confirm"
                        | "tell"
                        | "add"
                        | "report"
                        | "reveal"
                        | "disclose"
                )
        })
    };
    let is_conditional = document.children_by(verb, "advcl").any(|clause| {
        document
            .children_by(clause, "mark")
            .any(|mark| matches!(document.word(mark).to_lowercase().as_str(), "if" | "unless"))
    });
    has("aux", &["would", "'d", "’d"]) && !has("aux", &["have"]) && !is_conditional && is_told()
}

fn is_present(document: &Document, verb: TokenId) -> bool {
    matches!(document.token(verb).tag.as_str(), "VBZ" | "VBP")
}

/// The present tense of doing beside words of repetition: "stage near-daily attacks".
fn is_habit(document: &Document, verb: TokenId) -> bool {
    is_present(document, verb)
        && words_below(document, verb).into_iter().any(|id| {
            is_again_and_again(document, id)
                || matches!(
                    lemma(document, id).to_lowercase().as_str(),
                    "daily"
                        | "weekly"
                        | "nightly"
                        | "frequent"
                        | "regular"
                        | "constant"
                        | "continue"
                        | "still"
                        | "repeated"
                        | "every"
                )
        })
}

/// "week after week".
fn is_again_and_again(document: &Document, id: TokenId) -> bool {
    let next = TokenId(id.0 + 1);
    document.word(id) == "after"
        && id.0 > 0
        && next.index() < document.tokens.len()
        && lemma(document, TokenId(id.0 - 1)) == lemma(document, next)
}

fn has_to(document: &Document, verb: TokenId) -> bool {
    document.children(verb).iter().any(|&child| document.token(child).tag == "TO")
}

/// What a noun's modifiers say.
fn of_noun(document: &Document, noun: TokenId) -> Option<Status> {
    for &child in document.children(noun) {
        let word = lemma(document, child).to_lowercase();
        let word = word.as_str();
        match relation(document, child) {
            "det" if document.word(child).eq_ignore_ascii_case("no") => return Some(Status::Denied),
            "neg" => return Some(Status::Denied),
            "amod" | "compound" | "nmod" => match word {
                "plan" | "planned" | "schedule" | "scheduled" | "upcoming" | "forthcoming" | "propose"
                | "proposed" | "anticipate" | "anticipated" | "looming" | "imminent" | "future"
                | "promise" | "promised" => return Some(Status::Planned),
                "possible" | "potential" | "likely" | "alleged" | "suspect" | "suspected" | "feared"
                | "attempted" | "threatened" | "would-be" | "hypothetical" | "eventual" => {
                    return Some(Status::Possible);
                }
                "cancel" | "canceled" | "cancelled" | "fail" | "failed" | "foiled" | "thwarted"
                | "abortive" | "postponed" => {
                    return Some(Status::Denied);
                }
                "ongoing" | "continue" | "continuing" | "continued" | "daily" | "near-daily"
                | "relentless" | "continual" | "constant" | "repeated" | "regular" | "frequent" => {
                    return Some(Status::Ongoing);
                }
                _ => {}
            },
            _ => {}
        }
        // "near-daily attacks": the parser splits the word at its hyphen.
        if document.children(child).iter().any(|&inner| lemma(document, inner) == "daily") {
            return Some(Status::Ongoing);
        }
    }
    None
}

/// What the words that govern the trigger say.
fn above(document: &Document, trigger: TokenId, part: Option<PartRole>) -> Option<Status> {
    let mut at = trigger;
    let mut ongoing = None;
    for _ in 0..REACH {
        let Some(head) = document.head(at) else { return ongoing };
        let link = relation(document, at);
        let is_root_clause = match link {
            // A finite clause stands by itself but below a word of attitude.
            "relcl" | "parataxis" => true,
            "advcl" => {
                let marks: Vec<_> =
                    document.children_by(at, "mark").map(|mark| document.word(mark).to_lowercase()).collect();
                if marks.iter().any(|mark| matches!(mark.as_str(), "if" | "unless" | "lest")) {
                    return Some(Status::Possible);
                }
                // "days before she travels": not yet.
                if marks.iter().any(|mark| mark == "before") && is_present(document, at) {
                    return Some(Status::Planned);
                }
                if has_to(document, at) && is_verb(document, head) {
                    // "travelled to meet": a purpose, unless an attitude governs.
                    return Some(of_purpose(document, head, at, part));
                }
                document.token(at).tag != "VBG"
            }
            "conj" if is_verb(document, at) && is_verb(document, head) => {
                // "will meet X and sign": the first verb's auxiliary serves both.
                if let Some(status) = shared_auxiliary(document, at, head, part) {
                    return Some(status);
                }
                // "is ready to fight and condemned the raid": a finite verb is under nobody's "to".
                matches!(document.token(at).tag.as_str(), "VBD" | "VBZ" | "VBP") && has_to(document, head)
            }
            _ => false,
        };
        if is_root_clause {
            return ongoing;
        }
        let governs = matches!(
            link,
            "xcomp"
                | "ccomp"
                | "dobj"
                | "nsubjpass"
                | "pobj"
                | "pcomp"
                | "acl"
                | "prep"
                | "oprd"
                | "attr"
                | "acomp"
                | "dative"
        );
        if link == "xcomp" && is_said_to_the_called(document, head, at) {
            return Some(status_of(document, head, part));
        }
        // "is to visit".
        if link == "xcomp" && lemma(document, head) == "be" && has_to(document, at) {
            return Some(Status::Planned);
        }
        // "called a strike", "called an election": whoever calls it plans it.
        if matches!(link, "dobj" | "oprd")
            && lemma(document, head) == "call"
            && by_attitude(document, head) == Some(Status::Demanded)
        {
            return Some(
                of_verb(document, head, part)
                    .filter(|&own| own != Status::Ongoing)
                    .unwrap_or(Status::Planned),
            );
        }
        // "vowed revenge for the killing": what is avenged or answered has happened.
        if link == "prep"
            && matches!(
                lemma(document, head),
                "revenge"
                    | "vengeance"
                    | "retaliation"
                    | "reprisal"
                    | "response"
                    | "responsibility"
                    | "punishment"
                    | "blame"
            )
        {
            return Some(Status::Asserted);
        }
        if link == "pobj" || link == "pcomp" {
            if let Some(status) = by_preposition(document, head) {
                return Some(status);
            }
        } else if governs && link != "prep" || link == "prep" && takes(document, head, at) {
            match by_attitude(document, head) {
                // A rejected offer was made all the same.
                Some(Status::Denied) if UTTERANCES.contains(&lemma(document, at)) && link != "xcomp" => {}
                Some(Status::Ongoing) => ongoing = Some(Status::Ongoing),
                Some(status) => return Some(status),
                None => {}
            }
        }
        if link == "acl"
            && has_to(document, at)
            && is_noun(document, head)
            && attitude(lemma(document, head)).is_none()
        {
            // "issued a statement to condemn": it is said in it.
            let issued = document.head(head).filter(|&verb| is_said_in(document, verb));
            return Some(issued.map_or(Status::Possible, |verb| status_of(document, verb, part)));
        }
        // The verb over a noun of doing lends its own tense and modals: "will hold talks".
        let lends = is_verb(document, head)
            && (matches!(link, "xcomp") || is_noun(document, at) && light_use(document, trigger).is_some());
        if lends && let Some(status) = of_verb(document, head, part) {
            match status {
                Status::Ongoing => ongoing = Some(status),
                status => return Some(status),
            }
        }
        if matches!(link, "nsubj" | "npadvmod" | "advmod" | "poss") {
            return ongoing;
        }
        at = head;
    }
    ongoing
}

/// "ahead of a visit": what a preposition says of the noun after it.
fn by_preposition(document: &Document, preposition: TokenId) -> Option<Status> {
    match document.word(preposition).to_lowercase().as_str() {
        "without" => Some(Status::Denied),
        // What is told as background is taken to have happened.
        "after" | "following" | "since" | "during" | "despite" | "amid" | "over" => Some(Status::Asserted),
        "of" => {
            let before = document.head(preposition)?;
            (document.word(before).eq_ignore_ascii_case("ahead")).then_some(Status::Planned)
        }
        "pending" => Some(Status::Planned),
        _ => None,
    }
}

/// Whether what stands after the preposition falls under the attitude of the word before it: "call for",
/// "threat of", but not "sworn in amid".
fn takes(document: &Document, head: TokenId, preposition: TokenId) -> bool {
    let preposition = document.word(preposition).to_lowercase();
    let is_governed = match is_verb(document, head) {
        true => matches!(preposition.as_str(), "for" | "on" | "about" | "against" | "from" | "of" | "to"),
        false => {
            matches!(preposition.as_str(), "of" | "for" | "to" | "on" | "against" | "over" | "about" | "from")
        }
    };
    is_governed && attitude(lemma(document, head)).is_some()
}

fn by_attitude(document: &Document, governor: TokenId) -> Option<Status> {
    let attitude = lemmas(document, governor).find_map(|lemma| attitude(&lemma))?;
    let is_negated = document.children(governor).iter().any(|&child| {
        relation(document, child) == "neg"
            || matches!(document.word(child).to_lowercase().as_str(), "never" | "no")
    });
    match (attitude, is_negated) {
        (Attitude::Transparent, true) => Some(Status::Denied),
        (Attitude::Transparent, false) => None,
        (Attitude::Assigns(Status::Denied), true) => Some(Status::Possible),
        (Attitude::Assigns(Status::Planned | Status::Ongoing | Status::Demanded), true) => {
            Some(Status::Denied)
        }
        (Attitude::Assigns(status), _) => Some(status),
    }
}

/// "wrote to the king to thank him", "marched to demand", "issued a statement to condemn": what such a deed is
/// for is said in doing it.
fn is_said_in(document: &Document, verb: TokenId) -> bool {
    let object = objects(document, verb).first().copied();
    let is_object = |words: &[&str]| object.is_some_and(|object| words.contains(&lemma(document, object)));
    match lemma(document, verb) {
        "write" | "summon" | "phone" | "telephone" | "ring" | "cable" | "email" | "text" | "tweet"
        | "march" | "rally" | "demonstrate" | "protest" => true,
        // "called a vote to settle it" is no telephone call.
        "call" => object.is_some_and(|object| {
            let whole = document.subtree_span(object);
            document.names.iter().any(|name| name.label == "PERSON" && whole.contains(name.span))
        }),
        "issue" | "release" | "publish" | "send" | "hold" | "stage" => is_object(&[
            "statement",
            "letter",
            "communique",
            "communiqué",
            "message",
            "rally",
            "protest",
            "march",
            "vigil",
            "demonstration",
            "conference",
        ]),
        _ => false,
    }
}

/// "travelled to meet": a purpose is planned, unless an attitude governs it. What men are paid to do is
/// as likely as their being paid: "accused him of paying men to throw stones".
fn of_purpose(document: &Document, governor: TokenId, purpose: TokenId, part: Option<PartRole>) -> Status {
    if matches!(lemma(document, governor), "pay" | "hire" | "bribe") {
        return match of_verb(document, governor, part).or_else(|| above(document, governor, part)) {
            Some(Status::Ongoing) | None => Status::Planned,
            Some(status) => status,
        };
    }
    if is_said_in(document, governor) || is_said_to_the_called(document, governor, purpose) {
        return status_of(document, governor, part);
    }
    // "blocked the road to protest": what is kept from happening is the object, not the purpose.
    by_attitude(document, governor).filter(|&status| status != Status::Denied).unwrap_or(Status::Planned)
}

fn shared_auxiliary(
    document: &Document,
    second: TokenId,
    first: TokenId,
    part: Option<PartRole>,
) -> Option<Status> {
    let is_bare = document.token(second).tag == "VB" && document.child(second, "nsubj").is_none();
    if !is_bare {
        return None;
    }
    match of_verb(document, first, part) {
        Some(Status::Ongoing) | None => None,
        status => status,
    }
}
