//! Light verbs: "carry out a raid" is to raid, "suffer an attack" is to be attacked.

use dateline_document::{Document, TokenId};

use super::{is_passive, is_verb, lemma, relation};

/// Verbs that lend their subject to a noun of doing as its doer.
const DOER: &[&str] = &[
    "carry",
    "launch",
    "stage",
    "conduct",
    "exchange",
    "trade",
    "hold",
    "make",
    "mount",
    "begin",
    "start",
    "open",
    "continue",
    "resume",
    "wage",
    "perform",
    "commit",
    "perpetrate",
    "undertake",
    "pay",
    "issue",
    "give",
    "deliver",
    "have",
    "do",
    "take",
    "lead",
    "join",
    "call",
    "organize",
    "organise",
    "execute",
    "order",
    "authorize",
    "authorise",
    "unleash",
    "intensify",
    "step",
    "escalate",
    "expand",
    "announce",
    "offer",
    "provide",
    "extend",
    "impose",
    "reach",
    "sign",
    "file",
    "lodge",
    "lay",
    "express",
    "voice",
    "send",
    "raise",
    "level",
    "direct",
    "orchestrate",
    "mastermind",
    "coordinate",
    "plan",
    "plot",
    "prepare",
    "repeat",
    "renew",
    "declare",
    "host",
    "attend",
    "broker",
    "end",
    "halt",
    "stop",
    "suspend",
    "cancel",
    "postpone",
    "pledge",
    "enter",
    "sponsor",
    "support",
    "back",
    "seek",
    "propose",
    "threaten",
    "promise",
    "vow",
    "initiate",
    "pursue",
    "press",
    "run",
    "wrap",
    "reiterate",
    "kick",
    "conclude",
    "cut",
    "refuse",
    "rule",
    "skip",
    "boycott",
    "abandon",
    "quit",
    "consider",
    "keep",
    "put",
    "bring",
    "complete",
    "finish",
    "claim",
    "admit",
    "deny",
];

/// Verbs whose subject is the one to whom the noun is done.
const UNDERGOER: &[&str] = &[
    "suffer",
    "face",
    "undergo",
    "receive",
    "get",
    "endure",
    "survive",
    "escape",
    "sustain",
    "experience",
    "withstand",
    "win",
];

/// Verbs whose subject wants the deed of somebody else: "demanded an apology".
const WANTER: &[&str] =
    &["demand", "want", "request", "require", "urge", "await", "expect", "solicit", "insist"];

/// Nouns of doing together: who demands talks means to take part in them.
const MUTUAL: &[&str] = &[
    "talk",
    "meeting",
    "negotiation",
    "dialogue",
    "discussion",
    "consultation",
    "summit",
    "conversation",
    "session",
    "visit",
];

/// Nouns that stand between such a verb and the deed: "responsibility for the attack".
const BRIDGE: &[&str] = &[
    "responsibility",
    "credit",
    "series",
    "wave",
    "spate",
    "string",
    "round",
    "number",
    "campaign",
    "part",
    "role",
    "barrage",
    "hundred",
    "dozen",
    "thousand",
    "plan",
    "kind",
    "type",
    "lot",
    "act",
    "order",
    "call",
    "threat",
    "programme",
    "program",
];

/// How a noun of doing is governed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LightUse {
    /// This verb's subject does it.
    Done(TokenId),
    /// This verb's subject has it done to them.
    Undergone(TokenId),
    /// This verb's subject wants somebody else to do it.
    Wanted(TokenId),
}

impl LightUse {
    /// The verb that governs.
    pub(crate) fn verb(self) -> TokenId {
        match self {
            LightUse::Done(verb) | LightUse::Undergone(verb) | LightUse::Wanted(verb) => verb,
        }
    }
}

/// The light verb that governs `noun`, if one does.
pub(crate) fn light_use(document: &Document, noun: TokenId) -> Option<LightUse> {
    let mut at = noun;
    for _ in 0..4 {
        let head = document.head(at)?;
        match relation(document, at) {
            "dobj" | "nsubjpass" if is_verb(document, head) => {
                let by = relation(document, at) == "nsubjpass";
                let verb = lemma(document, head);
                if UNDERGOER.contains(&verb) && !by && !is_passive(document, head) {
                    return Some(LightUse::Undergone(head));
                }
                if WANTER.contains(&verb) {
                    let is_mutual = MUTUAL.contains(&lemma(document, noun));
                    return Some(if is_mutual { LightUse::Done(head) } else { LightUse::Wanted(head) });
                }
                // "called the march illegal": nobody marched who said so.
                let is_named = verb == "call"
                    && document
                        .children(head)
                        .iter()
                        .any(|&child| matches!(relation(document, child), "oprd" | "acomp") && child > at);
                return (DOER.contains(&verb) && !is_named).then_some(LightUse::Done(head));
            }
            "conj" | "appos" => at = head,
            "nmod" | "compound" if BRIDGE.contains(&lemma(document, head)) => at = head,
            // "claimed responsibility for", "took part in", "a series of".
            "pobj" => {
                let above = document.head(head)?;
                let bridge = BRIDGE.contains(&lemma(document, above))
                    || matches!(lemma(document, above), "responsible");
                if relation(document, head) != "prep" {
                    return None;
                }
                if is_verb(document, above) {
                    let pair = (lemma(document, above), lemma(document, head));
                    let doing = matches!(
                        pair,
                        ("engage", "in")
                            | ("be", "in")
                            | ("participate", "in")
                            | ("take", "in")
                            | ("carry", "on")
                            | ("go", "on")
                            | ("embark" | "be" | "agree", "on")
                            | ("walk" | "pull" | "back", "of")
                            | ("proceed", "with")
                            | ("respond", "with")
                            | ("retaliate", "with")
                            | (
                                "arrive"
                                    | "travel"
                                    | "fly"
                                    | "come"
                                    | "go"
                                    | "gather"
                                    | "convene"
                                    | "return"
                                    | "join",
                                "for"
                            )
                            | ("arrive" | "gather" | "join" | "sit" | "meet" | "end" | "begin", "in")
                            | ("come", "under")
                    );
                    return match pair {
                        ("come", "under") => Some(LightUse::Undergone(above)),
                        _ if doing => Some(LightUse::Done(above)),
                        _ => None,
                    };
                }
                if !bridge {
                    return None;
                }
                if lemma(document, above) == "responsible" {
                    return document.head(above).filter(|&verb| is_verb(document, verb)).map(LightUse::Done);
                }
                at = above;
            }
            _ => return None,
        }
    }
    None
}
