//! FollowTheMoney: entities of the schema that Aleph and OpenSanctions speak, one a line. Each event
//! is an Event with the parties it involves; who they are is a Person, an Organization, a PublicBody
//! or a LegalEntity; the article is an Article, and a Mention says that it names the party.

use std::collections::BTreeSet;
use std::io::{self, Write};

use dateline_store::{EventRow, PartyRow};
use serde_json::{Map, Value, json};

use crate::codes::country;

/// Writes entities as they are met, each once.
pub struct FollowTheMoney<W: Write> {
    output: W,
    seen: BTreeSet<String>,
}

impl<W: Write> FollowTheMoney<W> {
    pub fn new(output: W) -> FollowTheMoney<W> {
        FollowTheMoney { output, seen: BTreeSet::new() }
    }

    pub fn write(&mut self, event: &EventRow) -> io::Result<()> {
        let mut involved = Vec::new();
        for party in event.actors.iter().chain(&event.recipients) {
            involved.push(Value::from(id("entity", &party.id)));
            self.party(party)?;
        }
        let evidence = event.evidence.as_ref();
        let article = evidence.map(|evidence| id("article", &evidence.article));
        if let (Some(evidence), Some(article)) = (evidence, &article) {
            let mut properties = Map::new();
            set(&mut properties, "title", evidence.title.as_deref());
            set(&mut properties, "publisher", evidence.publisher.as_deref());
            set(&mut properties, "sourceUrl", evidence.url.as_deref());
            set(&mut properties, "publishedAt", evidence.published_at.as_deref().map(day));
            self.entity(article, "Article", properties)?;
            for party in event.actors.iter().chain(&event.recipients) {
                let mut properties = Map::new();
                set(&mut properties, "document", Some(article));
                set(&mut properties, "resolved", Some(&id("entity", &party.id)));
                set(&mut properties, "name", Some(&party.name));
                set(&mut properties, "detectedSchema", Some(schema(party)));
                self.entity(
                    &id("mention", &format!("{}-{}", evidence.article, party.id)),
                    "Mention",
                    properties,
                )?;
            }
        }
        let what = match &event.mode {
            Some(mode) => format!("{} ({mode})", event.event_type),
            None => event.event_type.clone(),
        };
        let mut properties = Map::new();
        set(&mut properties, "name", Some(&format!("{what}, {}", event.status)));
        set(&mut properties, "date", Some(&event.day).filter(|day| !day.is_empty()).map(String::as_str));
        set(&mut properties, "startDate", event.date_from.as_deref());
        set(&mut properties, "endDate", event.date_to.as_deref());
        set(&mut properties, "summary", evidence.map(|it| it.sentence.as_str()));
        set(&mut properties, "keywords", Some(&event.event_type));
        set(&mut properties, "recordId", Some(&event.id));
        set(&mut properties, "sourceUrl", evidence.and_then(|it| it.url.as_deref()));
        set(&mut properties, "publisher", evidence.and_then(|it| it.publisher.as_deref()));
        set(&mut properties, "location", event.place.as_ref().map(|place| place.name.as_str()));
        let of = event.place.as_ref().and_then(|place| place.country.as_deref());
        set(&mut properties, "country", alpha2(of).as_deref());
        set(&mut properties, "proof", article.as_deref());
        if !involved.is_empty() {
            properties.insert("involved".into(), involved.into());
        }
        self.entity(&id("event", &event.id), "Event", properties)
    }

    pub fn end(mut self) -> io::Result<W> {
        self.output.flush()?;
        Ok(self.output)
    }

    fn party(&mut self, party: &PartyRow) -> io::Result<()> {
        let mut properties = Map::new();
        set(&mut properties, "name", Some(&party.name));
        set(&mut properties, "country", alpha2(party.country.as_deref()).as_deref());
        set(&mut properties, "keywords", party.sector.as_deref());
        self.entity(&id("entity", &party.id), schema(party), properties)
    }

    fn entity(&mut self, id: &str, schema: &str, properties: Map<String, Value>) -> io::Result<()> {
        if !self.seen.insert(id.to_string()) {
            return Ok(());
        }
        serde_json::to_writer(
            &mut self.output,
            &json!({"id": id, "schema": schema, "properties": properties}),
        )?;
        self.output.write_all(b"\n")
    }
}

fn id(kind: &str, id: &str) -> String {
    format!("dateline-{kind}-{id}")
}

/// Countries are two small letters there.
fn alpha2(code: Option<&str>) -> Option<String> {
    let codes = country(code?)?;
    (!codes.alpha2.is_empty()).then(|| codes.alpha2.to_lowercase())
}

fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

fn schema(party: &PartyRow) -> &'static str {
    match party.entity_type.as_str() {
        "person" => "Person",
        "organization" => "Organization",
        "government" => "PublicBody",
        _ => "LegalEntity",
    }
}

fn set(properties: &mut Map<String, Value>, name: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
        properties.insert(name.into(), json!([value]));
    }
}
