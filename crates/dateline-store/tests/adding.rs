//! What adding does: once each, versions, copies, and events told by many.

mod support;

use dateline_store::{Filter, Found, Outcome};
use support::{Folder, Story, Told, arrests, filter, plain, told};

#[test]
fn the_same_story_again_changes_nothing_and_says_so() {
    let folder = Folder::new();
    let first = folder.add(&[Story::default()]);
    assert_eq!(first[0].outcome, Outcome::Added);
    let record = Story::default().record();
    let key = dateline_store::ArticleKey::new(record.article.url.as_deref(), &record.article.text);
    assert!(folder.store().knows(&key, &record.made_by).unwrap(), "it need not be read again");
    let events = folder.store().events(&Filter::default()).unwrap();
    let again = folder.add(&[Story::default()]);
    assert_eq!((again[0].outcome, again[0].id.as_str()), (Outcome::Unchanged, first[0].id.as_str()));
    assert_eq!(folder.store().events(&Filter::default()).unwrap(), events);
}

#[test]
fn a_story_that_came_back_changed_is_a_version_and_unchanged_facts_keep_their_ids() {
    let folder = Folder::new();
    let march = told(
        "Traders marched in Bawku on Sunday.",
        Told {
            event_type: "PROTEST",
            mode: Some("demo"),
            trigger: "marched",
            actors: vec![("Traders", "GHA", "BUS")],
            recipients: vec![],
            ..Told::default()
        },
    );
    folder.add(&[Story { sentences: vec![arrests(), march.clone()], ..Story::default() }]);
    let before = folder.store().events(&Filter::default()).unwrap().rows;
    assert_eq!(before.len(), 2);

    let correction = plain("An earlier version of this story gave a wrong number.");
    let revised = Story { sentences: vec![correction, march], ..Story::default() };
    let added = folder.add(&[revised]);
    assert_eq!((added[0].outcome, added[0].version, added[0].deleted), (Outcome::Revised, 2, 1));
    let after = folder.store().events(&Filter::default()).unwrap().rows;
    assert_eq!(after.len(), 1);
    let kept = before.iter().find(|event| event.event_type == "PROTEST").unwrap();
    assert_eq!(after[0].id, kept.id, "a fact that is still told keeps its id");
    let Found::Article(article) = folder.store().show(&added[0].id).unwrap() else { panic!("an article") };
    assert_eq!(article.versions.len(), 2);
}

#[test]
fn other_versions_of_the_codebook_code_the_same_text_anew() {
    let folder = Folder::new();
    folder.add(&[Story::default()]);
    let mut recoded = Story { codebook: "newer", ..Story::default() };
    recoded.sentences[0].event.as_mut().unwrap().confidence = 0.9;
    let added = folder.add(&[recoded]);
    assert_eq!((added[0].outcome, added[0].version), (Outcome::Recoded, 1));
    assert_eq!(folder.store().events(&Filter::default()).unwrap().rows[0].confidence, 0.9);
}

#[test]
fn two_papers_tell_one_event() {
    let folder = Folder::new();
    let other = Story {
        url: Some("https://courier.example/9"),
        publisher: "Northern Courier",
        day: "2024-05-13",
        title: "Traders held after march",
        sentences: vec![told(
            "Officers in the border town detained traders on 12 May.",
            Told {
                trigger: "detained",
                actors: vec![("Officers", "GHA", "COP")],
                recipients: vec![("traders", "GHA", "CVL")],
                ..Told::default()
            },
        )],
        ..Story::default()
    };
    let added = folder.add(&[Story::default(), other]);
    assert_eq!(added[1].copy_of, None);
    let store = folder.store();
    let events = store.events(&Filter::default()).unwrap().rows;
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].tellings, events[0].articles, events[0].originals), (2, 2, 2));
    let counts = store.count(&Filter::default()).unwrap();
    assert_eq!((counts.events, counts.tellings), (1, 2));
    assert_eq!(store.event(&events[0].id).unwrap().tellings.len(), 2);
}

#[test]
fn a_copy_counts_once_and_keeps_its_publisher() {
    let folder = Folder::new();
    let wire = vec![
        arrests(),
        plain(
            "Hundreds of traders had gathered at the lorry park before noon to ask for an end of the curfew.",
        ),
        plain(
            "A police commander said that the people who were held would be brought before a court this week.",
        ),
        plain(
            "The curfew has been in force since the end of January, when two clans fought over land there.",
        ),
    ];
    let original = Story { sentences: wire.clone(), ..Story::default() };
    let mut cut = wire;
    cut.pop();
    cut.push(plain("Get our newsletter every morning."));
    let copy = Story {
        url: Some("https://local.example/wire/77"),
        publisher: "Local Post",
        title: "Police hold 14",
        sentences: cut,
        ..Story::default()
    };
    let added = folder.add(&[original, copy]);
    assert_eq!(added[1].copy_of.as_deref(), Some(added[0].id.as_str()));
    let store = folder.store();
    let event = &store.events(&Filter::default()).unwrap().rows[0];
    assert_eq!((event.tellings, event.articles, event.originals), (2, 2, 1));
    assert_eq!(store.events(&filter([("publisher", "local post")])).unwrap().rows.len(), 1);
    let stories = store.stories(&Filter::default()).unwrap().rows;
    assert_eq!(
        (stories.len(), stories[0].articles, stories[0].originals, stories[0].publishers),
        (1, 2, 1, 2)
    );
}

#[test]
fn batches_of_one_and_a_batch_of_all_come_to_the_same() {
    let stories: Vec<Story> = (0..12)
        .map(|number| Story {
            url: Some(Box::leak(format!("https://wire.example/{number}").into_boxed_str())),
            day: ["2024-05-12", "2024-05-13", "2024-05-20"][number % 3],
            ..Story::default()
        })
        .collect();
    let (one, all) = (Folder::new(), Folder::new());
    for story in &stories {
        one.add(std::slice::from_ref(story));
    }
    all.add(&stories);
    let told = |folder: &Folder| {
        let store = folder.store();
        (
            store.events(&Filter::default()).unwrap(),
            store.stories(&Filter::default()).unwrap(),
            store.articles(&Filter::default()).unwrap(),
        )
    };
    assert_eq!(told(&one), told(&all));
}
