//! What a page says about itself, gathered from every place where newsrooms say it.
//!
//! Each fact is looked for in one order, printed in the tables below with the reason for it.

mod json_ld;
mod tags;

use dateline_document::{
    ArticleForm, PublishedAt, PublishedBasis, Reservation, ReservedBy, TdmWord, robots_reserve,
};

use crate::html::Dom;
use crate::when::{self, When};
use crate::{Options, names};
use json_ld::JsonLd;
use tags::Tags;

/// What the page says about its story.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub headlines: Vec<String>,
    pub description: Option<String>,
    pub bylines: Vec<String>,
    /// Organisations that the page names as its author.
    pub signed_by: Vec<String>,
    pub publisher: Option<String>,
    pub published: Option<PublishedAt>,
    pub updated: Option<When>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub rights: Option<String>,
    pub reservation: Option<Reservation>,
    pub body: Option<String>,
    pub form: ArticleForm,
    pub is_paid: bool,
    pub is_gallery: bool,
    pub next_page: Option<String>,
}

/// Reads the page's own statements. What only the story's words can tell (a caption's date, a
/// visible byline) is added by the reader of the page.
pub(crate) fn gather(dom: &Dom, options: &Options) -> Facts {
    let tags = Tags::read(dom);
    let json = JsonLd::read(dom);
    let publisher = publisher(&json, &tags);
    let url =
        options.url.clone().or_else(|| tags.canonical().map(str::to_owned)).or_else(|| json.url.clone());
    let updated = json
        .modified
        .as_deref()
        .or_else(|| {
            tags.first(&[
                "article:modified_time",
                "og:updated_time",
                "datemodified",
                "last-modified",
                "dcterms.modified",
            ])
        })
        .and_then(when::parse);
    let published_before = |updated: Option<&When>| published(&json, &tags, url.as_deref(), updated, options);
    let (published, updated) = match published_before(updated.as_ref()) {
        Some(published) => (Some(published), updated),
        // Stories that wait for their hour are often changed last before it: then that time says nothing.
        None => match published_before(None) {
            Some(published) => (Some(published), None),
            None => (None, updated),
        },
    };
    Facts {
        headlines: headlines(&json, &tags),
        description: tags
            .first(&["og:description", "description", "twitter:description", "dc.description"])
            .map(str::to_owned)
            .or_else(|| json.description.clone()),
        bylines: bylines(&json, &tags, publisher.as_deref()),
        signed_by: json.organisations.iter().chain(&json.authors).take(1).cloned().collect(),
        published,
        updated,
        language: tags.language.clone().or_else(|| json.language.clone()),
        url,
        rights: tags
            .first(&["copyright", "dc.rights", "dcterms.rights", "rights"])
            .map(str::to_owned)
            .or_else(|| json.rights.clone()),
        reservation: reservation(&tags, options),
        body: json.body.clone(),
        form: form(&json, &tags),
        is_paid: json.is_paid || tags.first(&["article:content_tier"]).is_some_and(|tier| tier != "free"),
        is_gallery: json.types.iter().any(|name| name.ends_with("Gallery")),
        next_page: tags.next_page.clone(),
        publisher,
    }
}

/// Headlines in the order of trust: the one written for sharing, which newsrooms keep up to date;
/// the publishing system's; the other tags'; the window title, which ends in the site's name.
fn headlines(json: &JsonLd, tags: &Tags) -> Vec<String> {
    let candidates = [
        tags.first(&["og:title"]),
        json.headline.as_deref(),
        tags.first(&[
            "headline",
            "dc.title",
            "dcterms.title",
            "twitter:title",
            "sailthru.title",
            "parsely-title",
        ]),
        tags.title.as_deref(),
    ];
    candidates.into_iter().flatten().map(str::to_owned).collect()
}

/// People in the order of trust: JSON-LD tells persons from organisations; `<meta>` doesn't.
fn bylines(json: &JsonLd, tags: &Tags, publisher: Option<&str>) -> Vec<String> {
    let mut people = Vec::new();
    names::add(&mut people, json.authors.iter().flat_map(|author| names::people(author, publisher)));
    for name in AUTHOR_TAGS {
        if people.is_empty() {
            names::add(&mut people, tags.all(name).flat_map(|author| names::people(author, publisher)));
        }
    }
    if people.is_empty() {
        names::add(
            &mut people,
            tags.written_by().into_iter().flat_map(|author| names::people(author, publisher)),
        );
    }
    people
}

/// Names under which `<meta>` gives the authors.
const AUTHOR_TAGS: [&str; 9] = [
    "author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
];

/// JSON-LD's publisher is the masthead; og:site_name may be the site's slogan or its domain.
fn publisher(json: &JsonLd, tags: &Tags) -> Option<String> {
    json.publisher
        .as_deref()
        .or_else(|| {
            tags.first(&[
                "og:site_name",
                "application-name",
                "dc.publisher",
                "dcterms.publisher",
                "publisher",
                "twitter:site",
            ])
        })
        .map(|name| name.trim_start_matches('@').to_owned())
        .filter(|name| !name.starts_with("http"))
}

/// Where a publication time is looked for, first trusted first.
///
/// 1. The caller, who may know from a feed or an archive.
/// 2. JSON-LD `datePublished`: written by the publishing system, with an offset.
/// 3. `<meta>`: the same system, but some sites fill it with the time of the last change.
/// 4. `<time>` and microdata: printed for readers, and so for teasers of other stories too.
/// 5. The address: only a day, but never changed afterwards.
///
/// A day after the fetch, or after the page's own time of change by more than a day (time zones),
/// is no publication time and the next place is asked.
fn published(
    json: &JsonLd,
    tags: &Tags,
    url: Option<&str>,
    updated: Option<&When>,
    options: &Options,
) -> Option<PublishedAt> {
    if let Some(published) = &options.published_at {
        return Some(published.clone());
    }
    let places: [(Option<When>, PublishedBasis); 4] = [
        (json.published.as_deref().and_then(when::parse), PublishedBasis::JsonLd),
        (
            PUBLISHED_TAGS.iter().find_map(|name| tags.first(&[name]).and_then(when::parse)),
            PublishedBasis::Meta,
        ),
        (tags.times.iter().find_map(|time| when::parse(time)), PublishedBasis::Text),
        (url.and_then(when::in_url), PublishedBasis::Url),
    ];
    let is_possible = |when: &When| {
        options.fetched_on.is_none_or(|day| when.date <= day)
            && updated.is_none_or(|updated| when.date <= updated.date.tomorrow().unwrap_or(updated.date))
    };
    places.into_iter().find_map(|(when, basis)| {
        let when = when.filter(is_possible)?;
        Some(PublishedAt { date: when.date, time: when.time, basis })
    })
}

/// Names under which `<meta>` gives the publication time, most exact first.
const PUBLISHED_TAGS: [&str; 22] = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published_time",
    "publish-date",
    "publish_date",
    "pubdate",
    "pub_date",
    "date",
    "article:publication_date",
    "originalpublicationdate",
    "dcterms.date",
];

/// What the page says of text and data mining, with what was said beside it. In TDMRep the page's own
/// word is the nearest: a 0 on the page undoes a 1 of the server's.
fn reservation(tags: &Tags, options: &Options) -> Option<Reservation> {
    let word = TdmWord::read(tags.first(&["tdm-reservation"]), tags.first(&["tdm-policy"]));
    let Reservation { mut by, mut policy } = options.reservation.clone().unwrap_or_default();
    if let Some(word) = word {
        by.retain(|place| !matches!(place, ReservedBy::TdmHeader | ReservedBy::TdmFile));
        by.extend(word.is_reserved.then_some(ReservedBy::TdmMeta));
        policy = word.policy;
    }
    let names_robots = tags.all("robots").chain(tags.all("dateline")).any(robots_reserve);
    by.extend(names_robots.then_some(ReservedBy::RobotsMeta));
    Reservation::said_by(by, policy)
}

/// What schema.org's types and the section say about the form.
fn form(json: &JsonLd, tags: &Tags) -> ArticleForm {
    if json.types.iter().any(|name| name == "LiveBlogPosting") {
        return ArticleForm::Live;
    }
    if json
        .types
        .iter()
        .any(|name| matches!(name.as_str(), "OpinionNewsArticle" | "Review" | "ReviewNewsArticle"))
    {
        return ArticleForm::Opinion;
    }
    let section = json.section.as_deref().or_else(|| tags.first(&["article:section"])).unwrap_or_default();
    match section.to_lowercase().trim() {
        "opinion" | "opinions" | "comment" | "commentary" | "commentisfree" | "editorial" | "editorials"
        | "meinung" | "kommentar" | "opinión" | "opinião" | "opinioni" | "tribunes" | "debatt" | "op-ed"
        | "columns" | "columnists" => ArticleForm::Opinion,
        _ => ArticleForm::News,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reserved(page: &str, beside: &[ReservedBy]) -> Vec<ReservedBy> {
        let reservation = Reservation::said_by(beside.iter().copied(), None);
        let options = Options { reservation, ..Options::default() };
        gather(&Dom::parse(page, 64), &options).reservation.map(|said| said.by).unwrap_or_default()
    }

    #[test]
    fn a_change_before_publication_says_nothing() {
        let times = |published: &str, updated: &str| {
            let page = format!(
                "<meta property=article:published_time content={published}><meta property=article:modified_time content={updated}>"
            );
            let facts = gather(&Dom::parse(&page, 64), &Options::default());
            let day = |date: jiff::civil::Date| date.to_string();
            (
                facts.published.map(|published| day(published.date)),
                facts.updated.map(|updated| day(updated.date)),
            )
        };
        let some = |day: &str| Some(day.to_owned());
        assert_eq!(times("2021-03-04", "2021-03-05"), (some("2021-03-04"), some("2021-03-05")));
        assert_eq!(times("2021-03-04", "2021-03-01"), (some("2021-03-04"), None));
    }

    #[test]
    fn the_page_s_own_word_on_mining_is_the_nearest() {
        use ReservedBy::*;
        assert_eq!(reserved("<p>It sailed.", &[]), []);
        assert_eq!(reserved("<p>It sailed.", &[RobotsText, TdmFile]), [TdmFile, RobotsText]);
        let open = "<meta name=tdm-reservation content=0>";
        assert_eq!(reserved(open, &[TdmHeader, TdmFile]), []);
        assert_eq!(reserved(open, &[TdmHeader, RobotsTag]), [RobotsTag]);
        let closed = "<meta name=tdm-reservation content=1><meta name=robots content='noindex,noai'>";
        assert_eq!(reserved(closed, &[TdmFile]), [TdmMeta, RobotsMeta]);
        assert_eq!(reserved("<meta name=robots content='noindex'>", &[]), []);
    }
}
