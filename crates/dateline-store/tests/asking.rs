//! What questions are answered: every filter lets through what it says and nothing else.

mod support;

use dateline_store::Filter;
use support::{Folder, Sentence, Story, Told, arrests, filter, strike, told};

/// Five events in three stories.
fn folder() -> Folder {
    let folder = Folder::new();
    let strike = told(
        "An Israeli drone killed Karim Haddad near Tyre on Monday.",
        Told { confidence: 0.9, killed: Some(1), ..strike() },
    );
    let visit = told(
        "Kwabena Osei-Darko will meet Lucien Marchetti in Paris on Thursday.",
        Told {
            event_type: "CONSULT",
            mode: None,
            status: "planned",
            trigger: "meet",
            actors: vec![("Kwabena Osei-Darko", "GHA", "GOV"), ("Lucien Marchetti", "FRA", "GOV")],
            recipients: vec![],
            date: Some("2024-05-16"),
            place: Some(("Paris", "FRA", 48.85, 2.35)),
            confidence: 0.6,
            ..Told::default()
        },
    );
    let demand = told(
        "Lebanon asked Israel to end the raids.",
        Told {
            event_type: "REQUEST",
            mode: Some("yield"),
            trigger: "asked",
            actors: vec![("Lebanon", "LBN", "GOV")],
            recipients: vec![("Israel", "ISR", "GOV")],
            date: None,
            place: None,
            confidence: 0.5,
            ..Told::default()
        },
    );
    let said = Sentence {
        text: "“We want our farmers to sleep without fear tonight,” Kwabena Osei-Darko said.",
        event: None,
        quote: Some(("We want our farmers to sleep without fear tonight,", "Kwabena Osei-Darko")),
    };
    folder.add(&[
        Story { sentences: vec![arrests(), visit, said], ..Story::default() },
        Story {
            url: Some("https://courier.example/5"),
            publisher: "Northern Courier",
            day: "2024-05-14",
            title: "Drone kills man near Tyre",
            sentences: vec![strike, demand],
            ..Story::default()
        },
    ]);
    folder
}

#[track_caller]
fn check(pairs: &[(&str, &str)], expected: &[&str]) {
    let folder = folder();
    let filter = Filter::from_pairs(pairs.iter().copied()).unwrap();
    let store = folder.store();
    let page = store.events(&filter).unwrap();
    let types: Vec<&str> = page.rows.iter().map(|event| event.event_type.as_str()).collect();
    assert_eq!(types, expected, "{pairs:?}");
    let counts = store.count(&filter).unwrap();
    assert_eq!(counts.events, expected.len() as u64, "counting and listing agree on {pairs:?}");
}

#[test]
fn events_come_newest_first_or_oldest_first() {
    check(&[], &["CONSULT", "REQUEST", "ASSAULT", "COERCE"]);
    check(&[("order", "oldest")], &["COERCE", "ASSAULT", "REQUEST", "CONSULT"]);
}

#[test]
fn days_are_from_and_to() {
    check(&[("date_from", "2024-05-13"), ("date_to", "2024-05-14")], &["REQUEST", "ASSAULT"]);
    check(&[("date_to", "2024-05-12")], &["COERCE"]);
    check(&[("date_from", "2025")], &[]);
}

#[test]
fn an_event_told_in_a_quote_names_who_said_so() {
    let folder = Folder::new();
    let quoted = Sentence {
        text: "“Police arrested 14 people in Bawku,” Kwabena Osei-Darko said.",
        quote: Some(("Police arrested 14 people in Bawku,", "Kwabena Osei-Darko")),
        ..arrests()
    };
    folder.add(&[Story { sentences: vec![quoted], ..Story::default() }]);
    let store = folder.store();
    let event = store.events(&Filter::default()).unwrap().rows.remove(0);
    let said_by = event.evidence.unwrap().said_by.expect("a quote tells it");
    assert_eq!(said_by.name.as_deref(), Some("Kwabena Osei-Darko"));
    let (speaker, _) = store.find_entity("Kwabena Osei-Darko").unwrap();
    assert_eq!(said_by.entity, Some(speaker));
    assert_eq!(store.quotes(&Filter::default()).unwrap().rows[0].id, said_by.quote);
    assert_eq!(store.event(&event.id).unwrap().tellings[0].said_by, Some(said_by));
}

#[test]
fn what_an_article_says_itself_is_said_by_nobody_else() {
    let event = folder().store().events(&filter([("event_type", "COERCE")])).unwrap().rows.remove(0);
    assert_eq!(event.evidence.unwrap().said_by, None);
}

#[test]
fn an_entity_is_asked_for_by_its_id() {
    let folder = folder();
    let store = folder.store();
    let (id, name) = store.find_entity("Kwabena Osei-Darko").unwrap();
    let by_id = store.events(&filter([("actor", id.as_str())])).unwrap();
    assert_eq!(by_id, store.events(&filter([("actor", name.as_str())])).unwrap());
    assert_eq!(by_id.rows.len(), 1);
    let upper = id.to_uppercase();
    assert_eq!(store.entities(&filter([("actor", upper.as_str())])).unwrap().rows.len(), 1);
    assert_eq!(store.quotes(&filter([("actor", id.as_str())])).unwrap().rows.len(), 1);
    let nobody = filter([("actor", "0123456789abcdef")]);
    assert!(store.events(&nobody).unwrap().rows.is_empty());
    assert!(store.quotes(&nobody).unwrap().rows.is_empty());
}

#[test]
fn actors_are_countries_sectors_and_names() {
    check(&[("actor", "ISR")], &["ASSAULT"]);
    check(&[("actor", "GOV")], &["CONSULT", "REQUEST"]);
    check(&[("actor", "osei-darko")], &["CONSULT"]);
    check(&[("actor", "ISR,GHA")], &["CONSULT", "ASSAULT", "COERCE"]);
    check(&[("actor", "nobody at all")], &[]);
    check(&[("actor_country", "GHA"), ("actor_sector", "COP")], &["COERCE"]);
    check(&[("actor_country", "FRA"), ("actor_sector", "COP")], &[]);
    check(&[("actor_country", "fra,lbn")], &["CONSULT", "REQUEST"]);
}

#[test]
fn recipients_are_too_and_pairs_add_up() {
    check(&[("recipient", "ISR")], &["REQUEST"]);
    check(&[("recipient_sector", "REB")], &["ASSAULT"]);
    check(&[("actor_country", "ISR"), ("recipient_country", "LBN")], &["ASSAULT"]);
    check(&[("actor_country", "LBN"), ("recipient_country", "LBN")], &[]);
    check(&[("actor_country", "ISR"), ("recipient_country", "LBN"), ("actor_sector", "GOV")], &[]);
}

#[test]
fn types_modes_quads_and_statuses() {
    check(&[("event_type", "assault,coerce")], &["ASSAULT", "COERCE"]);
    check(&[("mode", "drone")], &["ASSAULT"]);
    check(&[("quad", "4")], &["CONSULT", "REQUEST", "ASSAULT", "COERCE"]);
    check(&[("quad", "1,2")], &[]);
    check(&[("status", "planned")], &["CONSULT"]);
    check(&[("confidence_min", "0.8")], &["ASSAULT", "COERCE"]);
}

#[test]
fn places_by_name_country_and_distance() {
    check(&[("place", "tyre")], &["ASSAULT"]);
    check(&[("place_country", "LBN,FRA")], &["CONSULT", "ASSAULT"]);
    check(&[("near", "33.5,35.5,60")], &["ASSAULT"]);
    check(&[("near", "33.5,35.5,10")], &[]);
    check(&[("near", "89.9,0,20000")], &["CONSULT", "ASSAULT", "COERCE"]);
}

#[test]
fn publishers_texts_and_stories() {
    check(&[("publisher", "northern courier")], &["REQUEST", "ASSAULT"]);
    check(&[("text", "raids")], &["REQUEST"]);
    check(&[("text", "drone OR raid*")], &["REQUEST", "ASSAULT"]);
    check(&[("text", "monday -drone")], &[]);
    check(&[("text", "raids"), ("actor_country", "LBN"), ("date_to", "2024-05-14")], &["REQUEST"]);
}

#[test]
fn common_words_are_looked_for_from_day_to_day_and_rare_ones_are_found_first() {
    const DAYS: [&str; 4] = ["2024-05-12", "2024-05-02", "2024-05-22", "2024-05-07"];
    let leaked = |text: String| -> &'static str { text.leak() };
    let sentence = |number: usize| {
        let letter = |place: u32| char::from(b'A' + (number / 26_usize.pow(place) % 26) as u8);
        let country = leaked([2, 1, 0].map(letter).iter().collect());
        let trigger = if number.is_multiple_of(2) { "arrested" } else { "held" };
        let text = leaked(format!("Police {trigger} 14 people in district {number}."));
        let (actors, recipients) = (vec![("Police", country, "COP")], vec![("14 people", country, "CVL")]);
        let date = Some(DAYS[number % DAYS.len()]);
        told(text, Told { trigger, actors, recipients, date, place: None, ..Told::default() })
    };
    let folder = Folder::new();
    folder.add(&[Story { sentences: (0..8200).map(sentence).collect(), ..Story::default() }]);
    let store = folder.store();
    let listed = |pairs: &[(&str, &str)], condition: &str, order: &str| {
        let found = store.events(&Filter::from_pairs(pairs.iter().copied()).unwrap()).unwrap();
        let found: Vec<String> = found.rows.into_iter().map(|event| event.id).collect();
        let sql = format!(
            "SELECT event.id FROM event JOIN telling ON telling.event = event.row WHERE {condition}
             ORDER BY event.day {order}, event.row {order} LIMIT 100"
        );
        let expected = store.sql(&sql, 100).unwrap().rows;
        let expected: Vec<&str> = expected.iter().filter_map(|row| row[0].as_str()).collect();
        assert_eq!(found, expected, "{pairs:?}");
    };
    let goes_by_day = |text: &str| {
        let plan = store.explain(&filter([("text", text)])).unwrap();
        plan.iter().any(|step| step.contains("event_day"))
    };
    assert!(goes_by_day("arrested") && !goes_by_day("\"district 7\""));
    listed(&[("text", "arrested")], "trigger = 'arrested'", "DESC");
    listed(&[("text", "arrested"), ("order", "oldest")], "trigger = 'arrested'", "ASC");
    listed(
        &[("text", "held"), ("date_to", "2024-05-06")],
        "trigger = 'held' AND event.day < '2024-05-07'",
        "DESC",
    );
    listed(&[("text", "arrested"), ("date_from", "2024-05-23")], "0", "DESC");
    listed(&[("text", "arrested"), ("actor", "ABA")], "telling.rowid = 27", "DESC");
    assert_eq!(store.count(&filter([("text", "arrested")])).unwrap().events, 4100);
}

#[test]
fn words_that_were_asked_for_are_marked() {
    let folder = folder();
    let page = folder.store().events(&filter([("text", "DRONE")])).unwrap();
    let evidence = page.rows[0].evidence.as_ref().unwrap();
    let words: Vec<&str> = evidence.found.iter().map(|it| &evidence.sentence[it.start..it.end]).collect();
    assert_eq!(words, ["drone"]);
}

#[test]
fn pages_go_on_where_they_were_cut_and_lose_nothing() {
    let folder = folder();
    let store = folder.store();
    for order in ["newest", "oldest"] {
        let whole = store.events(&filter([("order", order)])).unwrap();
        assert!(!whole.truncated && whole.next.is_none());
        let (mut rows, mut cursor) = (Vec::new(), None);
        loop {
            let mut filter = filter([("order", order), ("limit", "1")]);
            filter.cursor = cursor;
            let page = store.events(&filter).unwrap();
            assert_eq!(page.truncated, page.next.is_some());
            rows.extend(page.rows);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(rows, whole.rows, "{order}");
    }
}

#[test]
fn counts_by_month_pair_and_all_else() {
    let folder = folder();
    let store = folder.store();
    let groups = store.groups(&filter([("group_by", "month,pair")])).unwrap();
    assert_eq!(groups.columns, ["month", "actor_country", "recipient_country"]);
    let rows: Vec<String> = groups
        .rows
        .iter()
        .map(|row| {
            let keys: Vec<&str> = row.keys.iter().map(|key| key.as_deref().unwrap_or("-")).collect();
            format!("{} {} {}", keys.join(" "), row.events, row.intensity)
        })
        .collect();
    assert_eq!(rows, ["2024-05 GHA GHA 1 -7", "2024-05 ISR LBN 1 -7", "2024-05 LBN ISR 1 -7"]);
    for by in dateline_store::GroupBy::ALL {
        let filter = Filter { group_by: vec![by], ..Filter::default() };
        let groups = store.groups(&filter).unwrap();
        assert!(!groups.rows.is_empty(), "{}", by.name());
    }
    let weeks = store.groups(&filter([("group_by", "week")])).unwrap();
    let weeks: Vec<Option<&str>> = weeks.rows.iter().map(|row| row.keys[0].as_deref()).collect();
    assert_eq!(weeks, [Some("2024-05-06"), Some("2024-05-13")], "weeks begin on Mondays");
}

#[test]
fn quotes_are_found_by_speaker_and_words() {
    let folder = folder();
    let store = folder.store();
    let quotes = store.quotes(&filter([("actor", "Osei-Darko"), ("text", "farmers")])).unwrap();
    assert_eq!(quotes.rows.len(), 1);
    assert_eq!(quotes.rows[0].speaker.as_ref().unwrap().country.as_deref(), Some("GHA"));
    assert!(store.quotes(&filter([("actor", "Marchetti")])).unwrap().rows.is_empty());
    let refused = store.quotes(&filter([("mode", "drone")])).unwrap_err().to_string();
    assert!(refused.contains("quotes cannot be filtered by it"), "{refused}");
}

#[test]
fn entities_are_listed_by_what_they_take_part_in() {
    let folder = folder();
    let store = folder.store();
    let entities = store.entities(&filter([("event_type", "ASSAULT")])).unwrap();
    let names: Vec<&str> = entities.rows.iter().map(|entity| entity.name.as_str()).collect();
    assert_eq!(names, ["Israeli drone", "Karim Haddad"]);
    let marchetti = store.entities(&filter([("actor", "marchetti")])).unwrap();
    assert_eq!((marchetti.rows.len(), marchetti.rows[0].as_actor), (1, 1));
}

#[test]
fn articles_and_stories_are_filtered_by_what_they_tell() {
    let folder = folder();
    let store = folder.store();
    assert_eq!(store.articles(&Filter::default()).unwrap().rows.len(), 2);
    let told = store.articles(&filter([("actor_country", "ISR")])).unwrap();
    assert_eq!(told.rows[0].publisher.as_deref(), Some("Northern Courier"));
    assert_eq!(store.articles(&filter([("date_from", "2024-05-15")])).unwrap().rows.len(), 1);
    let stories = store.stories(&filter([("event_type", "COERCE")])).unwrap();
    assert_eq!(stories.rows[0].headline.as_deref(), Some("Fourteen held in border town"));
}

#[test]
fn sql_reads_and_does_not_write() {
    let folder = folder();
    let store = folder.store();
    let table = store.sql("SELECT event_type, count(*) FROM event GROUP BY 1 ORDER BY 1", 2).unwrap();
    assert_eq!((table.rows.len(), table.truncated), (2, true));
    for question in [
        "DELETE FROM event",
        "CREATE TABLE mine (a)",
        "PRAGMA user_version = 7",
        "/* quiet */ ATTACH 'other.db' AS other",
        "VACUUM",
        "BEGIN",
    ] {
        assert!(store.sql(question, 10).is_err(), "{question}");
    }
}

#[test]
fn a_question_without_end_is_ended() {
    let folder = folder();
    let mut store = folder.store();
    store.set_time_limit(Some(std::time::Duration::from_millis(50)));
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let said = store.sql(endless, 10).unwrap_err().to_string();
    assert!(said.contains("longer than 50 ms"), "{said}");
    assert_eq!(store.sql("SELECT 1", 10).unwrap().rows.len(), 1, "the next question has its own time");
}
