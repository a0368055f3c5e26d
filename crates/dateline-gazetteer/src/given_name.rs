//! Given names that are borne by women or by men nearly always, for telling whom "she" may mean.

use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../gazetteer/given-names.tsv");

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Female,
    Male,
}

/// The gender that a given name tells, where it tells one.
///
/// ```
/// use dateline_gazetteer::{Gender, given_name};
///
/// assert_eq!(given_name("Fatima"), Some(Gender::Female));
/// assert_eq!(given_name("Sasha"), None);
/// ```
pub fn given_name(name: &str) -> Option<Gender> {
    static NAMES: LazyLock<HashMap<&str, Gender>> = LazyLock::new(|| {
        let rows = TABLE.lines().skip(1).filter_map(|line| line.split_once('\t'));
        let of_row = |(gender, names): (&str, &'static str)| {
            let gender = if gender == "female" { Gender::Female } else { Gender::Male };
            names.split(' ').map(move |name| (name, gender))
        };
        rows.flat_map(of_row).collect()
    });
    NAMES.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_in_both_rows() {
        let mut seen = std::collections::HashSet::new();
        let names = TABLE
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once('\t'))
            .flat_map(|(_, names)| names.split(' '));
        for name in names {
            assert!(seen.insert(name), "{name} is listed twice");
        }
    }
}
