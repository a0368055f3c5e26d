//! What a single line of a copied page is, as far as the line itself tells.

use std::sync::LazyLock;

use regex::Regex;

use super::paragraphs::ends_sentence;
use super::pictures::{is_caption, is_credit};
use crate::html::{is_prompt, split_credit};
use crate::{names, when};

/// The kinds of line that a page is made of when all its markup is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A sentence or more.
    Prose,
    /// "1 / 4": the position in a gallery.
    Counter,
    /// "Full Screen", "Share", "Read more: …": said by the page, not by the story.
    Prompt,
    /// A line of a box within the story: another story in brief, an offer, a quote in large type.
    Boxed,
    /// "Copyright 2020 …"
    Rights,
    /// A sentence with a credit at its end.
    Caption,
    /// A credit on a line of its own.
    Credit,
    /// "By …", with a name.
    Byline,
    /// A date and little else.
    Date,
    /// Anything else that is short: menu entries, teasers, subheads, headlines.
    Short,
}

static COUNTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:photo|image|picture|slide|bild|foto|imagen|photo)\s*)?(\d{1,3})\s*(?:/|of|von|de|sur|di|из)\s*(\d{1,3})\.?$")
        .expect("the pattern above is valid")
});

static BUTTON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:full\s*screen|fullscreen|exit\s+full\s*screen|play|pause|mute|unmute|next|previous|prev|close|open|expand|menu|search|home|skip\s+to\s+.*|
        toggle\s+.*|show\s+(?:more|all|caption|comments?).*|hide\s+.*|view\s+(?:all|more|gallery|photos|comments?|image).*|see\s+all.*|load\s+more.*|back\s+to\s+top|scroll\s+.*|
        [•·\s]*(?:vor|il\s+y\s+a|hace|for|há)?\s*\d+\s*(?:min|std|h|hours?|minut\w+|days?|tag\w*|stunden?|heures?|horas?|timer|timmar)\.?(?:\s+(?:ago|siden|sedan))?\.?|(?:tap|click)\s+here\b.*|open\s+this\s+(?:photo|image|picture)\b.*|empfohlener\s+redaktioneller\s+inhalt|über\s+dieses\s+thema\s+berichte\w*\b.*|search\s+for:?|print|e-?mail|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|pinterest|messenger|copy\s+(?:the\s+)?link|link\s+copied.*|copied!?|bookmark|save(?:\s+(?:article|story|for\s+later))?|
        \d*\s*(?:shares?|comments?|likes?|views?|replies|min(?:ute)?s?\s+read)|listen(?:\s+to\s+(?:this\s+)?(?:article|story))?.*|gift\s+(?:this\s+)?article|
        vollbild|teilen|drucken|merken|vorlesen|kommentare?|zurück|weiter|schließen|suche|menü|partager|imprimer|commenter|fermer|suivant|précédent|plein\s+écran|
        compartir|imprimir|guardar|comentarios|cerrar|siguiente|anterior|pantalla\s+completa|condividi|stampa|commenti|chiudi|delen|deel|sluiten|dela|del|skriv\s+ut|jaa)$",
    )
    .expect("the pattern above is valid")
});

static RIGHTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:copyright\b|©|\(c\)\s*\d{4})|\ball rights reserved\b|\balle rechte vorbehalten\b|\btous droits réservés\b|\btodos los derechos reservados\b|\btutti i diritti riservati\b|\btodos os direitos reservados\b|\bvse pravice pridržane\b|\bвсе права защищены\b|\bwszelkie prawa zastrzeżone\b")
        .expect("the pattern above is valid")
});

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:Written |Reported |Story |Posted )?[Bb]y|BY|Von|VON|Por|POR|Par|PAR|Di|DI|Door|Av|AV|Af|Autor(?:in)?:?|Auteur:?|Text(?:o|e)?:|Автор:?)\s+\p{Lu}")
        .expect("the pattern above is valid")
});

/// A reader's name over what they say: "Ana R. says:", "hafenfan sagt:".
static VOICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\S.{1,40}\s(?:says|said|wrote|writes|sagt|sagte|schrieb|schreibt|meint|dice|dijo|escribió|ha scritto|scrive|a écrit|écrit|dit|zegt|schreef|skrev|skriver|säger|sier|napisał\(?a?\)?|diz|escreveu)\s*:\s*$")
        .expect("the pattern above is valid")
});

/// Who else worked on the story: "Ana Ruiz reported from Lima. Tom Lee in Oslo contributed to this report."
static CONTRIBUTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bcontributed(?: reporting)? to (?:this|the) (?:report|story|article)\b|\bcontributed reporting\b").expect("the pattern above is valid")
});

/// Whether a long line is links side by side: many words and not one mark that ends or parts a clause.
fn lists_links(line: &str) -> bool {
    line.split(' ').count() >= 25 && !line.contains(['.', '!', ',', ';', '…', '。', '।', '،'])
}

/// When a story came out: "Published 4 March 2021, 10:12".
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:first published|published|posted|publisert|publiceret|publicerad|veröffentlicht|erstellt|publié|publicado|pubblicato|gepubliceerd|julkaistu|opublikowano|publikováno|опубликовано|опубліковано|yayınlanma)\b")
        .expect("the pattern above is valid")
});

/// Whether the line says when a story came out.
pub(super) fn says_published(line: &str) -> bool {
    PUBLISHED.is_match(line)
}

/// Whether the line is a reader's name with a verb of saying, as over comments.
pub(super) fn opens_comment(line: &str) -> bool {
    line.len() < 80 && VOICE.is_match(line)
}

/// The kind of a line.
pub(super) fn kind(line: &str) -> LineKind {
    let letters = line.chars().filter(|character| character.is_alphanumeric()).count();
    if COUNTER.is_match(line) {
        LineKind::Counter
    } else if letters < 2 {
        LineKind::Prompt
    } else if letters < 160 && RIGHTS.is_match(line) {
        LineKind::Rights
    } else if BUTTON.is_match(line) || is_prompt(line) {
        LineKind::Prompt
    } else if letters < 120
        && BYLINE.is_match(line)
        && !names::people(line, None).is_empty()
        && !ends_sentence(line)
    {
        LineKind::Byline
    } else if letters < 60 && when::in_words(line).is_some() && !ends_sentence(line) {
        LineKind::Date
    } else if letters < 400 && CONTRIBUTED.is_match(line) {
        LineKind::Prompt
    } else if is_credit(line) {
        LineKind::Credit
    } else {
        let (caption, credit) = split_credit(line);
        match credit {
            Some(_) if caption.chars().count() < 3 => LineKind::Credit,
            Some(_) if letters < 600 => LineKind::Caption,
            _ if is_caption(line, letters) => LineKind::Caption,
            _ if weight(line) >= 60 && ends_sentence(line) => LineKind::Prose,
            _ if weight(line) >= 220 && !lists_links(line) => LineKind::Prose,
            _ if weight(line) >= 120 && line.starts_with(['“', '„', '«', '»']) => LineKind::Prose,
            _ => LineKind::Short,
        }
    }
}

/// The line's length in letters, where a character of Chinese, Japanese or Korean counts three.
pub(super) fn weight(line: &str) -> usize {
    line.chars()
        .map(|character| match character {
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => 3,
            _ => usize::from(character.is_alphanumeric()),
        })
        .sum()
}

/// "1 / 4" → (1, 4).
pub(super) fn counter(line: &str) -> Option<(u32, u32)> {
    let found = COUNTER.captures(line)?;
    Some((found[1].parse().ok()?, found[2].parse().ok()?))
}

/// A page's lines and their kinds, for the tests of those who look for something in them.
#[cfg(test)]
pub(super) fn kinds_of(page: &str) -> (Vec<String>, Vec<LineKind>) {
    let lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let kinds = lines.iter().map(|line| kind(line)).collect();
    (lines, kinds)
}

/// The lines of a page that `find` finds, in order, for its tests.
#[cfg(test)]
pub(super) fn found_in(
    page: &str,
    find: fn(&[String], &[LineKind]) -> std::collections::HashSet<usize>,
) -> Vec<usize> {
    let (lines, kinds) = kinds_of(page);
    let mut found: Vec<usize> = find(&lines, &kinds).into_iter().collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_without_a_stop_is_a_list_of_links() {
        let links = "Islands Weather Harbour Tides Tickets Council School Church Café Pier Ferry Fishermen Boats Nets \
                     Markets Prices Letters Births Deaths Weddings Crossword Chess Radio Television Cinema Theatre \
                     Music Books Games Puzzles Horoscopes Cartoons Recipes Gardens Pets";
        assert_eq!(kind(links), LineKind::Short);
        assert_eq!(kind(&links.replace("Boats", "boats, said the captain,")), LineKind::Prose);
    }
}
