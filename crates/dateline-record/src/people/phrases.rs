//! Phrases: the words that codes and dates get in lines for people.

use dateline_document::{ArticleForm, Interval, Sector, Span};

/// "ASSAULT by drone"; a mode without a phrase of its own is named in brackets.
pub(super) fn type_phrase(event_type: &str, mode: Option<&str>) -> String {
    let Some(mode) = mode else { return event_type.to_string() };
    let phrase = match (event_type, mode) {
        ("ASSAULT", "drone") => "by drone",
        ("ASSAULT", "aerial") => "from the air",
        ("ASSAULT", "explosives") => "with explosives",
        ("ASSAULT", "firearms") => "with firearms",
        ("ASSAULT", "heavy-weapons") => "with heavy weapons",
        ("ASSAULT", "primitive") => "with primitive weapons",
        ("ASSAULT", "suicide-attack") => "by suicide attack",
        ("ASSAULT", "abduct") => "by abduction",
        ("ASSAULT", "beat") => "by beating",
        ("ASSAULT", "torture") => "by torture",
        ("ASSAULT", "crowd-control") => "by crowd control",
        ("CONSULT", "visit") => "by visit",
        ("CONSULT", "phone") => "by phone",
        ("CONSULT", "third-party") => "through a third party",
        ("PROTEST", "demo") => "by demonstration",
        ("PROTEST", "riot") => "by riot",
        ("PROTEST", "strike") => "by strike",
        ("PROTEST", "hunger") => "by hunger strike",
        ("PROTEST", "boycott") => "by boycott",
        ("PROTEST", "obstruct") => "by obstruction",
        ("RETREAT", "withdraw") => "by withdrawal",
        ("RETREAT", "release") => "by release",
        ("RETREAT", "ceasefire") => "by ceasefire",
        ("RETREAT", "resign") => "by resignation",
        ("SANCTION", "convict") => "by conviction",
        ("SANCTION", "expel") => "by expulsion",
        ("COERCE", "arrest") => "by arrest",
        ("COERCE", "deport") => "by deportation",
        ("COERCE", "curfew") => "by curfew",
        ("COERCE", "cyber") => "by cyber attack",
        ("MOBILIZE", "troops") => "of troops",
        ("MOBILIZE", "police") => "of police",
        ("MOBILIZE", "militia") => "of militia",
        ("MOBILIZE", "weapons") => "of weapons",
        ("THREATEN", "violence") => "with violence",
        _ => return format!("{event_type} ({mode})"),
    };
    format!("{event_type} {phrase}")
}

/// What stands for a country where a party has none.
pub(super) fn bloc_phrase(code: &str) -> Option<&'static str> {
    Some(match code {
        "UNO" => "United Nations",
        "EUR" => "European Union",
        "IGO" => "intergovernmental organization",
        "NGO" => "non-governmental organization",
        "MNC" => "company",
        "IMG" => "international militant group",
        "ISM" => "international movement",
        _ => return None,
    })
}

pub(super) fn sector_phrase(sector: Sector) -> &'static str {
    match sector {
        Sector::Cop => "police",
        Sector::Gov => "government",
        Sector::Jud => "judiciary",
        Sector::Leg => "legislature",
        Sector::Mil => "military",
        Sector::Prm => "pro-government militia",
        Sector::Pty => "party",
        Sector::Reb => "armed group",
        Sector::Spy => "intelligence service",
        Sector::Uaf => "unidentified armed force",
        Sector::Unk => "unknown",
        Sector::Agr => "farmers",
        Sector::Bus => "business",
        Sector::Crm => "criminals",
        Sector::Cvl => "civilians",
        Sector::Edu => "education",
        Sector::Eli => "elite",
        Sector::Jrn => "press",
        Sector::Lab => "labour",
        Sector::Med => "health",
        Sector::Pre => "breakaway entity",
        Sector::Ref => "refugees",
        Sector::Opp => "opposition",
        Sector::Rel => "religion",
        Sector::Soc => "civil society",
    }
}

/// News is what a story is unless it says otherwise.
pub(super) fn article_form(form: ArticleForm) -> Option<&'static str> {
    match form {
        ArticleForm::News | ArticleForm::Other => None,
        ArticleForm::Interview => Some("interview"),
        ArticleForm::Opinion => Some("opinion"),
        ArticleForm::Live => Some("live report"),
        ArticleForm::Brief => Some("brief"),
    }
}

/// "17 August 2020", "17–23 August 2020", "January 2020", "2020", "28 December 2020 – 3 January 2021".
pub(super) fn date_phrase(Interval { from, to }: Interval) -> String {
    let is_whole_months = from.day() == 1 && to.day() == to.days_in_month();
    let is_one_year = from.year() == to.year();
    let is_one_month = is_one_year && from.month() == to.month();
    if from == to {
        from.strftime("%-d %B %Y").to_string()
    } else if is_whole_months && is_one_month {
        from.strftime("%B %Y").to_string()
    } else if is_whole_months && is_one_year && from.month() == 1 && to.month() == 12 {
        from.year().to_string()
    } else if is_whole_months && !is_one_year && from.month() == 1 && to.month() == 12 {
        format!("{}–{}", from.year(), to.year())
    } else if is_whole_months && is_one_year {
        format!("{}–{}", from.strftime("%B"), to.strftime("%B %Y"))
    } else if is_one_month {
        format!("{}–{}", from.day(), to.strftime("%-d %B %Y"))
    } else if is_one_year {
        format!("{} – {}", from.strftime("%-d %B"), to.strftime("%-d %B %Y"))
    } else {
        format!("{} – {}", from.strftime("%-d %B %Y"), to.strftime("%-d %B %Y"))
    }
}

/// At most about `room` characters of `sentence`, the ones around `trigger`, cut between words.
pub(super) fn cut_around(text: &str, sentence: Span, trigger: Span, room: usize) -> String {
    let whole = &text[sentence];
    if whole.chars().count() <= room {
        return whole.to_string();
    }
    let words: Vec<(usize, &str)> = word_starts(whole);
    let at = trigger.start.saturating_sub(sentence.start) as usize;
    let middle = words.partition_point(|(start, _)| *start <= at).saturating_sub(1);
    let (mut first, mut last) = (middle, middle);
    let mut used = words.get(middle).map_or(0, |(_, word)| word.chars().count());
    // Words are taken by turns from both sides, so that the trigger stays in the middle.
    loop {
        let before = first.checked_sub(1).map(|index| words[index].1.chars().count() + 1);
        let after = words.get(last + 1).map(|(_, word)| word.chars().count() + 1);
        let prefers_before = middle - first <= last - middle;
        match (before, after) {
            (Some(cost), _) if used + cost <= room && (prefers_before || after.is_none()) => {
                first -= 1;
                used += cost;
            }
            (_, Some(cost)) if used + cost <= room => {
                last += 1;
                used += cost;
            }
            _ => break,
        }
    }
    let (Some((start, _)), Some((last_start, last_word))) = (words.get(first), words.get(last)) else {
        return whole.to_string();
    };
    let lead = if first > 0 { "… " } else { "" };
    let tail = if last + 1 < words.len() { " …" } else { "" };
    format!("{lead}{}{tail}", &whole[*start..last_start + last_word.len()])
}

fn word_starts(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_read_as_a_journalist_would_write_them() {
        let check = |from, to, expected: &str| assert_eq!(date_phrase(Interval { from, to }), expected);
        check(date(2020, 8, 17), date(2020, 8, 17), "17 August 2020");
        check(date(2020, 8, 17), date(2020, 8, 23), "17–23 August 2020");
        check(date(2020, 2, 1), date(2020, 2, 29), "February 2020");
        check(date(2020, 6, 1), date(2020, 8, 31), "June–August 2020");
        check(date(2019, 1, 1), date(2019, 12, 31), "2019");
        check(date(2010, 1, 1), date(2019, 12, 31), "2010–2019");
        check(date(2020, 8, 31), date(2020, 9, 6), "31 August – 6 September 2020");
        check(date(2020, 12, 28), date(2021, 1, 3), "28 December 2020 – 3 January 2021");
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_trigger() {
        let text = "On a bright cold day in April the clocks were striking and the dockers marched to the gate of the port";
        let trigger = Span::new(text.find("marched").unwrap(), text.find("marched").unwrap() + 7);
        let sentence = Span::new(0, text.len());
        assert_eq!(cut_around(text, sentence, trigger, 40), "… and the dockers marched to the gate of …");
        assert_eq!(cut_around(text, sentence, trigger, 400), text);
    }

    #[test]
    fn modes_without_a_phrase_are_named() {
        assert_eq!(type_phrase("ASSAULT", Some("drone")), "ASSAULT by drone");
        assert_eq!(type_phrase("BLOCKADE", Some("naval")), "BLOCKADE (naval)");
        assert_eq!(type_phrase("AGREE", None), "AGREE");
    }
}
