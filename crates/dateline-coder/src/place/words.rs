//! Words that tell a place's name from other names, and from parts of them.

use std::sync::LazyLock;

use dateline_gazetteer::{Gazetteer, fold};
use hashbrown::HashSet;

/// A list of words, set out once.
type List = LazyLock<HashSet<&'static str>>;

fn set_out(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Small words inside names: "Isle of Man", "Port-au-Prince".
static INSIDE: List = LazyLock::new(|| {
    set_out(
        "of the and de la del el al au aux upon on in du des di da le les do dos das den der am an sur \
    under sous bin ul es ad i e y - ' ’ & 's ’s",
    )
});

/// What a place's name goes on with, in small letters: "Anbar province".
static DIVISIONS: List = LazyLock::new(|| {
    set_out("province state region governorate oblast district prefecture county peninsula island islands")
});

/// "northern Iraq", "rural Ohio": a part of it.
static DIRECTIONS: List = LazyLock::new(|| {
    set_out(
        "northern southern eastern western central northeastern northwestern southeastern southwestern \
    north-eastern north-western south-eastern south-western northeast northwest southeast southwest north south east west \
    rural upstate coastal downtown",
    )
});

/// "in", "near": a place follows.
static BEFORE_A_PLACE: List = LazyLock::new(|| {
    set_out(
        "in at from near to outside around into across inside through of between toward towards \
    leaving throughout via north south east west downtown town village city province district capital suburb",
    )
});

/// "entered", "shelled": what is done to a place and hardly to a person.
static DONE_TO_A_PLACE: List = LazyLock::new(|| {
    set_out(
        "entered entering reached reaching stormed storming raided raiding shelled shelling bombed bombing besieged \
    besieging overran overrunning recaptured recapturing retook retaking encircled encircling invaded invading pounded \
    rocked bombarded bombarding liberated toured touring fled evacuated",
    )
});

/// "strikes on", "a raid on": a place follows, or somebody.
static ATTACKS: List = LazyLock::new(|| {
    set_out(
        "attack attacks strike strikes airstrike airstrikes raid raids assault assaults advance march bombardment",
    )
});

/// "the Kenyan village of": the name that follows lies there.
static SETTLEMENTS: List = LazyLock::new(|| {
    set_out("village town city province region district port capital suburb state island county hamlet area")
});

/// "the Somme region", "a Buenos Aires hospital": a place stands before it.
static AFTER_A_PLACE: List = LazyLock::new(|| {
    set_out(
        "region area district province city town village suburb resident residents airport hospital \
    police officials villagers metropolitan neighborhood neighbourhood border high court magistrates highlands countryside outskirts",
    )
});

/// "City of", "State of": they lead a name.
static LEADS: List = LazyLock::new(|| {
    set_out("City Town Village State Province County Borough Township Port Commonwealth Island Gulf")
});

/// What follows a place's name where a street, a lake, a germ is named after it: "Memphis St.".
static NAMED_AFTER: List = LazyLock::new(|| {
    set_out(
        "Street St. Road Rd. Avenue Ave. Drive Dr. Lane Boulevard Blvd. Highway Pike Parkway Lake River \
    Creek Virus virus Court Place Way Square Bridge Turnpike",
    )
});

/// What a body's name has besides its place: "Lebanon Police", "Ohio Department of Health".
static BODIES: List = LazyLock::new(|| {
    set_out(
        "Police Department Ministry County City State University College School High Council Court Hospital \
    Fire Sheriff Board Public Embassy Army Navy Air National Parliament Congress Senate House Supreme Health Foreign Interior \
    Defense Defence Education Authority Commission Committee Agency Office Bank Airport International Highway Patrol Institute \
    Centers Center Centre Community Chamber Association Government Governor Mayor Attorney District Regional Central Federal \
    Federation Party Union Service Services Division Bureau Food Agriculture Coast Border Pollution Workforce Legislature \
    Republican Democratic Memorial Medical Municipal Prison Station Football Cricket Olympic Secretary Treasury Geological \
    Weather Red Prime President Special Security Museum Library Township Racecourse Hall Town Provincial Natural Transport Detention Circuit Superior Crimestoppers",
    )
});

/// Words that are capitalised for other reasons than being a place's name.
static COMMON: List = LazyLock::new(|| {
    set_out(
        "street road avenue church region bay earth valley center centre park union states state city town \
    county creek river lake island hill point side mission march may sunday monday saturday friday general university college \
    school hospital police mobile reading gulf the of opera most man nice best olympic soul moon mars jupiter victory \
    independence liberty hope old new upper lower grand federal republic province village port fort mount great big \
    little long high ordinary us$ green young white black brown gates enterprise commerce justice santa saint \
    freedom unity progress peace democracy reform renewal concord harmony solidarity liberal labour labor",
    )
});

pub(crate) fn stands_inside(word: &str) -> bool {
    INSIDE.contains(word)
}

pub(crate) fn is_division(word: &str) -> bool {
    DIVISIONS.contains(word)
}

/// In any case: "Northern Europe" is a part of Europe, too.
pub(crate) fn is_direction(word: &str) -> bool {
    DIRECTIONS.contains(word.to_lowercase().as_str())
}

pub(crate) fn comes_before_a_place(word: &str) -> bool {
    BEFORE_A_PLACE.contains(fold(word).as_str())
}

/// "stormed", or "on" after "strikes".
pub(crate) fn attacks_a_place(before: &str, earlier: Option<&str>) -> bool {
    DONE_TO_A_PLACE.contains(before) || before == "on" && earlier.is_some_and(|word| ATTACKS.contains(word))
}

/// Small words that are in listed names only: "Isle of Man".
pub(crate) fn is_english(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "upon" | "on" | "in" | "under" | "i" | "&")
}

/// What is hardly anything but a place when a name follows.
pub(crate) fn is_settlement(word: &str) -> bool {
    matches!(word, "village" | "town" | "city" | "hamlet" | "villages" | "towns")
}

/// "village of", "port city of", "border town of".
pub(crate) fn says_settlement(words: &str) -> bool {
    let words = words.strip_suffix(" of").unwrap_or(words);
    words.split_whitespace().count() <= 3
        && words.split_whitespace().next_back().is_some_and(|word| SETTLEMENTS.contains(word))
}

pub(crate) fn goes_with_a_place(word: &str) -> bool {
    AFTER_A_PLACE.contains(word)
}

pub(crate) fn leads_a_name(word: &str) -> bool {
    LEADS.contains(word)
}

pub(crate) fn is_named_after_places(word: &str) -> bool {
    NAMED_AFTER.contains(word)
}

pub(crate) fn is_of_a_body(word: &str) -> bool {
    let word = word.trim_end_matches(|character: char| !character.is_alphanumeric());
    let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
    BODIES.contains(word)
}

/// A single word that the gazetteer may know as some village, and that is mostly something else.
pub(crate) fn is_common(word: &str, gazetteer: &Gazetteer) -> bool {
    let folded = fold(word);
    let is_role = || gazetteer.role(word).is_some() && gazetteer.country(word).is_none();
    COMMON.contains(folded.as_str()) || is_direction(&folded) || is_role()
}
