//! Address → bytes. Asks web servers for pages as a guest should: by name, where robots.txt allows
//! it, one question at a time, no more than it can hold, and never from inside the house.
//!
//! ```no_run
//! use dateline_fetch::{Fetched, FetchOptions, Fetcher, Request};
//!
//! let fetcher = Fetcher::new(FetchOptions::default())?;
//! if let Fetched::Page(page) = fetcher.get(&Request::page("https://example.org/news/ferry.html"))? {
//!     println!("{} bytes from {}", page.bytes.len(), page.url);
//! }
//! # Ok::<(), dateline_fetch::FetchError>(())
//! ```
//!
//! This is the only crate that knows an HTTP client. What it promises:
//!
//! - robots.txt is asked for first and obeyed as RFC 9309 says, at each address of a redirect. A
//!   server that cannot say whether it minds is taken to mind.
//! - One connection a host, [`FetchOptions::delay`] or the server's `Crawl-delay` between two
//!   pages, and silence for as long as `Retry-After` asks.
//! - No address of the machine's own network, looked at after the name was resolved and before
//!   anything is sent, so that no name can change its mind in between.
//! - Pages are measured as they come, unpacked: neither an endless page nor a small archive of a
//!   large one fills the memory.
//! - What the publisher reserves (text and data mining) is kept with the page.
//!
//! Deliberately absent: cookies, logins, scripts, caches of others, and any way around a paywall.

mod error;
mod fetcher;
mod options;
mod page;

mod answer;
mod client;
mod host;
mod robots;

mod address;
mod reservation;
mod retry_after;

pub use error::FetchError;
pub use fetcher::Fetcher;
pub use options::FetchOptions;
pub use page::{Fetched, Page, Request, Validators};
