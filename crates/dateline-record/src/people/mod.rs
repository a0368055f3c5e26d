//! Lines for people: what an editor wants to see of a coding at a glance.
//!
//! ```text
//! Harbour talks to resume, minister says
//! LIMA · 4 May 2021 (from the page's metadata) · Andean Wire · interview
//!
//! Events
//!   Peru (government) → Chile (government): CONSULT, planned, Santiago, May 2021 — 'The two …'
//!
//! Quotes
//!   Rosa Quispe: “We will be there”
//! ```
//!
//! Absent here on purpose: ids, offsets, scores. They are in the JSON.

mod phrases;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use dateline_document::{Article, Coding, Event, Party, PublishedAt, PublishedBasis, Quote, QuoteForm, Span};

use phrases::{article_form, bloc_phrase, cut_around, date_phrase, sector_phrase, type_phrase};

/// What the parts of a line look like.
#[derive(Clone, Copy, Debug, Default)]
pub struct Palette {
    pub title: Style,
    pub heading: Style,
    pub party: Style,
    /// Types of quads 1 and 2.
    pub cooperation: Style,
    /// Types of quads 3 and 4.
    pub conflict: Style,
    pub status: Style,
    pub faint: Style,
}

impl Palette {
    /// No colour at all: for pipes and files.
    pub fn plain() -> Palette {
        Palette::default()
    }

    /// For terminals, dark or light: only the 16 colours that the reader's own theme sets.
    pub fn coloured() -> Palette {
        Palette {
            title: Style::new().bold(),
            heading: Style::new().bold().underline(),
            party: Style::new().bold(),
            cooperation: AnsiColor::Green.on_default().bold(),
            conflict: AnsiColor::Red.on_default().bold(),
            status: AnsiColor::Yellow.on_default(),
            faint: Style::new().dimmed(),
        }
    }
}

/// The coding as lines of text. `country_name` gives the English name of an ISO 3166-1 alpha-3
/// code; a code without one is printed as it is.
pub fn for_people(
    coding: &Coding,
    palette: &Palette,
    country_name: &dyn Fn(&str) -> Option<&'static str>,
) -> String {
    let printer = Printer { coding, palette, country_name };
    let mut out = String::new();
    printer.head(&mut out);
    printer.events(&mut out);
    printer.quotes(&mut out);
    printer.notes(&mut out);
    out
}

struct Printer<'a> {
    coding: &'a Coding,
    palette: &'a Palette,
    country_name: &'a dyn Fn(&str) -> Option<&'static str>,
}

impl Printer<'_> {
    fn head(&self, out: &mut String) {
        let article = &self.coding.article;
        let title = article.title.as_deref().or(article.path.as_deref()).unwrap_or("(no title)");
        line(out, &paint(self.palette.title, title));
        let facts: Vec<String> = [
            article.dateline.map(|span| article.text[span].to_string()),
            article.published_at.as_ref().map(published),
            (!article.bylines.is_empty()).then(|| format!("by {}", article.bylines.join(", "))),
            article.publisher.clone().or_else(|| article.agency.clone()),
            article_form(article.form).map(str::to_string),
            foreign_language(article),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !facts.is_empty() {
            line(out, &printable(&facts.join(" · ")));
        }
    }

    fn events(&self, out: &mut String) {
        self.heading(out, "Events", self.coding.events.is_empty());
        for event in &self.coding.events {
            line(out, &format!("  {}", self.event(event)));
        }
    }

    fn quotes(&self, out: &mut String) {
        self.heading(out, "Quotes", self.coding.quotes.is_empty());
        for quote in &self.coding.quotes {
            line(out, &format!("  {}", self.quote(quote)));
        }
    }

    fn notes(&self, out: &mut String) {
        let article_notes = &self.coding.article.notes;
        let more = self.coding.notes.iter().filter(|note| !article_notes.contains(note));
        let notes: Vec<&String> = article_notes.iter().chain(more).collect();
        if notes.is_empty() {
            return;
        }
        self.heading(out, "Notes", false);
        for note in notes {
            line(out, &format!("  {}", paint(self.palette.faint, note)));
        }
    }

    fn heading(&self, out: &mut String, name: &str, is_empty: bool) {
        let none = if is_empty { ": none found" } else { "" };
        line(out, "");
        line(out, &format!("{}{none}", paint(self.palette.heading, name)));
    }

    /// "United States → Ana Ruiz (Peru, armed group): ASSAULT by drone, Lima, May 2021 — '…'".
    fn event(&self, event: &Event) -> String {
        let mut text = self.parties(&event.actors);
        if !event.recipients.is_empty() {
            text += " → ";
            text += &self.parties(&event.recipients);
        }
        let colour = if event.quad <= 2 { self.palette.cooperation } else { self.palette.conflict };
        text += ": ";
        text += &paint(colour, &type_phrase(&event.event_type, event.mode.as_deref()));
        if event.status != dateline_document::Status::Asserted {
            text += ", ";
            text += &paint(self.palette.status, event.status.name());
        }
        for fact in
            [self.place(event), event.date.map(|date| date_phrase(date.interval))].into_iter().flatten()
        {
            text += ", ";
            text += &printable(&fact);
        }
        let counts = [
            ("killed", event.counts.killed),
            ("injured", event.counts.injured),
            ("arrested", event.counts.arrested),
            ("taking part", event.counts.size),
        ];
        for (what, count) in counts {
            if let Some(count) = count {
                let _ = write!(text, ", {count} {what}");
            }
        }
        let evidence = cut_around(&self.coding.article.text, event.sentence, event.trigger, 110);
        text += &paint(self.palette.faint, &format!(" — '{evidence}'"));
        text
    }

    fn place(&self, event: &Event) -> Option<String> {
        let mention = self.coding.places.get(event.place?.place.0 as usize)?;
        let words = &self.coding.article.text[mention.span];
        Some(mention.place.as_ref().map_or(words, |place| &place.name).to_string())
    }

    fn parties(&self, parties: &[Party]) -> String {
        match parties {
            [] => "somebody".to_string(),
            _ => parties.iter().map(|party| self.party(party)).collect::<Vec<_>>().join(", "),
        }
    }

    /// "Ana Ruiz (Peru, armed group)"; a country that is itself the party is not said twice.
    fn party(&self, party: &Party) -> String {
        let country = party.country.as_deref();
        let country =
            country.map(|code| bloc_phrase(code).or_else(|| (self.country_name)(code)).unwrap_or(code));
        let country = country.filter(|name| *name != party.name);
        let told: Vec<&str> = country.into_iter().chain(party.sector.map(sector_phrase)).collect();
        let name = paint(self.palette.party, &party.name);
        if told.is_empty() { name } else { format!("{name} ({})", told.join(", ")) }
    }

    fn quote(&self, quote: &Quote) -> String {
        let text = &self.coding.article.text;
        let speaker = match &quote.speaker {
            None => "somebody".to_string(),
            Some(speaker) => speaker
                .entity
                .and_then(|id| self.coding.entities.get(id.0 as usize))
                .map_or_else(|| text[speaker.span].to_string(), |entity| entity.name.clone()),
        };
        let pieces: Vec<&str> = std::iter::once(&quote.content)
            .chain(&quote.more_content)
            .map(|&span: &Span| &text[span])
            .collect();
        let said = pieces.join(" … ");
        let said = match quote.form {
            QuoteForm::Direct => format!("“{said}”"),
            QuoteForm::Indirect | QuoteForm::Mixed => said,
        };
        format!("{}: {}", paint(self.palette.party, &speaker), printable(&said))
    }
}

/// "17 August 2020 (from a caption)".
fn published(published: &PublishedAt) -> String {
    let basis = match published.basis {
        PublishedBasis::JsonLd | PublishedBasis::Meta => "from the page's metadata",
        PublishedBasis::Url => "from the address",
        PublishedBasis::Caption => "from a caption",
        PublishedBasis::Text => "from the text",
        PublishedBasis::Argument => "as told",
    };
    format!("{} ({basis})", published.date.strftime("%-d %B %Y"))
}

fn foreign_language(article: &Article) -> Option<String> {
    article.language.as_deref().filter(|code| *code != "en").map(|code| format!("language: {code}"))
}

fn paint(style: Style, text: &str) -> String {
    format!("{style}{}{style:#}", printable(text))
}

/// The text without control characters: a page must not speak to the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
