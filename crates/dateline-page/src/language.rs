//! Which language a text is in, as an ISO 639-1 code.
//!
//! whatlang (trigrams and scripts, no data files) decides when it is sure; the page's own `lang`
//! attribute decides when the text is short or in a language that whatlang doesn't know. The
//! attribute alone is not enough: many sites declare "en" whatever they print. whichlang knows 16
//! languages only, and lingua would add some hundred megabytes of tables for short texts we
//! seldom see.

use std::collections::HashMap;

use whatlang::Lang;

/// The language of `text`; `declared` is what the page calls it ("en-US", "de").
pub(crate) fn of(text: &str, declared: Option<&str>) -> Option<String> {
    let declared = declared.map(primary_subtag).filter(|code| !code.is_empty());
    // A thousand bytes are enough where they say what the page says.
    let beginning = &text[..text.floor_char_boundary(1_000)];
    let agrees = |code: &String| {
        let found = whatlang::detect(beginning).filter(|found| found.is_reliable());
        found.is_some_and(|found| iso_639_1(found.lang()) == Some(code))
    };
    if beginning.len() < text.len() && declared.as_ref().is_some_and(agrees) {
        return declared;
    }
    let sample = &text[..text.floor_char_boundary(3_000)];
    let Some(found) = whatlang::detect(sample) else { return declared };
    let detected = iso_639_1(found.lang()).map(str::to_owned);
    if sample.len() < SHORT
        && declared.as_deref().is_none_or(|code| code == "en")
        && is_plainly_english(sample)
    {
        return Some("en".to_owned());
    }
    if sample.len() < TOO_SHORT && declared.is_none() && sample.is_ascii() && !has_word_of_another(sample) {
        return None;
    }
    if !found.is_reliable() || (sample.len() < 120 && declared.is_some()) {
        return declared.or_else(|| detected.filter(|_| found.confidence() > 0.5));
    }
    match declared {
        // Languages whatlang has no table for are taken for their neighbours.
        Some(code) if !is_known(&code) => Some(code),
        _ => detected,
    }
}

/// Bytes below which trigrams mislead: "Kenya's president met Serbia's president in Brussels" looks Catalan.
const SHORT: usize = 200;

/// Words of English that are none of its neighbours'.
const ENGLISH: [&str; 20] = [
    "the", "and", "with", "were", "from", "have", "been", "said", "that", "after", "his", "its", "their",
    "which", "into", "would", "over", "has", "of", "who",
];

/// Words of English that a neighbour may have one of, and hardly two.
const LIKELY_ENGLISH: [&str; 20] = [
    "an", "on", "is", "was", "are", "to", "up", "it", "not", "will", "this", "they", "he", "she", "himself",
    "herself", "when", "than", "outside", "near",
];

/// Bytes below which a text in plain letters tells no language at all: "Trump met Macron in Paris".
const TOO_SHORT: usize = 60;

/// Whether a short text is spelled as English is and has a word or a possessive of it.
fn is_plainly_english(sample: &str) -> bool {
    let is_letter_of_another = |c: char| c.is_alphabetic() && !c.is_ascii();
    let lower = sample.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    let is_english = |word: &str| {
        ENGLISH.contains(&word) || word.len() > 4 && (word.ends_with("'s") || word.ends_with("’s"))
    };
    !sample.contains(is_letter_of_another)
        && (words().any(is_english) || words().filter(|word| LIKELY_ENGLISH.contains(word)).count() > 1)
        && !has_word_of_another(sample)
}

fn has_word_of_another(sample: &str) -> bool {
    let lower = sample.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).any(|word| OTHERS.contains(&word))
}

/// Words that are frequent in a neighbour of English and none of English.
const OTHERS: [&str; 24] = [
    "de", "het", "een", "van", "der", "die", "und", "den", "das", "il", "che", "di", "el", "la", "los",
    "que", "les", "des", "et", "og", "av", "som", "och", "na",
];

/// Which of the paragraphs are plainly in another language than the story, as a note.
///
/// Short ones are left out, and single ones: a name, a slogan or a quotation makes no page of two
/// languages. So are those in a close relative of the story's language, which trigrams take for each other.
pub(crate) fn mixed<'a>(language: &str, paragraphs: impl Iterator<Item = &'a str>) -> Option<String> {
    if !is_known(language) {
        return None;
    }
    let samples: Vec<&str> = paragraphs
        .take(PARAGRAPHS)
        .map(|paragraph| &paragraph[..paragraph.floor_char_boundary(SAMPLE)])
        .collect();
    let frequent = frequent(&samples[..samples.len().min(2.max(samples.len() / 3))]);
    let is_alike = |sample: &str| short_words(sample).filter(|word| frequent.contains(word)).count() >= ALIKE;
    let mut foreign: Vec<(&str, usize)> = Vec::new();
    for (number, &sample) in (1..).zip(&samples) {
        if sample.len() < SHORTEST || is_alike(sample) {
            continue;
        }
        let found = whatlang::detect(sample).filter(|found| found.is_reliable());
        let code = found.and_then(|found| iso_639_1(found.lang()));
        foreign.extend(code.filter(|code| !are_close(code, language)).map(|code| (code, number)));
    }
    let (first, _) = *foreign.first()?;
    let numbers: Vec<String> =
        foreign.iter().filter(|(code, _)| *code == first).map(|(_, number)| number.to_string()).collect();
    (numbers.len() >= 2).then(|| {
        format!("the page mixes languages: paragraphs {} are in {first}, not {language}", numbers.join(", "))
    })
}

/// Paragraphs that are looked at, the bytes of each that tell its language, and how many are enough.
const PARAGRAPHS: usize = 200;
const SAMPLE: usize = 240;
const SHORTEST: usize = 120;

/// The most frequent short words ("the", "of", "in") of a story's beginning are those of its language,
/// and stay so where another language follows with the same story once more. A paragraph
/// that has some of them needs no trigrams: they would make reading a page take a quarter longer.
fn frequent<'a>(samples: &[&'a str]) -> Vec<&'a str> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for word in samples.iter().flat_map(|sample| short_words(sample)) {
        *times.entry(word).or_default() += 1;
    }
    let mut words: Vec<(usize, &str)> = times.into_iter().map(|(word, times)| (times, word)).collect();
    words.sort_by(|one, other| other.cmp(one));
    words.truncate(FREQUENT);
    words.into_iter().map(|(_, word)| word).collect()
}

fn short_words(sample: &str) -> impl Iterator<Item = &str> {
    let words = sample.split(|character: char| !character.is_alphabetic());
    words.filter(|word| (2..=8).contains(&word.len()) && word.starts_with(char::is_lowercase))
}

const FREQUENT: usize = 12;
const ALIKE: usize = 3;

/// Whether two languages are one, or written so much alike that a paragraph does not tell them apart.
fn are_close(one: &str, other: &str) -> bool {
    const FAMILIES: [&[&str]; 9] = [
        &["da", "no", "sv"],
        &["hr", "sr", "sl", "mk", "bg"],
        &["ru", "uk", "be"],
        &["cs", "sk", "pl"],
        &["es", "pt", "ca", "it", "la", "ro", "eo"],
        &["af", "nl", "de", "yi"],
        &["id", "jv", "tl"],
        &["tr", "az", "tk", "uz"],
        &["hi", "mr", "ne"],
    ];
    one == other || FAMILIES.iter().any(|family| family.contains(&one) && family.contains(&other))
}

/// The code of what a feed or a list calls a language: "en-GB", "eng", "English".
pub(crate) fn code(printed: &str) -> Option<String> {
    let subtag = primary_subtag(printed);
    if !subtag.is_empty() {
        return Some(subtag);
    }
    let first = printed.split(['-', '_']).next().unwrap_or_default().trim();
    let named = |lang: &&Lang| {
        lang.code().eq_ignore_ascii_case(first) || lang.eng_name().eq_ignore_ascii_case(printed.trim())
    };
    Lang::all().iter().find(named).and_then(|&lang| iso_639_1(lang)).map(str::to_owned).or_else(|| {
        // GDELT names the languages of states; whatlang knows their written forms.
        ["chinese", "zho", "chi"].iter().any(|name| first.eq_ignore_ascii_case(name)).then(|| "zh".to_owned())
    })
}

fn primary_subtag(tag: &str) -> String {
    let code = tag.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
    match code.as_str() {
        "nn" | "nb" => "no".to_owned(),
        _ if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) => code,
        _ => String::new(),
    }
}

fn is_known(code: &str) -> bool {
    Lang::all().iter().any(|&lang| iso_639_1(lang) == Some(code))
}

/// The two-letter code of ISO 639-1 for whatlang's three-letter ones (ISO 639-3).
fn iso_639_1(lang: Lang) -> Option<&'static str> {
    Some(match lang.code() {
        "epo" => "eo",
        "eng" => "en",
        "rus" => "ru",
        "cmn" => "zh",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "jpn" => "ja",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "kor" => "ko",
        "nob" => "no",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "aka" => "ak",
        "zul" => "zu",
        "sna" => "sn",
        "afr" => "af",
        "lat" => "la",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "cym" => "cy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_known() {
        let read = |printed| code(printed).unwrap_or_default();
        assert_eq!(["en-GB", "eng", "English", "Chinese", "Klingon"].map(read), ["en", "en", "en", "zh", ""]);
    }

    #[test]
    fn the_text_decides_unless_it_is_short_or_unknown() {
        let german = "Das Fährschiff fährt seit Donnerstag wieder über die Bucht, wie das Hafenamt mitteilte. \
                      Ein Sturm hatte im Januar die Rampe vom Pier gerissen, und die Reparatur zog sich hin.";
        assert_eq!(of(german, Some("en-US")).as_deref(), Some("de"));
        assert_eq!(of("Ferjan siglir aftur", Some("is")).as_deref(), Some("is"));
        assert_eq!(of("42", None), None);
    }

    #[test]
    fn a_short_text_with_a_word_of_english_is_english() {
        let is_english = |text| of(text, None).as_deref() == Some("en");
        assert!(is_english("Kenya's president met Serbia's president in Brussels."));
        assert!(is_english("Algeria has closed a paper, its owner said."));
        assert!(is_english("A suicide bomber blew himself up at a checkpoint in Kandahar."));
        assert!(!is_english("Un atacante suicida murió en un retén en Kandahar."));
        assert!(!is_english("Han sagde at han var for sent til at stemme i Aarhus."));
        assert!(!is_english("El presidente de Kenia se reunió con el de Serbia en Bruselas el lunes."));
        assert!(!is_english("De burgemeester van Gent sprak met de minister over foto's van de brand."));
    }

    #[test]
    fn a_paragraph_in_another_language_is_noted() {
        let english = "The ferry to Port Selwyn sailed again on Thursday after two months in which the islanders \
                       had to take the long way round by road, the harbour office said.";
        let french = "Le bac de Port Selwyn a repris la mer jeudi, après deux mois pendant lesquels les habitants \
                      de l'île devaient faire le grand tour par la route, selon la capitainerie.";
        let note = |paragraphs: &[&str]| mixed("en", paragraphs.iter().copied());
        let expected = "the page mixes languages: paragraphs 3, 4 are in fr, not en";
        assert_eq!(note(&[english, english, french, french]).as_deref(), Some(expected));
        assert_eq!(note(&[english, english, french]), None, "a quotation");
        assert_eq!(note(&[english, english, "Vive la mer !", "Vive le bac !"]), None, "too short to tell");
        assert_eq!(mixed("fr", [french, french].into_iter()), None);
        assert_eq!(mixed("is", [english].into_iter()), None, "a language without a table");
    }
}
