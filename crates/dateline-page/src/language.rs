//! Which language a text is in, as an ISO 639-1 code.
//!
//! whatlang (trigrams and scripts, no data files) decides when it is sure; the page's own `lang`
//! attribute decides when the text is short or in a language that whatlang doesn't know. The
//! attribute alone is not enough: many sites declare "en" whatever they print. whichlang knows 16
//! languages only, and lingua would add some hundred megabytes of tables for short texts we
//! seldom see.

use whatlang::Lang;

/// The language of `text`; `declared` is what the page calls it ("en-US", "de").
pub(crate) fn of(text: &str, declared: Option<&str>) -> Option<String> {
    let declared = declared.map(primary_subtag).filter(|code| !code.is_empty());
    let sample = &text[..text.floor_char_boundary(3_000)];
    let Some(found) = whatlang::detect(sample) else { return declared };
    let detected = iso_639_1(found.lang()).map(str::to_owned);
    if !found.is_reliable() || (sample.len() < 120 && declared.is_some()) {
        return declared.or_else(|| detected.filter(|_| found.confidence() > 0.5));
    }
    match declared {
        // Languages whatlang has no table for are taken for their neighbours.
        Some(code) if !is_known(&code) => Some(code),
        _ => detected,
    }
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
}
