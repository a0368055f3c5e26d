//! The record of one small coding, made by hand, against the JSON and the lines we want printed.

use dateline_document::*;
use dateline_record::{Palette, Record, for_people};
use jiff::civil::date;

const TEXT: &str = "Harbour talks to resume\n\nLIMA – The government of Peru freed two dockers on Tuesday. \
     “It will meet our envoy in June,” Rosa Quispe said. Their release calmed the port.";

/// The span of the `nth` occurrence of `words`.
fn span(words: &str, nth: usize) -> Span {
    let start = TEXT.match_indices(words).nth(nth).expect("the words stand in the text").0;
    Span::new(start, start + words.len())
}

fn day(day: i8) -> Interval {
    Interval { from: date(2021, 5, day), to: date(2021, 5, day) }
}

fn peru(words: &str) -> Party {
    Party {
        span: span(words, 0),
        entity: None,
        name: "Peru".into(),
        country: Some("PER".into()),
        sector: Some(Sector::Gov),
    }
}

fn envoy() -> Party {
    Party {
        span: span("our envoy", 0),
        entity: Some(EntityId(0)),
        name: "Rosa Quispe".into(),
        country: Some("PER".into()),
        sector: Some(Sector::Lab),
    }
}

fn event(event_type: &str, trigger: Span, sentence: Span) -> Event {
    Event {
        event_type: event_type.into(),
        mode: None,
        cameo: "040".into(),
        quad: 1,
        intensity: 2.5,
        contexts: Vec::new(),
        status: Status::Asserted,
        trigger,
        sentence,
        actors: vec![peru("The government of Peru")],
        recipients: Vec::new(),
        date: None,
        place: None,
        counts: Counts::default(),
        quote: None,
        because_of: None,
        same_as: None,
        confidence: 0.71234,
        rule: format!("{}.md#first", event_type.to_lowercase()),
    }
}

fn coding() -> Coding {
    let first = span("LIMA – The government of Peru freed two dockers on Tuesday.", 0);
    let said = span("“It will meet our envoy in June,” Rosa Quispe said.", 0);
    let last = span("Their release calmed the port.", 0);
    let freed = Event {
        mode: Some("release".into()),
        cameo: "0841".into(),
        quad: 2,
        intensity: 6.5,
        contexts: vec!["legal".into()],
        date: Some(EventDate { span: Some(span("Tuesday", 0)), interval: day(4) }),
        place: Some(EventPlace { place: PlaceId(0), is_from_dateline: true }),
        counts: Counts { size: Some(2), ..Counts::default() },
        ..event("RETREAT", span("freed", 0), first)
    };
    let release =
        Event { trigger: span("release", 0), sentence: last, same_as: Some(EventId(0)), ..freed.clone() };
    let meeting = Event {
        status: Status::Planned,
        actors: vec![peru("It")],
        recipients: vec![envoy()],
        date: Some(EventDate {
            span: Some(span("in June", 0)),
            interval: Interval { from: date(2021, 6, 1), to: date(2021, 6, 30) },
        }),
        quote: Some(QuoteId(0)),
        because_of: Some(EventId(0)),
        ..event("CONSULT", span("meet", 0), said)
    };
    Coding {
        article: Article {
            parts: vec![
                Part::new(PartRole::Headline, span("Harbour talks to resume", 0)),
                Part::new(PartRole::Body, span(&TEXT["Harbour talks to resume\n\n".len()..], 0)),
            ],
            title: Some("Harbour talks to resume".into()),
            publisher: Some("Andean Wire".into()),
            language: Some("en".into()),
            form: ArticleForm::Interview,
            published_at: Some(PublishedAt {
                date: date(2021, 5, 5),
                time: Some("2021-05-05T08:00:00-05:00".into()),
                basis: PublishedBasis::JsonLd,
            }),
            dateline: Some(span("LIMA", 0)),
            notes: vec!["the page was cut short".into()],
            ..Article::from_text(TEXT)
        },
        made_by: MadeBy {
            dateline: "0.1.0".into(),
            codebook: "plover-2.0".into(),
            weights: "en_core_web_md-3.8.0".into(),
            gazetteer: "geonames-1".into(),
        },
        entities: vec![Entity {
            name: "Rosa Quispe".into(),
            entity_type: EntityType::Person,
            codes: Codes { country: Some("PER".into()), sectors: vec![Sector::Lab] },
            offices: vec![Office {
                title: "Union Leader".into(),
                country: Some("PER".into()),
                is_from_text: true,
            }],
            mentions: vec![Mention { span: span("Rosa Quispe", 0), form: MentionForm::Name }],
        }],
        places: vec![PlaceMention {
            span: span("LIMA", 0),
            form: PlaceForm::Name,
            place: Some(Place {
                name: "Lima".into(),
                country: Some("PER".into()),
                admin1: None,
                latitude: Some(-12.04),
                longitude: Some(-77.03),
                geonames: Some(3936456),
                precision: Precision::City,
            }),
        }],
        dates: vec![DateExpression {
            span: span("Tuesday", 0),
            kind: DateKind::Date,
            value: Some("2021-05-04".into()),
            interval: Some(day(4)),
            rule: "weekday",
        }],
        quotes: vec![Quote {
            form: QuoteForm::Direct,
            content: span("It will meet our envoy in June", 0),
            more_content: Vec::new(),
            cue: Some(span("said", 0)),
            speaker: Some(Speaker { span: span("Rosa Quispe", 0), entity: Some(EntityId(0)) }),
            addressee: None,
            date: Some(day(5)),
            rule: "direct",
        }],
        events: vec![freed, meeting, release],
        notes: vec!["the page was cut short".into(), "one event has no recipient".into()],
    }
}

#[test]
fn the_record_is_the_json_we_promise() {
    let printed = serde_json::to_string_pretty(&Record::from(&coding())).expect("a record is plain data");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/record.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, format!("{printed}\n")).expect("the example can be written");
    }
    let expected = std::fs::read_to_string(path).expect("the example stands beside the test");
    assert_eq!(printed, expected.trim_end());
}

#[test]
fn a_record_survives_the_way_through_json() {
    let record = Record::from(&coding());
    let json = serde_json::to_string(&record).expect("a record is plain data");
    assert_eq!(serde_json::from_str::<Record>(&json).expect("our own JSON"), record);
}

#[test]
fn every_stretch_of_the_record_repeats_the_words_it_points_at() {
    fn walk(value: &serde_json::Value, text: &str, seen: &mut usize) {
        if let (Some(start), Some(end), Some(words)) =
            (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
        {
            assert_eq!(&text[start as usize..end as usize], words);
            *seen += 1;
        }
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, text, seen)),
            serde_json::Value::Object(fields) => fields.values().for_each(|field| walk(field, text, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    walk(&serde_json::to_value(Record::from(&coding())).expect("a record is plain data"), TEXT, &mut seen);
    assert!(seen > 15, "only {seen} stretches were seen");
}

#[test]
fn later_tellings_share_the_id_of_the_first_and_other_events_have_their_own() {
    let events = Record::from(&coding()).events;
    assert_eq!(events[2].id, events[0].id);
    assert_eq!(events[2].same_as.as_ref(), Some(&events[0].id));
    assert_eq!(events[0].same_as, None);
    assert_ne!(events[1].id, events[0].id);
    assert_eq!(events[1].because_of.as_ref(), Some(&events[0].id));
}

#[test]
fn an_id_rests_on_its_own_event_alone() {
    let all = Record::from(&coding()).events;
    let mut fewer = coding();
    fewer.events.remove(0);
    fewer.events[0].because_of = None;
    fewer.events[1].same_as = None;
    let fewer = Record::from(&fewer).events;
    assert_eq!(fewer[0].id, all[1].id);

    let mut twins = coding();
    twins.events[2] = twins.events[1].clone();
    let twins = Record::from(&twins).events;
    assert_ne!(twins[1].id, twins[2].id, "two equal events are still two");
}

#[test]
fn people_read_it_line_by_line() {
    let country = |code: &str| (code == "PER").then_some("Peru");
    let expected = "\
Harbour talks to resume
LIMA · 5 May 2021 (from the page's metadata) · Andean Wire · interview

Events
  Peru (government): RETREAT by release, Lima, 4 May 2021, 2 taking part — 'LIMA – The government of Peru freed two dockers on Tuesday.'
  Peru (government) → Rosa Quispe (Peru, labour): CONSULT, planned, June 2021 — '“It will meet our envoy in June,” Rosa Quispe said.'
  Peru (government): RETREAT by release, Lima, 4 May 2021, 2 taking part — 'Their release calmed the port.'

Quotes
  Rosa Quispe: “It will meet our envoy in June”

Notes
  the page was cut short
  one event has no recipient
";
    assert_eq!(for_people(&coding(), &Palette::plain(), &country), expected);
}

#[test]
fn a_page_cannot_speak_to_the_terminal() {
    let mut hostile = coding();
    hostile.article.title = Some("Harbour\u{1b}]0;gone\u{7} talks".into());
    hostile.article.publisher = Some("Wire\u{1b}[2J".into());
    let lines = for_people(&hostile, &Palette::plain(), &|_| None);
    assert!(lines.starts_with("Harbour\u{fffd}]0;gone\u{fffd} talks\n"), "{lines}");
    assert!(!lines.contains('\u{1b}'), "{lines}");
}

#[test]
fn colours_change_nothing_but_the_colours() {
    let country = |_: &str| None;
    let coloured = for_people(&coding(), &Palette::coloured(), &country);
    assert!(coloured.contains("\u{1b}["));
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = after.split_once('m').expect("an escape ends in m").1;
    }
    bare.push_str(rest);
    assert_eq!(bare, for_people(&coding(), &Palette::plain(), &country));
}
