//! Resolve: which of the places of a name a story means.
//!
//! All names of a story are weighed together. Each spreads a weight of one over its candidates, by how
//! likely they are; a candidate gains by what others put into its country, its state and its
//! neighbourhood; and so again with the new weights. Names that say where they lie ("Paris, Texas")
//! spread nothing elsewhere, and so pull the others.

use dateline_document::{Document, Place, PlaceForm, PlaceMention, Precision};
use hashbrown::HashMap;
use smol_str::SmolStr;

use super::candidates::{Candidate, Kind};
use super::containers::lies_in;
use super::recognise::Toponym;

/// How much a factor of ten in people counts against the story's geography.
const POPULATION: f64 = 1.4;
/// What is gained by the weight of others in one's country, state and neighbourhood.
const SAME_COUNTRY: f64 = 1.2;
const SAME_STATE: f64 = 1.6;
const NEARBY: f64 = 1.6;
/// A container that is named beside it outweighs all else.
const CONTAINED: f64 = 12.0;
const ROUNDS: usize = 3;

pub(crate) fn resolve(document: &Document, toponyms: Vec<Toponym>) -> Vec<PlaceMention> {
    let names = gather(&toponyms);
    let chosen = choose(&names);
    let mentions = toponyms.iter().enumerate().map(|(at, toponym)| {
        let name = names.of_mention[at];
        let place =
            chosen[name].map(|candidate| placed(document, toponym, &names.list[name].candidates[candidate]));
        let place = place.or_else(|| within_container(document, toponym, &names, &chosen));
        let is_part = place.as_ref().is_some_and(|place| place.precision == Precision::Area);
        let span = toponym.part.filter(|_| is_part).map_or(toponym.span, |part| part.cover(toponym.span));
        PlaceMention { span, form: toponym.form, place }
    });
    mentions.collect()
}

/// One name in one sense: all its mentions, or those that name the same container.
struct Name {
    candidates: Vec<Candidate>,
    /// For each candidate, whether a container beside the name speaks for it.
    contained: Vec<bool>,
    mentions: usize,
}

struct Names {
    list: Vec<Name>,
    of_mention: Vec<usize>,
}

/// Names by their key; a name with a container that speaks for one of its candidates stands for that in
/// the whole story, unless another mention names another container.
fn gather(toponyms: &[Toponym]) -> Names {
    let mut list: Vec<Name> = Vec::new();
    let mut by_key: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    let mut explicit: HashMap<&str, usize> = HashMap::new();
    let mut of_mention = vec![usize::MAX; toponyms.len()];
    for (at, toponym) in toponyms.iter().enumerate() {
        let Some(container) = toponym.container.map(|container| &toponyms[container]) else { continue };
        let contained: Vec<bool> =
            toponym.candidates.iter().map(|candidate| lies_in(candidate, &container.candidates)).collect();
        if !contained.contains(&true) {
            if toponym.candidates.iter().all(|candidate| candidate.kind == Kind::Town) {
                // A place of this name that the gazetteer lacks: what it has lies elsewhere.
                of_mention[at] = *by_key.entry((&toponym.key, Some(&container.key))).or_insert_with(|| {
                    list.push(Name { candidates: Vec::new(), contained: Vec::new(), mentions: 1 });
                    list.len() - 1
                });
            }
            continue;
        }
        let name = *by_key.entry((&toponym.key, Some(&container.key))).or_insert_with(|| {
            list.push(Name { candidates: toponym.candidates.clone(), contained, mentions: 0 });
            list.len() - 1
        });
        explicit.entry(&toponym.key).or_insert(name);
        list[name].mentions += 1;
        of_mention[at] = name;
    }
    for (at, toponym) in
        toponyms.iter().enumerate().filter(|(at, _)| of_mention[*at] == usize::MAX).collect::<Vec<_>>()
    {
        let name = explicit.get(toponym.key.as_str()).copied().unwrap_or_else(|| {
            *by_key.entry((&toponym.key, None)).or_insert_with(|| {
                let contained = vec![false; toponym.candidates.len()];
                list.push(Name { candidates: toponym.candidates.clone(), contained, mentions: 0 });
                list.len() - 1
            })
        });
        list[name].mentions += 1;
        of_mention[at] = name;
    }
    Names { list, of_mention }
}

/// A square of about a degree, some 100 km, as two numbers.
type Cell = (i32, i32);

/// What the names of a story put into each country, state and neighbourhood.
#[derive(Default)]
struct Geography<'a> {
    countries: HashMap<&'a str, f64>,
    states: HashMap<(&'a str, &'a str), f64>,
    cells: HashMap<Cell, f64>,
}

impl<'a> Geography<'a> {
    fn add(&mut self, candidate: &'a Candidate, weight: f64) {
        if let Some(country) = &candidate.place.country {
            *self.countries.entry(country).or_default() += weight;
            if let Some(state) = &candidate.admin1 {
                *self.states.entry((country, state)).or_default() += weight;
            }
        }
        // The middle of a state is nobody's neighbour.
        if let Some(cell) = cell(&candidate.place).filter(|_| candidate.kind == Kind::Town) {
            *self.cells.entry(cell).or_default() += weight;
        }
    }

    /// What others put near the candidate, its own name's weights left out.
    ///
    /// A country is its own neighbourhood, and a state is: what lies in them counts for them in full.
    fn support(&self, candidate: &Candidate, own: &Geography<'_>) -> f64 {
        let Some(country) = candidate.place.country.as_deref() else {
            return 0.0;
        };
        let in_country = gain(others(&self.countries, &own.countries, &country));
        let Some(state) = candidate.admin1.as_deref() else {
            return (SAME_COUNTRY + SAME_STATE + NEARBY) * in_country;
        };
        let in_state = gain(others(&self.states, &own.states, &(country, state)));
        if candidate.place.precision == Precision::Admin
            && candidate.place.admin1.as_deref() == Some(&candidate.place.name)
        {
            return SAME_COUNTRY * in_country + (SAME_STATE + NEARBY) * in_state;
        }
        let mut near = 0.0;
        if let Some((row, column)) = cell(&candidate.place) {
            for row in row - 1..=row + 1 {
                for column in column - 1..=column + 1 {
                    near += others(&self.cells, &own.cells, &(row, column));
                }
            }
        }
        SAME_COUNTRY * in_country + SAME_STATE * in_state + NEARBY * gain(near)
    }
}

fn others<K: std::hash::Hash + Eq>(all: &HashMap<K, f64>, own: &HashMap<K, f64>, key: &K) -> f64 {
    let all = all.get(key).copied().unwrap_or_default();
    (all - own.get(key).copied().unwrap_or_default()).max(0.0)
}

fn gain(weight: f64) -> f64 {
    (1.0 + 4.0 * weight).ln()
}

fn cell(place: &Place) -> Option<Cell> {
    Some((place.latitude?.floor() as i32, place.longitude?.floor() as i32))
}

/// For each name the number of the candidate that is meant.
fn choose(names: &Names) -> Vec<Option<usize>> {
    let prior = |name: &Name, at: usize| {
        let contained = if name.contained[at] { CONTAINED } else { 0.0 };
        POPULATION * name.candidates[at].weight + contained
    };
    let mut weights: Vec<Vec<f64>> = names
        .list
        .iter()
        .map(|name| normalised((0..name.candidates.len()).map(|at| prior(name, at)).collect()))
        .collect();
    for _ in 0..ROUNDS {
        let mut all = Geography::default();
        let mut owns = Vec::with_capacity(names.list.len());
        for (name, weights) in names.list.iter().zip(&weights) {
            let mut own = Geography::default();
            // A name told often counts more, but less than so often.
            let told = (name.mentions as f64).sqrt();
            for (candidate, weight) in
                name.candidates.iter().zip(weights).filter(|(_, weight)| **weight > 0.001)
            {
                own.add(candidate, weight * told);
                all.add(candidate, weight * told);
            }
            owns.push(own);
        }
        weights = names
            .list
            .iter()
            .zip(&owns)
            .map(|(name, own)| {
                let posterior = |at| prior(name, at) + all.support(&name.candidates[at], own);
                normalised((0..name.candidates.len()).map(posterior).collect())
            })
            .collect();
    }
    weights.iter().map(|weights| likeliest(weights)).collect()
}

/// The first of the largest weights.
fn likeliest(weights: &[f64]) -> Option<usize> {
    (0..weights.len()).reduce(|best, at| if weights[at] > weights[best] { at } else { best })
}

/// Logarithms to shares of one.
fn normalised(logarithms: Vec<f64>) -> Vec<f64> {
    let largest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logarithms.iter().map(|logarithm| (logarithm - largest).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// The place as this mention means it: "northern Iraq" is an area, not the country.
fn placed(document: &Document, toponym: &Toponym, candidate: &Candidate) -> Place {
    let mut place = candidate.place.clone();
    let is_wide = matches!(place.precision, Precision::Country | Precision::Admin | Precision::Area);
    if let Some(part) = toponym.part.filter(|_| is_wide && toponym.form == PlaceForm::Name) {
        place.name = format!("{} {}", &document.text[part], place.name);
        place.precision = Precision::Area;
    }
    place
}

/// A name that the gazetteer does not know lies somewhere in the container beside it, if there is one.
fn within_container(
    document: &Document,
    toponym: &Toponym,
    names: &Names,
    chosen: &[Option<usize>],
) -> Option<Place> {
    let container = toponym.container?;
    let name = names.of_mention[container];
    let around = &names.list[name].candidates[chosen[name]?];
    let country: Option<SmolStr> = around.place.country.clone();
    Some(Place {
        name: document.text[toponym.span].to_owned(),
        country,
        admin1: around.place.admin1.clone(),
        latitude: around.place.latitude,
        longitude: around.place.longitude,
        geonames: None,
        precision: Precision::Area,
    })
}
