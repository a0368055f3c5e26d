//! Places: towns and divisions of the world, in one file.
//!
//! The file is written by [`compile`](crate::compile()) and read whole. After the header come columns
//! of fixed width, a pool of strings, postings, and an [fst](fst::Map) from folded names to runs of
//! postings:
//!
//! ```text
//! "DATELINE" · format (u32) · length of the content in bytes (u64) · SHA-256 of the content
//! content: counts (4 × u32: places, string bytes, postings, fst bytes)
//!          geonames, latitude, longitude, population, name start, name end, admin 1, admin 2 (u32 each)
//!          country (3 bytes each) · feature (1 byte each) · strings · postings (u32 each) · fst
//! ```
//!
//! Numbers are little-endian; degrees are stored as hundred-thousandths. A posting is a place's
//! number, doubled, plus one where the name is not the place's main one.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::fold::{fold, is_capitals};

/// The file's name; the number changes with the format, or with what is compiled into it.
pub const PLACES_FILE: &str = "places-2.bin";

pub(crate) const MAGIC: &[u8; 8] = b"DATELINE";
pub(crate) const FORMAT: u32 = 2;
pub(crate) const HEADER_BYTES: usize = 8 + 4 + 8 + 32;
pub(crate) const COUNTS_BYTES: usize = 16;
pub(crate) const NO_PLACE: u32 = u32::MAX;
/// Bytes a place takes in the columns: eight numbers, country and feature.
pub(crate) const PLACE_BYTES: usize = 8 * 4 + 3 + 1;
/// The most that is read: several times what GeoNames' towns need.
const MAX_BYTES: u64 = 256 << 20;

/// Why a file of places could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the gazetteer of places is missing: {path}\n  hint: run `dateline weights get` (in a checkout: `cargo xtask fetch`) to get it", path = .0.display())]
    Missing(PathBuf),
    #[error("cannot read the gazetteer of places {path}: {source}", path = .path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{path} is damaged: {problem}\n  hint: run `dateline weights get` (in a checkout: `cargo xtask fetch`) to make it anew", path = .path.display())]
    Damaged { path: PathBuf, problem: String },
    #[error("{path} was made for another version of Dateline (format {found}, this one reads {FORMAT})\n  hint: run `dateline weights get` (in a checkout: `cargo xtask fetch`) to make it anew", path = .path.display())]
    OtherFormat { path: PathBuf, found: u32 },
}

/// What kind of thing a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feature {
    /// A city, town or village.
    Town,
    /// A first-order division: a state, a province.
    Admin1,
    /// A second-order division: a county, a district.
    Admin2,
}

/// One place of a given name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeoPlace<'a> {
    /// GeoNames id.
    pub geonames: u32,
    pub name: &'a str,
    /// Degrees, WGS 84. A division's are the middle of its towns.
    pub latitude: f64,
    pub longitude: f64,
    /// ISO 3166-1 alpha-3.
    pub country: &'a str,
    /// The names of the divisions it lies in.
    pub admin1: Option<&'a str>,
    pub admin2: Option<&'a str>,
    /// People; a division's are those of its towns.
    pub population: u32,
    pub feature: Feature,
    /// Whether the name asked for is its main one.
    pub is_main_name: bool,
}

/// All places, opened.
pub struct Places {
    content: Vec<u8>,
    layout: Layout,
    names: fst::Map<Vec<u8>>,
    digest: String,
}

impl std::fmt::Debug for Places {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Places").field("places", &self.layout.places).finish_non_exhaustive()
    }
}

/// Where each section of the content starts.
#[derive(Clone, Copy, Debug)]
struct Layout {
    places: usize,
    strings: usize,
    postings: usize,
    fst: usize,
    end: usize,
}

impl Places {
    /// Reads and checks the file at `path`.
    ///
    /// # Errors
    ///
    /// See [`OpenError`]; each message says what to run.
    pub fn open(path: &Path) -> Result<Places, OpenError> {
        let unreadable = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::NotFound => OpenError::Missing(path.to_owned()),
            _ => OpenError::Unreadable { path: path.to_owned(), source },
        };
        let bytes = std::fs::metadata(path).map_err(unreadable)?.len();
        if bytes > MAX_BYTES {
            let problem = format!("it has {bytes} bytes, more than a gazetteer can have");
            return Err(OpenError::Damaged { path: path.to_owned(), problem });
        }
        Places::from_bytes(std::fs::read(path).map_err(unreadable)?, path)
    }

    fn from_bytes(mut bytes: Vec<u8>, path: &Path) -> Result<Places, OpenError> {
        let damaged =
            |problem: &str| OpenError::Damaged { path: path.to_owned(), problem: problem.to_owned() };
        if bytes.len() < HEADER_BYTES {
            return Err(damaged("it is cut short"));
        }
        if &bytes[..8] != MAGIC {
            return Err(damaged("it is no gazetteer"));
        }
        let found = u32_at(&bytes, 8);
        if found != FORMAT {
            return Err(OpenError::OtherFormat { path: path.to_owned(), found });
        }
        let length = u64::from(u32_at(&bytes, 12)) | u64::from(u32_at(&bytes, 16)) << 32;
        let content = bytes.split_off(HEADER_BYTES);
        match (content.len() as u64).cmp(&length) {
            std::cmp::Ordering::Less => return Err(damaged("it is cut short")),
            std::cmp::Ordering::Greater => return Err(damaged("it is longer than it says")),
            std::cmp::Ordering::Equal => {}
        }
        let hash = Sha256::digest(&content);
        if hash.as_slice() != &bytes[20..52] {
            return Err(damaged("its content is not as it was written (SHA-256 differs)"));
        }
        let digest = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let layout = Layout::of(&content).ok_or_else(|| damaged("its sections do not add up"))?;
        let names = fst::Map::new(content[layout.fst..layout.end].to_vec())
            .map_err(|error| damaged(&format!("its index of names is broken ({error})")))?;
        Ok(Places { content, layout, names, digest })
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.layout.places
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// "places-2-5e6f7a8b": the format and the first hex digits of the content's SHA-256.
    pub fn version(&self) -> String {
        format!("places-{FORMAT}-{}", self.digest)
    }

    /// Every place of this name: main names before others, and within each the most populous
    /// first.
    pub fn named(&self, name: &str) -> Vec<GeoPlace<'_>> {
        let folded = fold(name);
        // "U.S." is no village in France.
        if name.len() > 200 || (is_capitals(name) && folded.chars().count() < 3) {
            return Vec::new();
        }
        let Some(run) = self.names.get(folded) else { return Vec::new() };
        let (start, count) = ((run >> 16) as usize, (run & 0xffff) as usize);
        (start..start + count).filter_map(|posting| self.posted(posting)).collect()
    }

    fn posted(&self, posting: usize) -> Option<GeoPlace<'_>> {
        let at = self.layout.postings + posting * 4;
        let posted = (at + 4 <= self.layout.fst).then(|| u32_at(&self.content, at))?;
        let mut place = self.place((posted >> 1) as usize)?;
        place.is_main_name = posted & 1 == 0;
        Some(place)
    }

    /// The place of this number; `None` where the file lies.
    fn place(&self, place: usize) -> Option<GeoPlace<'_>> {
        if place >= self.layout.places {
            return None;
        }
        let degrees = |column| f64::from(self.number(column, place) as i32) / 1e5;
        let country = COUNTS_BYTES + self.layout.places * 32 + place * 3;
        let feature = COUNTS_BYTES + self.layout.places * 35 + place;
        Some(GeoPlace {
            geonames: self.number(0, place),
            name: self.name(place)?,
            latitude: degrees(1),
            longitude: degrees(2),
            country: std::str::from_utf8(&self.content[country..country + 3]).ok()?,
            admin1: self.name(self.number(6, place) as usize),
            admin2: self.name(self.number(7, place) as usize),
            population: self.number(3, place),
            feature: match self.content[feature] {
                0 => Feature::Town,
                1 => Feature::Admin1,
                _ => Feature::Admin2,
            },
            is_main_name: true,
        })
    }

    fn name(&self, place: usize) -> Option<&str> {
        if place >= self.layout.places {
            return None;
        }
        let (start, end) = (self.number(4, place) as usize, self.number(5, place) as usize);
        let strings = &self.content[self.layout.strings..self.layout.postings];
        std::str::from_utf8(strings.get(start..end)?).ok()
    }

    fn number(&self, column: usize, place: usize) -> u32 {
        u32_at(&self.content, COUNTS_BYTES + (column * self.layout.places + place) * 4)
    }
}

impl Layout {
    fn of(content: &[u8]) -> Option<Layout> {
        if content.len() < COUNTS_BYTES {
            return None;
        }
        let count = |index: usize| u32_at(content, index * 4) as usize;
        let (places, string_bytes, postings, fst_bytes) = (count(0), count(1), count(2), count(3));
        let strings = COUNTS_BYTES.checked_add(places.checked_mul(PLACE_BYTES)?)?;
        let postings_at = strings.checked_add(string_bytes)?;
        let fst = postings_at.checked_add(postings.checked_mul(4)?)?;
        let end = fst.checked_add(fst_bytes)?;
        (end == content.len()).then_some(Layout { places, strings, postings: postings_at, fst, end })
    }
}

/// The number at byte `at`, which the caller knows to lie inside.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
