//! Bylines → people. "By Ana Ruiz, Political Editor, and Tom Lee (AP)" names two.

use std::sync::LazyLock;

use regex::Regex;

use super::agency;

/// What stands before the names.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s*(?:written\s+by|reported\s+by|posted\s+by|story\s+by|text\s+by|article\s+by|edited\s+by|by|von|vom|por|par|de\s+nos?\s+\w+|di|da|door|av|af|tekst|text|texte|texto|redaktion|autor|autorin|autore|auteur|author|authors|foto|skrevet\s+av|przez|oleh|автор|от|текст|著者|文|記者)\s*[:：]\s*|^\s*(?:written\s+by|reported\s+by|posted\s+by|story\s+by|by|von|por|par|door|av|af|oleh|di)\s+",
    )
    .expect("the pattern above is valid")
});

/// A label that says that a name is the author's.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s*(?:authors?|written\s+by|autorin/autor|autor(?:[/*:]?in)?|(?:verfasst|geschrieben)\s+von|auteur|écrit\s+par|autore|scritto\s+da|autora?|escrito\s+por|geschreven\s+door|författare|skriven\s+av|forfatter|skrevet\s+av|kirjoittaja|autorzy|napisane\s+przez|автор)\s*(?:[:：]\s*|\s)",
    )
    .expect("the pattern above is valid")
});

/// What stands between two names.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*(?:[,;|·•/&、]|\s(?:and|und|et|y|og|och|en|e|i|и|та|ve|with|mit|,\s*and)\s)\s*")
        .expect("the pattern above is valid")
});

/// What follows a name and is none: an address, a handle, something in parentheses.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*(?:[(\[<{].*|\S+@\S+.*|https?://.*|www\..*|@\w+.*|\s[-–—|]\s.*|\s\d{1,2}[./: ].*)$")
        .expect("the pattern above is valid")
});

/// Words that a person's name does not hold: jobs, desks, mastheads.
static NO_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:
            editors?|editorial|reporters?|correspondents?|writers?|staff|newsroom|desk|bureau|team|contributors?|columnist|
            news|press|media|agency|agencies|agentur(?:en)?|wire|service|online|web|digital|newspaper|magazine|tv|radio|
            redaktion|redakteur(?:in)?|redaktionen|redaktionsteam|reporterin|korrespondent(?:in)?|autor(?:in)?|autoren|gastbeitrag|
            redacci[óo]n|redazione|r[ée]daction|redactie|redação|redakcja|redakce|redakcia|редакция|редакція|toimitus|ritstjórn|
            journalists?|journaliste|periodista|periodismo|jornalista|giornalista|journalistin|
            director|producer|photographer|fotograf(?:in)?|analyst|professor|chief|senior|
            guest|author|admin|administrator|user|facebook|twitter|instagram|linkedin|published|updated|posted|
            minutes?|hours?|veröffentlicht|aktualisiert|publicerad|uppdaterad|uppfært|publisert|oppdatert|publicado|actualizado|publié|pubblicato|stand|lesezeit|bildbeitrag|geschrieben|quelle|
            (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|
            january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|ago|read|share|comments?|copyright|gmbh|inc|ltd|llc|corp|
            zeitung|nachrichten|tagblatt|times|post|herald|tribune|guardian|gazette|journal|chronicle|courier|
            associated|university|institute|institut|society|office|department|council|agencia|agence|agenzia
        )\b",
    )
    .expect("the pattern above is valid")
});

/// Words that say what somebody works as, or what they write of.
static WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:reporter\w*|correspondent\w*|korrespondent\w*|journalist\w*|journaliste|periodista|jornalista|giornalista|dziennikar\w+|editor\w*|redakteur\w*|redacteur|rédact\w+|redactor\w*|columnist\w*|kolumnist\w*|columnista|chroniqueu\w+|staff writer|freelance\w*|author of|autor(?:in)? (?:von|des|der)|covers|has covered|covering|writes (?:about|on|for)|schreibt (?:über|für)|berichtet (?:über|für|aus)|professor\w*|fellow at)\b",
    )
    .expect("the pattern above is valid")
});

/// Whether a line says what somebody works as, as the lines under stories do of their authors.
pub(crate) fn speaks_of_work(line: &str) -> bool {
    WORK.is_match(line)
}

/// The people that a byline names, in its order, each once. `publisher` is never one of them.
pub(crate) fn people(byline: &str, publisher: Option<&str>) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    let byline = OPENING.replace(byline, "");
    if opens_with_site(&byline) {
        return people;
    }
    for piece in BETWEEN.split(&byline).take(50) {
        let name = OPENING.replace(piece, "");
        let name = TAIL.replace(&name, "");
        // Korean and Japanese put "reporter" after the name.
        let name = name.trim().trim_end_matches("기자").trim_end_matches("記者");
        let name = name.trim().trim_matches(['.', ',', ':', '-', '–', '|', '"', '*']).trim();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_publisher = publisher.is_some_and(|publisher| names_publisher(&name, publisher));
        if is_person(&name) && !is_publisher {
            add(&mut people, std::iter::once(unshout(&name)));
        }
    }
    people
}

/// Whether the words begin with the name of a site, as "harbourpost.org, Lisbon, Portugal" does:
/// then they are its address.
fn opens_with_site(byline: &str) -> bool {
    let first = BETWEEN.split(byline).next().unwrap_or_default();
    first.rsplit_once('.').is_some_and(|(name, ending)| !name.contains(' ') && is_domain_ending(ending))
}

/// People that one story names as its authors, at most.
const MOST: usize = 50;

/// Adds those who are not among `people` yet.
pub(crate) fn add(people: &mut Vec<String>, more: impl Iterator<Item = String>) {
    for name in more {
        if people.len() < MOST && !people.iter().any(|known| same_name(known, &name)) {
            people.push(name);
        }
    }
}

/// Whether the name has more than one word, or is written without spaces between words.
pub(crate) fn is_full(name: &str) -> bool {
    name.contains(' ') || name.chars().all(|character| character > '\u{2e7f}')
}

/// What follows a label such as "Author:".
pub(crate) fn after_author_label(line: &str) -> Option<&str> {
    LABEL.find(line).map(|label| line[label.end()..].trim())
}

/// Whether the words are such a label and nothing else, or "by".
pub(crate) fn labels_author(words: &str) -> bool {
    let words = words.trim().trim_end_matches([':', '：']);
    let labelled = format!("{words}:");
    words.eq_ignore_ascii_case("by")
        || LABEL.find(&labelled).is_some_and(|label| label.end() == labelled.len())
}

/// Whether the line begins like a byline: "By …", "Von …".
pub(crate) fn opens_byline(line: &str) -> bool {
    let Some(opening) = OPENING.find(line) else { return false };
    let rest = &line[opening.end()..];
    // "by Ana Ruiz" is a whole line; a sentence that goes on in lower case is none.
    let are_names = || {
        rest.split(' ').count() <= 8 && BETWEEN.split(rest).all(|name| name.starts_with(char::is_uppercase))
    };
    rest.starts_with(char::is_uppercase) && (line.starts_with(char::is_uppercase) || are_names())
}

/// Whether two spellings are one name: case, accents' case and spacing set aside.
fn same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    plain(one) == plain(other)
}

/// Whether the name is the publisher's, or begins with it as those of its desks do.
fn names_publisher(name: &str, publisher: &str) -> bool {
    let (name, publisher) = (name.to_lowercase(), publisher.to_lowercase());
    same_name(&name, &publisher) || name.strip_prefix(&publisher).is_some_and(|rest| rest.starts_with(' '))
}

fn is_person(name: &str) -> bool {
    let letters = name.chars().filter(|character| character.is_alphabetic()).count();
    let words = name.split(' ').count();
    let starts_upper = name.chars().next().is_some_and(|first| first.is_uppercase() || !first.is_lowercase());
    // A single word in Latin script is a desk, a masthead or an account as often as a person.
    letters >= 2
        && words <= 6
        && name.chars().count() <= 60
        && starts_upper
        && !name
            .chars()
            .any(|character| character.is_ascii_digit() || matches!(character, '@' | '/' | '=' | ':' | '—'))
        && !NO_PERSON.is_match(name)
        && !name.rsplit_once('.').is_some_and(|(_, ending)| is_domain_ending(ending))
        && agency(name).is_none()
}

fn is_domain_ending(ending: &str) -> bool {
    matches!(
        ending.to_ascii_lowercase().as_str(),
        "com" | "org" | "net" | "de" | "co" | "uk" | "info" | "fr" | "at" | "ch"
    )
}

/// "ANA RUIZ" → "Ana Ruiz": some sites print every byline in capitals.
fn unshout(name: &str) -> String {
    let shouted = name.contains(' ')
        && name.chars().all(|character| !character.is_lowercase())
        && name.chars().any(char::is_uppercase);
    if !shouted {
        return name.to_owned();
    }
    name.split(' ')
        .map(|word| {
            let mut start_of_word = true;
            word.chars()
                .flat_map(|character| {
                    let upper = std::mem::replace(&mut start_of_word, !character.is_alphabetic());
                    if upper { vec![character] } else { character.to_lowercase().collect() }
                })
                .collect::<String>()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::{labels_author, people};

    #[test]
    fn a_byline_is_its_people() {
        assert_eq!(people("By Ana Ruiz and Tom Lee", None), ["Ana Ruiz", "Tom Lee"]);
        assert_eq!(people("Von Jana Vogt, Redakteurin", None), ["Jana Vogt"]);
        assert_eq!(people("ANA RUIZ, TOM O'LEE; Ana Ruiz (Reuters)", None), ["Ana Ruiz", "Tom O'Lee"]);
        assert_eq!(people("Tom Lee tom.lee@harbourpost.example", None), ["Tom Lee"]);
    }

    #[test]
    fn desks_agencies_and_mastheads_are_no_people() {
        let nobody: [&str; 0] = [];
        assert_eq!(people("By Harbour Post Staff", None), nobody);
        assert_eq!(people("dpa/AFP", None), nobody);
        assert_eq!(people("Harbour Reader", Some("Harbour Reader")), nobody);
        assert_eq!(people("https://harbourpost.example/authors/7", None), nobody);
    }

    #[test]
    fn labels_of_authors_are_whole() {
        for label in ["Written by", "By", "Verfasst von:", "Écrit par", "Napisane przez", "Автор"] {
            assert!(labels_author(label), "{label}");
        }
        for label in ["Reading time", "Written by hand", "Author's note", ""] {
            assert!(!labels_author(label), "{label}");
        }
    }
}
