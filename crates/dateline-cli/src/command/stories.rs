//! `dateline stories`: articles on one happening, together; or the articles one by one.

use clap::Args;
use dateline_export::{ARTICLES, STORIES};
use dateline_store::{ArticleRow, Store, StoryRow};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::listing::{Listing, Shown};

/// List stories: articles on one happening, within days of each other
///
/// A story has a headline, a span of days, its articles (how many of them are no copies, by how many
/// publishers) and the events they tell; `dateline show ID` has all of these. Filters of events let a
/// story through in which such an event is told.
#[derive(Debug, Args)]
pub struct Stories {
    /// List the articles instead, with whose copies they are
    #[arg(long)]
    articles: bool,

    #[command(flatten)]
    listing: Listing,
}

const STORIES_SHOWN: &[Shown<StoryRow>] = &[
    Shown { heading: "from", width: 10, value: |it| it.day_from.clone() },
    Shown { heading: "to", width: 10, value: |it| it.day_to.clone() },
    Shown { heading: "articles", width: 8, value: |it| it.articles.to_string() },
    Shown { heading: "originals", width: 9, value: |it| it.originals.to_string() },
    Shown { heading: "publishers", width: 10, value: |it| it.publishers.to_string() },
    Shown { heading: "events", width: 6, value: |it| it.events.to_string() },
    Shown { heading: "id", width: 16, value: |it| it.id.clone() },
    Shown { heading: "headline", width: usize::MAX, value: |it| it.headline.clone().unwrap_or_default() },
];

const ARTICLES_SHOWN: &[Shown<ArticleRow>] = &[
    Shown { heading: "published", width: 10, value: |it| it.published_at.clone().unwrap_or_default() },
    Shown { heading: "publisher", width: 24, value: |it| it.publisher.clone().unwrap_or_default() },
    Shown { heading: "words", width: 6, value: |it| it.words.to_string() },
    Shown { heading: "version", width: 7, value: |it| it.version.to_string() },
    Shown { heading: "events", width: 6, value: |it| it.events.to_string() },
    Shown { heading: "id", width: 16, value: |it| it.id.clone() },
    Shown { heading: "copy of", width: 16, value: |it| it.copy_of.clone().unwrap_or_default() },
    Shown { heading: "title", width: usize::MAX, value: |it| it.title.clone().unwrap_or_default() },
];

impl Stories {
    pub fn run(self) -> Result<Exit, Failure> {
        if self.articles {
            return self.listing.print(ARTICLES_SHOWN, ARTICLES, "articles", Store::articles);
        }
        self.listing.print(STORIES_SHOWN, STORIES, "stories", Store::stories)
    }
}
