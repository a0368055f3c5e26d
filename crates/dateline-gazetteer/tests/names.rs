//! What the tables answer to names as news prints them.

use dateline_document::Sector;
use dateline_gazetteer::{Gazetteer, RoleKind};
use jiff::civil::date;

fn country_of(name: &str) -> Option<&'static str> {
    Gazetteer::embedded().country(name).map(|country| country.code.as_str())
}

fn sector_of(phrase: &str) -> Option<Sector> {
    Gazetteer::embedded().role(phrase).map(|role| role.sector)
}

#[test]
fn countries_answer_to_their_names_and_abbreviations() {
    for (name, code) in [
        ("Iraq", "IRQ"),
        ("IRAQ", "IRQ"),
        ("US", "USA"),
        ("U.S.", "USA"),
        ("the United States", "USA"),
        ("U.K.", "GBR"),
        ("Britain", "GBR"),
        ("DRC", "COD"),
        ("Congo", "COD"),
        ("Republic of the Congo", "COG"),
        ("Côte d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Burma", "MMR"),
        ("Türkiye", "TUR"),
        ("Kosovo", "KOS"),
        ("Hong Kong", "HKG"),
        ("Soviet Union", "SUN"),
        ("East Germany", "DDR"),
    ] {
        assert_eq!(country_of(name), Some(code), "{name}");
    }
}

#[test]
fn common_words_are_no_countries() {
    for word in ["us", "turkey", "china", "car", "jordan", "uk", "Us", "Car"] {
        assert_eq!(country_of(word), None, "{word}");
    }
}

#[test]
fn dependencies_are_coded_as_their_state() {
    let gazetteer = Gazetteer::embedded();
    assert_eq!(gazetteer.country("Puerto Rico").unwrap().party_code(), "USA");
    assert_eq!(gazetteer.country("Hong Kong").unwrap().party_code(), "HKG");
    assert_eq!(gazetteer.country("Soviet Union").unwrap().party_code(), "RUS");
}

#[test]
fn demonyms_capitals_and_seats_lead_to_countries() {
    let gazetteer = Gazetteer::embedded();
    for (word, code) in [
        ("Iraqi", "IRQ"),
        ("Danes", "DNK"),
        ("South Koreans", "KOR"),
        ("Burkinabé", "BFA"),
        ("Palestinians", "PSE"),
    ] {
        assert_eq!(gazetteer.demonym(word).unwrap().code, code, "{word}");
    }
    assert!(gazetteer.demonym("polish").is_none());
    for (name, code) in [("Kyiv", "UKR"), ("Kiev", "UKR"), ("The Hague", "NLD"), ("Washington", "USA")] {
        assert_eq!(gazetteer.capital(name).unwrap().code, code, "{name}");
    }
    for (name, code) in
        [("Kremlin", "RUS"), ("the White House", "USA"), ("Élysée", "FRA"), ("Downing Street", "GBR")]
    {
        assert_eq!(gazetteer.seat(name).unwrap().code, code, "{name}");
    }
}

#[test]
fn members_of_alliances_are_listed() {
    let gazetteer = Gazetteer::embedded();
    let is_member = |code: &str, body: &str| {
        gazetteer.country_by_code(code).unwrap().memberships.iter().any(|member| member == body)
    };
    assert!(is_member("TUR", "NATO") && !is_member("TUR", "EU"));
    assert!(is_member("IRQ", "ARAB LEAGUE") && !is_member("IRN", "ARAB LEAGUE"));
}

#[test]
fn an_organization_is_what_it_was_at_the_time() {
    let gazetteer = Gazetteer::embedded();
    let taliban = gazetteer.organization("the Taliban").unwrap();
    assert_eq!(taliban.spell(Some(date(2015, 3, 1))).sectors, [Sector::Reb]);
    assert_eq!(taliban.spell(Some(date(2022, 3, 1))).sectors, [Sector::Gov]);
    assert_eq!(taliban.codes(None).country.unwrap(), "AFG");
    assert_eq!(gazetteer.organization("al-Qaeda").unwrap().codes(None).country.unwrap(), "ISM");
}

#[test]
fn acronyms_need_their_capitals() {
    let gazetteer = Gazetteer::embedded();
    assert_eq!(gazetteer.organization("WHO").unwrap().name, "World Health Organization");
    assert_eq!(gazetteer.organization("U.N.").unwrap().name, "United Nations");
    for word in ["who", "is", "shell", "labour", "total", "who."] {
        assert!(gazetteer.organization(word).is_none(), "{word}");
    }
}

#[test]
fn divisions_answer_to_dateline_abbreviations() {
    let gazetteer = Gazetteer::embedded();
    for (name, code) in [
        ("Wis.", "US-WI"),
        ("N.Y.", "US-NY"),
        ("W.Va.", "US-WV"),
        ("Ont.", "CA-ON"),
        ("Scotland", "GB-SCT"),
        ("TX", "US-TX"),
    ] {
        assert_eq!(gazetteer.division(name).unwrap().code, code, "{name}");
    }
    assert_eq!(gazetteer.division_demonym("Texans").unwrap().code, "US-TX");
    assert!(gazetteer.division("me").is_none() && gazetteer.division("or").is_none());
}

#[test]
fn regions_say_whose_they_are_or_nothing() {
    let gazetteer = Gazetteer::embedded();
    assert_eq!(gazetteer.region("Darfur").unwrap().country.as_deref(), Some("SDN"));
    assert_eq!(gazetteer.region("the Middle East").unwrap().country, None);
    assert_eq!(gazetteer.region_demonym("Chechen").unwrap().country.as_deref(), Some("RUS"));
    assert_eq!(gazetteer.region_demonym("European").unwrap().code.as_deref(), Some("EUR"));
}

#[test]
fn roles_are_read_from_the_end_of_a_phrase() {
    for (phrase, sector) in [
        ("prime minister", Sector::Gov),
        ("Iraqi prime ministers", Sector::Gov),
        ("troops", Sector::Mil),
        ("policemen", Sector::Cop),
        ("veteran opposition lawmaker", Sector::Leg),
        ("villagers", Sector::Cvl),
        ("refugees", Sector::Ref),
        ("supreme court justices", Sector::Jud),
        ("president-elect", Sector::Eli),
        ("striking workers", Sector::Lab),
    ] {
        assert_eq!(sector_of(phrase), Some(sector), "{phrase}");
    }
    assert_eq!(sector_of("thunderstorm"), None);
    assert_eq!(sector_of(""), None);
}

#[test]
fn a_former_official_is_one_of_the_elites() {
    let role = Gazetteer::embedded().role("former Peruvian defense minister").unwrap();
    assert_eq!((role.sector, role.kind, role.is_former), (Sector::Eli, RoleKind::Person, true));
    let fighter = Gazetteer::embedded().role("former rebel").unwrap();
    assert_eq!((fighter.sector, fighter.is_former), (Sector::Reb, true));
}

#[test]
fn without_the_file_of_places_no_town_is_known() {
    let gazetteer = Gazetteer::embedded();
    assert!(!gazetteer.has_places() && gazetteer.places("Springfield").is_empty());
    assert!(gazetteer.version().starts_with("tables-"));
}

#[test]
fn a_leader_is_who_was_in_office_at_the_time() {
    let gazetteer = Gazetteer::embedded();
    let office_on = |name: &str, day| {
        let found = gazetteer.leader(name, Some(day));
        found.first().map(|leader| (leader.office.as_str(), leader.is_in_office(day)))
    };
    assert_eq!(office_on("Vladimir Putin", date(2010, 3, 1)), Some(("Prime Minister", true)));
    assert_eq!(office_on("Vladimir Putin", date(2015, 3, 1)), Some(("President", true)));
    assert_eq!(office_on("Hosni Mubarak", date(2012, 3, 1)), Some(("President", false)));
    assert!(gazetteer.leader("Hosni Mubarak", Some(date(2012, 3, 1)))[0].had_left(date(2012, 3, 1)));
    assert_eq!(office_on("Abdel Fattah al-Sisi", date(2018, 1, 1)), Some(("President", true)));
    assert!(gazetteer.leader("Nobody of that Name", None).is_empty());
}

#[test]
fn surnames_count_only_while_in_office() {
    let gazetteer = Gazetteer::embedded();
    let countries = |surname: &str, day| {
        let found = gazetteer.leader_by_surname(surname, day);
        found.into_iter().map(|leader| leader.country.to_string()).collect::<Vec<_>>()
    };
    assert!(countries("Merkel", date(2019, 6, 1)).contains(&"DEU".to_owned()));
    assert!(!countries("Merkel", date(2024, 6, 1)).contains(&"DEU".to_owned()));
}

#[test]
fn offices_have_holders() {
    let gazetteer = Gazetteer::embedded();
    let holder = |office: &str, country: &str, day| {
        gazetteer.office_holder(office, country, day).map(|leader| leader.name.as_str())
    };
    assert_eq!(holder("prime minister", "GBR", date(2018, 5, 1)), Some("Theresa May"));
    assert_eq!(holder("Foreign Minister", "RUS", date(2018, 5, 1)), Some("Sergei Lavrov"));
    assert_eq!(holder("Prime Minister", "USA", date(2018, 5, 1)), None);
}
