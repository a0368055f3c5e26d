//! Names → what they name: countries, regions, organizations, leaders, roles and places.
//!
//! Two halves. The **tables** (`gazetteer/*.tsv`, compiled in) hold what a coder of world news knows
//! by heart. The **places** (some 285,000 towns and divisions from GeoNames) are compiled once,
//! at set-up, into one file that [`Gazetteer::open`] reads. Without it, [`Gazetteer::embedded`]
//! still answers for everything but towns.
//!
//! ```
//! use dateline_gazetteer::Gazetteer;
//!
//! let gazetteer = Gazetteer::embedded();
//! assert_eq!(gazetteer.demonym("Iraqis").unwrap().code, "IRQ");
//! assert_eq!(gazetteer.country("U.S.").unwrap().code, "USA");
//! assert!(gazetteer.country("us").is_none(), "a pronoun is no country");
//! assert_eq!(gazetteer.capital("Nairobi").unwrap().code, "KEN");
//! ```
//!
//! Names are compared without regard to diacritics, full stops, hyphens and case, but a proper name
//! needs one capital, and an acronym nothing but capitals.

mod tables;

mod country;
mod given_name;
mod leader;
mod organization;
mod region;
mod role;

mod compile;
mod fold;
mod index;
mod places;

use std::path::Path;

use jiff::civil::Date;
use smol_str::StrExt;

pub use compile::{CompileError, Compiled, Sources, compile};
pub use country::Country;
pub use fold::fold;
pub use given_name::{Gender, given_name};
pub use leader::Leader;
pub use organization::{Organization, Spell};
pub use places::{Feature, GeoPlace, OpenError, PLACES_FILE, Places};
pub use region::{Division, Region};
pub use role::{Role, RoleKind};

use index::{Folded, Index};
use tables::Tables;

/// What a name may stand for.
#[derive(Clone, Copy, Debug)]
pub enum Named {
    Country(&'static Country),
    /// A nationality: "Iraqi", "Iraqis".
    Demonym(&'static Country),
    /// A seat of government: "Kyiv".
    Capital(&'static Country),
    Organization(&'static Organization),
}

/// The lands of one name: a country, a region, a state or province, as far as there is one.
#[derive(Clone, Copy, Debug)]
pub struct Lands {
    pub country: Option<&'static Country>,
    pub region: Option<&'static Region>,
    pub division: Option<&'static Division>,
}

/// Everything that is known of names. Cheap to share, never changes.
#[derive(Debug)]
pub struct Gazetteer {
    tables: &'static Tables,
    places: Option<Places>,
}

impl Gazetteer {
    /// The tables alone: no towns.
    pub fn embedded() -> Gazetteer {
        Gazetteer { tables: tables::embedded(), places: None }
    }

    /// The tables and the compiled places of the file at `path`.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is of another version, or is not as it was written.
    pub fn open(path: &Path) -> Result<Gazetteer, OpenError> {
        Ok(Gazetteer { tables: tables::embedded(), places: Some(Places::open(path)?) })
    }

    /// Names the tables and the places: `"tables-1a2b3c4d+places-2-5e6f7a8b"`.
    pub fn version(&self) -> String {
        let tables = format!("tables-{}", self.tables.digest);
        match &self.places {
            Some(places) => format!("{tables}+{}", places.version()),
            None => tables,
        }
    }

    /// Whether towns are known.
    pub fn has_places(&self) -> bool {
        self.places.is_some()
    }

    /// Every place of this name, the most populous first.
    pub fn places(&self, name: &str) -> Vec<GeoPlace<'_>> {
        self.places.as_ref().map(|places| places.named(name)).unwrap_or_default()
    }

    /// All countries, by code.
    pub fn countries(&self) -> &'static [Country] {
        &self.tables.countries
    }

    /// The country of this name: "Iraq", "U.K.", "DRC", "Soviet Union".
    pub fn country(&self, name: &str) -> Option<&'static Country> {
        self.tables.country_names.first(name).map(|id| &self.tables.countries[id])
    }

    /// The country of this code: "IRQ".
    pub fn country_by_code(&self, code: &str) -> Option<&'static Country> {
        self.tables.country_codes.get(code).map(|&id| &self.tables.countries[id])
    }

    /// The country of this ISO 3166-1 alpha-2 code: "IQ". Withdrawn codes are not answered.
    pub fn country_by_alpha2(&self, alpha2: &str) -> Option<&'static Country> {
        self.tables.alpha2_codes.get(alpha2).map(|&id| &self.tables.countries[id])
    }

    /// The country whose people or things are called so: "Iraqi", "French", "Danes".
    pub fn demonym(&self, word: &str) -> Option<&'static Country> {
        self.tables.demonyms.first(word).map(|id| &self.tables.countries[id])
    }

    /// The country whose capital this is.
    pub fn capital(&self, name: &str) -> Option<&'static Country> {
        self.tables.capitals.first(name).map(|id| &self.tables.countries[id])
    }

    /// The country whose government goes by the name of this building or street: "Kremlin".
    pub fn seat(&self, name: &str) -> Option<&'static Country> {
        self.tables.seats.first(name).map(|id| &self.tables.countries[id])
    }

    /// A region with no government of its own, or across borders: "Sahel", "West Bank".
    pub fn region(&self, name: &str) -> Option<&'static Region> {
        self.tables.region_names.first(name).map(|id| &self.tables.regions[id])
    }

    /// The region whose people or things are called so: "Chechen", "European".
    pub fn region_demonym(&self, word: &str) -> Option<&'static Region> {
        self.tables.region_demonyms.first(word).map(|id| &self.tables.regions[id])
    }

    /// A state or province by its name or its abbreviation: "Wisconsin", "Wis.", "Ont.".
    ///
    /// Postal codes ("WI") and abbreviations are found as printed only.
    pub fn division(&self, name: &str) -> Option<&'static Division> {
        self.tables.division_names.first(name).map(|id| &self.tables.divisions[id])
    }

    /// The state or province whose people or things are called so: "Texan", "Scottish".
    pub fn division_demonym(&self, word: &str) -> Option<&'static Division> {
        self.tables.division_demonyms.first(word).map(|id| &self.tables.divisions[id])
    }

    /// The lands of this name. As asking for each, at the price of one.
    pub fn lands(&self, name: &str) -> Lands {
        let Tables { country_names, region_names, division_names, .. } = self.tables;
        self.lands_in([country_names, region_names, division_names], name)
    }

    /// The lands whose people or things are called so, likewise.
    pub fn lands_of_people(&self, word: &str) -> Lands {
        let Tables { demonyms, region_demonyms, division_demonyms, .. } = self.tables;
        self.lands_in([demonyms, region_demonyms, division_demonyms], word)
    }

    fn lands_in(&self, [countries, regions, divisions]: [&Index; 3], name: &str) -> Lands {
        let folded = Folded::of(name);
        Lands {
            country: countries.first_of(&folded).map(|id| &self.tables.countries[id]),
            region: regions.first_of(&folded).map(|id| &self.tables.regions[id]),
            division: divisions.first_of(&folded).map(|id| &self.tables.divisions[id]),
        }
    }

    /// All states and provinces of `divisions.tsv`.
    pub fn divisions(&self) -> &'static [Division] {
        &self.tables.divisions
    }

    /// Who acts under this name: a country, its people, an organization, or a country by its capital or by its
    /// government's seat ("the Kremlin"), in that order. As asking for each, at the price of one.
    pub fn named(&self, name: &str) -> Option<Named> {
        let folded = Folded::of(name);
        let country = |index: &Index| index.first_of(&folded).map(|id| &self.tables.countries[id]);
        let organization = || {
            let id = self.tables.organization_names.first_of(&folded)?;
            Some(Named::Organization(&self.tables.organizations[id]))
        };
        country(&self.tables.country_names)
            .map(Named::Country)
            .or_else(|| country(&self.tables.demonyms).map(Named::Demonym))
            .or_else(organization)
            .or_else(|| country(&self.tables.capitals).map(Named::Capital))
            .or_else(|| country(&self.tables.seats).map(Named::Capital))
    }

    /// Whether someone whom [`named`](Gazetteer::named) knows has a name that begins with this word of plain letters.
    pub fn begins_name(&self, word: &str) -> bool {
        self.tables.first_words.contains(word.to_ascii_lowercase_smolstr().as_str())
    }

    /// The organization of this name or acronym: "NATO", "Amnesty International".
    pub fn organization(&self, name: &str) -> Option<&'static Organization> {
        self.tables.organization_names.first(name).map(|id| &self.tables.organizations[id])
    }

    /// Who held or holds an office under this name, each spell by itself.
    ///
    /// Those in office on `date` come first, then those who left most recently before it, then
    /// the others. Without a date the latest comes first. The name may be full or, for those whose
    /// surname alone is used in news, short.
    pub fn leader(&self, name: &str, date: Option<Date>) -> Vec<&'static Leader> {
        let mut found: Vec<&Leader> =
            self.tables.leader_names.all(name).map(|id| &self.tables.leaders[id]).collect();
        leader::sort_by_date(&mut found, date);
        found
    }

    /// Who was in office on `date` under this surname.
    pub fn leader_by_surname(&self, surname: &str, date: Date) -> Vec<&'static Leader> {
        let all = self.tables.leader_surnames.all(surname).map(|id| &self.tables.leaders[id]);
        let mut found: Vec<&Leader> = all.filter(|leader| leader.is_in_office(date)).collect();
        leader::sort_by_date(&mut found, Some(date));
        found
    }

    /// Who held this office of this country on `date`: ("Prime Minister", "GBR").
    pub fn office_holder(&self, office: &str, country: &str, date: Date) -> Option<&'static Leader> {
        let wanted = fold(office);
        let is_wanted = |leader: &&Leader| {
            leader.country == country && leader.is_in_office(date) && fold(&leader.office) == wanted
        };
        let mut found: Vec<&Leader> = self.tables.leaders.iter().filter(is_wanted).collect();
        leader::sort_by_date(&mut found, Some(date));
        found.first().copied()
    }

    /// The role that a noun or noun phrase names: "prime minister", "troops", "villagers".
    ///
    /// Takes lemmas or plain plurals. A phrase that is not listed is tried without its first words
    /// ("veteran opposition lawmaker" → "opposition lawmaker"), "former" and "ex-" before a post make
    /// it [`Sector::Eli`](dateline_document::Sector::Eli).
    pub fn role(&self, phrase: &str) -> Option<Role> {
        role::find(self.tables, phrase)
    }

    /// Whether some role ends in this word of plain letters, printed as it is or in the plural.
    pub fn ends_role(&self, word: &str) -> bool {
        role::nouns_of(self.tables, &word.to_ascii_lowercase_smolstr()).is_some()
    }

    /// Whether some role has this word of plain letters right before its last one.
    pub fn continues_role(&self, word: &str) -> bool {
        self.tables.words_before_role_nouns.contains(word.to_ascii_lowercase_smolstr().as_str())
    }

    /// The role that exactly this noun or noun phrase names, and no end of it.
    pub fn listed_role(&self, phrase: &str) -> Option<Role> {
        role::find_whole(self.tables, phrase)
    }
}
