//! The names by which programs call the fields of a story. A new kind of list is a word here.

/// What a field tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Url,
    Title,
    Summary,
    /// The words.
    Text,
    /// HTML that is the body and nothing else.
    Markup,
    /// A body in sections.
    Sections,
    /// A whole web page.
    Page,
    Bylines,
    Publisher,
    Agency,
    Rights,
    Language,
    Published,
    Updated,
    /// When the page was fetched.
    Fetched,
    /// When a crawler first saw it, which is all that some lists tell.
    Seen,
    Pictures,
}

impl Field {
    /// The names of the field, the one that is believed first at the front. `a.b` is the `b` of an
    /// object `a`. After each line, whose names they are; those at the front are ours.
    ///
    /// Common Crawl's news sets come in the names of news-please ("maintext") and of their own
    /// ("plain_text", "responded_url"); GDELT's are those of its article list ("outletName", "desc")
    /// and of its search ("seendate").
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Field::Id => &[
                "id",
                "source_id",
                "_id",
                // Media Cloud.
                "stories_id",
                "guid",
            ],
            Field::Url => &[
                "url",
                // Common Crawl news, Fundus.
                "responded_url",
                "requested_url",
                "html.responded_url",
                "html.requested_url",
                // Media Cloud.
                "original_url",
                "link",
                // trafilatura.
                "source",
            ],
            Field::Title => &[
                "title",
                "headline",
                "name",
                // Media Cloud.
                "article_title",
                // news-please.
                "title_page",
                "title_rss",
                "title.rendered",
            ],
            Field::Summary => &[
                "summary",
                // news-please, Common Crawl news.
                "description",
                // trafilatura.
                "excerpt",
                // GDELT.
                "desc",
                "abstract",
            ],
            Field::Text => &[
                "text",
                "body",
                // news-please.
                "maintext",
                // Common Crawl news.
                "plain_text",
                "content",
                "articleBody",
                "story",
                // Media Cloud.
                "story_text",
                "text_content",
                // Fundus.
                "plaintext",
                // JSON Feed.
                "content_text",
            ],
            Field::Markup => &["content_html", "content.rendered"],
            // Fundus.
            Field::Sections => &["body"],
            Field::Page => &["html", "raw_html", "html.content"],
            Field::Bylines => &["bylines", "authors", "author", "byline", "creator"],
            Field::Publisher => &[
                "publisher",
                // trafilatura, Common Crawl news.
                "sitename",
                // Media Cloud.
                "media_name",
                // GDELT.
                "outletName",
                "publisher.name",
                "html.source_info.publisher",
                // news-please.
                "source_domain",
                // trafilatura.
                "source-hostname",
                "hostname",
                // Media Cloud.
                "canonical_domain",
                // GDELT, Common Crawl news.
                "domain",
            ],
            Field::Agency => &["agency"],
            Field::Rights => &["rights", "copyright"],
            Field::Language => &["language", "lang", "full_language"],
            Field::Published => &[
                "published_at",
                // Media Cloud.
                "publish_date",
                "publication_date",
                // news-please.
                "date_publish",
                // Fundus.
                "publishing_date",
                // Common Crawl news.
                "published_date",
                "published",
                "datePublished",
                // JSON Feed.
                "date_published",
                "pubDate",
                "date",
            ],
            Field::Updated => &[
                "updated_at",
                // news-please.
                "date_modify",
                // JSON Feed.
                "date_modified",
                "dateModified",
                "updated",
            ],
            Field::Fetched => &[
                "fetched_at",
                // Common Crawl news, Fundus.
                "crawl_date",
                "html.crawl_date",
                // news-please.
                "date_download",
                // Media Cloud.
                "collect_date",
                "indexed_date",
            ],
            // GDELT.
            Field::Seen => &["seendate"],
            Field::Pictures => &["images"],
        }
    }
}
