//! Why a page did not come. Each message says what happened and what to try.

use std::time::Duration;

/// A page that was not fetched. The address itself is known to whoever asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    #[error(
        "this is no address to fetch: {reason}\nhint: an address looks like https://example.org/news.html"
    )]
    Address { reason: String },

    #[error(
        "{host} is on a private network ({address}), where we ask nobody\nhint: --allow-private allows it, if the address is one you trust"
    )]
    Private { host: String, address: String },

    #[error("no server is known by the name {host}\nhint: check the spelling, and that the network is up")]
    UnknownHost { host: String },

    #[error(
        "{host} does not answer: {reason}\nhint: try again later, or open the page in a browser and save it"
    )]
    Unreachable { host: String, reason: String },

    #[error(
        "there is no secure connection to {host}: {reason}\nhint: check the address, the clock and the machine's certificates; SSL_CERT_FILE names a file of others"
    )]
    Secure { host: String, reason: String },

    #[error("no whole answer within {} seconds\nhint: raise --timeout if the server is slow", .after.as_secs_f64())]
    Timeout { after: Duration },

    #[error("the connection broke off: {reason}\nhint: try again later")]
    Broken { reason: String },

    #[error("the server's answer is not one we understand: {reason}")]
    Garbled { reason: String },

    #[error(
        "the server wants payment (402): the page is for subscribers\nhint: read a copy that you may use, saved as a file"
    )]
    Payment,

    #[error(
        "the server wants to know who we are (401): the page is for its members\nhint: read a copy that you may use, saved as a file"
    )]
    Login,

    #[error(
        "the server refuses us (403)\nhint: open the page in a browser; what you save there can be read as a file"
    )]
    Forbidden,

    #[error("{}", status_words(*.status))]
    Status { status: u16 },

    #[error("the server is busy ({status}) {}\nhint: try again then", wait_words(*.wait))]
    Busy { status: u16, wait: Option<Duration> },

    #[error(
        "{host} asks us to wait {} seconds between pages or until the next one, more than the {} we are told to\nhint: raise --max-wait",
        .wait.as_secs(), .limit.as_secs()
    )]
    WouldWait { host: String, wait: Duration, limit: Duration },

    #[error(
        "robots.txt asks {agent} not to fetch this (Disallow: {pattern})\nhint: ask the publisher, or read a copy that you may use"
    )]
    Robots { agent: String, pattern: String },

    #[error("whether robots allow this is not known, which means no: {url}: {reason}\nhint: try again later")]
    RobotsUnknown { url: String, reason: String },

    #[error("the address leads on more than {limit} times\nhint: give the address where it ends")]
    TooManyRedirects { limit: u32 },

    #[error(
        "the address leads in a circle, back to {url}\nhint: pages that want a cookie do this; open it in a browser and save it"
    )]
    RedirectLoop { url: String },

    #[error("the server sends us on ({status}) without saying where")]
    RedirectNowhere { status: u16 },

    #[error(
        "the page is larger than {limit} bytes\nhint: raise --max-fetch-bytes if this really is one page"
    )]
    TooLarge { limit: u64 },

    #[error("this is {content_type}, not a page of text")]
    NotAPage { content_type: String },

    #[error("stopped before the page came")]
    Stopped,

    #[error("cannot make a client for the network: {reason}")]
    Client { reason: String },
}

impl FetchError {
    /// Whether the same question may have a better answer later.
    pub fn is_passing(&self) -> bool {
        match self {
            FetchError::Status { status } => *status >= 500,
            FetchError::UnknownHost { .. }
            | FetchError::Unreachable { .. }
            | FetchError::Timeout { .. }
            | FetchError::Broken { .. }
            | FetchError::Busy { .. }
            | FetchError::WouldWait { .. }
            | FetchError::RobotsUnknown { .. }
            | FetchError::Stopped => true,
            _ => false,
        }
    }
}

fn status_words(status: u16) -> String {
    match status {
        404 => "there is no such page (404)\nhint: check the address".to_owned(),
        410 => "the page has been taken away (410)".to_owned(),
        451 => "the page is withheld for legal reasons (451)".to_owned(),
        400..=499 => format!("the server does not give us the page ({status})"),
        500..=599 => format!("the server failed ({status})\nhint: try again later"),
        _ => format!("the server answers {status}, which is no page"),
    }
}

fn wait_words(wait: Option<Duration>) -> String {
    match wait {
        Some(wait) => format!("and asks us to come back in {} seconds", wait.as_secs()),
        None => "and stays so".to_owned(),
    }
}
