//! Captions come with their credit: "The ferry in dock. (Photo: Ana Ruiz/Harbour Post)".

use std::sync::LazyLock;

use regex::Regex;

static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \s*[(\[]\s*(?P<bracketed>(?-i:\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){1,3}\s?/\s?\p{Lu}[^()\[\]]{1,60})|(?:[^()\[\]]{0,30}\b(?:photo|image|picture|foto|bild|crédit|credit|courtesy|source|quelle|via|©|screenshot|사진|写真|фото|fotoğraf|ảnh|nuotr)\b[^()\[\]]{0,120})|[^()\[\]]{0,60}\b(?:ap|reuters|afp|dpa|getty(?:\s+images)?|epa|efe|ansa|xinhua|imago|shutterstock|istock|picture\s+alliance|afp\s+via\s+getty\s+images)\b[^()\[\]]{0,80})\s*[)\]]\s*\.?\s*$
        | (?:^|[\s.|–—-])(?P<labelled>(?:photo(?:graph)?(?:\s+by|\s+credit)?|images?(?:\s+credits?)?|picture|credits?|foto|bild|fotograf|photographer|crédit(?:\s+photo)?|quelle|source|©|copyright|photograph|video)\s*(?:[:：]|\sby\s|(?:^|\s)©)\s*(?P<who>.{2,100}))$
        | (?:^|\s)©\s*(?P<marked>.{2,100})$
        ",
    )
    .expect("the pattern above is valid")
});

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:photo(?:graph)?|image|picture|credit|foto|bild|quelle|source|crédit(?: photo)?|©|copyright|by|\s|credits?|[:：(\[])+")
        .expect("the pattern above is valid")
});

/// Whether there is a mark that every credit has: most paragraphs have none near their end, and need
/// no pattern.
fn may_end_with_credit(caption: &str) -> bool {
    if caption.trim_end_matches(|last: char| last == '.' || last.is_whitespace()).ends_with([')', ']']) {
        return true;
    }
    let tail = &caption[caption.floor_char_boundary(caption.len().saturating_sub(TAIL))..];
    let bytes = tail.as_bytes();
    tail.contains([':', '：', '©']) || bytes.windows(4).any(|window| window.eq_ignore_ascii_case(b" by "))
}

/// Bytes of the longest credit that a label opens: a hundred characters behind it.
const TAIL: usize = 480;

/// The caption without its credit, and the credit without its label.
pub(crate) fn split(caption: &str) -> (String, Option<String>) {
    if caption.len() > 2_000 || !may_end_with_credit(caption) {
        return (caption.to_owned(), None);
    }
    let Some(found) = CREDIT.captures(caption) else { return (caption.to_owned(), None) };
    let Some(whole) = found.get(0) else { return (caption.to_owned(), None) };
    let credit = ["bracketed", "who", "marked"].iter().find_map(|name| found.name(name));
    // The stop before "Photo: …" belongs to the caption.
    let kept = caption[whole.start()..].starts_with(['.', '|', '–', '—', '-']);
    let end = whole.start() + usize::from(kept && caption[whole.start()..].starts_with('.'));
    let kept = caption[..end].trim();
    // "File photo: …" says that the picture is an old one, and no credit.
    if ["file", "archive", "stock"].iter().any(|word| kept.eq_ignore_ascii_case(word)) {
        return (caption.to_owned(), None);
    }
    (kept.to_owned(), credit.and_then(|credit| clean(credit.as_str())))
}

/// A credit without "Photo:" and brackets; `None` if nothing is left.
pub(crate) fn clean(credit: &str) -> Option<String> {
    let credit = credit.trim();
    // "AP Photo/Ana Ruiz" keeps its words: only a leading label goes.
    let label = LABEL.find(credit).map_or(0, |label| label.end());
    let credit = credit[label..].trim().trim_end_matches([')', ']', '.']).trim();
    (!credit.is_empty()).then(|| credit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::split;

    fn shown(caption: &str) -> String {
        let (caption, credit) = split(caption);
        format!("{caption}|{}", credit.as_deref().unwrap_or("-"))
    }

    #[test]
    fn credits_leave_the_caption() {
        assert_eq!(shown("The ferry in dock. (AP Photo/Ana Ruiz)"), "The ferry in dock.|AP Photo/Ana Ruiz");
        assert_eq!(shown("The ferry in dock. Photo: Ana Ruiz"), "The ferry in dock.|Ana Ruiz");
        assert_eq!(shown("The ferry in dock © Ana Ruiz"), "The ferry in dock|Ana Ruiz");
        assert_eq!(shown("Das Schiff (Bild: Ana Ruiz)"), "Das Schiff|Ana Ruiz");
        assert_eq!(
            shown("The ferry in dock. (Ana Ruiz/Harbour Post)"),
            "The ferry in dock.|Ana Ruiz/Harbour Post"
        );
        assert_eq!(shown("The ferry in dock. (HP Photo/Ana Ruiz)"), "The ferry in dock.|HP Photo/Ana Ruiz");
        assert_eq!(shown("File photo: The ferry in dock"), "File photo: The ferry in dock|-");
        assert_eq!(shown("Both ran (Spain/Portugal)"), "Both ran (Spain/Portugal)|-");
        assert_eq!(shown("The ferry (built in 1961) in dock"), "The ferry (built in 1961) in dock|-");
    }
}
