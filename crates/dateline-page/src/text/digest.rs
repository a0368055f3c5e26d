//! The box that tells a story in a few sentences before it begins: "Key points", "In Kürze".

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::{LineKind, weight};
use super::paragraphs::ends_sentence;
use crate::talk::speaks_of_the_site;

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\s*(?:
        (?:the\s+)?key\s+(?:points?|takeaways?|facts) | at\s+a\s+glance | in\s+(?:brief|short) | summary | tl;?dr | the\s+gist | (?:article|story)\s+summary
        | in\s+kürze | kurz\s+(?:und\s+knapp|gefasst|zusammengefasst) | darum\s+geht['’]?s | das\s+wichtigste(?:\s+in\s+kürze|\s+auf\s+einen\s+blick)? | auf\s+einen\s+blick | zusammenfassung | .{0,40}\bzusammengefasst
        | kort\s+(?:fortalt|fortælt|sagt|sammanfattat) | kortversjonen | oppsummer(?:ing|t) | sammanfattning | sammendrag | det\s+viktigste | in\s+het\s+kort | samenvatting
        | en\s+bref | l['’]essentiel | (?:le\s+)?résumé | en\s+resumen | (?:las\s+)?claves | lo\s+esencial | in\s+(?:breve|sintesi) | em\s+resumo | w\s+skrócie | кратко | коротко | главное | 要点 | 핵심\s*요약
        )\s*[:.]?\s*$",
    )
    .expect("the pattern above is valid")
});

/// Letters of a sentence of the box, at most, and how many there are.
const SENTENCE: usize = 200;
const SENTENCES: std::ops::RangeInclusive<usize> = 2..=8;

/// Whether the line is the heading of such a box.
pub(super) fn opens(line: &str) -> bool {
    line.len() < 80 && HEADING.is_match(line)
}

/// The lines of such boxes. Each is one sentence; a paragraph of the story has more.
pub(super) fn lines(lines: &[String], kinds: &[LineKind]) -> HashSet<usize> {
    let mut digest = HashSet::new();
    for heading in (0..lines.len()).filter(|&at| opens(&lines[at])) {
        let box_of: Vec<usize> = (heading + 1..lines.len())
            .skip_while(|&at| at <= heading + 2 && speaks_of_the_site(&lines[at]))
            .take_while(|&at| is_sentence(&lines[at], kinds[at]))
            .take(*SENTENCES.end())
            .collect();
        if SENTENCES.contains(&box_of.len()) {
            digest.extend(box_of);
        }
    }
    digest
}

fn is_sentence(line: &str, kind: LineKind) -> bool {
    let goes_on = line.trim_end().find(". ").is_some_and(|stop| {
        line[stop + 2..].starts_with(char::is_uppercase) && line[..stop].ends_with(char::is_lowercase)
    });
    matches!(kind, LineKind::Prose | LineKind::Short)
        && (20..=SENTENCE).contains(&weight(line))
        && ends_sentence(line)
        && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<usize> {
        let page: Vec<String> = page.lines().map(str::to_owned).collect();
        let mut told: Vec<usize> = lines(&page, &vec![LineKind::Prose; page.len()]).into_iter().collect();
        told.sort();
        told
    }

    #[test]
    fn a_box_of_sentences_below_its_heading_is_no_part_of_the_body() {
        let page = "Ferry sails again\nKey points:\nThe ferry to Port Selwyn sails again.\nTickets cost as much as before.\n\
                    The ferry sailed on Thursday at noon. Many islanders stood on the pier, some of them with flags.";
        assert_eq!(told(page), [2, 3]);
        assert_eq!(told(&page.replace("Key points:", "Key points of the law")), [0; 0]);
        assert_eq!(
            told("In brief\nThe ferry to Port Selwyn sails again.\nShare"),
            [0; 0],
            "a single sentence"
        );
    }
}
