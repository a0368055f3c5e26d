//! Facets: what else a filter could be set to, and how many events that would let through.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use dateline_store::{Counts, Filter, GroupBy, Store, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{Asked, Filters, Form, only};
use crate::stores::Patience;
use crate::{App, Problem};

/// Values of a facet, at most.
const VALUES: usize = 40;

#[derive(Serialize, ToSchema)]
pub struct Facets {
    /// What the whole filter lets through.
    counts: Counts,
    /// By the name of the filter. A facet is counted as if its own filter were not set: its values
    /// are alternatives.
    facets: BTreeMap<&'static str, Facet>,
}

#[derive(Serialize, ToSchema)]
pub struct Facet {
    values: Vec<FacetValue>,
    /// Whether there are more values than these.
    truncated: bool,
}

#[derive(Serialize, ToSchema)]
pub struct FacetValue {
    /// As the filter takes it; `null` where the events do not say it.
    value: Option<String>,
    events: u64,
}

/// A filter, what its values are counted by, and how it is taken out.
type Facetting = (&'static str, GroupBy, fn(&mut Filter));

const FACETS: [Facetting; 9] = [
    ("event_type", GroupBy::Type, |filter| filter.event_type.clear()),
    ("quad", GroupBy::Quad, |filter| filter.quad.clear()),
    ("status", GroupBy::Status, |filter| filter.status.clear()),
    ("actor_country", GroupBy::ActorCountry, |filter| filter.actor_country.clear()),
    ("actor_sector", GroupBy::ActorSector, |filter| filter.actor_sector.clear()),
    ("recipient_country", GroupBy::RecipientCountry, |filter| filter.recipient_country.clear()),
    ("recipient_sector", GroupBy::RecipientSector, |filter| filter.recipient_sector.clear()),
    ("place_country", GroupBy::PlaceCountry, |filter| filter.place_country.clear()),
    ("publisher", GroupBy::Publisher, |filter| filter.publisher.clear()),
];

/// How many events each further filter would let through
#[utoipa::path(get, path = "/api/v1/facets", tag = "counts", params(Filters), responses(
    (status = 200, body = Facets),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn facets(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    only(&asked, &[Form::Json])?;
    let limit = app.options.time_limit;
    app.answer(asked, move |store, filter| all_facets(store, filter, Patience::new(limit))).await
}

fn all_facets(store: &Store, filter: &Filter, patience: Patience) -> Result<Facets, StoreError> {
    let mut facets = BTreeMap::new();
    for (name, group_by, clear) in FACETS {
        patience.check()?;
        let mut others =
            Filter { group_by: vec![group_by], limit: Some(VALUES), cursor: None, ..filter.clone() };
        clear(&mut others);
        let groups = store.groups(&others)?;
        let values = groups
            .rows
            .into_iter()
            .map(|row| FacetValue { value: row.keys.into_iter().next().flatten(), events: row.events });
        facets.insert(name, Facet { values: values.collect(), truncated: groups.truncated });
    }
    let counts = store.count(&Filter { group_by: Vec::new(), ..filter.clone() })?;
    Ok(Facets { counts, facets })
}
