//! May we? A server's robots.txt, as RFC 9309 says it is to be fetched, read and remembered.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use robotxt::url::Position;
use robotxt::{AccessResult, BYTE_LIMIT, Robots, robots_url};
use tokio::time::Instant;

use crate::answer::Limit;
use crate::fetcher::Asker;
use crate::host::What;
use crate::{FetchError, address, reservation};

/// Times that robots.txt may lead on (RFC 9309, section 2.3.1.2).
const REDIRECTS: u32 = 5;

/// How long the rules are remembered (section 2.4).
const DAY: Duration = Duration::from_secs(24 * 3600);

/// How long it is remembered that they could not be had.
const MINUTES: Duration = Duration::from_secs(300);

/// What a server lets us do.
#[derive(Clone, Debug)]
pub(crate) enum Permission {
    Rules {
        robots: Robots,
        /// Whether they say no to text and data mining.
        reserves: bool,
    },
    /// Not known, which means no.
    Unknown { url: String, reason: String },
    /// There is no server to be asked, for the page neither.
    NoServer(FetchError),
}

impl Permission {
    /// Whether we may fetch `url`, which is on the server that this is the permission of.
    pub fn check(&self, url: &Url, product: &str) -> Result<(), FetchError> {
        match self {
            Permission::Rules { robots, .. } if robots.is_url_allowed(url) => Ok(()),
            Permission::Rules { robots, .. } => {
                let path = &url[Position::BeforePath..Position::AfterQuery];
                let pattern = robots.matching_rule(path).map_or("/", |rule| rule.pattern());
                Err(FetchError::Robots { agent: product.to_owned(), pattern: pattern.to_owned() })
            }
            Permission::Unknown { url, reason } => {
                Err(FetchError::RobotsUnknown { url: url.clone(), reason: reason.clone() })
            }
            Permission::NoServer(failure) => Err(failure.clone()),
        }
    }

    pub fn crawl_delay(&self) -> Option<Duration> {
        match self {
            Permission::Rules { robots, .. } => robots.crawl_delay(),
            Permission::Unknown { .. } | Permission::NoServer(_) => None,
        }
    }

    pub fn reserves(&self) -> bool {
        matches!(self, Permission::Rules { reserves: true, .. })
    }

    /// How long it is remembered.
    fn lasts(&self) -> Duration {
        match self {
            Permission::Rules { .. } => DAY,
            Permission::Unknown { .. } | Permission::NoServer(_) => MINUTES,
        }
    }
}

/// A server's permission as remembered. Whoever holds the lock is asking.
#[derive(Default)]
pub(crate) struct Remembered {
    permission: tokio::sync::Mutex<Option<(Instant, Arc<Permission>)>>,
}

impl Remembered {
    /// The permission of the server that `url` is on, fetched if it is not known or old.
    pub async fn get(&self, asker: &Asker, url: &Url) -> Arc<Permission> {
        let mut remembered = self.permission.lock().await;
        if let Some((since, permission)) = &*remembered
            && since.elapsed() < permission.lasts()
        {
            return permission.clone();
        }
        let permission = Arc::new(fetch(asker, url).await);
        *remembered = Some((Instant::now(), permission.clone()));
        permission
    }
}

/// Asks for robots.txt.
///
/// - 2xx: its lines hold, the first 500 KiB of them.
/// - 3xx: followed up to five times, then it counts as not there.
/// - 4xx: there are no rules. 429 is no such answer: a server that is too busy to say is busy.
/// - 5xx, or no answer: not known, and so we may not.
async fn fetch(asker: &Asker, url: &Url) -> Permission {
    let product = asker.options.product();
    let read = |result: AccessResult<'_>, reserves: bool| Permission::Rules {
        robots: Robots::from_access(result, product),
        reserves,
    };
    let Ok(mut at) = robots_url(url) else { return read(AccessResult::Unavailable, false) };
    let first = at.to_string();
    let unknown = |reason: String| Permission::Unknown { url: first.clone(), reason };
    for _ in 0..=REDIRECTS {
        // One byte beyond the limit tells the parser that the last line was cut.
        let limit = Limit::Cut(BYTE_LIMIT as u64 + 1);
        let answer = match asker.ask(&at, None, What::Rules, limit, Duration::ZERO).await {
            Ok(answer) => answer,
            Err(error) if at.as_str() == first && is_of_the_server(&error) => {
                return Permission::NoServer(error);
            }
            Err(error) => return unknown(first_line(&error)),
        };
        match answer.status {
            200..=299 => {
                let robots = Robots::from_access(AccessResult::Successful(&answer.body), product);
                let reserves = reservation::robots_text(&answer.body, robots.user_agent());
                return Permission::Rules { robots, reserves };
            }
            300..=399 => match answer.location(&at) {
                Some(Ok(next)) => match address::check(&next, asker.options.allow_private) {
                    Ok(next) => at = next,
                    Err(error) => return unknown(first_line(&error)),
                },
                _ => return read(AccessResult::Unavailable, false),
            },
            400..=499 => return read(AccessResult::Unavailable, false),
            status => return unknown(format!("the server failed ({status})")),
        }
    }
    read(AccessResult::TooManyRedirects, false)
}

/// Whether it is the server that is not there, rather than its rules.
fn is_of_the_server(error: &FetchError) -> bool {
    matches!(
        error,
        FetchError::Private { .. }
            | FetchError::UnknownHost { .. }
            | FetchError::Unreachable { .. }
            | FetchError::Secure { .. }
    )
}

fn first_line(error: &FetchError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
