//! The items of a feed: where each leads, and what the feed itself tells of it.

use dateline_archive::{ArchiveError, Options, open};
use dateline_document::Article;
use dateline_fetch::Page;

use crate::failure::Failure;
use crate::network::known_of;

/// One item.
pub struct Item {
    /// What it is known by: the page it leads to, and the feed's own id of it. One of them is
    /// enough, as feeds change either.
    pub names: Vec<String>,
    /// The page it leads to.
    pub link: Option<String>,
    /// The story as far as the feed tells it.
    pub article: Option<Article>,
}

/// Names longer than this are cut: they are only compared.
const NAME: usize = 2000;

/// The items that the feed lists, in its order. What cannot be read of it is passed over as long
/// as something can.
pub fn of(feed: &Page, options: &Options) -> Result<Vec<Item>, Failure> {
    let mut page = known_of(feed, &options.page);
    // The address is the feed's, not that of each story.
    page.url = None;
    let options = Options { page, ..options.clone() };
    let mut items = Vec::new();
    let mut failure = None;
    let stories = open(feed.bytes.as_slice(), options);
    if stories.format().is_page() {
        return Err(Failure::new("this is a page, not a feed").hint(
            "a site's feeds are named in its page as <link rel=\"alternate\" type=\"application/rss+xml\">",
        ));
    }
    for story in stories.stories() {
        match story {
            Ok(article) => {
                let link = article.url.clone().filter(|url| url.starts_with("http"));
                items.extend(item(feed, link, Some(article)));
            }
            Err(rejected) => match rejected.error {
                ArchiveError::OnlyAddress { url } => items.extend(item(feed, Some(url), None)),
                error => failure = failure.or(Some(Failure::new(error))),
            },
        }
    }
    match failure {
        Some(failure) if items.is_empty() => Err(failure),
        _ => Ok(items),
    }
}

fn item(feed: &Page, link: Option<String>, article: Option<Article>) -> Option<Item> {
    let id = article.as_ref().and_then(|article| article.source_id.as_deref());
    // An id is unique within its feed only.
    let id = id.filter(|id| Some(*id) != link.as_deref()).map(|id| format!("{} {id}", feed.url));
    let page = link.as_deref().map(|link| link.split('#').next().unwrap_or(link).to_owned());
    let mut names: Vec<String> = page.into_iter().chain(id).map(cut).collect();
    if names.is_empty()
        && let Some(article) = &article
    {
        // Neither a link nor an id: its words are all that it can be known by.
        names.push(cut(format!("{} {}", feed.url, article.text)));
    }
    (!names.is_empty()).then_some(Item { names, link, article })
}

fn cut(mut name: String) -> String {
    name.truncate(name.floor_char_boundary(NAME));
    name
}
