//! Corrections hold at once, and again when stories are read anew.

mod support;

use std::fs;

use dateline_store::{Filter, Prepared, Store, WriteOptions, Writer};
use jiff::Timestamp;
use support::{Folder, Story, Told, arrests, filter, told};

/// Adds the stories under these corrections.
fn add(folder: &Folder, stories: &[Story], rules: &str) -> Store {
    let path = folder.path("dateline.rules");
    fs::write(&path, rules).unwrap();
    let mut options = WriteOptions::default();
    options.rules = Some(path);
    let mut writer = Writer::open(&folder.db(), &options, Timestamp::UNIX_EPOCH, &mut |_| ()).unwrap();
    let batch: Vec<Prepared> = stories.iter().map(|story| Prepared::new(story.record())).collect();
    writer.add(&batch, Timestamp::UNIX_EPOCH).unwrap();
    writer.close().unwrap();
    folder.store()
}

/// Two stories in which one man goes by two names.
fn stories() -> Vec<Story> {
    let accuse = |name: &'static str, text: &'static str, day: &'static str| {
        told(
            text,
            Told {
                event_type: "ACCUSE",
                mode: None,
                trigger: "accused",
                actors: vec![(name, "GHA", "GOV")],
                recipients: vec![("smugglers", "GHA", "CRM")],
                date: Some(day),
                ..Told::default()
            },
        )
    };
    vec![
        Story {
            sentences: vec![
                arrests(),
                accuse("Kwabena Osei-Darko", "Kwabena Osei-Darko accused smugglers.", "2024-05-14"),
            ],
            ..Story::default()
        },
        Story {
            url: Some("https://courier.example/3"),
            publisher: "Northern Courier",
            day: "2024-06-20",
            title: "President speaks",
            sentences: vec![accuse("K.O. Darko", "K.O. Darko accused smugglers.", "2024-06-19")],
            ..Story::default()
        },
    ]
}

#[test]
fn merged_entities_are_one_in_what_is_there_and_in_what_comes() {
    let folder = Folder::new();
    let store = add(&folder, &stories()[..1], "");
    let osei = store.find_entity("kwabena osei darko").unwrap().0;
    let store = add(&folder, &stories(), "");
    let darko = store.find_entity("K.O. Darko").unwrap().0;
    let rules = format!("merge {darko} into {osei}");
    for which in ["the same database", "a new one"] {
        let folder = if which == "a new one" { &Folder::new() } else { &folder };
        let store = add(folder, &stories(), &rules);
        assert_eq!(store.events(&filter([("actor", "Osei-Darko")])).unwrap().rows.len(), 2, "{which}");
        assert!(store.find_entity("K.O. Darko").is_err(), "{which}");
        let mut later = stories()[1].clone();
        later.url = Some("https://courier.example/4");
        later.day = "2024-08-01";
        let words = "In August K.O. Darko accused smugglers of yet another fraud at the port.";
        later.sentences[0].text = words;
        later.sentences[0].event.as_mut().unwrap().date = Some("2024-08-01");
        let store = add(folder, &[later], &rules);
        let entities = store.entities(&filter([("actor", "darko")])).unwrap().rows;
        assert_eq!((entities.len(), entities[0].as_actor), (1, 3), "{which}");
    }
}

#[test]
fn a_name_that_stands_for_two_is_split() {
    let folder = Folder::new();
    let mut both = stories();
    both[1].sentences = vec![told(
        "Kwabena Osei-Darko accused smugglers of fraud.",
        Told {
            event_type: "ACCUSE",
            mode: None,
            trigger: "accused",
            actors: vec![("Kwabena Osei-Darko", "GHA", "GOV")],
            recipients: vec![("smugglers", "GHA", "CRM")],
            date: Some("2024-06-19"),
            ..Told::default()
        },
    )];
    let store = add(&folder, &both, "");
    let entity = store.find_entity("Kwabena Osei-Darko").unwrap().0;
    let article = store.articles(&filter([("publisher", "northern courier")])).unwrap().rows[0].id.clone();
    let store =
        add(&folder, &[], &format!("split {entity} in {article} as \"Kwabena Osei-Darko the younger\""));
    assert_eq!(store.events(&filter([("actor", "younger")])).unwrap().rows.len(), 1);
    assert_eq!(
        store.events(&filter([("actor", "Osei-Darko"), ("date_to", "2024-05-31")])).unwrap().rows.len(),
        1
    );
}

#[test]
fn a_country_that_is_set_holds_for_all_events() {
    let folder = Folder::new();
    let store = add(&folder, &stories(), "");
    let smugglers = store.find_entity("smugglers").unwrap().0;
    let rules = format!("country {smugglers} BFA\nsector {smugglers} REB");
    for folder in [&folder, &Folder::new()] {
        let store = add(folder, &stories(), &rules);
        let found =
            store.events(&filter([("recipient_country", "BFA"), ("recipient_sector", "REB")])).unwrap();
        assert_eq!(found.rows.len(), 2);
        assert!(store.events(&filter([("recipient_sector", "CRM")])).unwrap().rows.is_empty());
        let pairs = store.groups(&filter([("group_by", "pair"), ("event_type", "ACCUSE")])).unwrap();
        assert_eq!(pairs.rows[0].keys, [Some("GHA".to_string()), Some("BFA".to_string())]);
    }
}

#[test]
fn verdicts_hold_until_they_are_taken_out_and_give_a_precision() {
    let folder = Folder::new();
    let store = add(&folder, &stories(), "");
    let ids: Vec<String> =
        store.events(&Filter::default()).unwrap().rows.into_iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(
        store.sample(&Filter::default(), 2, 1).unwrap(),
        store.sample(&Filter::default(), 2, 1).unwrap()
    );
    let rules = format!("reject {}\naccept {}\nfix {} status=denied mode=allege", ids[0], ids[1], ids[2]);
    let store = add(&folder, &[], &rules);
    assert_eq!(store.events(&Filter::default()).unwrap().rows.len(), 2, "what is rejected is listed no more");
    assert_eq!(store.events(&filter([("verdict", "reject")])).unwrap().rows[0].id, ids[0]);
    assert_eq!(store.events(&filter([("status", "denied"), ("mode", "allege")])).unwrap().rows[0].id, ids[2]);
    assert!(store.sample(&Filter::default(), 9, 1).unwrap().is_empty(), "all are judged");
    let all = &store.precision(&Filter::default()).unwrap()[0];
    assert_eq!((all.accepted, all.wrong), (1, 2));
    assert!(all.low.unwrap() < 1.0 / 3.0 && all.high.unwrap() > 1.0 / 3.0);
    let store = add(&folder, &[], "# nothing");
    assert_eq!(store.events(&Filter::default()).unwrap().rows.len(), 3, "taken out is taken back");
    assert!(store.events(&filter([("status", "denied")])).unwrap().rows.is_empty());
}
