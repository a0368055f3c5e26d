//! Places found and resolved in sentences of ours, with real weights and the real gazetteer.

#[path = "support/pipeline.rs"]
mod pipeline;

use std::fmt::Write as _;
use std::sync::OnceLock;

use dateline_coder::place::find_places;
use dateline_document::{Article, PlaceForm, PlaceMention};
use dateline_gazetteer::Gazetteer;
use dateline_parts::{Cache, find_gazetteer};

/// The gazetteer in `DATELINE_GAZETTEER`, or else in the cache.
fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| {
        let cache = Cache::from_environment().unwrap_or_else(|error| panic!("{error}"));
        let places = find_gazetteer(&cache, None).unwrap_or_else(|error| panic!("{error}"));
        Gazetteer::open(&places).unwrap_or_else(|error| panic!("{error}"))
    })
}

fn find(story: &str) -> (Article, Vec<PlaceMention>) {
    let article = Article::from_text(story);
    let document = pipeline::pipeline().read_article(&article);
    let places = find_places(&article, &document, gazetteer());
    (article, places)
}

/// Checks what is found in `story`: a line a mention, `words: name, division, country (precision)`.
#[track_caller]
fn check(story: &str, expected: &str) {
    let (article, places) = find(story);
    let mut found = String::new();
    for mention in &places {
        let words = &article.text[mention.span];
        let demonym = if mention.form == PlaceForm::Demonym { ", demonym" } else { "" };
        match &mention.place {
            None => writeln!(found, "{words}: unknown{demonym}"),
            Some(place) => {
                let admin1 = place.admin1.as_ref().filter(|admin1| **admin1 != place.name);
                let admin1 = admin1.map(|admin1| format!(", {admin1}")).unwrap_or_default();
                let country = place.country.as_deref().unwrap_or("-");
                let precision = format!("{:?}", place.precision).to_lowercase();
                writeln!(found, "{words}: {}{admin1}, {country} ({precision}{demonym})", place.name)
            }
        }
        .expect("a string takes all that is written");
    }
    let expected: String = expected.lines().map(|line| format!("{}\n", line.trim())).collect();
    assert_eq!(found, expected.trim_start_matches('\n'), "in: {story}");
}

#[test]
fn countries_capitals_and_regions() {
    check(
        "The envoy flew from Nairobi to Sudan on Monday and spoke of the war in Darfur.",
        "Nairobi: Nairobi, KEN (city)
         Sudan: Sudan, SDN (country)
         Darfur: Darfur, SDN (area)",
    );
}

#[test]
fn a_container_says_which_place_is_meant() {
    check(
        "He grew up in Paris, Texas, and left.",
        "Paris: Paris, Texas, USA (city)\nTexas: Texas, USA (admin)",
    );
    check(
        "The fire in Springfield, Ill., spread. Springfield asked for help.",
        "Springfield: Springfield, Illinois, USA (city)
         Ill.: Illinois, USA (admin)
         Springfield: Springfield, Illinois, USA (city)",
    );
}

#[test]
fn a_name_has_one_sense_in_a_story_and_lies_near_the_others() {
    check(
        "Storms hit Ohio on Friday. In Columbus the roof of a school fell in, and in Athens trees blocked roads near \
         Dayton.",
        "Ohio: Ohio, USA (admin)
         Columbus: Columbus, Ohio, USA (city)
         Athens: Athens, Ohio, USA (city)
         Dayton: Dayton, Ohio, USA (city)",
    );
    check(
        "Greece goes to the polls. Athens was quiet, and so were the docks in Piraeus.",
        "Greece: Greece, GRC (country)
         Athens: Athens, Attica, GRC (city)
         Piraeus: Piraeus, Attica, GRC (city)",
    );
}

#[test]
fn a_list_of_states_is_no_chain_of_containers() {
    check(
        "Cases were found in Georgia, Alabama, Louisiana, Missouri and Nevada.",
        "Georgia: Georgia, USA (admin)
         Alabama: Alabama, USA (admin)
         Louisiana: Louisiana, USA (admin)
         Missouri: Missouri, USA (admin)
         Nevada: Nevada, USA (admin)",
    );
}

#[test]
fn georgia_is_where_the_story_is() {
    check(
        "Thousands gathered in Tbilisi as the president of Georgia left for Moscow.",
        "Tbilisi: Tbilisi, GEO (city)
         Georgia: Georgia, GEO (country)
         Moscow: Moscow, RUS (city)",
    );
}

#[test]
fn part_of_a_country_is_an_area() {
    check("Fighting goes on in northern Iraq.", "northern Iraq: northern Iraq, IRQ (area)");
}

#[test]
fn a_nationality_before_it_says_where_a_village_lies() {
    check(
        "Shells fell on the Lebanese village of Kfar Shouba al-Gharbi on Monday.",
        "Lebanese: Lebanon, LBN (country, demonym)
         Kfar Shouba al-Gharbi: Kfar Shouba al-Gharbi, LBN (area)",
    );
    check(
        "He was held in the Egyptian city of Alexandria.",
        "Egyptian: Egypt, EGY (country, demonym)
         Alexandria: Alexandria, EGY (city)",
    );
}

#[test]
fn part_of_a_city_is_the_city() {
    check("A bus burned in north London.", "London: London, England, GBR (city)");
}

#[test]
fn people_are_no_places() {
    check("Paris Hilton arrived with Jordan Peele and Denzel Washington.", "");
    check("Mr. Houston said that Jordan Houston, his son, was well.", "");
}

#[test]
fn demonyms_are_marked_as_such() {
    check("Iraqi troops and Kurdish fighters took the hill.", "Iraqi: Iraq, IRQ (country, demonym)");
}

#[test]
fn a_government_named_by_its_capital_is_still_the_place() {
    check(
        "Washington said it would not talk to Tehran.",
        "Washington: Washington, District of Columbia, USA (city)
         Tehran: Tehran, IRN (city)",
    );
}

#[test]
fn datelines_are_places() {
    check(
        "GOMA, Congo (AP) — Rebels entered the city on Tuesday.",
        "GOMA: Goma, North Kivu, COD (city)
         Congo: Democratic Republic of the Congo, COD (country)",
    );
}

#[test]
fn joined_names_are_told_apart() {
    check("U.S.-Iraq talks ended.", "U.S.: United States, USA (country)\nIraq: Iraq, IRQ (country)");
}

#[test]
fn the_place_of_a_body_is_found_in_its_name() {
    check("The Ohio Department of Health warned of mumps.", "Ohio: Ohio, USA (admin)");
}

#[test]
fn nothing_comes_of_common_words() {
    check("The turkey was served on china. He said no to us in the reading room on Sunday.", "");
}

/// Ten times the story takes about ten times as long.
#[test]
fn a_list_of_ten_thousand_names_is_read() {
    let story = "Springfield, Paris and Alexandria met Georgia. ".repeat(3_000);
    let (article, places) = find(&story);
    assert!(places.len() > 9_000, "{}", places.len());
    assert!(places.iter().all(|mention| !article.text[mention.span].is_empty()));
}
