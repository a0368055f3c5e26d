//! Who we say we are, and how far we go. The defaults are those of the command's `--help`.

use std::time::Duration;

/// How pages are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FetchOptions {
    /// The name in the `User-Agent` header. robots.txt knows us by its part before the slash.
    pub user_agent: String,
    /// An address or a mailbox where a publisher can complain; it stands behind the name.
    pub contact: Option<String>,
    /// Whether addresses of private networks may be asked.
    pub allow_private: bool,
    /// Bytes of a page, unpacked.
    pub max_bytes: u64,
    /// For one answer, from the question to its last byte.
    pub timeout: Duration,
    /// Times that an address may lead on to another one.
    pub redirects: u32,
    /// Between two pages of one host. A longer `Crawl-delay` wins.
    pub delay: Duration,
    /// Times that a busy server is asked again.
    pub retries: u32,
    /// The first wait for a busy server that does not say how long; each next one is twice as long.
    pub back_off: Duration,
    /// The longest we wait for a host, whatever it asks for. If it asks for more we give up.
    pub max_wait: Duration,
    /// Hosts that are asked at the same time.
    pub hosts: usize,
}

impl Default for FetchOptions {
    fn default() -> FetchOptions {
        FetchOptions {
            user_agent: FetchOptions::USER_AGENT.to_owned(),
            contact: None,
            allow_private: false,
            max_bytes: 10_000_000,
            timeout: Duration::from_secs(30),
            redirects: 10,
            delay: Duration::from_secs(1),
            retries: 2,
            back_off: Duration::from_secs(5),
            max_wait: Duration::from_secs(120),
            hosts: 8,
        }
    }
}

impl FetchOptions {
    /// Who we are when nobody says otherwise.
    pub const USER_AGENT: &'static str = concat!("dateline/", env!("CARGO_PKG_VERSION"));

    /// The whole header: "dateline/0.1.0 (+mailto:desk@example.org)".
    pub(crate) fn header(&self) -> String {
        match &self.contact {
            Some(contact) if contact.contains('@') && !contact.contains(':') => {
                format!("{} (+mailto:{contact})", self.user_agent)
            }
            Some(contact) => format!("{} (+{contact})", self.user_agent),
            None => self.user_agent.clone(),
        }
    }

    /// The name by which robots.txt knows us: letters, `-` and `_` at the start of the user agent
    /// (RFC 9309, section 2.2.1).
    pub(crate) fn product(&self) -> &str {
        let end = self
            .user_agent
            .find(|character: char| !(character.is_ascii_alphabetic() || matches!(character, '-' | '_')))
            .unwrap_or(self.user_agent.len());
        match &self.user_agent[..end] {
            "" => "dateline",
            product => product,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_before_the_slash_is_what_robots_know() {
        let named = |user_agent: &str| {
            let options = FetchOptions { user_agent: user_agent.to_owned(), ..FetchOptions::default() };
            options.product().to_owned()
        };
        assert_eq!(named("dateline/0.1.0"), "dateline");
        assert_eq!(named("Peace-Lab_bot 2 (x)"), "Peace-Lab_bot");
        assert_eq!(named("7"), "dateline");
    }

    #[test]
    fn a_contact_stands_behind_the_name() {
        let with = |contact: &str| {
            let contact = Some(contact.to_owned());
            FetchOptions { user_agent: "lab/1".into(), contact, ..FetchOptions::default() }.header()
        };
        assert_eq!(with("desk@example.org"), "lab/1 (+mailto:desk@example.org)");
        assert_eq!(with("https://example.org/bot"), "lab/1 (+https://example.org/bot)");
    }
}
