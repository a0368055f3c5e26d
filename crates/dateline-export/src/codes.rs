//! Codes of countries in other schemes, from `country-codes.tsv`.
//!
//! COW: the numbers of the Correlates of War project's system of states (a list of facts; states that
//! it does not have are empty). FIPS: the two letters of FIPS 10-4, as GeoNames has them.

/// A country in other schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CountryCodes {
    pub cow: &'static str,
    pub fips: &'static str,
    pub name: &'static str,
    /// ISO 3166-1 alpha-2; empty for states that are gone.
    pub alpha2: &'static str,
}

const TABLE: &str = include_str!("country-codes.tsv");

/// By ISO 3166-1 alpha-3.
pub(crate) fn country(code: &str) -> Option<CountryCodes> {
    TABLE.lines().skip(1).find_map(|line| {
        let rest = line.strip_prefix(code)?.strip_prefix('\t')?;
        let mut cells = rest.split('\t');
        Some(CountryCodes {
            cow: cells.next()?,
            fips: cells.next()?,
            name: cells.next()?,
            alpha2: cells.next()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_codes() {
        let ghana = country("GHA").unwrap();
        assert_eq!((ghana.cow, ghana.fips, ghana.name), ("452", "GH", "Ghana"));
        assert_eq!(country("IGO"), None);
    }

    #[test]
    fn no_code_stands_for_two_countries_of_today() {
        let gone = ["CSK", "DDR", "SUN", "VDR", "YMD", "YUG"];
        for column in [1, 2] {
            let codes: Vec<&str> = TABLE
                .lines()
                .skip(1)
                .filter(|line| !gone.contains(&&line[..3]))
                .filter_map(|line| line.split('\t').nth(column))
                .filter(|code| !code.is_empty())
                .collect();
            let mut once = codes.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), codes.len());
        }
    }
}
