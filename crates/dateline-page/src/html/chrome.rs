//! What surrounds a story: told by the words in an element's class and id, and by the phrases
//! that newsrooms put between paragraphs.
//!
//! The words are those of many sites' style sheets, not of one. They mark a zone; whether a zone
//! is believed is decided in [`super::blocks`], which leaves alone a zone that holds most of the
//! page's prose.

use std::collections::HashMap;
use std::sync::LazyLock;

use html5ever::{Attribute, LocalName, local_name};
use regex::Regex;

/// What kind of place an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Nothing said.
    Open,
    /// Menus, share bars, teasers, comments, forms: nothing of the story.
    Chrome,
    /// Names around the story: read as facts, not as body.
    Byline,
    /// Times and other small print around the story.
    Date,
    Caption,
    Credit,
    /// Standfirst, deck, lead paragraph set apart.
    Summary,
}

/// What classes and ids announce, by their words: a page repeats a few hundred thousands of times.
#[derive(Default)]
pub(crate) struct Announced<'a> {
    zones: HashMap<&'a str, Zone>,
}

impl<'a> Announced<'a> {
    fn zone(&mut self, words: &'a str) -> Zone {
        *self.zones.entry(words).or_insert_with(|| zone_of_words(words))
    }
}

/// The zone that the element's tag, class and id announce.
pub(crate) fn zone<'a>(tag: &LocalName, attributes: &'a [Attribute], known: &mut Announced<'a>) -> Zone {
    match *tag {
        local_name!("nav") | local_name!("footer") | local_name!("aside") | local_name!("dialog") => {
            return Zone::Chrome;
        }
        local_name!("figcaption") => return Zone::Caption,
        local_name!("time") => return Zone::Date,
        local_name!("address") => return Zone::Byline,
        local_name!("html") | local_name!("body") | local_name!("main") => return Zone::Open,
        _ => {}
    }
    let mut zone = Zone::Open;
    for attribute in attributes {
        let found = match &*attribute.name.local {
            "class" | "id" | "data-testid" | "data-component" | "data-module" => known.zone(&attribute.value),
            "itemprop" => match &*attribute.value {
                "author" | "creator" => Zone::Byline,
                "datePublished" | "dateModified" | "publisher" => Zone::Date,
                "caption" => Zone::Caption,
                "copyrightHolder" => Zone::Credit,
                "comment" | "keywords" => Zone::Chrome,
                _ => Zone::Open,
            },
            "role" => match &*attribute.value {
                "navigation" | "complementary" | "contentinfo" | "search" | "dialog" | "banner" | "menu"
                | "toolbar" | "tablist" => Zone::Chrome,
                _ => Zone::Open,
            },
            "hidden" => Zone::Chrome,
            "style" if hides(&attribute.value) => Zone::Chrome,
            _ => Zone::Open,
        };
        zone = stronger(zone, found);
    }
    zone
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|character| !character.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Chrome beats everything; a caption beats a byline.
fn stronger(one: Zone, other: Zone) -> Zone {
    let rank = |zone| match zone {
        Zone::Open => 0,
        Zone::Summary => 1,
        Zone::Date => 2,
        Zone::Byline => 3,
        Zone::Caption => 4,
        Zone::Credit => 5,
        Zone::Chrome => 6,
    };
    if rank(other) > rank(one) { other } else { one }
}

fn zone_of_words(value: &str) -> Zone {
    let mut zone = Zone::Open;
    // "md:hidden", "print:mt-4": utility classes speak of screens, not of content.
    for name in value.split_ascii_whitespace().filter(|name| !name.contains(':')).take(40) {
        let mut negated = false;
        let (mut names_picture, mut names_words) = (false, false);
        let mut previous = "";
        for word in words(name) {
            let lower = word.to_ascii_lowercase();
            // "has-comments", "no-sidebar", "with-related" speak of a container's neighbours.
            if matches!(lower.as_str(), "has" | "with" | "no" | "without" | "not" | "hide" | "is" | "js") {
                negated = true;
                continue;
            }
            names_picture |= ["image", "img", "media", "photo", "picture", "foto", "gallery"]
                .contains(&lower.as_str())
                || lower.ends_with("bild");
            names_words |=
                ["description", "desc", "text", "info", "infotext", "mediainfo"].contains(&lower.as_str());
            let found = match zone_of_word(&lower) {
                Zone::Open => zone_of_pair(previous, &lower),
                found => found,
            };
            if found != Zone::Open && !negated {
                zone = stronger(zone, found);
            }
            previous = word;
        }
        if names_picture && names_words {
            zone = stronger(zone, Zone::Caption);
        }
    }
    zone
}

/// A name's words: cut at hyphens, underscores, digits and humps.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|character: char| !character.is_alphabetic());
        if rest.is_empty() {
            return None;
        }
        let mut previous_lower = false;
        let end = rest
            .char_indices()
            .find(|&(_, character)| {
                let cut = !character.is_alphabetic() || (previous_lower && character.is_uppercase());
                previous_lower = character.is_lowercase();
                cut
            })
            .map_or(rest.len(), |(at, _)| at);
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

fn zone_of_word(word: &str) -> Zone {
    match word {
        "nav" | "navigation" | "navbar" | "menu" | "menus" | "breadcrumb" | "breadcrumbs" | "toolbar"
        | "topbar" | "footer" | "sidebar" | "rail" | "share" | "shares" | "sharing" | "sharebar"
        | "sharer" | "social" | "socials" | "related" | "recommended" | "recommendation"
        | "recommendations" | "recommend" | "recirc" | "recirculation" | "newsletter" | "newsletters"
        | "subscribe" | "subscription" | "signup" | "promo" | "promos" | "promobox" | "promotion"
        | "advert" | "adverts" | "advertisement" | "advertising" | "ad" | "ads" | "adv" | "adbox"
        | "adslot" | "sponsor" | "sponsored" | "cookie" | "cookies" | "consent" | "gdpr" | "popup"
        | "modal" | "overlay" | "comment" | "comments" | "disqus" | "respond" | "taboola" | "outbrain"
        | "trending" | "popular" | "mostread" | "teaser" | "teasers" | "tags" | "taglist" | "tagcloud"
        | "keywords" | "poll" | "quiz" | "login" | "register" | "paywall" | "piano" | "copyright"
        | "disclaimer" | "feedback" | "survey" | "tooltip" | "pagination" | "pager" | "toc" | "skip"
        | "followus" | "follow" | "readmore" | "morefrom" | "alsoread" | "seealso" | "upsell"
        | "marketing" | "shop" | "affiliate" | "donate" | "donation" | "donations" | "banner" | "rating"
        | "ratings" | "reactions" | "likes" | "correction" | "player" | "bio" | "biography" | "offscreen"
        | "privacy" | "masthead" | "playlist" | "ticker" | "appbanner" | "appdownload" => Zone::Chrome,
        "byline" | "bylines" | "author" | "authors" | "autor" | "autores" | "autoren" | "auteur"
        | "auteurs" | "contributor" | "contributors" | "writer" | "firma" | "verfasser" => Zone::Byline,
        "timestamp" | "pubdate" | "dateline" | "publishdate" | "datetime" | "date" | "meta" | "metadata" => {
            Zone::Date
        }
        "caption" | "captions" | "figcaption" | "infotext" | "imagecaption" | "photocaption" | "cutline"
        | "bildunterschrift" | "legend" | "legende" | "piedefoto" | "didascalia" => Zone::Caption,
        "credit" | "credits" | "photocredit" | "imagecredit" | "photographer" | "bildnachweis" => {
            Zone::Credit
        }
        "standfirst" | "dek" | "deck" | "subheadline" | "subtitle" | "strapline" | "chapo" | "summary"
        | "abstract" | "intro" | "excerpt" | "teasertext" | "kicker" | "sottotitolo" | "entradilla"
        | "bajada" | "vorspann" | "sapo" => Zone::Summary,
        _ => GLUED
            .iter()
            .find(|(opening, _)| word.len() > opening.len() && word.starts_with(opening))
            .map_or(Zone::Open, |(_, zone)| *zone),
    }
}

/// Openings of names that are written in one word: "relatedposts", "sharebuttons".
const GLUED: [(&str, Zone); 16] = [
    ("related", Zone::Chrome),
    ("share", Zone::Chrome),
    ("social", Zone::Chrome),
    ("newsletter", Zone::Chrome),
    ("comment", Zone::Chrome),
    ("recommend", Zone::Chrome),
    ("advert", Zone::Chrome),
    ("promo", Zone::Chrome),
    ("sidebar", Zone::Chrome),
    ("footer", Zone::Chrome),
    ("breadcrumb", Zone::Chrome),
    ("subscri", Zone::Chrome),
    ("outbrain", Zone::Chrome),
    ("taboola", Zone::Chrome),
    ("author", Zone::Byline),
    ("caption", Zone::Caption),
];

fn zone_of_pair(first: &str, second: &str) -> Zone {
    match (first.to_ascii_lowercase().as_str(), second) {
        ("read" | "see" | "also" | "more", "more" | "also" | "read" | "on" | "from" | "stories" | "news")
        | ("most", "read" | "viewed" | "shared" | "popular")
        | ("sign", "up" | "in")
        | ("log", "in")
        | ("visually" | "sr" | "screen", "hidden" | "only" | "reader")
        | ("call", "to")
        | ("tag", "list" | "cloud" | "links")
        | ("article" | "post" | "entry" | "story", "tags" | "footer" | "nav" | "links")
        | ("in" | "inline", "related" | "teaser")
        | ("top" | "latest" | "other" | "next" | "previous", "stories" | "articles" | "news" | "posts") => {
            Zone::Chrome
        }
        ("image" | "photo" | "img" | "picture" | "media", "source" | "copyright") => Zone::Credit,
        _ => Zone::Open,
    }
}

/// A whole line that newsrooms and their software print between paragraphs.
static PROMPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\s*(?:
        (?:read|see|watch|listen|hear|learn)\s+(?:more|also|now|next|the\s+full|this)\b.*
        | (?:also\s+read|more\s+on\s+this|more\s+from|more\s+about|related|related\s+(?:articles?|stories|topics|news|content|coverage|links)|recommended|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested).*|don'?t\s+miss|most\s+(?:read|popular|viewed)|trending|up\s+next|in\s+this\s+article|top\s+stories|latest\s+news)\s*:?.{0,120}
        | (?:advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|annonse|reklama?|reklam|реклама|広告)s?\.?
        | (?:share|tweet|print|email|e-mail|comments?|comment|copy\s+link|save|follow|subscribe|sign\s+up|log\s+in|share\s+this.*|share\s+on.*|follow\s+us.*|like\s+us.*|subscribe\s+to.*|sign\s+up\s+(?:for|to).*|click\s+here.*|join\s+(?:our|the|us).{0,100}|download\s+(?:our|the).{0,80}\bapp\b.*|get\s+(?:our|the)\s.{0,80}\b(?:newsletter|app|inbox|updates)\b.*)
        | (?:lesen\s+sie\s+(?:auch|hier|mehr)|lies\s+auch|mehr\s+zum\s+thema|mehr\s+dazu|lesen\s+sie\s+mehr|auch\s+interessant|weiterlesen|das\s+könnte\s+sie\s+auch).*
        | (?:lire\s+aussi|à\s+lire\s+aussi|lire\s+la\s+suite|voir\s+aussi|sur\s+le\s+même\s+sujet|à\s+voir\s+également|lire\s+également|écouter\s+aussi)\b.*
        | (?:lea\s+también|lee\s+también|leer\s+más|te\s+puede\s+interesar|le\s+puede\s+interesar|también\s+lee|más\s+información|vea\s+también|ver\s+también|leia\s+também|leia\s+mais|veja\s+também|saiba\s+mais)\b.*
        | (?:leggi\s+anche|per\s+approfondire|lees\s+ook|lees\s+meer|les\s+også|les\s+mer|läs\s+också|läs\s+mer|læs\s+også|lue\s+myös|lesa\s+meira|czytaj\s+(?:też|także|więcej)|zobacz\s+(?:też|także|również)|čtěte\s+(?:také|též)|citește\s+și|baca\s+juga|читайте\s+(?:также|також|ще|ещё|еще)|читать\s+также|смотрите\s+также|ayrıca\s+(?:oku|bak)|اقرأ\s+أيضا|यह\s+भी\s+पढ़ें|関連記事|相关阅读|延伸阅读)\b?.*
        )$",
    )
    .expect("the pattern above is valid")
});

/// A heading under which no page goes on with its story: comments, related stories, newsletters.
static AFTERWORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\s*(?:
        (?:more|read\s+more|latest|other)\s+(?:from|in|on|about|stories|news|articles|headlines|coverage)\b.{0,60} | more\s+[A-Z]\w+ | (?:current|latest)\s+issue
        | related(?:\s+\w+){0,2} | recommended(?:\s+\w+){0,2} | you\s+(?:may|might)\s+(?:also\s+)?.{0,40} | most\s+(?:read|popular|viewed|commented).{0,30} | trending(?:\s+\w+){0,3} | popular(?:\s+\w+)? | video\s+of\s+the\s+(?:day|week)
        | topics? | tags? | filed\s+under.* | share\s+this.* | about\s+the\s+authors?.* | (?:newsletters?|privacy\s+overview|subscribe|sign\s+up.{0,60}|sponsored(?:\s+content)?|advertisement)
        | weitere\s+(?:themen|artikel|meldungen|nachrichten|informationen)? .{0,30} | ähnliche\s+(?:themen|artikel|beiträge|meldungen) | mehr\s+(?:zum\s+thema|aus|zu|von)\b.{0,60} | mehr\s+\p{Lu}\w+ | themen | schlagworte | topmeldungen | meistgelesen.{0,20} | auch\s+interessant | verwandte\s+\w+ | das\s+könnte\s+.{0,40} | über\s+(?:den|die)\s+autor.* | lesermeinungen | links\s+zum\s+artikel | quellen
        | (?:sur\s+le\s+même\s+(?:sujet|thème)|à\s+lire\s+aussi|lire\s+aussi|les\s+plus\s+lus|plus\s+d['’]?\w+.{0,30}|voir\s+aussi|thématiques?|newsletters?)
        | (?:sobre\s+la\s+firma|más\s+(?:información|noticias|sobre.{0,40})|te\s+puede\s+interesar|lo\s+más\s+(?:leído|visto)|archivado\s+en|temas|etiquetas|noticias\s+relacionadas|comentar)
        | (?:leggi\s+anche|potrebbe\s+interessarti|articoli\s+correlati|argomenti|i\s+più\s+letti)
        | (?:leia\s+(?:também|mais)|veja\s+também|mais\s+lidas|relacionad[ao]s)
        | (?:lees\s+ook|meer\s+(?:over|van).{0,40}|les\s+også|les\s+mer.{0,30}|läs\s+(?:mer|också).{0,30}|læs\s+også|lue\s+myös|czytaj\s+(?:także|więcej|też)|zobacz\s+także|související(?:\s+\w+)?:?|читайте\s+также|читайте\s+також|関連記事|関連ニュース|【関連記事】|相关(?:阅读|新闻)|관련\s*기사|ilgili\s+haberler)
        )\s*[:.…]*\s*$",
    )
    .expect("the pattern above is valid")
});

/// A heading over what readers say.
static COMMENTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\s*(?:
        (?:\d+\s+)?(?:(?:top(?:\s+rated)?|all|latest|reader|your)\s+)?comments?(?:\s*\(\d+\))?
        | (?:\d+\s+)?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|kommentarer|komentarze|komentáře|yorumlar|комментарии|коментарі|コメント|댓글)(?:\s*\(\d+\))?
        | leave\s+a\s+(?:reply|comment).* | join\s+the\s+(?:conversation|discussion).* | discussion | tell\s+us\s+what\s+you\s+think.* | your\s+say
        )\s*[:.…]*\s*$",
    )
    .expect("the pattern above is valid")
});

/// Whether the heading opens the readers' comments.
pub(crate) fn opens_comments(heading: &str) -> bool {
    heading.len() < 120 && COMMENTS.is_match(heading)
}

/// Whether the heading opens what stands after stories.
pub(crate) fn opens_afterword(heading: &str) -> bool {
    heading.len() < 120 && (AFTERWORD.is_match(heading) || COMMENTS.is_match(heading))
}

/// Whether the line is a prompt to the reader and no part of the story.
pub(crate) fn is_prompt(line: &str) -> bool {
    line.len() < 400 && PROMPT.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_read_word_by_word() {
        assert_eq!(zone_of_words("article__relatedStories"), Zone::Chrome);
        assert_eq!(zone_of_words("sharebuttons"), Zone::Chrome);
        assert_eq!(zone_of_words("wp-caption-text"), Zone::Caption);
        assert_eq!(zone_of_words("article has-comments no-sidebar"), Zone::Open);
        assert_eq!(zone_of_words("article-body story-text"), Zone::Open);
        assert_eq!(zone_of_words("header-adapted shadow"), Zone::Open);
    }

    #[test]
    fn afterwords_open_with_a_heading_of_their_own() {
        assert!(opens_afterword("Top Rated Comments"));
        assert!(opens_afterword("3 Kommentare"));
        assert!(opens_afterword("More from the Harbour Post"));
        assert!(!opens_afterword("More than a ferry"));
        assert!(!opens_afterword("A comment too many"));
    }

    #[test]
    fn prompts_are_whole_lines() {
        assert!(is_prompt("Read more: The ferry that never sailed"));
        assert!(is_prompt("Lesen Sie auch: Die Fähre"));
        assert!(is_prompt("Advertisement"));
        assert!(!is_prompt("Reading was his only comfort, he said."));
        assert!(!is_prompt("Shares in the ferry company fell by a tenth on Friday."));
    }
}
