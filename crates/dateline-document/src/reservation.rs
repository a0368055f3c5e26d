//! Reservation: a publisher's word that its pages are not free for text and data mining.
//!
//! European law (Directive 2019/790, article 4) lets publishers reserve that use "in an appropriate
//! manner, such as machine-readable means". We read the means that there are and keep what they say
//! with the article. What follows from it depends on who mines and why, and is not decided here.

/// Somebody's rights are reserved, and how they said so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reservation {
    /// Everywhere it is said, in the order of [`ReservedBy`], each once.
    pub by: Vec<ReservedBy>,
    /// Where the publisher says on what terms it may be mined.
    pub policy: Option<String>,
}

/// Where a reservation is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReservedBy {
    /// `<meta name="tdm-reservation" content="1">` on the page (W3C TDMRep).
    TdmMeta,
    /// The header `tdm-reservation: 1`.
    TdmHeader,
    /// The server's `/.well-known/tdmrep.json`.
    TdmFile,
    /// `<meta name="robots" content="noai">`.
    RobotsMeta,
    /// The header `X-Robots-Tag: noai, noimageai`.
    RobotsTag,
    /// robots.txt: `Content-Signal: ai-train=no` or `Content-Usage: train-ai=n`.
    RobotsText,
}

impl ReservedBy {
    /// As records print it.
    pub fn name(self) -> &'static str {
        match self {
            ReservedBy::TdmMeta => "tdm-reservation meta",
            ReservedBy::TdmHeader => "tdm-reservation header",
            ReservedBy::TdmFile => "tdmrep.json",
            ReservedBy::RobotsMeta => "robots meta",
            ReservedBy::RobotsTag => "X-Robots-Tag header",
            ReservedBy::RobotsText => "robots.txt",
        }
    }
}

impl Reservation {
    /// A reservation said in these places, or none where there are none.
    pub fn said_by(
        places: impl IntoIterator<Item = ReservedBy>,
        policy: Option<String>,
    ) -> Option<Reservation> {
        let mut by: Vec<ReservedBy> = places.into_iter().collect();
        by.sort();
        by.dedup();
        (!by.is_empty()).then_some(Reservation { by, policy })
    }
}

/// What one of the means of TDMRep says: a page may say that nothing is reserved where its server
/// says that everything is, and the nearer word holds: the page's own, then the header's, then the
/// server's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TdmWord {
    pub is_reserved: bool,
    pub policy: Option<String>,
}

impl TdmWord {
    /// Reads the values of `tdm-reservation` and `tdm-policy`. Anything but 0 and 1 says nothing.
    ///
    /// ```
    /// use dateline_document::TdmWord;
    ///
    /// let word = TdmWord::read(Some(" 1 "), Some("https://example.org/terms")).unwrap();
    /// assert!(word.is_reserved);
    /// assert_eq!(TdmWord::read(Some("yes"), None), None);
    /// ```
    pub fn read(reservation: Option<&str>, policy: Option<&str>) -> Option<TdmWord> {
        let is_reserved = match reservation?.trim() {
            "1" => true,
            "0" => false,
            _ => return None,
        };
        let policy = policy.map(str::trim).filter(|policy| policy.starts_with("http"));
        Some(TdmWord { is_reserved, policy: policy.filter(|_| is_reserved).map(str::to_owned) })
    }
}

/// Whether robots' directives, as in `noindex, noai`, reserve the words or the pictures of a page.
///
/// ```
/// use dateline_document::robots_reserve;
///
/// assert!(robots_reserve("noarchive, NoAI"));
/// assert!(!robots_reserve("noindex, max-snippet:20"));
/// ```
pub fn robots_reserve(directives: &str) -> bool {
    directives
        .split([',', ' ', ';'])
        .any(|word| word.eq_ignore_ascii_case("noai") || word.eq_ignore_ascii_case("noimageai"))
}
