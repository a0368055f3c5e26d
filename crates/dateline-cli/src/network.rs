//! Network: the flags that say how pages are asked for, and a fetcher made of them.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use dateline_fetch::{FetchOptions, Fetcher};
use jiff::SignedDuration;

pub use dateline_input::{known_of, of_network};

use crate::failure::Failure;
use crate::input::is_address;

#[derive(Debug, Args)]
#[command(next_help_heading = "Fetching")]
pub struct Network {
    /// The name we give, and by which robots.txt knows us (its part before the slash)
    #[arg(long, value_name = "NAME", default_value = FetchOptions::USER_AGENT)]
    user_agent: String,

    /// An address or mailbox of yours, given behind the name: publishers can complain there
    #[arg(long, value_name = "WHERE", env = "DATELINE_CONTACT")]
    contact: Option<String>,

    /// Ask addresses of private networks too
    #[arg(long)]
    allow_private: bool,

    /// Bytes of what is fetched, unpacked; a larger page is rejected
    #[arg(long, value_name = "N", default_value_t = FetchOptions::default().max_bytes)]
    max_fetch_bytes: u64,

    /// The longest that one answer may take, to its last byte
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
    timeout: Duration,

    /// Times that an address may lead on to another one
    #[arg(long, value_name = "N", default_value_t = FetchOptions::default().redirects)]
    redirects: u32,

    /// Between two pages of one host; a longer Crawl-delay in its robots.txt wins
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = time)]
    delay: Duration,

    /// Times that a busy server (429, 503) or a broken connection is tried again
    #[arg(long, value_name = "N", default_value_t = FetchOptions::default().retries)]
    retries: u32,

    /// The longest wait for a host, whatever its Retry-After and Crawl-delay ask for
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = time)]
    max_wait: Duration,
}

impl Network {
    /// A fetcher, if one of the arguments is an address.
    pub fn fetcher_for(&self, arguments: &[PathBuf]) -> Result<Option<Fetcher>, Failure> {
        arguments.iter().any(|argument| is_address(argument)).then(|| self.fetcher()).transpose()
    }

    pub fn fetcher(&self) -> Result<Fetcher, Failure> {
        let mut options = FetchOptions::default();
        options.user_agent.clone_from(&self.user_agent);
        options.contact.clone_from(&self.contact);
        options.allow_private = self.allow_private;
        options.max_bytes = self.max_fetch_bytes;
        options.timeout = self.timeout;
        options.redirects = self.redirects;
        options.delay = self.delay;
        options.retries = self.retries;
        options.max_wait = self.max_wait;
        Fetcher::new(options).map_err(of_network)
    }
}

/// "90s", "15m", "1h 30m".
pub fn time(text: &str) -> Result<Duration, String> {
    let wanted = || "a time looks like 90s, 15m or 1h 30m".to_owned();
    let time: SignedDuration = text.parse().map_err(|_| wanted())?;
    Duration::try_from(time).map_err(|_| wanted())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(time("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(time("1h 30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(time("500ms"), Ok(Duration::from_millis(500)));
        for wrong in ["", "soon", "15", "-5m"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
