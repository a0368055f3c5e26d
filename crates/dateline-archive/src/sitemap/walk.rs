//! The order in which sitemaps that name each other are read: each once, and not without end.

use std::collections::{HashSet, VecDeque};

/// Sitemaps to be read. Whoever can fetch asks for the next and adds what it names.
///
/// ```
/// use dateline_archive::sitemap::Walk;
///
/// let mut walk = Walk::new("https://post.example/sitemap.xml");
/// let (url, level) = walk.next().unwrap();
/// // The index names itself and another.
/// walk.add(&url, level);
/// walk.add("https://post.example/news.xml", level);
/// assert_eq!(walk.next(), Some(("https://post.example/news.xml".to_owned(), 1)));
/// assert_eq!(walk.next(), None);
/// ```
#[derive(Clone, Debug)]
pub struct Walk {
    waiting: VecDeque<(String, u32)>,
    seen: HashSet<String>,
}

/// The protocol forbids an index in an index; sites that do so need two levels.
const LEVELS: u32 = 3;

/// An index names 50,000 sitemaps at most.
const SITEMAPS: usize = 50_000;

impl Walk {
    /// Begins at one sitemap or index.
    pub fn new(url: &str) -> Walk {
        let url = url.to_owned();
        Walk { seen: HashSet::from([url.clone()]), waiting: VecDeque::from([(url, 0)]) }
    }

    /// Adds a sitemap that one of this level names. Says whether it will be read: not when it has
    /// been named before, lies too deep or is one too many.
    pub fn add(&mut self, url: &str, level: u32) -> bool {
        let is_new = level < LEVELS && self.seen.len() < SITEMAPS && self.seen.insert(url.to_owned());
        if is_new {
            self.waiting.push_back((url.to_owned(), level + 1));
        }
        is_new
    }
}

impl Iterator for Walk {
    type Item = (String, u32);

    fn next(&mut self) -> Option<(String, u32)> {
        self.waiting.pop_front()
    }
}
