//! Packages hold what they say they hold. `cargo xtask readers` opens them in other programs.

use std::fs;
use std::path::{Path, PathBuf};

use dateline_export::{Format, write_package};
use dateline_store::{Filter, Prepared, Store, WriteOptions, Writer};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Twelve stories of an arrest, a planned visit and a demand, each.
fn store(folder: &Path) -> Store {
    let batch: Vec<Prepared> = (0..12).map(|number| Prepared::new(record(number))).collect();
    let path = folder.join("dateline.db");
    let mut writer =
        Writer::open(&path, &WriteOptions::default(), Timestamp::UNIX_EPOCH, &mut |_| ()).unwrap();
    writer.add(&batch, Timestamp::UNIX_EPOCH).unwrap();
    writer.close().unwrap();
    Store::open(&path).unwrap()
}

fn record(number: usize) -> dateline_record::Record {
    let title = format!("Fourteen held; talks on {number} May");
    let sentences = [
        format!("Police arrested {} people in Bawku; \"all, of them\", traders.", number + 2),
        "Kwabena Osei-Darko will meet Lucien Marchetti in Paris.".to_string(),
        "Kwabena Osei-Darko called on France & others to <help>.".to_string(),
    ];
    let body = title.len() + 2;
    let text = format!("{title}\n\n{}", sentences.join(" "));
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        json!({"start": start, "end": start + words.len(), "text": words})
    };
    let party = |entity: &str, words: &str, country: &str, sector: &str| {
        let mut party = span(words);
        party["entity"] = entity.into();
        party["name"] = words.into();
        party["country"] = country.into();
        party["sector"] = sector.into();
        party
    };
    let event = |id: &str,
                 event_type: &str,
                 status: &str,
                 sentence: usize,
                 trigger: &str,
                 sides: [Value; 2],
                 place: Value| {
        let day = format!("2024-{:02}-{:02}", 4 + number % 3, 1 + number);
        json!({
            "id": format!("{id}{number}"), "event_type": event_type, "mode": null, "cameo": "173", "quad": 4,
            "intensity": -7.0, "contexts": ["legal", "diplomatic"], "status": status, "trigger": span(trigger),
            "sentence": span(&sentences[sentence]), "actors": sides[0], "recipients": sides[1],
            "date": {"start": null, "end": null, "text": null, "from": day, "to": day, "basis": "text"},
            "place": place, "counts": {"killed": null, "injured": null, "arrested": number, "size": null},
            "quote": null, "because_of": null, "same_as": null, "confidence": 0.75, "rule": "coerce.md#arrest"
        })
    };
    let darko = party("E1", "Kwabena Osei-Darko", "GHA", "GOV");
    let marchetti = party("E2", "Lucien Marchetti", "FRA", "GOV");
    let police = party("E3", "Police", "GHA", "COP");
    let people = format!("{} people", number + 2);
    let held = party("E4", &people, "GHA", "CVL");
    let mut speaker = darko.clone();
    speaker.as_object_mut().unwrap().retain(|name, _| !["country", "sector"].contains(&name.as_str()));
    let entity = |id: &str, party: &Value, kind: &str, form: &str| {
        json!({
            "id": id, "name": party["name"], "type": kind, "country": party["country"], "sector": party["sector"],
            "sectors": [party["sector"]], "offices": [{"title": "President", "country": "GHA", "basis": "text"}],
            "mentions": [{"start": party["start"], "end": party["end"], "text": party["text"], "form": form}]
        })
    };
    let record = json!({
        "record_version": 1,
        "made_by": {"dateline": "0", "codebook": "test", "weights": "none", "gazetteer": "none"},
        "article": {
            "id": "", "source_id": null, "url": format!("https://wire.example/{number}"), "path": null, "title": title,
            "bylines": [], "publisher": "Gulf Wire", "agency": null, "rights": null, "reservation": null,
            "language": "en", "form": "news", "published_at": format!("2024-05-{:02}", number + 1),
            "published_at_basis": "meta", "updated_at": null, "dateline": null, "images": [], "text": text,
            "parts": [{"part": "headline", "start": 0, "end": body - 2}, {"part": "body", "start": body, "end": text.len()}]
        },
        "entities": [
            entity("E1", &darko, "person", "name"), entity("E2", &marchetti, "person", "name"),
            entity("E3", &police, "group", "nominal"), entity("E4", &held, "group", "nominal")
        ],
        "places": [{
            "id": "P1", "form": "name", "start": 0, "end": 0, "text": "Bawku", "name": "Bawku", "country": "GHA",
            "admin1": "Upper East", "lat": 11.06, "lon": -0.24, "geonames": 2302821, "precision": "city"
        }],
        "dates": [],
        "quotes": [{
            "id": "Q1", "form": "direct", "content": span("all, of them"), "more_content": [], "cue": null,
            "speaker": speaker, "addressee": null, "date": null, "rule": "direct"
        }],
        "events": [
            event("a", "COERCE", "asserted", 0, "arrested", [json!([police]), json!([held])],
                json!({"place": "P1", "text": "Bawku", "name": "Bawku", "country": "GHA", "basis": "text"})),
            event("b", "CONSULT", "planned", 1, "meet", [json!([darko, marchetti]), json!([])], Value::Null),
            event("c", "REQUEST", "possible", 2, "called on", [json!([darko]), json!([marchetti])], Value::Null)
        ],
        "notes": []
    });
    serde_json::from_value(record).unwrap()
}

const FORMS: [(&str, Format); 8] = [
    ("csv", Format::Csv),
    ("ndjson", Format::Ndjson),
    ("parquet", Format::Parquet),
    ("geojson", Format::GeoJson),
    ("ftm", Format::FollowTheMoney),
    ("graphml", Format::GraphMl),
    ("polecat", Format::Polecat),
    ("gdelt", Format::Gdelt),
];

/// Where the packages go: to be looked at, if somebody says where.
fn folder() -> (Option<tempfile::TempDir>, PathBuf) {
    match std::env::var_os("DATELINE_EXPORTS") {
        Some(folder) => (None, folder.into()),
        None => {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().to_path_buf();
            (Some(folder), path)
        }
    }
}

#[test]
fn every_form_is_a_package_that_says_what_it_holds() {
    let data = tempfile::tempdir().unwrap();
    let store = store(data.path());
    let (_kept, folder) = folder();
    for (name, format) in FORMS {
        let package = folder.join(name);
        let summary = write_package(&store, &Filter::default(), format, &package, false).unwrap();
        let said: Value =
            serde_json::from_slice(&fs::read(package.join("datapackage.json")).unwrap()).unwrap();
        assert_eq!(said["events"], summary.rows, "{name}");
        let expected = match format {
            // The stories are copies of each other: what they tell in the same words is one event.
            // Those with a place; those that happened or are announced.
            Format::GeoJson => (12, 2),
            Format::Polecat | Format::Gdelt => (13, 1),
            _ => (14, 0),
        };
        assert_eq!((summary.rows, summary.left_out), expected, "{name}");
        for resource in said["resources"].as_array().unwrap() {
            let path = package.join(resource["path"].as_str().unwrap());
            assert_eq!(
                fs::metadata(&path).unwrap().len(),
                resource["bytes"].as_u64().unwrap(),
                "{}",
                path.display()
            );
        }
        assert!(package.join("CITATION.txt").exists());
        assert_eq!(said["made_by"][0]["codebook"], "test");
    }
    let codebook = fs::read_to_string(folder.join("csv/codebook.csv")).unwrap();
    assert!(codebook.contains("events,intensity,number,Hostile -10 to friendly +10"), "{codebook}");
    assert!(folder.join("parquet/events/month=2024-05/part-0.parquet").exists());
}

#[test]
fn the_same_data_gives_the_same_bytes_and_a_folder_in_use_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let store = store(data.path());
    let one = data.path().join("one");
    let write = |overwrite| write_package(&store, &Filter::default(), Format::Csv, &one, overwrite);
    write(false).unwrap();
    let before = fs::read(one.join("datapackage.json")).unwrap();
    assert!(write(false).unwrap_err().to_string().contains("--overwrite"));
    write(true).unwrap();
    assert_eq!(fs::read(one.join("datapackage.json")).unwrap(), before);
    let other = data.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "dear").unwrap();
    assert!(write_package(&store, &Filter::default(), Format::Csv, &other, true).is_err());
    assert_eq!(fs::read(other.join("letter.txt")).unwrap(), b"dear");
}
