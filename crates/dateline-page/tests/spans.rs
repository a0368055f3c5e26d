//! Whatever the page, its parts ascend, lie on character boundaries and cover the text.

use dateline_document::{Article, PartRole};
use dateline_page::{Options, read_html, read_story, read_text};
use proptest::prelude::*;

/// What must hold for every article.
fn check(article: &Article) -> Result<(), TestCaseError> {
    let mut end = 0;
    for part in &article.parts {
        let (start, stop) = (part.span.start as usize, part.span.end as usize);
        prop_assert!(end <= start && start < stop, "{part:?} after {end}");
        prop_assert!(article.text.is_char_boundary(start) && article.text.is_char_boundary(stop));
        prop_assert!(!article.text[part.span].contains('\n'), "a part is one paragraph");
        prop_assert!(
            end == 0 || matches!(&article.text[end..start], "\n\n" | ""),
            "{:?}",
            &article.text[end..start]
        );
        end = stop;
    }
    prop_assert_eq!(end, article.text.len());
    for span in article.images.iter().filter_map(|image| image.caption) {
        prop_assert!(article.parts.iter().any(|part| part.role == PartRole::Caption && part.span == span));
    }
    if let Some(dateline) = article.dateline {
        let part = article.part_of(dateline).map(|part| part.role);
        prop_assert_eq!(part, Some(PartRole::Dateline));
    }
    Ok(())
}

/// Pieces of which pages are made, whole and broken.
fn fragment() -> impl Strategy<Value = String> {
    let words = "[A-Za-z“”’é漢 .,!?—–()/©:|-]{0,160}";
    prop_oneof![
        words.prop_map(|words| format!("<p>{words}</p>")),
        words.prop_map(|words| format!("<p>LIMA, Peru (AP) — {words}</p>")),
        words.prop_map(|words| format!("<h1>{words}</h1>")),
        words.prop_map(|words| format!("<h2>{words}</h2>")),
        words.prop_map(|words| format!("<figure><img><figcaption>{words} (AP Photo/{words})</figcaption></figure>")),
        words.prop_map(|words| format!("<div class=\"byline\">By {words}</div>")),
        words.prop_map(|words| format!("<ul><li>{words}<li><a href=x>{words}</a></ul>")),
        words.prop_map(|words| format!("<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"articleBody\":\"{words}\"}}</script>")),
        words.prop_map(|words| format!("<table><td>{words}<br><br>{words}")),
        words,
        "[<>/a-z\"'= &;#\\x00-\\x1f\u{200b}\u{fffd}]{0,40}",
        Just("</div></article></p>".to_owned()),
        Just("<div class=\"article\"><article>".to_owned()),
    ]
}

/// Lines of which copied pages are made.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zäöü漢“” .,]{0,200}[.!?]?",
        "[A-Z][a-z]{2,9}( [a-z]{2,9}){0,8}",
        Just("1 / 4".to_owned()),
        Just("Full Screen".to_owned()),
        Just("Comments".to_owned()),
        Just("Copyright 2021 Coastal Wire. All rights reserved.".to_owned()),
        Just("The ferry in dock. (CW Photo/Ilya Brandt)".to_owned()),
        Just("By Ana Ruiz".to_owned()),
        Just("OSTRAVIK – The ferry across the bay runs again, the harbour office said.".to_owned()),
        Just(String::new()),
    ]
}

/// The words as an article prints them.
fn one_line(words: &str) -> String {
    let unseen = ['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}'];
    let seen: String = words.chars().filter(|character| !unseen.contains(character)).collect();
    let blank = |character: char| character.is_whitespace() || character.is_control();
    seen.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Each part's bytes, decoded, must be its words; says how many parts knew their bytes.
fn origins_hold(
    article: &Article,
    decode: impl Fn(&[u8]) -> String,
    bytes: &[u8],
) -> Result<usize, TestCaseError> {
    let mut known = 0;
    for part in &article.parts {
        let Some(origin) = part.origin else { continue };
        let written = &bytes[origin.start as usize..origin.end as usize];
        prop_assert_eq!(one_line(&decode(written)), article.text[part.span].trim(), "{:?}", part);
        known += 1;
    }
    Ok(known)
}

/// A JSON string written with as many escapes as JSON has.
fn escaped(text: &str) -> String {
    let mut json = String::from('"');
    for unit in text.encode_utf16() {
        json += &match unit {
            0x0a => "\\n".to_owned(),
            0x22 => "\\\"".to_owned(),
            0x5c => "\\\\".to_owned(),
            0x20..=0x7e => char::from(unit as u8).to_string(),
            _ => format!("\\u{unit:04x}"),
        };
    }
    json + "\""
}

#[test]
fn of_a_plain_story_every_part_knows_its_bytes() {
    let story = "Ferry runs again\n\nOSTRAVIK – The ferry across the bay resumed service on Thursday, the harbour\noffice said, after two months in which the islanders had to take the long\nway round the bay.\n\nIt rained all day long on the islands, and nobody minded very much, they said.\n";
    let utf_16: Vec<u8> = format!("\u{feff}{story}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let of_utf_16 = |bytes: &[u8]| {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let latin: Vec<u8> =
        story.replace('–', "-").replace("bay", "fjörd").chars().map(|letter| letter as u32 as u8).collect();
    let of_latin = |bytes: &[u8]| bytes.iter().map(|&byte| char::from(byte)).collect::<String>();
    let of_utf_8 = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let read = |bytes: &[u8]| read_text(bytes, &Options::default()).expect("it is a text");
    for (bytes, decode) in [
        (story.as_bytes(), &of_utf_8 as &dyn Fn(&[u8]) -> String),
        (&utf_16, &of_utf_16),
        (&latin, &of_latin),
    ] {
        let article = read(bytes);
        assert_eq!(article.parts.len(), 4, "{:?}", article.text);
        assert_eq!(origins_hold(&article, decode, bytes).expect("they hold"), 4, "{:?}", article.parts);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn of_a_web_page(fragments in prop::collection::vec(fragment(), 0..25)) {
        if let Ok(article) = read_html(fragments.concat().as_bytes(), &Options::default()) {
            check(&article)?;
        }
    }

    #[test]
    fn of_a_text(lines in prop::collection::vec(line(), 0..40)) {
        if let Ok(article) = read_text(lines.join("\n").as_bytes(), &Options::default()) {
            check(&article)?;
        }
    }

    #[test]
    fn of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for article in [read_html(&bytes, &Options::default()), read_text(&bytes, &Options::default())].into_iter().flatten() {
            check(&article)?;
        }
    }

    #[test]
    fn of_a_story(title in ".{0,60}", text in "(?s).{0,400}") {
        let line = serde_json::json!({"id": 1, "title": title, "text": text}).to_string();
        if let Ok(article) = read_story(&line, &Options::default()) {
            check(&article)?;
            let squeezed = |text: &str| -> String {
                let seen = |character: &char| {
                    let invisible = ['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}'];
                    !character.is_whitespace() && !character.is_control() && !invisible.contains(character)
                };
                text.chars().filter(seen).collect()
            };
            prop_assert!(squeezed(&article.text).ends_with(&squeezed(&text)), "every letter is kept");
        }
    }

    #[test]
    fn of_a_text_lead_back_to_its_bytes(lines in prop::collection::vec(line(), 0..40), end in "\r?\n") {
        let text = lines.join(&end);
        if let Ok(article) = read_text(text.as_bytes(), &Options::default()) {
            let known = origins_hold(&article, |bytes| String::from_utf8_lossy(bytes).into_owned(), text.as_bytes())?;
            prop_assert_eq!(known, article.parts.len(), "every part of a text has its bytes");
        }
    }

    #[test]
    fn of_a_story_lead_back_to_its_bytes(title in "[a-zé😀\"\\\\ ]{0,40}", text in "(?s)([A-Zé漢😀\"\\\\ .\n\u{ad}]{0,90}\n){0,6}") {
        let line = format!("{{\"title\": {}, \"id\": 1, \"text\": {}}}", escaped(&title), escaped(&text));
        if let Ok(article) = read_story(&line, &Options::default()) {
            let decode = |bytes: &[u8]| {
                let inside = std::str::from_utf8(bytes).expect("JSON is UTF-8");
                serde_json::from_str::<String>(&format!("\"{inside}\"")).expect("a stretch of a string is one")
            };
            let known = origins_hold(&article, decode, line.as_bytes())?;
            prop_assert_eq!(known, article.parts.len(), "every part of a story has its bytes");
        }
    }
}
