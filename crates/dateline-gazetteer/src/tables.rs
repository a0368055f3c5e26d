//! Tables: how `gazetteer/*.tsv` is read.
//!
//! The files are compiled in and tested, so a bad row is a bug of ours; [`read_tables`] still says
//! which file, line and column is wrong, and whoever edits a table sees that in the tests.

use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

use dateline_document::Sector;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use crate::index::Index;
use crate::{Country, Division, Leader, Organization, Region, Role};

const COUNTRIES: &str = include_str!("../../../gazetteer/countries.tsv");
const REGIONS: &str = include_str!("../../../gazetteer/regions.tsv");
const DIVISIONS: &str = include_str!("../../../gazetteer/divisions.tsv");
const ORGANIZATIONS: &str = include_str!("../../../gazetteer/organizations.tsv");
const LEADERS: &str = include_str!("../../../gazetteer/leaders.tsv");
const FORMER_LEADERS: &str = include_str!("../../../gazetteer/former-leaders.tsv");
const ROLES: &str = include_str!("../../../gazetteer/roles.tsv");

/// All tables and the ways into them.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub countries: Vec<Country>,
    pub country_names: Index,
    pub country_codes: HashMap<SmolStr, usize>,
    pub alpha2_codes: HashMap<SmolStr, usize>,
    pub demonyms: Index,
    pub capitals: Index,
    pub seats: Index,
    pub regions: Vec<Region>,
    pub region_names: Index,
    pub region_demonyms: Index,
    pub divisions: Vec<Division>,
    pub division_names: Index,
    pub division_demonyms: Index,
    pub organizations: Vec<Organization>,
    pub organization_names: Index,
    /// The first words, folded, of whoever acts: countries, their people, organizations, capitals.
    pub first_words: HashSet<String>,
    pub leaders: Vec<Leader>,
    pub leader_names: Index,
    pub leader_surnames: Index,
    pub roles: HashMap<String, Role>,
    /// The last word of every role.
    pub role_nouns: HashSet<String>,
    /// The last but one of every role of several.
    pub words_before_role_nouns: HashSet<String>,
    /// The first eight hex digits of the SHA-256 of all tables.
    pub digest: String,
}

/// The tables that are compiled in.
pub(crate) fn embedded() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        read_tables().unwrap_or_else(|error| panic!("a table that is compiled in is broken: {error}"))
    });
    &TABLES
}

/// A table that does not read as its columns say.
#[derive(Debug, thiserror::Error)]
#[error("{table}.tsv, line {line}: {problem}")]
pub(crate) struct TableError {
    table: &'static str,
    line: usize,
    problem: String,
}

pub(crate) fn read_tables() -> Result<Tables, TableError> {
    let mut tables = Tables { digest: digest(), ..Tables::default() };
    for row in rows("countries", COUNTRIES, Country::COLUMNS)? {
        add_country(&mut tables, Country::read(&row?)?);
    }
    for row in rows("regions", REGIONS, Region::COLUMNS)? {
        add_region(&mut tables, Region::read(&row?)?);
    }
    for row in rows("divisions", DIVISIONS, Division::COLUMNS)? {
        add_division(&mut tables, Division::read(&row?)?);
    }
    for row in rows("organizations", ORGANIZATIONS, Organization::COLUMNS)? {
        add_organization(&mut tables, Organization::read(&row?)?);
    }
    for (name, text) in [("leaders", LEADERS), ("former-leaders", FORMER_LEADERS)] {
        for row in rows(name, text, Leader::COLUMNS)? {
            add_leader(&mut tables, Leader::read(&row?)?);
        }
    }
    for row in rows("roles", ROLES, Role::COLUMNS)? {
        let row = row?;
        let (phrase, role) = Role::read(&row)?;
        let mut from_last = phrase.rsplit(' ').map(str::to_owned);
        tables.role_nouns.extend(from_last.next());
        tables.words_before_role_nouns.extend(from_last.next());
        if tables.roles.insert(phrase, role).is_some() {
            return Err(row.error(format!("{:?} is listed twice", row.text(0))));
        }
    }
    let acting = [
        &tables.country_names,
        &tables.demonyms,
        &tables.organization_names,
        &tables.capitals,
        &tables.seats,
    ];
    tables.first_words = acting.into_iter().flat_map(Index::first_words).map(str::to_owned).collect();
    Ok(tables)
}

fn digest() -> String {
    let mut hash = Sha256::new();
    for table in [COUNTRIES, REGIONS, DIVISIONS, ORGANIZATIONS, LEADERS, FORMER_LEADERS, ROLES] {
        hash.update(table.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

fn add_country(tables: &mut Tables, country: Country) {
    let id = tables.countries.len();
    tables.country_names.add(&country.name, id);
    for name in &country.other_names {
        tables.country_names.add(name, id);
    }
    for demonym in &country.demonyms {
        tables.demonyms.add(demonym, id);
    }
    for capital in &country.capitals {
        tables.capitals.add(capital, id);
    }
    for seat in &country.seats {
        tables.seats.add(seat, id);
    }
    if !country.is_historical() {
        tables.alpha2_codes.insert(country.alpha2.clone(), id);
    }
    tables.country_codes.insert(country.code.clone(), id);
    tables.countries.push(country);
}

fn add_region(tables: &mut Tables, region: Region) {
    let id = tables.regions.len();
    tables.region_names.add(&region.name, id);
    for name in &region.other_names {
        tables.region_names.add(name, id);
    }
    for demonym in &region.demonyms {
        tables.region_demonyms.add(demonym, id);
    }
    tables.regions.push(region);
}

fn add_division(tables: &mut Tables, division: Division) {
    let id = tables.divisions.len();
    tables.division_names.add(&division.name, id);
    for abbreviation in &division.abbreviations {
        tables.division_names.add(abbreviation, id);
    }
    for demonym in &division.demonyms {
        tables.division_demonyms.add(demonym, id);
    }
    tables.divisions.push(division);
}

fn add_organization(tables: &mut Tables, organization: Organization) {
    let known = tables.organizations.iter().position(|known| known.name == organization.name);
    let id = known.unwrap_or(tables.organizations.len());
    tables.organization_names.add(&organization.name, id);
    for alias in &organization.aliases {
        tables.organization_names.add(alias, id);
    }
    match known {
        Some(id) => {
            let known = &mut tables.organizations[id];
            known.spells.extend(organization.spells);
            known.aliases.extend(organization.aliases);
        }
        None => tables.organizations.push(organization),
    }
}

fn add_leader(tables: &mut Tables, leader: Leader) {
    let id = tables.leaders.len();
    tables.leader_names.add(&leader.name, id);
    for alias in &leader.aliases {
        tables.leader_names.add(alias, id);
    }
    if let Some((_, surname)) = leader.name.rsplit_once(' ') {
        tables.leader_surnames.add(surname, id);
    }
    tables.leaders.push(leader);
}

/// One line of a table, split at its tabs.
pub(crate) struct Row {
    table: &'static str,
    line: usize,
    columns: &'static [&'static str],
    cells: Vec<&'static str>,
}

fn rows(
    table: &'static str,
    text: &'static str,
    columns: &'static [&'static str],
) -> Result<impl Iterator<Item = Result<Row, TableError>>, TableError> {
    let mut lines = text.lines().enumerate();
    let header = lines.next().map(|(_, line)| line).unwrap_or_default();
    if !header.split('\t').eq(columns.iter().copied()) {
        let problem = format!("the columns are {header:?} and should be {:?}", columns.join("\t"));
        return Err(TableError { table, line: 1, problem });
    }
    Ok(lines.map(move |(index, line)| {
        let row = Row { table, line: index + 1, columns, cells: line.split('\t').collect() };
        match row.cells.len() == columns.len() {
            true => Ok(row),
            false => Err(row.error(format!("{} columns instead of {}", row.cells.len(), columns.len()))),
        }
    }))
}

impl Row {
    pub(crate) fn text(&self, column: usize) -> &'static str {
        self.cells[column]
    }

    pub(crate) fn optional(&self, column: usize) -> Option<&'static str> {
        Some(self.cells[column]).filter(|cell| !cell.is_empty())
    }

    pub(crate) fn required(&self, column: usize) -> Result<&'static str, TableError> {
        self.optional(column).ok_or_else(|| self.error(format!("no {}", self.columns[column])))
    }

    /// Names separated by semicolons.
    pub(crate) fn list(&self, column: usize) -> Vec<String> {
        self.cells[column].split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    pub(crate) fn number(&self, column: usize) -> Result<f64, TableError> {
        self.cells[column].parse().map_err(|_| self.wrong(self.columns[column], self.cells[column]))
    }

    pub(crate) fn id(&self, column: usize) -> Result<Option<u32>, TableError> {
        let parse = |cell: &str| cell.parse().map_err(|_| self.wrong(self.columns[column], cell));
        self.optional(column).map(parse).transpose()
    }

    pub(crate) fn date(&self, column: usize) -> Result<Option<Date>, TableError> {
        let parse = |cell: &str| cell.parse().map_err(|_| self.wrong(self.columns[column], cell));
        self.optional(column).map(parse).transpose()
    }

    pub(crate) fn wrong(&self, column: &str, cell: &str) -> TableError {
        self.error(format!("{cell:?} is no {column}"))
    }

    fn error(&self, problem: String) -> TableError {
        TableError { table: self.table, line: self.line, problem }
    }
}

pub(crate) fn read_sectors(row: &Row, column: usize) -> Result<Vec<Sector>, TableError> {
    row.text(column).split(';').filter(|code| !code.is_empty()).map(|code| read_sector(row, code)).collect()
}

pub(crate) fn read_sector(row: &Row, code: &str) -> Result<Sector, TableError> {
    Ok(match code {
        "COP" => Sector::Cop,
        "GOV" => Sector::Gov,
        "JUD" => Sector::Jud,
        "LEG" => Sector::Leg,
        "MIL" => Sector::Mil,
        "PRM" => Sector::Prm,
        "PTY" => Sector::Pty,
        "REB" => Sector::Reb,
        "SPY" => Sector::Spy,
        "UAF" => Sector::Uaf,
        "UNK" => Sector::Unk,
        "AGR" => Sector::Agr,
        "BUS" => Sector::Bus,
        "CRM" => Sector::Crm,
        "CVL" => Sector::Cvl,
        "EDU" => Sector::Edu,
        "ELI" => Sector::Eli,
        "JRN" => Sector::Jrn,
        "LAB" => Sector::Lab,
        "MED" => Sector::Med,
        "PRE" => Sector::Pre,
        "REF" => Sector::Ref,
        "OPP" => Sector::Opp,
        "REL" => Sector::Rel,
        "SOC" => Sector::Soc,
        other => return Err(row.wrong("sector", other)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes that a party's country may have besides countries' (PLOVER manual 2.0, actors).
    const BEYOND_COUNTRIES: &[&str] = &["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

    fn is_code(code: &str) -> bool {
        BEYOND_COUNTRIES.contains(&code) || embedded().country_codes.contains_key(code)
    }

    #[test]
    fn every_table_reads_as_its_columns_say() {
        if let Err(error) = read_tables() {
            panic!("{error}");
        }
    }

    #[test]
    fn a_name_stands_for_one_row() {
        let tables = embedded();
        assert_eq!(tables.country_names.shared_names(), Vec::<&str>::new());
        assert_eq!(tables.demonyms.shared_names(), Vec::<&str>::new());
        assert_eq!(tables.region_names.shared_names(), Vec::<&str>::new());
        assert_eq!(tables.division_names.shared_names(), Vec::<&str>::new());
        assert_eq!(tables.division_demonyms.shared_names(), Vec::<&str>::new());
        assert_eq!(tables.seats.shared_names(), Vec::<&str>::new());
        assert_eq!(tables.organization_names.shared_names(), Vec::<&str>::new());
        assert_eq!(tables.capitals.shared_names(), Vec::<&str>::new());
    }

    #[test]
    fn codes_are_known_and_points_are_on_the_globe() {
        let tables = embedded();
        let on_globe = |latitude: f64, longitude: f64| latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        for country in &tables.countries {
            assert_eq!(country.code.len(), 3, "{country:?}");
            assert_eq!(country.alpha2.len(), 2, "{country:?}");
            assert!(is_code(country.party_code()), "{country:?}");
            assert!(on_globe(country.latitude, country.longitude), "{country:?}");
        }
        for region in &tables.regions {
            assert!(on_globe(region.latitude, region.longitude), "{region:?}");
            for code in region.country.iter().chain(&region.code) {
                assert!(is_code(code), "{region:?}");
            }
        }
        for division in &tables.divisions {
            assert!(
                is_code(&division.country) && on_globe(division.latitude, division.longitude),
                "{division:?}"
            );
            assert!(division.geonames.is_some(), "{division:?}");
        }
        for organization in &tables.organizations {
            for spell in &organization.spells {
                assert!(is_code(&spell.country), "{organization:?}");
            }
        }
        for leader in &tables.leaders {
            assert!(is_code(&leader.country), "{leader:?}");
        }
    }

    #[test]
    fn times_run_forward() {
        let runs = |from: Option<Date>, to: Option<Date>| from.zip(to).is_none_or(|(from, to)| from <= to);
        for leader in &embedded().leaders {
            assert!(runs(leader.from, leader.to), "{leader:?}");
        }
        for organization in &embedded().organizations {
            for spell in &organization.spells {
                assert!(runs(spell.from, spell.to), "{organization:?}");
            }
            let open = organization.spells.iter().filter(|spell| spell.to.is_none()).count();
            assert!(open <= 1, "more than one present standing: {organization:?}");
        }
    }
}
