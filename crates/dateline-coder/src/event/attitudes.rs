//! Words of attitude: what a verb, noun or adjective makes of the event below it.
//!
//! "agreed to send": sending is planned; "threat of strikes": strikes are possible; "refused to meet": the
//! meeting is denied. One table, read by [`super::status`].

use dateline_document::Status;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attitude {
    /// What stands below has this status.
    Assigns(Status),
    /// What stands below happened, unless the word is negated: "managed to", "forced to".
    Transparent,
}

/// The attitude of a lemma, `None` for words that have none.
pub(crate) fn attitude(lemma: &str) -> Option<Attitude> {
    let assigns = |words: &[&str], status| words.contains(&lemma).then_some(Attitude::Assigns(status));
    assigns(PLANNED, Status::Planned)
        .or_else(|| assigns(POSSIBLE, Status::Possible))
        .or_else(|| assigns(DEMANDED, Status::Demanded))
        .or_else(|| assigns(DENIED, Status::Denied))
        .or_else(|| assigns(ONGOING, Status::Ongoing))
        .or_else(|| TRANSPARENT.contains(&lemma).then_some(Attitude::Transparent))
}

const PLANNED: &[&str] = &[
    "plan", "intend", "intention", "schedule", "slate", "set", "expect", "prepare", "preparation", "vow", "pledge", "promise",
    "agree", "agreement", "decide", "decision", "aim", "commit", "commitment", "poise", "due", "ready", "willing", "willingness",
    "determined", "going", "pave", "undertake", "swear", "guarantee", "offer", "arrange", "resolve", "mull", "announce", "goal",
    "bid", "bound", "opt", "ahead", "eager", "readiness", "prospect",
];

const POSSIBLE: &[&str] = &[
    "threaten", "threat", "warn", "warning", "fear", "consider", "allow", "let", "permit", "permission", "able", "ability", "enable",
    "capable", "capability", "risk", "possibility", "likely", "unlikely", "might", "hope", "want", "wish", "seek", "try", "attempt", "effort",
    "propose", "proposal", "suggest", "suggestion", "suspect", "suspicion", "believe", "think", "chance", "potential", "danger",
    "accuse", "accusation", "allege", "allegation", "discuss", "talk", "authorize", "authorise", "authority", "right", "opportunity",
    "free", "doubt", "rumor", "rumour", "speculate", "speculation", "imagine", "wonder", "contemplate", "conspire", "plot", "charge", "power",
    "support", "favor", "favour", "idea", "option", "need", "would", "concern", "worry",
];

const DEMANDED: &[&str] = &[
    "demand", "urge", "call", "ask", "request", "appeal", "press", "pressure", "tell", "insist", "order", "instruct", "plead", "beg",
    "implore", "exhort", "require", "recommend", "recommendation", "encourage", "lobby", "petition", "push", "advise", "command", "summon",
    "advocate", "invite", "invitation", "campaign",
];

const DENIED: &[&str] = &[
    "refuse", "refusal", "fail", "failure", "decline", "reject", "rejection", "deny", "denial", "cancel", "cancellation", "avoid",
    "prevent", "block", "avert", "abandon", "oppose", "prohibit", "forbid", "ban", "postpone", "rule", "thwart", "foil", "scrap",
    "shelve", "renounce", "halt", "stop", "unable", "inability", "reluctant", "unwilling", "refrain", "forgo", "lack", "absence",
    "call off", "neglect", "suspend", "dismiss", "unwillingness",
];

const ONGOING: &[&str] = &["continue", "keep", "persist", "remain", "resume"];

const TRANSPARENT: &[&str] = &[
    "begin", "start", "manage", "force", "help", "cause", "make", "lead", "prompt", "proceed", "rush", "happen", "come", "get", "use",
    "compel", "oblige", "induce", "persuade", "convince",
];
