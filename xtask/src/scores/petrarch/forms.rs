//! Dictionary form of a verb as a dictionary prints it: CARRIED is *carry*, KEPT is *keep*.

/// Pasts of the commonest irregular verbs.
const IRREGULAR: &[(&str, &str)] = &[
    ("began", "begin"),
    ("begun", "begin"),
    ("bought", "buy"),
    ("broke", "break"),
    ("brought", "bring"),
    ("came", "come"),
    ("done", "do"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("fell", "fall"),
    ("fought", "fight"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("got", "get"),
    ("held", "hold"),
    ("kept", "keep"),
    ("knew", "know"),
    ("led", "lead"),
    ("left", "leave"),
    ("lent", "lend"),
    ("lost", "lose"),
    ("made", "make"),
    ("met", "meet"),
    ("paid", "pay"),
    ("ran", "run"),
    ("risen", "rise"),
    ("rose", "rise"),
    ("said", "say"),
    ("sank", "sink"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shot", "shoot"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stood", "stand"),
    ("struck", "strike"),
    ("sunk", "sink"),
    ("taken", "take"),
    ("thought", "think"),
    ("told", "tell"),
    ("took", "take"),
    ("went", "go"),
    ("withdrew", "withdraw"),
    ("won", "win"),
    ("written", "write"),
    ("wrote", "write"),
];

/// The word and what it may be a form of. A guess that is no word meets none in a sentence.
pub fn lemmas(word: &str) -> Vec<String> {
    let mut lemmas = vec![word.to_owned()];
    lemmas.extend(IRREGULAR.iter().filter(|(past, _)| *past == word).map(|(_, lemma)| (*lemma).to_owned()));
    for (ending, instead) in
        [("ied", &["y"][..]), ("ies", &["y"]), ("ed", &["", "e"]), ("ing", &["", "e"]), ("s", &[""])]
    {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2 && !word.ends_with("ss")) {
            lemmas.extend(instead.iter().map(|instead| format!("{stem}{instead}")));
            break;
        }
    }
    lemmas
}

#[cfg(test)]
mod tests {
    use super::lemmas;

    #[test]
    fn forms_lead_to_their_lemma() {
        assert_eq!(lemmas("kept"), ["kept", "keep"]);
        assert_eq!(lemmas("carried"), ["carried", "carry"]);
        assert_eq!(lemmas("praising"), ["praising", "prais", "praise"]);
        assert_eq!(lemmas("bless"), ["bless"]);
    }
}
