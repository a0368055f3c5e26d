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
}
