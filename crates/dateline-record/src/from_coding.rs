//! Coding → Record: every span gets its words, every number its id, every choice its printed name.

use dateline_document as doc;
use doc::{Coding, Interval, Span};

use crate::id::{event_ids, first_telling, text_hash};
use crate::record::*;

impl From<doc::MadeBy> for Versions {
    fn from(made_by: doc::MadeBy) -> Versions {
        let doc::MadeBy { dateline, codebook, weights, gazetteer } = made_by;
        Versions { dateline, codebook, weights, gazetteer }
    }
}

impl From<&Coding> for Record {
    fn from(coding: &Coding) -> Record {
        let article = article(coding);
        let ids = event_ids(coding, &article.id);
        Record {
            record_version: RECORD_VERSION,
            made_by: coding.made_by.clone().into(),
            entities: (0..)
                .zip(&coding.entities)
                .map(|(number, entity)| self::entity(coding, number, entity))
                .collect(),
            places: (0..)
                .zip(&coding.places)
                .map(|(number, place)| self::place(coding, number, place))
                .collect(),
            dates: coding.dates.iter().map(|date| expression_of_date(coding, date)).collect(),
            quotes: (0..)
                .zip(&coding.quotes)
                .map(|(number, quote)| self::quote(coding, number, quote))
                .collect(),
            events: (0..)
                .zip(&coding.events)
                .map(|(number, event)| self::event(coding, &ids, number, event))
                .collect(),
            notes: notes(coding),
            article,
        }
    }
}

/// What there is to say of the page, then of the coding; nothing twice.
fn notes(coding: &Coding) -> Vec<String> {
    let mut notes = coding.article.notes.clone();
    for note in &coding.notes {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    notes
}

fn article(coding: &Coding) -> Article {
    let article = &coding.article;
    Article {
        id: text_hash(&article.text),
        source_id: article.source_id.clone(),
        url: article.url.clone(),
        path: article.path.clone(),
        title: article.title.clone(),
        bylines: article.bylines.clone(),
        publisher: article.publisher.clone(),
        agency: article.agency.clone(),
        rights: article.rights.clone(),
        reservation: article.reservation.as_ref().map(|reservation| Reservation {
            by: reservation.by.iter().map(|place| place.name().into()).collect(),
            policy: reservation.policy.clone(),
        }),
        language: article.language.clone(),
        form: form_name(article.form).into(),
        published_at: article
            .published_at
            .as_ref()
            .map(|published| published.time.clone().unwrap_or_else(|| published.date.to_string())),
        published_at_basis: article
            .published_at
            .as_ref()
            .map_or("none", |published| basis_name(published.basis))
            .into(),
        updated_at: article.updated_at.map(|moment| moment.to_string()),
        dateline: article.dateline.map(|span| dateline(coding, span)),
        images: article
            .images
            .iter()
            .map(|image| Image {
                caption: image.caption.map(|span| stretch(coding, span)),
                credit: image.credit.clone(),
                position: image.position,
                of: image.of,
            })
            .collect(),
        text: article.text.to_string(),
        parts: article
            .parts
            .iter()
            .map(|part| Part {
                part: part_name(part.role).into(),
                start: part.span.start,
                end: part.span.end,
                origin: part.origin.map(|origin| Origin { start: origin.start, end: origin.end }),
            })
            .collect(),
    }
}

fn dateline(coding: &Coding, span: Span) -> Dateline {
    let named =
        (0..).zip(&coding.places).find(|(_, place)| span.contains(place.span) && place.place.is_some());
    let Stretch { start, end, text } = stretch(coding, span);
    Dateline { start, end, text, place: named.map(|(number, _)| place_id(doc::PlaceId(number))) }
}

fn entity(coding: &Coding, number: u32, entity: &doc::Entity) -> Entity {
    let sectors: Vec<String> = entity.codes.sectors.iter().map(|sector| sector.code().into()).collect();
    Entity {
        id: entity_id(doc::EntityId(number)),
        name: entity.name.clone(),
        entity_type: entity_type_name(entity.entity_type).into(),
        country: entity.codes.country.as_ref().map(ToString::to_string),
        sector: sectors.first().cloned(),
        sectors,
        offices: entity
            .offices
            .iter()
            .map(|office| Office {
                title: office.title.clone(),
                country: office.country.as_ref().map(ToString::to_string),
                basis: if office.is_from_text { "text" } else { "gazetteer" }.into(),
            })
            .collect(),
        mentions: entity
            .mentions
            .iter()
            .map(|mention| {
                let Stretch { start, end, text } = stretch(coding, mention.span);
                Mention { start, end, text, form: mention_form_name(mention.form).into() }
            })
            .collect(),
    }
}

fn place(coding: &Coding, number: u32, mention: &doc::PlaceMention) -> Place {
    let Stretch { start, end, text } = stretch(coding, mention.span);
    let place = mention.place.as_ref();
    Place {
        id: place_id(doc::PlaceId(number)),
        form: match mention.form {
            doc::PlaceForm::Name => "name",
            doc::PlaceForm::Demonym => "demonym",
        }
        .into(),
        start,
        end,
        text,
        name: place.map(|place| place.name.clone()),
        country: place.and_then(|place| place.country.as_ref().map(ToString::to_string)),
        admin1: place.and_then(|place| place.admin1.clone()),
        lat: place.and_then(|place| place.latitude),
        lon: place.and_then(|place| place.longitude),
        geonames: place.and_then(|place| place.geonames),
        precision: place.map(|place| precision_name(place.precision).into()),
    }
}

fn expression_of_date(coding: &Coding, date: &doc::DateExpression) -> ExpressionOfDate {
    let Stretch { start, end, text } = stretch(coding, date.span);
    ExpressionOfDate {
        start,
        end,
        text,
        value: date.value.clone(),
        from: date.interval.map(|interval| interval.from.to_string()),
        to: date.interval.map(|interval| interval.to.to_string()),
        timex_type: match date.kind {
            doc::DateKind::Date => "DATE",
            doc::DateKind::Time => "TIME",
            doc::DateKind::Duration => "DURATION",
            doc::DateKind::Set => "SET",
        }
        .into(),
    }
}

fn quote(coding: &Coding, number: u32, quote: &doc::Quote) -> Quote {
    Quote {
        id: quote_id(doc::QuoteId(number)),
        form: match quote.form {
            doc::QuoteForm::Direct => "direct",
            doc::QuoteForm::Indirect => "indirect",
            doc::QuoteForm::Mixed => "mixed",
        }
        .into(),
        content: stretch(coding, quote.content),
        more_content: quote.more_content.iter().map(|&span| stretch(coding, span)).collect(),
        cue: quote.cue.map(|span| stretch(coding, span)),
        speaker: quote.speaker.as_ref().map(|speaker| {
            let Stretch { start, end, text } = stretch(coding, speaker.span);
            let name =
                speaker.entity.and_then(|id| coding.entities.get(id.0 as usize)).map(|it| it.name.clone());
            Speaker { entity: speaker.entity.map(entity_id), name, start, end, text }
        }),
        addressee: quote.addressee.map(|span| stretch(coding, span)),
        date: quote
            .date
            .map(|Interval { from, to }| QuoteDate { from: from.to_string(), to: to.to_string() }),
        rule: quote.rule.into(),
    }
}

fn event(coding: &Coding, ids: &[String], number: u32, event: &doc::Event) -> Event {
    let first = first_telling(coding, doc::EventId(number));
    let parties = |parties: &[doc::Party]| parties.iter().map(|it| party(coding, it)).collect();
    Event {
        id: ids[number as usize].clone(),
        event_type: event.event_type.to_string(),
        mode: event.mode.as_ref().map(ToString::to_string),
        cameo: event.cameo.to_string(),
        quad: event.quad,
        intensity: event.intensity,
        contexts: event.contexts.iter().map(ToString::to_string).collect(),
        status: event.status.name().into(),
        trigger: stretch(coding, event.trigger),
        sentence: stretch(coding, event.sentence),
        actors: parties(&event.actors),
        recipients: parties(&event.recipients),
        date: event.date.map(|date| {
            let words = date.span.map(|span| stretch(coding, span));
            EventDate {
                start: words.as_ref().map(|words| words.start),
                end: words.as_ref().map(|words| words.end),
                basis: if words.is_some() { "text" } else { "published_at" }.into(),
                text: words.map(|words| words.text),
                from: date.interval.from.to_string(),
                to: date.interval.to.to_string(),
            }
        }),
        place: event.place.and_then(|place| {
            let mention = coding.places.get(place.place.0 as usize)?;
            Some(EventPlace {
                place: place_id(place.place),
                text: coding.article.text[mention.span].into(),
                name: mention.place.as_ref().map(|place| place.name.clone()),
                country: mention
                    .place
                    .as_ref()
                    .and_then(|place| place.country.as_ref())
                    .map(ToString::to_string),
                basis: if place.is_from_dateline { "dateline" } else { "text" }.into(),
            })
        }),
        counts: Counts {
            killed: event.counts.killed,
            injured: event.counts.injured,
            arrested: event.counts.arrested,
            size: event.counts.size,
        },
        quote: event.quote.map(quote_id),
        because_of: event.because_of.and_then(|id| ids.get(id.0 as usize).cloned()),
        same_as: (first.0 != number).then(|| ids[first.0 as usize].clone()),
        // More digits than a calibration can mean would only make diffs.
        confidence: (event.confidence * 1000.0).round() / 1000.0,
        rule: event.rule.clone(),
    }
}

fn party(coding: &Coding, party: &doc::Party) -> Party {
    let Stretch { start, end, text } = stretch(coding, party.span);
    Party {
        entity: party.entity.map(entity_id),
        start,
        end,
        text,
        name: party.name.clone(),
        country: party.country.as_ref().map(ToString::to_string),
        sector: party.sector.map(|sector| sector.code().into()),
    }
}

fn stretch(coding: &Coding, span: Span) -> Stretch {
    Stretch { start: span.start, end: span.end, text: coding.article.text[span].into() }
}

fn entity_id(id: doc::EntityId) -> String {
    format!("E{}", id.0 + 1)
}

fn place_id(id: doc::PlaceId) -> String {
    format!("P{}", id.0 + 1)
}

fn quote_id(id: doc::QuoteId) -> String {
    format!("Q{}", id.0 + 1)
}

fn form_name(form: doc::ArticleForm) -> &'static str {
    match form {
        doc::ArticleForm::News => "news",
        doc::ArticleForm::Interview => "interview",
        doc::ArticleForm::Opinion => "opinion",
        doc::ArticleForm::Live => "live",
        doc::ArticleForm::Brief => "brief",
        doc::ArticleForm::Other => "other",
    }
}

fn basis_name(basis: doc::PublishedBasis) -> &'static str {
    match basis {
        doc::PublishedBasis::JsonLd => "json-ld",
        doc::PublishedBasis::Meta => "meta",
        doc::PublishedBasis::Url => "url",
        doc::PublishedBasis::Caption => "caption",
        doc::PublishedBasis::Text => "text",
        doc::PublishedBasis::Argument => "argument",
    }
}

fn part_name(role: doc::PartRole) -> &'static str {
    match role {
        doc::PartRole::Headline => "headline",
        doc::PartRole::Summary => "summary",
        doc::PartRole::Byline => "byline",
        doc::PartRole::Dateline => "dateline",
        doc::PartRole::Body => "body",
        doc::PartRole::Subhead => "subhead",
        doc::PartRole::Caption => "caption",
        doc::PartRole::Credit => "credit",
        doc::PartRole::Rights => "rights",
        doc::PartRole::Other => "other",
    }
}

fn entity_type_name(entity_type: doc::EntityType) -> &'static str {
    match entity_type {
        doc::EntityType::Person => "person",
        doc::EntityType::Organization => "organization",
        doc::EntityType::Group => "group",
        doc::EntityType::Government => "government",
        doc::EntityType::Place => "place",
        doc::EntityType::Other => "other",
    }
}

fn mention_form_name(form: doc::MentionForm) -> &'static str {
    match form {
        doc::MentionForm::Name => "name",
        doc::MentionForm::Nominal => "nominal",
        doc::MentionForm::Pronoun => "pronoun",
    }
}

fn precision_name(precision: doc::Precision) -> &'static str {
    match precision {
        doc::Precision::Point => "point",
        doc::Precision::City => "city",
        doc::Precision::Admin => "admin",
        doc::Precision::Country => "country",
        doc::Precision::Area => "area",
    }
}
