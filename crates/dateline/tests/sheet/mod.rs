//! The coding of a story as a sheet: its head, the events below their sentences, the quotes.

use std::fmt::Write as _;

use dateline::{Coding, Quote, Record};

pub fn sheet(coding: &Coding) -> String {
    let record = Record::from(coding);
    let article = &record.article;
    let mut sheet = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(sheet, "{name:<10} {value}");
        }
    };
    line("title", article.title.as_deref().unwrap_or_default());
    line("form", &article.form);
    line("bylines", &article.bylines.join(", "));
    line("publisher", article.publisher.as_deref().unwrap_or_default());
    if let Some(published_at) = &article.published_at {
        line("published", &format!("{}, {}", &published_at[..10], article.published_at_basis));
    }
    if let Some(dateline) = &article.dateline {
        let place = record.places.iter().find(|place| Some(&place.id) == dateline.place.as_ref());
        let place = place.map(|place| {
            format!(" {}, {}", place.name.as_deref().unwrap_or("-"), place.country.as_deref().unwrap_or("-"))
        });
        line("dateline", &format!("{:?}{}", dateline.text, place.unwrap_or_default()));
    }
    sheet.push('\n');
    for told in coding.events.chunk_by(|before, after| before.sentence == after.sentence) {
        let _ = writeln!(sheet, "{}\n---", &coding.article.text[told[0].sentence]);
        for event in told {
            let _ = writeln!(sheet, "{}", dateline::plain_event(coding, event));
        }
        sheet.push('\n');
    }
    for quote in &coding.quotes {
        sheet.push_str(&quote_lines(coding, quote));
    }
    sheet
}

fn quote_lines(coding: &Coding, quote: &Quote) -> String {
    let text = &coding.article.text;
    let pieces = std::iter::once(&quote.content).chain(&quote.more_content);
    let content: Vec<String> = pieces.map(|&span| format!("\"{}\"", &text[span])).collect();
    let mut lines = format!("quote {} {}\n", format!("{:?}", quote.form).to_lowercase(), content.join(" … "));
    if let Some(speaker) = &quote.speaker {
        let words = &text[speaker.span];
        let name = speaker.entity.map(|id| coding.entities[id.0 as usize].name.as_str());
        let name = name.filter(|name| !words.contains(name)).map(|name| format!(" = {name:?}"));
        let _ = writeln!(lines, "  speaker {words:?}{}", name.unwrap_or_default());
    }
    if let Some(cue) = quote.cue {
        let _ = writeln!(lines, "  cue {:?}", &text[cue]);
    }
    lines
}
