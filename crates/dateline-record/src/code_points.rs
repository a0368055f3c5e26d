//! A record's spans as Python counts them.

use dateline_document::{CodePoints, Span};

use crate::Record;

impl Record {
    /// The same record with its spans in code points of `article.text`, where they are bytes: Python
    /// slices by code points. `origin` stays: its bytes are those of a file.
    #[must_use]
    pub fn in_code_points(&self) -> Record {
        let text = self.article.text.clone();
        let points = CodePoints::new(&text);
        let mut record = self.clone();
        record.each_span(&mut |start, end| {
            let range = points.range(Span { start: *start, end: *end });
            (*start, *end) = (range.start as u32, range.end as u32);
        });
        record
    }

    /// Every span of the article's text, wherever it stands.
    fn each_span(&mut self, each: &mut dyn FnMut(&mut u32, &mut u32)) {
        macro_rules! spans {
            ($($holders:expr),* $(,)?) => { $( for it in $holders { each(&mut it.start, &mut it.end); } )* };
        }
        let article = &mut self.article;
        spans!(article.dateline.iter_mut(), &mut article.parts);
        spans!(article.images.iter_mut().filter_map(|image| image.caption.as_mut()));
        spans!(self.entities.iter_mut().flat_map(|entity| &mut entity.mentions));
        spans!(&mut self.places, &mut self.dates);
        for quote in &mut self.quotes {
            spans!([&mut quote.content], &mut quote.more_content, quote.cue.iter_mut());
            spans!(quote.speaker.iter_mut(), quote.addressee.iter_mut());
        }
        for event in &mut self.events {
            spans!([&mut event.trigger, &mut event.sentence], &mut event.actors, &mut event.recipients);
            if let Some(date) = &mut event.date
                && let (Some(start), Some(end)) = (&mut date.start, &mut date.end)
            {
                each(start, end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A record that has a span wherever one can be: all of them "Mārtiņš" behind a flag of two code points.
    const RECORD: &str = r#"{"record_version": 1,
        "made_by": {"dateline": "", "codebook": "", "weights": "", "gazetteer": ""},
        "article": {"id": "", "source_id": null, "url": null, "path": null, "title": null, "bylines": [],
            "publisher": null, "agency": null, "rights": null, "reservation": null, "language": null,
            "form": "news", "published_at": null, "published_at_basis": "none", "updated_at": null,
            "dateline": {SPAN, "text": "", "place": null},
            "images": [{"caption": {SPAN, "text": ""}, "credit": null, "position": null, "of": null}],
            "text": "🇱🇻 Mārtiņš", "parts": [{"part": "body", SPAN, "origin": {"start": 9, "end": 19}}]},
        "entities": [{"id": "", "name": "", "type": "person", "country": null, "sector": null, "sectors": [],
            "offices": [], "mentions": [{SPAN, "text": "", "form": "name"}]}],
        "places": [{"id": "", "form": "name", SPAN, "text": "", "name": null, "country": null, "admin1": null,
            "lat": null, "lon": null, "geonames": null, "precision": null}],
        "dates": [{SPAN, "text": "", "value": null, "from": null, "to": null, "type": "DATE"}],
        "quotes": [{"id": "", "form": "direct", "content": {SPAN, "text": ""},
            "more_content": [{SPAN, "text": ""}], "cue": {SPAN, "text": ""},
            "speaker": {"entity": null, "name": null, SPAN, "text": ""}, "addressee": {SPAN, "text": ""},
            "date": null, "rule": ""}],
        "events": [{"id": "", "event_type": "", "mode": null, "cameo": "", "quad": 1, "intensity": 0.0,
            "contexts": [], "status": "asserted", "trigger": {SPAN, "text": ""},
            "sentence": {SPAN, "text": ""},
            "actors": [{"entity": null, SPAN, "text": "", "name": "", "country": null, "sector": null}],
            "recipients": [{"entity": null, SPAN, "text": "", "name": "", "country": null, "sector": null}],
            "date": {SPAN, "text": "", "from": "", "to": "", "basis": "text"}, "place": null,
            "counts": {"killed": null, "injured": null, "arrested": null, "size": null}, "quote": null,
            "because_of": null, "same_as": null, "confidence": 0.5, "rule": ""}],
        "notes": []}"#;

    fn with_spans(start: usize, end: usize) -> Value {
        let text = RECORD.replace("SPAN", &format!("\"start\": {start}, \"end\": {end}"));
        serde_json::from_str(&text).expect("it is JSON")
    }

    #[test]
    fn every_span_is_turned_and_nothing_else() {
        let record: Record = serde_json::from_value(with_spans(9, 19)).expect("it is a record");
        assert_eq!(&record.article.text[9..19], "Mārtiņš");
        let turned = serde_json::to_value(record.in_code_points()).expect("it is JSON");
        assert_eq!(turned, with_spans(3, 10));
    }

    #[test]
    fn a_date_without_words_has_no_span_to_turn() {
        let mut value = with_spans(9, 19);
        value["events"][0]["date"] =
            json!({"start": null, "end": null, "text": null, "from": "", "to": "", "basis": "published_at"});
        let record: Record = serde_json::from_value(value).expect("it is a record");
        let date = record.in_code_points().events[0].date.clone().expect("it has one");
        assert_eq!((date.start, date.end), (None, None));
    }
}
