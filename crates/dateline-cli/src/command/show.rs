//! `dateline show`: one event with all its evidence; or an article, a story, an entity.

use std::fmt::Write;
use std::io;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use dateline_store::{
    ArticleDetail, ArticleRow, EntityDetail, EventDetail, EventRow, Found, StoryDetail, Telling,
};

use super::events::{people, what};
use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Show an event, an article, a story or an entity, whole
///
/// An event is shown with every telling of it: the sentence with trigger, actors and recipients
/// marked, who printed it, and what it was coded by.
#[derive(Debug, Args)]
pub struct Show {
    /// Its id, from a listing or from a record
    id: String,

    #[command(flatten)]
    database: Database,

    /// Lines for people, or one JSON object
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Show {
    pub fn run(self) -> Result<Exit, Failure> {
        let store = self.database.open()?;
        let found = store.show(&self.id).map_err(|error| self.database.failure(error))?;
        if self.format == Format::Json {
            let mut json = serde_json::to_vec_pretty(&found).map_err(Failure::new)?;
            json.push(b'\n');
            return output::print(&json);
        }
        let has_colour = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        let text = match &found {
            Found::Event(event) => event_text(event, has_colour),
            Found::Article(article) => article_text(article),
            Found::Story(story) => story_text(story),
            Found::Entity(entity) => entity_text(entity),
        };
        output::print(text.as_bytes())
    }
}

fn event_text(detail: &EventDetail, has_colour: bool) -> String {
    let event = &detail.event;
    let mut text = format!("{} {}, {}\n", what(event), event.status, days(event));
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:<11} {value}");
        }
    };
    line("id", event.id.clone());
    line("actors", people(&event.actors));
    line("recipients", people(&event.recipients));
    line("place", place(event));
    line("counts", counts(event));
    line("contexts", event.contexts.join(", "));
    line("CAMEO", event.cameo.clone());
    line("intensity", format!("{:+.1}, quad {}", event.intensity, event.quad));
    line("confidence", format!("{:.2}", event.confidence));
    line(
        "told",
        format!(
            "{} times, by {} articles, {} of them no copies",
            event.tellings, event.articles, event.originals
        ),
    );
    line("verdict", event.verdict.clone().unwrap_or_default());
    for telling in &detail.tellings {
        text.push('\n');
        telling_text(&mut text, telling, has_colour);
    }
    text
}

fn telling_text(text: &mut String, telling: &Telling, has_colour: bool) {
    let _ = writeln!(text, "{}", marked(telling, has_colour));
    let article = &telling.article;
    let copy = article.copy_of.as_ref().map(|of| format!(" (a copy of {of})")).unwrap_or_default();
    let _ = writeln!(text, "  {}{copy}", source(article));
    for role in &telling.roles {
        let who = match (&role.country, &role.sector) {
            (None, None) => String::new(),
            (country, sector) => {
                let codes: Vec<&str> =
                    [country, sector].into_iter().filter_map(|code| code.as_deref()).collect();
                format!(" ({})", codes.join(" "))
            }
        };
        let name = role.name.as_ref().filter(|name| **name != role.text).map(|name| format!(" = {name}"));
        let _ = writeln!(text, "  {:<11} '{}'{}{who}", role.role, role.text, name.unwrap_or_default());
    }
    for (name, words) in [("date", &telling.date_text), ("place", &telling.place_text)] {
        if let Some(words) = words {
            let _ = writeln!(text, "  {name:<11} '{words}'");
        }
    }
    let made_by = &telling.made_by;
    let _ = writeln!(
        text,
        "  {:<11} bytes {}–{} of version {}; rule {}, confidence {:.2}; dateline {}, {}, {}, {}",
        "coded",
        telling.sentence_start,
        telling.sentence_end,
        made_by.version,
        telling.rule,
        telling.confidence,
        made_by.dateline,
        made_by.codebook,
        made_by.weights,
        made_by.gazetteer
    );
}

/// The sentence, its trigger and parties coloured; where a stretch is two things the first counts.
fn marked(telling: &Telling, has_colour: bool) -> String {
    if !has_colour {
        return telling.sentence.clone();
    }
    let mut text = String::new();
    let mut at = 0;
    for role in &telling.roles {
        if role.start < at {
            continue;
        }
        let style = match role.role.as_str() {
            "trigger" => Style::new().bold(),
            "actor" => AnsiColor::Green.on_default(),
            _ => AnsiColor::Magenta.on_default(),
        };
        let _ = write!(
            text,
            "{}{style}{}{style:#}",
            &telling.sentence[at..role.start],
            &telling.sentence[role.start..role.end]
        );
        at = role.end;
    }
    text.push_str(&telling.sentence[at..]);
    text
}

fn article_text(detail: &ArticleDetail) -> String {
    let article = &detail.article;
    let mut text = format!("{}\n", article.title.as_deref().unwrap_or("(no title)"));
    let _ = writeln!(text, "  {}", source(article));
    if !detail.bylines.is_empty() {
        let _ = writeln!(text, "  by {}", detail.bylines.join(", "));
    }
    let _ = writeln!(text, "  {} words, version {}, story {}", article.words, article.version, article.story);
    if let Some(of) = &article.copy_of {
        let _ = writeln!(text, "  a copy of {of}");
    }
    for note in &detail.notes {
        let _ = writeln!(text, "  note: {note}");
    }
    heading(&mut text, "Versions", detail.versions.len());
    for version in &detail.versions {
        let title = version.title.as_deref().unwrap_or_default();
        let _ = writeln!(text, "  {} added {} {title}", version.version, version.at);
    }
    articles(&mut text, "Copies", &detail.copies);
    events(&mut text, &detail.events);
    text
}

fn story_text(detail: &StoryDetail) -> String {
    let story = &detail.story;
    let mut text = format!(
        "{}\n  {} to {}: {} articles, {} of them no copies, by {} publishers; {} events\n",
        story.headline.as_deref().unwrap_or("(no headline)"),
        story.day_from,
        story.day_to,
        story.articles,
        story.originals,
        story.publishers,
        story.events
    );
    events(&mut text, &detail.events);
    articles(&mut text, "Articles", &detail.articles);
    cut(&mut text, detail.truncated);
    text
}

fn entity_text(detail: &EntityDetail) -> String {
    let entity = &detail.entity;
    let codes: Vec<&str> =
        [&entity.country, &entity.sector].into_iter().filter_map(|code| code.as_deref()).collect();
    let mut text = format!("{} ({}) {}\n", entity.name, entity.entity_type, codes.join(" "));
    let _ = writeln!(
        text,
        "  acts in {} events, is acted on in {}, is quoted {} times, stands in {} articles",
        entity.as_actor, entity.as_recipient, entity.quotes, entity.articles
    );
    if !detail.offices.is_empty() {
        let offices: Vec<&str> = detail.offices.iter().map(|office| office.title.as_str()).collect();
        let _ = writeln!(text, "  offices: {}", offices.join("; "));
    }
    if !detail.words.is_empty() {
        let _ = writeln!(text, "  goes by: {}", detail.words.join("; "));
    }
    events(&mut text, &detail.events);
    cut(&mut text, detail.truncated);
    text
}

fn heading(text: &mut String, name: &str, count: usize) {
    if count > 0 {
        let _ = writeln!(text, "\n{name}");
    }
}

fn articles(text: &mut String, name: &str, articles: &[ArticleRow]) {
    heading(text, name, articles.len());
    for article in articles {
        let _ = writeln!(text, "  {}  {}", article.id, source(article));
    }
}

fn events(text: &mut String, events: &[EventRow]) {
    heading(text, "Events", events.len());
    for event in events {
        let (who, whom) = (people(&event.actors), people(&event.recipients));
        let parties = if whom.is_empty() { who } else { format!("{who} → {whom}") };
        let place = event.place.as_ref().map(|place| format!(", {}", place.name)).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {}  {}  {} {}: {parties}{place} (told {}×)",
            event.id,
            event.day,
            what(event),
            event.status,
            event.tellings
        );
    }
}

fn cut(text: &mut String, truncated: bool) {
    if truncated {
        text.push_str("\n(cut: there are more; list them with dateline events)\n");
    }
}

/// "Gulf Wire, 2024-05-15, https://…".
fn source(article: &ArticleRow) -> String {
    let title = article.title.as_ref().map(|title| format!("'{title}'"));
    [article.publisher.clone(), article.published_at.clone(), title, article.url.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn days(event: &EventRow) -> String {
    match (&event.date_from, &event.date_to) {
        (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
        (Some(from), _) => from.clone(),
        _ if event.day.is_empty() => "day not known".into(),
        _ => format!("published {}", event.day),
    }
}

fn place(event: &EventRow) -> String {
    let Some(place) = &event.place else { return String::new() };
    let mut text = place.name.clone();
    for more in [&place.admin1, &place.country].into_iter().flatten() {
        let _ = write!(text, ", {more}");
    }
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        let _ = write!(text, " ({lat}, {lon}: {})", place.precision);
    }
    text
}

fn counts(event: &EventRow) -> String {
    let counts = &event.counts;
    [
        ("killed", counts.killed),
        ("injured", counts.injured),
        ("arrested", counts.arrested),
        ("took part", counts.size),
    ]
    .into_iter()
    .filter_map(|(name, count)| Some(format!("{} {name}", count?)))
    .collect::<Vec<_>>()
    .join(", ")
}
