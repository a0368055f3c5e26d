//! Feeds: a saved search is an address that a feed reader or a calendar asks again and again.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use dateline_store::{EventRow, Filter, PartyRow, Store, StoreError};
use jiff::civil::Date;

use super::asked::Asked;
use crate::{App, Problem};

/// Entries of a feed, where no limit is given.
const ENTRIES: usize = 50;
/// Entries of a calendar; it is asked for less often and looked back in.
const DATES: usize = 500;

/// Atom (RFC 4287).
pub async fn atom(app: &Arc<App>, asked: Asked) -> Result<Response, Problem> {
    let Asked { filter, address, origin, .. } = asked;
    let events = newest(app, filter.clone(), ENTRIES).await?;
    let mut feed = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    let own = xml(&format!("{origin}{address}"));
    let title = xml(&title_of(&filter));
    let updated = events.first().map_or("1970-01-01", |event| day_of(event));
    let _ = writeln!(
        feed,
        "<id>{own}</id>\n<title>{title}</title>\n<updated>{updated}T00:00:00Z</updated>\n<author><name>Dateline</name></author>\n\
         <link rel=\"self\" href=\"{own}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        xml(&format!("{origin}/explore?{}", query_of(&filter)))
    );
    for event in &events {
        let _ = writeln!(
            feed,
            "<entry>\n<id>urn:dateline:event:{id}</id>\n<title>{title}</title>\n<updated>{day}T00:00:00Z</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{link}\"/>\n<category term=\"{category}\"/>\n\
             <summary>{sentence}</summary>\n</entry>",
            id = xml(&event.id),
            title = xml(&headline(event)),
            day = day_of(event),
            link = xml(&format!("{origin}/event/{}", event.id)),
            category = xml(&event.event_type),
            sentence = xml(sentence(event)),
        );
    }
    feed.push_str("</feed>\n");
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
}

/// iCalendar (RFC 5545): whole days, the last one excluded as the format has it.
pub async fn ical(app: &Arc<App>, asked: Asked) -> Result<Response, Problem> {
    let Asked { filter, origin, .. } = asked;
    let events = newest(app, filter.clone(), DATES).await?;
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//EN"].map(str::to_owned).to_vec();
    lines.push(format!("X-WR-CALNAME:{}", ical_text(&title_of(&filter))));
    for event in &events {
        let Ok(first) = day_of(event).parse::<Date>() else { continue };
        let last =
            event.date_to.as_deref().and_then(|day| day.parse::<Date>().ok()).unwrap_or(first).max(first);
        let Ok(after) = last.tomorrow() else { continue };
        lines.extend([
            "BEGIN:VEVENT".into(),
            format!("UID:{}@dateline", event.id),
            format!("DTSTAMP:{}T000000Z", first.strftime("%Y%m%d")),
            format!("DTSTART;VALUE=DATE:{}", first.strftime("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")),
            format!("SUMMARY:{}", ical_text(&headline(event))),
            format!("DESCRIPTION:{}", ical_text(sentence(event))),
            format!("CATEGORIES:{}", ical_text(&event.event_type)),
            format!("STATUS:{}", if event.status == "asserted" { "CONFIRMED" } else { "TENTATIVE" }),
            format!("URL:{origin}/event/{}", event.id),
        ]);
        if let Some(place) = &event.place {
            lines.push(format!("LOCATION:{}", ical_text(&place.name)));
        }
        lines.push("END:VEVENT".into());
    }
    lines.push("END:VCALENDAR".into());
    let text: String = lines.iter().map(|line| folded(line)).collect();
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}

async fn newest(app: &Arc<App>, filter: Filter, most: usize) -> Result<Vec<EventRow>, Problem> {
    let filter = Filter { limit: Some(filter.limit.unwrap_or(most).min(most)), ..filter };
    app.stores.ask(move |store: &Store| Ok::<_, StoreError>(store.events(&filter)?.rows)).await
}

fn title_of(filter: &Filter) -> String {
    let pairs = filter.pairs();
    let said: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| !["limit", "cursor", "order"].contains(name))
        .map(|(name, value)| format!("{} {value}", name.replace('_', " ")))
        .collect();
    if said.is_empty() { "Dateline: all events".into() } else { format!("Dateline: {}", said.join(", ")) }
}

fn query_of(filter: &Filter) -> String {
    let pairs = filter.pairs();
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs.iter().filter(|(name, _)| !["limit", "cursor"].contains(name)))
        .finish()
}

/// "ASSAULT/drone: Burkina Faso's army → Salif Ouattara, Bawku (planned)".
fn headline(event: &EventRow) -> String {
    let mode = event.mode.as_deref().map(|mode| format!("/{mode}")).unwrap_or_default();
    let mut said = format!("{}{mode}", event.event_type);
    let names =
        |parties: &[PartyRow]| parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ");
    if !event.actors.is_empty() {
        let _ = write!(said, ": {}", names(&event.actors));
    }
    if !event.recipients.is_empty() {
        let _ = write!(said, " → {}", names(&event.recipients));
    }
    if let Some(place) = &event.place {
        let _ = write!(said, ", {}", place.name);
    }
    if event.status != "asserted" {
        let _ = write!(said, " ({})", event.status);
    }
    said
}

fn sentence(event: &EventRow) -> &str {
    event.evidence.as_ref().map_or("", |evidence| &evidence.sentence)
}

/// A day of the form that feeds need; events without one are at the beginning of time.
fn day_of(event: &EventRow) -> &str {
    if event.day.len() == 10 { &event.day } else { "1970-01-01" }
}

fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML 1.0 has no other control characters.
            '\t' | '\n' => safe.push(character),
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

fn ical_text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => safe.extend(['\\', character]),
            '\n' => safe.push_str("\\n"),
            other if other.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// A line of at most 75 bytes, going on in lines that begin with a space.
fn folded(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 8);
    let mut bytes = 0;
    for character in line.chars() {
        if bytes + character.len_utf8() > 75 {
            text.push_str("\r\n ");
            bytes = 1;
        }
        text.push(character);
        bytes += character.len_utf8();
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_names_is_text() {
        assert_eq!(xml("<script>\"A & B\"\u{0}"), "&lt;script&gt;&quot;A &amp; B&quot; ");
        assert_eq!(ical_text("a;b,c\\d\r\ne"), "a\\;b\\,c\\\\d \\ne");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let line = "é".repeat(100);
        let text = folded(&line);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.replace("\r\n ", "").trim_end(), line);
    }
}
