//! What the caller says of the inputs, whatever they say themselves.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dateline_archive::{Format, Options};
use dateline_document::PublishedAt;
use dateline_input::published_at;

use super::Limits;

#[derive(Debug, Args)]
pub struct Said {
    /// When the stories were published (2020-08-17, or a date and time), whatever they say
    #[arg(long, value_name = "DATE", value_parser = published_at)]
    published_at: Option<PublishedAt>,

    /// What the files are, whatever they look like
    #[arg(long, value_name = "FORMAT", value_parser = from_parser())]
    from: Option<Format>,
}

impl Said {
    /// How the stories are read of which this is said, within limits.
    pub fn options(&self, limits: &Limits) -> Options {
        let mut options = limits.options();
        options.format = self.from;
        options.page.published_at = self.published_at.clone();
        options
    }
}

/// The formats by their names.
fn from_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name))
        .map(|given| Format::named(&given).expect("the parser knows no other names"))
}
