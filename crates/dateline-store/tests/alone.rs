//! A story by itself gives the rows that a store gives which holds nothing else, whatever came before it.

mod support;

use dateline_store::{Alone, Filter, Order, Prepared};
use support::{Folder, Sentence, Story, arrests, strike, told};

fn stories() -> Vec<Story> {
    let said = Sentence {
        text: "“We want our farmers to sleep without fear tonight,” Kwabena Osei-Darko said.",
        event: None,
        quote: Some(("We want our farmers to sleep without fear tonight,", "Kwabena Osei-Darko")),
    };
    let struck = told("An Israeli drone killed Karim Haddad near Tyre on Monday.", strike());
    vec![
        Story::default(),
        Story {
            url: Some("https://wire.example/2"),
            sentences: vec![arrests(), said, struck.clone(), struck],
            ..Story::default()
        },
        // The same words elsewhere: a copy, where both are known.
        Story { url: Some("https://post.example/3"), publisher: "Bay Post", ..Story::default() },
        Story { url: None, day: "", sentences: Vec::new(), ..Story::default() },
    ]
}

#[test]
fn the_rows_are_those_of_a_store_that_holds_nothing_else() {
    let mut alone = Alone::new().expect("memory is there");
    let oldest = Filter { order: Order::Oldest, ..Filter::default() };
    for story in stories() {
        let rows = alone.rows(&Prepared::new(story.record())).expect("it can be told");
        let folder = Folder::new();
        folder.add(&[story]);
        let store = folder.store();
        assert_eq!(rows.events, store.events(&oldest).expect("it can be asked").rows);
        assert_eq!(rows.quotes, store.quotes(&oldest).expect("it can be asked").rows);
        assert_eq!([rows.article], store.articles(&oldest).expect("it can be asked").rows[..]);
    }
}

#[test]
fn a_story_told_again_gives_the_same_rows() {
    let mut alone = Alone::new().expect("memory is there");
    let prepared: Vec<Prepared> = stories().iter().map(|story| Prepared::new(story.record())).collect();
    let first: Vec<_> = prepared.iter().map(|story| alone.rows(story).expect("it can be told")).collect();
    assert_eq!(first[1].places.len(), 2, "Bawku, and Tyre that is told of twice");
    let tyre = &first[1].places[1];
    assert_eq!((tyre.text.as_str(), tyre.mentions, tyre.events), ("Tyre", 2, 2));
    for (story, rows) in prepared.iter().zip(&first).rev() {
        assert_eq!(&alone.rows(story).expect("it can be told"), rows);
    }
}
