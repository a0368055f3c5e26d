//! Clauses: the logical subject and object of a verb.

use dateline_document::{Document, TokenId};

use super::phrase::{conjuncts, prepositional_objects};
use super::{REACH, is_nominal, is_noun, is_relative_pronoun, is_verb, lemma, relation};

/// Verbs that pass their object on as the subject of an "of …ing" or "from …ing": "accused the
/// ministry of hiding", "kept the crews from leaving".
const OBJECT_OF_GERUND: &[&str] = &[
    "accuse",
    "suspect",
    "convict",
    "acquit",
    "charge",
    "blame",
    "prevent",
    "stop",
    "keep",
    "prohibit",
    "bar",
    "ban",
    "deter",
    "discourage",
    "dissuade",
    "criticize",
    "criticise",
    "praise",
    "thank",
    "condemn",
    "sentence",
    "arrest",
    "jail",
    "detain",
    "punish",
    "fine",
    "warn",
    "credit",
    "indict",
];

/// Verbs whose object is to do what the infinitive says: "ordered troops to fire", "paid men to throw".
/// Parsers hang that infinitive on the verb, on the object, or beside both.
const OBJECT_CONTROL: &[&str] = &[
    "order",
    "command",
    "instruct",
    "direct",
    "tell",
    "ask",
    "urge",
    "exhort",
    "implore",
    "beg",
    "beseech",
    "entreat",
    "persuade",
    "convince",
    "induce",
    "force",
    "compel",
    "oblige",
    "coerce",
    "pressure",
    "press",
    "push",
    "prod",
    "encourage",
    "incite",
    "provoke",
    "prompt",
    "lead",
    "cause",
    "invite",
    "allow",
    "permit",
    "enable",
    "authorize",
    "authorise",
    "empower",
    "help",
    "assist",
    "teach",
    "train",
    "equip",
    "arm",
    "recruit",
    "hire",
    "pay",
    "bribe",
    "send",
    "deploy",
    "dispatch",
    "appoint",
    "assign",
    "task",
    "mandate",
    "require",
    "request",
    "advise",
    "warn",
    "remind",
    "challenge",
    "dare",
    "want",
    "expect",
    "need",
    "like",
    "prefer",
    "get",
    "lobby",
    "petition",
    "trust",
    "commission",
    "summon",
    "mobilize",
    "mobilise",
    "nominate",
    "elect",
    "extradite",
    "deport",
];

/// What is sent to say or to pay, and does nothing itself: "sent a letter to demand".
const CARRIED: &[&str] = &[
    "letter",
    "message",
    "note",
    "signal",
    "word",
    "money",
    "fund",
    "bill",
    "email",
    "tweet",
    "request",
    "report",
    "text",
    "aid",
    "supply",
    "food",
    "weapon",
    "missile",
    "drone",
    "statement",
    "card",
    "invitation",
];

/// Texts that do what they say for whoever gives them out.
const TEXTS: &[&str] = &[
    "decree",
    "order",
    "law",
    "bill",
    "resolution",
    "motion",
    "amendment",
    "statement",
    "letter",
    "petition",
    "ruling",
    "verdict",
    "report",
    "communique",
    "communiqué",
    "declaration",
    "proclamation",
    "edict",
    "tweet",
    "post",
    "message",
    "video",
    "note",
    "lawsuit",
    "suit",
    "complaint",
    "indictment",
    "warrant",
    "directive",
    "memo",
    "memorandum",
    "pact",
    "treaty",
    "agreement",
    "accord",
    "deal",
];

/// Verbs that keep the infinitive's subject for themselves though they have an object.
const SUBJECT_CONTROL: &[&str] =
    &["promise", "threaten", "vow", "pledge", "agree", "offer", "use", "need", "have", "take"];

/// Whether the verb stands in the passive, in full ("was seized") or reduced ("the ship seized by").
pub(crate) fn is_passive(document: &Document, verb: TokenId) -> bool {
    let children = document.children(verb);
    if children.iter().any(|&child| matches!(relation(document, child), "auxpass" | "nsubjpass" | "agent")) {
        return true;
    }
    if document.token(verb).tag != "VBN" {
        return false;
    }
    // "The minister, Ann Lee, denied that troops had crossed": parsed as if the minister were denied.
    let is_headless =
        || document.head(verb).is_some_and(|noun| relation(document, noun) == "ROOT" && noun < verb);
    let tells =
        |&child: &TokenId| relation(document, child) == "ccomp" && document.child(child, "nsubj").is_some();
    if relation(document, verb) == "acl" && is_headless() && children.iter().any(tells) {
        return false;
    }
    let has_auxiliary = children.iter().any(|&child| relation(document, child) == "aux");
    match relation(document, verb) {
        "acl" | "amod" | "advcl" | "oprd" => !has_auxiliary,
        "relcl" => !has_auxiliary && document.child(verb, "nsubj").is_none(),
        // "were reported killed".
        "xcomp" => {
            children.iter().all(|&child| !matches!(relation(document, child), "aux" | "dobj"))
                && document.head(verb).is_some_and(|above| is_passive(document, above))
        }
        "conj" if !has_auxiliary && document.child(verb, "nsubj").is_none() => {
            document.head(verb).is_some_and(|first| is_verb(document, first) && is_passive(document, first))
        }
        _ => false,
    }
}

/// Who does it.
pub(crate) fn subjects(document: &Document, verb: TokenId) -> Vec<TokenId> {
    if is_passive(document, verb) { agents(document, verb) } else { surface_subjects(document, verb) }
}

/// To whom it is done.
pub(crate) fn objects(document: &Document, verb: TokenId) -> Vec<TokenId> {
    if is_passive(document, verb) {
        return surface_subjects(document, verb);
    }
    let direct = direct_objects(document, verb);
    if !direct.is_empty() {
        return direct;
    }
    // "called President Karis", "called his counterpart, Ann Lee": the parser takes whom one rings up for
    // what one is called.
    let is_named = |&id: &TokenId| {
        document.children_by(id, "appos").chain([id]).any(|name| document.token(name).tag == "NNP")
    };
    if super::lemma(document, verb) == "call"
        && let Some(called) = document.child(verb, "oprd").filter(is_named)
    {
        return conjuncts(document, called);
    }
    // "the town that rebels shelled".
    if relation(document, verb) == "relcl"
        && let Some(subject) = document.child(verb, "nsubj")
        && !is_relative_pronoun(document, subject)
        && let Some(head) = document.head(verb)
    {
        return conjuncts(document, head);
    }
    // "arrested and charged three men": the object stands with the last verb.
    document
        .children_by(verb, "conj")
        .find(|&second| is_verb(document, second) && document.child(second, "nsubj").is_none())
        .map(|second| direct_objects(document, second))
        .unwrap_or_default()
}

fn direct_objects(document: &Document, verb: TokenId) -> Vec<TokenId> {
    let mut found = Vec::new();
    for &child in document.children(verb) {
        match relation(document, child) {
            "dobj" | "oprd" if is_relative_pronoun(document, child) => {
                let head = super::relative_head(document, verb);
                found.extend(head.into_iter().flat_map(|head| conjuncts(document, head)));
            }
            "dobj" if is_nominal(document, child) => found.extend(conjuncts(document, child)),
            // "killed a doctor, as well as two nurses", the nurses joined to the verb.
            "conj" if is_noun(document, child) && !found.is_empty() => {
                found.extend(conjuncts(document, child))
            }
            _ => {}
        }
    }
    // "forced officials to resign", "let trucks pass", "found him guilty", each parsed as a clause: its
    // subject is the one forced, let or found.
    if found.is_empty() {
        for &child in document.children(verb) {
            let is_small = is_infinitive(document, child)
                || matches!(document.token(child).pos.as_str(), "ADJ" | "NOUN")
                || document.token(child).tag == "VB"
                    && matches!(
                        lemma(document, verb),
                        "let" | "make" | "have" | "help" | "see" | "watch" | "bid"
                    )
                // "helped police trace them", its plain form taken for the present.
                || document.token(child).tag == "VBP" && matches!(lemma(document, verb), "let" | "make" | "help");
            // "let free 40 men": the parser gives the men to "free".
            let subject = document
                .child(child, "nsubj")
                .or_else(|| document.child(child, "dobj").filter(|_| document.token(child).pos == "ADJ"));
            if relation(document, child) == "ccomp"
                && is_small
                && let Some(subject) = subject
            {
                found.extend(conjuncts(document, subject));
            }
        }
    }
    found
}

fn agents(document: &Document, verb: TokenId) -> Vec<TokenId> {
    let found = prepositional_objects(document, verb, "by");
    if found.is_empty() && relation(document, verb) == "conj" {
        return document
            .head(verb)
            .filter(|&first| is_passive(document, first))
            .map_or(found, |first| prepositional_objects(document, first, "by"));
    }
    // "one was killed and two were wounded by shelling": the agent stands with the last of them.
    if found.is_empty() && document.child(verb, "nsubjpass").is_some() {
        let later = document.children_by(verb, "conj").find(|&second| {
            document.child(second, "nsubjpass").is_some() && document.child(second, "agent").is_some()
        });
        if let Some(later) = later {
            return prepositional_objects(document, later, "by");
        }
    }
    // "the judge ordered six ministers jailed": done at the judge's word.
    if found.is_empty()
        && relation(document, verb) == "acl"
        && let Some(noun) = document.head(verb).filter(|&noun| relation(document, noun) == "dobj")
        && let Some(order) = document.head(noun).filter(|&above| lemma(document, above) == "order")
    {
        return subjects(document, order);
    }
    found
        .into_iter()
        .filter(|&agent| is_noun(document, agent) || document.token(agent).pos == "PRON")
        .collect()
}

/// The subject that the verb agrees with, or would if it were finite.
pub(crate) fn surface_subjects(document: &Document, verb: TokenId) -> Vec<TokenId> {
    let Some(head) = surface_subject(document, verb, REACH) else { return Vec::new() };
    let member = (relation(document, verb) == "relcl").then(|| member(document, head)).flatten();
    member.into_iter().flat_map(|one| conjuncts(document, one)).chain(conjuncts(document, head)).collect()
}

/// Who is one of those that a relative clause is about: "the general was among the officers who seized power".
fn member(document: &Document, group: TokenId) -> Option<TokenId> {
    let preposition = document.head(group).filter(|_| relation(document, group) == "pobj")?;
    let above = document.head(preposition)?;
    let verb = match document.word(preposition) {
        "among" => Some(above),
        "of" if lemma(document, above) == "one" => document.head(above),
        _ => None,
    };
    let verb = verb.filter(|&verb| lemma(document, verb) == "be")?;
    document.child(verb, "nsubj").filter(|&subject| is_nominal(document, subject))
}

fn surface_subject(document: &Document, verb: TokenId, reach: usize) -> Option<TokenId> {
    if reach == 0 {
        return None;
    }
    let subject_of = |verb: TokenId| {
        document.children(verb).iter().copied().find(|&child| {
            matches!(relation(document, child), "nsubj" | "nsubjpass") && is_nominal(document, child)
        })
    };
    // "has over the past months warned", parsed as if the auxiliary had the subject.
    let own = subject_of(verb).or_else(|| document.children_by(verb, "aux").find_map(subject_of));
    if let Some(subject) = own {
        return match is_relative_pronoun(document, subject) {
            true => super::relative_head(document, verb).or(Some(subject)),
            false => Some(subject),
        };
    }
    let head = document.head(verb)?;
    match relation(document, verb) {
        // "urged him to stay and accused him of": a finite verb goes with the one above the infinitive.
        "conj" if is_finite(document, verb) && is_infinitive(document, head) => {
            let above = document
                .ancestors(head)
                .take(REACH)
                .find(|&above| is_verb(document, above) && !is_infinitive(document, above))?;
            surface_subject(document, above, reach - 1)
        }
        "conj" if is_verb(document, head) => surface_subject(document, head, reach - 1),
        "xcomp" | "ccomp" if is_said_to_the_called(document, head, verb) => {
            surface_subject(document, head, reach - 1)
        }
        "xcomp" | "ccomp" if is_infinitive(document, verb) || relation(document, verb) == "xcomp" => {
            controller(document, head, reach)
        }
        "advcl" if is_verb(document, head) => {
            if let Some(told) = told_before(document, head, verb) {
                return surface_subject(document, told, reach - 1);
            }
            let is_charge = is_infinitive(document, verb) && !is_said_to_the_called(document, head, verb);
            match is_charge.then(|| charged(document, head)).flatten() {
                Some(charged) => Some(charged),
                None => surface_subject(document, head, reach - 1),
            }
        }
        "pcomp" => controller_of_gerund(document, head, reach),
        "acl" if !is_noun(document, head) && document.token(head).pos != "PRON" => None,
        // "issued a decree pardoning": whoever issues it pardons.
        "acl" if document.token(verb).tag == "VBG" && TEXTS.contains(&lemma(document, head)) => {
            owner(document, head, reach).or(Some(head))
        }
        "acl" if document.token(verb).tag == "VBG" || document.token(verb).tag == "VBN" => Some(head),
        // "ordered the troops to fire", "the first leader to visit": the noun itself, if parsed below it.
        "acl" if is_infinitive(document, verb) && does_itself(document, head) => Some(head),
        "acl" => owner(document, head, reach),
        "relcl" => Some(head),
        // "the rebels are ready to talk".
        "acomp" | "oprd" | "attr" if is_verb(document, head) => surface_subject(document, head, reach - 1),
        "amod" => Some(head),
        "aux" | "auxpass" => surface_subject(document, head, reach - 1),
        _ => None,
    }
}

/// "Jets bombed Idlib, activists said, killing a child": what is told before the teller, who does nothing after it.
fn told_before(document: &Document, teller: TokenId, verb: TokenId) -> Option<TokenId> {
    let is_teller = matches!(lemma(document, teller), "say" | "report" | "add")
        && verb > teller
        && document.token(verb).tag == "VBG";
    match relation(document, teller) {
        _ if !is_teller => None,
        "parataxis" => document.head(teller).filter(|&told| is_verb(document, told)),
        _ => document.children_by(teller, "ccomp").find(|&told| told < teller),
    }
}

fn is_finite(document: &Document, verb: TokenId) -> bool {
    matches!(document.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP")
}

fn is_infinitive(document: &Document, verb: TokenId) -> bool {
    document.children(verb).iter().any(|&child| document.token(child).tag == "TO")
}

/// Who is understood as the subject of an infinitive below `head`.
fn controller(document: &Document, head: TokenId, reach: usize) -> Option<TokenId> {
    if is_noun(document, head) {
        return owner(document, head, reach);
    }
    if !SUBJECT_CONTROL.contains(&lemma(document, head)) {
        if let Some(object) = document.child(head, "dobj").filter(|&object| is_nominal(document, object)) {
            return Some(object);
        }
        if let Some(addressee) = addressee(document, head) {
            return Some(addressee);
        }
    }
    surface_subject(document, head, reach - 1)
}

/// "summoned the envoy to protest", "called his counterpart to apologize": whoever summons or calls says it,
/// though an envoy summoned "to explain" would explain.
pub(crate) fn is_said_to_the_called(document: &Document, head: TokenId, verb: TokenId) -> bool {
    let is_complaint = |lemma: &str| {
        matches!(
            lemma,
            "protest"
                | "complain"
                | "express"
                | "convey"
                | "lodge"
                | "demand"
                | "condemn"
                | "deliver"
                | "denounce"
                | "register"
                | "warn"
                | "voice"
        )
    };
    let is_courtesy = |lemma: &str| {
        matches!(
            lemma,
            "apologize"
                | "apologise"
                | "congratulate"
                | "thank"
                | "assure"
                | "reassure"
                | "inform"
                | "brief"
                | "offer"
                | "wish"
                | "praise"
                | "pledge"
        )
    };
    let said = lemma(document, verb);
    match lemma(document, head) {
        "summon" => is_complaint(said),
        "call" | "phone" | "telephone" | "ring" => {
            document.child(head, "dobj").or_else(|| document.child(head, "oprd")).is_some()
                && (is_complaint(said) || is_courtesy(said))
        }
        _ => false,
    }
}

/// Whom the verb charges with what a purpose clause below it tells.
fn charged(document: &Document, head: TokenId) -> Option<TokenId> {
    let is_controlled = OBJECT_CONTROL.contains(&lemma(document, head)) && !is_passive(document, head);
    let object = || {
        let is_doer =
            |&object: &TokenId| is_nominal(document, object) && !CARRIED.contains(&lemma(document, object));
        document.child(head, "dobj").filter(is_doer)
    };
    addressee(document, head).or_else(|| is_controlled.then(object).flatten())
}

/// Whether the noun is the doer of the infinitive below it, and not a plan or a bid to do it.
fn does_itself(document: &Document, noun: TokenId) -> bool {
    let is_charged = document.head(noun).is_some_and(|verb| {
        relation(document, noun) == "dobj" && OBJECT_CONTROL.contains(&lemma(document, verb))
    });
    let is_ranked = document.children_by(noun, "amod").any(|rank| {
        matches!(lemma(document, rank), "first" | "last" | "only" | "late" | "latest" | "second" | "third")
    });
    is_charged || is_ranked
}

/// "called on the army to leave", "appealed to donors to give".
fn addressee(document: &Document, head: TokenId) -> Option<TokenId> {
    let preposition = match lemma(document, head) {
        "call" => "on",
        "appeal" | "say" => "to",
        "plead" | "agree" => "with",
        _ => return None,
    };
    prepositional_objects(document, head, preposition).into_iter().find(|&id| !super::is_when(document, id))
}

/// "after seizing the port", "accused him of seizing".
fn controller_of_gerund(document: &Document, preposition: TokenId, reach: usize) -> Option<TokenId> {
    let head = document.head(preposition)?;
    if is_verb(document, head) {
        if OBJECT_OF_GERUND.contains(&lemma(document, head)) {
            if super::is_passive(document, head) {
                return surface_subject(document, head, reach - 1);
            }
            if let Some(object) = document.child(head, "dobj") {
                return Some(object);
            }
        }
        return surface_subject(document, head, reach - 1);
    }
    // The same with the "of" parsed below the object: "accused the ministry of hiding".
    let above = document.head(head).filter(|&verb| OBJECT_OF_GERUND.contains(&lemma(document, verb)));
    if above.is_some() && matches!(relation(document, head), "dobj" | "nsubjpass") {
        return Some(head);
    }
    is_noun(document, head).then(|| owner(document, head, reach)).flatten()
}

/// Whose plan, decision or attempt it is: the possessor, else the subject of the verb above.
fn owner(document: &Document, noun: TokenId, reach: usize) -> Option<TokenId> {
    if let Some(possessor) = document.child(noun, "poss") {
        return Some(possessor);
    }
    let by_nation = document.children(noun).iter().copied().find(|&child| {
        matches!(relation(document, child), "amod" | "compound" | "nmod")
            && document.token(child).tag.starts_with("NNP")
    });
    if by_nation.is_some() {
        return by_nation;
    }
    if let Some(&first) = prepositional_objects(document, noun, "by").first() {
        return Some(first);
    }
    let mut above = document.head(noun);
    for _ in 0..REACH {
        let id = above?;
        if is_verb(document, id) {
            return surface_subject(document, id, reach.saturating_sub(1)).filter(|&subject| subject != noun);
        }
        above = document.head(id);
    }
    None
}
