//! First words: what every expression begins with, so that the constructions are tried at few places.
//!
//! A construction that can begin with another word needs it here; its examples fail until then.

use std::sync::LazyLock;

use super::expressions::first_words_of_holidays;
use super::lexeme::Form;
use super::reader::Reader;
use hashbrown::HashSet;

const MONTHS: &str = "january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sep sept oct nov dec";

const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday \
    mondays tuesdays wednesdays thursdays fridays saturdays sundays \
    mon tue tues wed thu thur thurs fri sat sun today yesterday tomorrow tonight overnight \
    morning dawn noon midday afternoon evening dusk night midnight";

const UNITS: &str = "seconds minutes mins hours hrs days weeks weekends fortnights month months quarters \
    year years decades centuries millennia spring summer autumn fall winter q fiscal fy ca circa";

const NUMBERS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety \
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth \
    a an another additional entire single couple quite several few many dozens hundreds thousands half";

const APPROXIMATE: &str = "no more less fewer longer at up close about around nearly almost near roughly \
    approximately over under some just only within barely exactly";

const REPEATED: &str = "daily weekly monthly quarterly yearly annually hourly nightly fortnightly biweekly \
    everyday every each per";

const POINTING: &str = "the this that these those his her its their our last next previous past coming \
    upcoming latest latter current recent early late mid earlier later sometime middle midway \
    end beginning start close rest remainder part in right now currently presently nowadays present most \
    recently lately soon future as";

static FIRST_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lists = [MONTHS, DAYS, UNITS, NUMBERS, APPROXIMATE, REPEATED, POINTING];
    lists.into_iter().flat_map(str::split_whitespace).chain(first_words_of_holidays()).collect()
});

/// Whether an expression may begin at `at`: with one of the words, a number, an apostrophe ("'99") or a dash.
pub(super) fn may_begin(reader: &Reader, at: usize) -> bool {
    match reader.form(at) {
        Some(Form::Word) => FIRST_WORDS.contains(reader.word(at)),
        Some(Form::Mark(_)) => reader.is_apostrophe(at) || reader.is_dash(at),
        Some(Form::Break) | None => false,
        Some(Form::Number { .. } | Form::Quantity(_) | Form::Ordinal(_) | Form::Decade { .. }) => true,
    }
}
