//! What stands under pictures: captions and credits, told by a line's own words or by the lines
//! beside it.
//!
//! ```text
//! The ferry in dock on Thursday.          The crew on the pier.       Captain Bane (left) in fog.
//! Ana Ruiz/Getty Images                   © Harbour Post/Tom Lee
//! ```

use std::sync::LazyLock;

use regex::Regex;

use super::boxes::names_sources;
use super::lines::{LineKind, weight};
use super::paragraphs::ends_sentence;
use crate::names;

/// What only captions say: that the picture is an old one, or only like what is told, and who stands
/// where on it.
static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:file\s*(?:photo\s*)?[-–—:]|archivo?\s*[-–—:])\s
        | ^(?:(?:image\ )?caption|legende|bild(?:legende|unterschrift|text)|légende|didascalia|pie\ de\ foto|bildtekst|onderschrift)\s*:\s
        | \((?:archiv(?:bild|foto|aufnahme)?|symbol(?:bild|foto)|file\ (?:photo|image|picture)|archive\ (?:photo|image|picture)|foto\ de\ archivo|imagen\ de\ archivo|photo\ d['’]archives?|photo\ d['’]illustration|foto\ d['’]archivio|arkiv(?:foto|bild)e?t?|illustrasjonsfoto|arkivbillede|archieffoto)\)?
        | \((?:[lr]|li|re|links|rechts|left|right|pictured(?:\ [^()]{1,30})?|v\.\ ?l\.?(?:\ ?n\.\ ?r)?|von\ links|from\ left|à\ gauche|à\ droite|izq|dcha|왼쪽부터|왼쪽|오른쪽)\.?\)",
    )
    .expect("the pattern above is valid")
});

/// A photographer and an agency, without a label: "Ana Ruiz/Getty Images", "Tom Lee / Pool via Reuters".
static AGENCY_CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:\p{Lu}[\p{L}.'’-]*(?:\s(?:de|del|der|van|von|da|al|bin))*(?:\s[&-]\s|,\s|\s))*\p{Lu}[\p{L}.'’-]*\s?/\s?(?:[\p{L}\s]{1,30}/\s?)?(?:Pool\s(?:via\s|/\s?))?
        (?:AP(?:\ Photo|\ Images)?|AFP|Reuters|REUTERS|Getty(?:\ Images)?|dpa|picture\ alliance|EPA(?:-EFE)?|EFE|Shutterstock|Xinhua|Anadolu|ANSA|LaPresse|NurPhoto|Bloomberg|Imago(?:\ Images)?|IMAGO|Alamy|Keystone|NTB|TT|Ritzau(?:\ Scanpix)?|Scanpix|TASS|Unsplash)\b[^.!?]{0,30}$",
    )
    .expect("the pattern above is valid")
});

/// Names alone in parentheses: "(Ana Ruiz / Harbour Post)".
static NAMES_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[(\[](?:\p{Lu}[\p{L}.'’-]*[\s/,]{0,3}){2,6}[)\]]$").expect("the pattern above is valid")
});

/// A picture's rights behind what it shows: "… in Lima. Ana Ruiz/Copyright 2020 The AP. All rights reserved."
static RIGHTS_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:/\s*copyright|copyright \d{4}|©)[^.]{1,60}\.?\s*all rights reserved\.?$")
        .expect("the pattern above is valid")
});

/// How long a video is, in place of its credit: "26 October | 2:43 min".
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^.{0,40}\b\d{1,2}:\d\d min\.?$").expect("the pattern above is valid"));

/// Letters of a caption, at most, where nothing but a source or a video's length stands below.
const BRIEF: usize = 150;

/// Whether the line is a credit without a label.
pub(super) fn is_credit(line: &str) -> bool {
    line.len() < 120 && (AGENCY_CREDIT.is_match(line) || NAMES_ALONE.is_match(line))
}

/// Whether only a caption would say this.
pub(super) fn is_caption(line: &str, letters: usize) -> bool {
    (letters < 300 && PICTURE.is_match(line))
        || (letters < 500 && (RIGHTS_BEHIND.is_match(line) || ends_with_agency(line)))
}

/// Whether an agency's name stands behind the last sentence: "The ferry in dock. Reuters".
fn ends_with_agency(line: &str) -> bool {
    let behind = line.rsplit_once(". ").map(|(_, behind)| behind);
    behind.is_some_and(|behind| names::agency(behind).is_some())
}

/// Tells captions by the lines below them: a credit, the length of a video, or the same words again
/// with a credit behind them.
pub(super) fn mark(lines: &[String], kinds: &mut [LineKind]) {
    for at in 1..lines.len() {
        if is_photographers(lines, kinds, at) {
            kinds[at] = LineKind::Credit;
        }
        let above = at - 1;
        let is_plain = matches!(kinds[above], LineKind::Short | LineKind::Prose) && lines[above].len() < 400;
        if !is_plain || weight(&lines[above]) <= 10 {
            continue;
        }
        let is_brief = weight(&lines[above]) <= BRIEF;
        let is_credited = match kinds[at] {
            // "Source: dpa" stands below whole stories too.
            LineKind::Credit => is_brief || !names_sources(&lines[at]),
            _ => is_brief && at >= 2 && LENGTH.is_match(&lines[at]),
        };
        let goes_on = kinds[at] != LineKind::Prose
            && lines[at].len() > lines[above].len()
            && lines[at].starts_with(lines[above].as_str());
        let repeats =
            kinds[at] == LineKind::Short && weight(&lines[at]) > 10 && lines[above].starts_with(&lines[at]);
        if is_credited {
            kinds[above] = LineKind::Caption;
        } else if goes_on && kinds[above] == LineKind::Short && lines[above].ends_with('.') {
            kinds[above] = LineKind::Prompt;
        } else if repeats && ends_sentence(&lines[at]) && !ends_sentence(&lines[above]) {
            kinds[at] = LineKind::Prompt;
        }
    }
}

/// Whether a line of rights between paragraphs is a photographer's. The site's stand at its end, and
/// name a year.
fn is_photographers(lines: &[String], kinds: &[LineKind], at: usize) -> bool {
    let line = lines[at].as_str();
    let prose = |near: std::ops::Range<usize>| near.into_iter().any(|near| kinds[near] == LineKind::Prose);
    kinds[at] == LineKind::Rights
        && line.starts_with('©')
        && line.len() < 120
        && !line.chars().any(|character| character.is_ascii_digit())
        && prose(at.saturating_sub(3)..at)
        && prose(at + 1..lines.len().min(at + 4))
}

#[cfg(test)]
mod tests {
    use super::super::lines::kinds_of;
    use super::*;

    fn kinds(page: &str) -> String {
        let (page, mut kinds) = kinds_of(page);
        mark(&page, &mut kinds);
        kinds.iter().map(|kind| format!("{kind:?}")).collect::<Vec<_>>().join(" ")
    }

    const BEFORE: &str = "The ferry to Port Selwyn sailed again on Thursday after two months in which the islanders had to go by road.";
    const AFTER: &str = "The harbour office said that tickets cost as much as before, and that the café on the pier has opened.";

    #[test]
    fn a_line_above_a_credit_is_a_caption() {
        for credit in [
            "Ana Ruiz/Getty Images",
            "Tom van Lee / Pool via Reuters",
            "(Ana Ruiz)",
            "© Ana Ruiz/Harbour Post",
        ] {
            let page = format!("{BEFORE}\nThe crew of the ferry on the pier.\n{credit}\n{AFTER}");
            assert_eq!(kinds(&page), "Prose Caption Credit Prose", "{credit}");
        }
        let page = format!("{BEFORE}\nThe crew of the ferry on the pier.\n24 October | 2:43 min\n{AFTER}");
        assert_eq!(kinds(&page), "Prose Caption Short Prose");
        let page = format!("{BEFORE}\nThe crew spoke of luck.\nBack on the islands\n{AFTER}");
        assert_eq!(kinds(&page), "Prose Short Short Prose");
        assert_eq!(kinds(&format!("{BEFORE}\n© 2021 Harbour Post\nContact")), "Prose Rights Short");
    }

    #[test]
    fn some_words_are_only_said_of_pictures() {
        assert!(is_caption("Captain Osric Bane (left) takes the helm in fog and rain.", 50));
        assert!(is_caption("The ferry in dock on Thursday. Reuters", 30));
        assert!(is_caption("Image caption: The ferry in dock", 25));
        assert!(!is_caption("The caption: nobody knows who wrote it.", 30));
        assert!(is_caption("The ferry in dock. Ana Ruiz/Copyright 2021 The AP. All rights reserved.", 60));
        assert!(!is_caption("Captain Osric Bane left the helm. The islanders cheered.", 50));
        assert!(!is_caption("The mayor (Left Party) spoke to Reuters.", 40));
    }
}
