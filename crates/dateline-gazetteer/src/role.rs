//! Roles: nouns that say what part of society somebody stands for.

use std::borrow::Cow;

use dateline_document::Sector;

use crate::fold::fold;
use crate::tables::{Row, TableError, Tables, read_sector};

/// What a noun phrase says of the people or the body it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    pub sector: Sector,
    pub kind: RoleKind,
    /// Whether the phrase says that the post is held no more ("former").
    pub is_former: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// One human being, or several as such: "minister", "soldiers".
    Person,
    /// People together: "crowd".
    Group,
    /// An institution or unit: "ministry", "battalion".
    Body,
}

impl Role {
    pub(crate) const COLUMNS: &[&str] = &["phrase", "sector", "kind"];

    pub(crate) fn read(row: &Row) -> Result<(String, Role), TableError> {
        let kind = match row.text(2) {
            "person" => RoleKind::Person,
            "group" => RoleKind::Group,
            "body" => RoleKind::Body,
            other => return Err(row.wrong("kind", other)),
        };
        let role = Role { sector: read_sector(row, row.text(1))?, kind, is_former: false };
        Ok((fold(row.required(0)?), role))
    }
}

/// Words before a post that say it is held no more, or not yet.
const FORMER: &[&str] =
    &["former", "ex", "onetime", "erstwhile", "ousted", "deposed", "toppled", "exiled", "retired", "late"];

/// The longest listed end of the phrase; what stands before it may make it former.
pub(crate) fn find(tables: &Tables, phrase: &str) -> Option<Role> {
    let folded = fold(phrase);
    let nouns = nouns_of(tables, &folded)?;
    // A role has at most seven words; what stands before them is not read.
    let starts = folded.rmatch_indices(' ').map(|(at, _)| at + 1).take(6).collect::<Vec<_>>();
    let whole = (starts.len() < 6).then_some(0);
    whole.into_iter().chain(starts.into_iter().rev()).find_map(|start| {
        let role = listed(tables, &folded[start..], &nouns)?;
        let is_former = folded[..start].split(' ').any(|word| FORMER.contains(&word));
        Some(if is_former { former(role) } else { role })
    })
}

/// The role of the whole phrase.
pub(crate) fn find_whole(tables: &Tables, phrase: &str) -> Option<Role> {
    let folded = fold(phrase);
    let nouns = nouns_of(tables, &folded)?;
    listed(tables, &folded, &nouns)
}

/// The last word as printed and as a singular, as far as a role ends in it; `None` where none does, which is
/// so of most phrases.
pub(crate) fn nouns_of<'a>(tables: &Tables, folded: &'a str) -> Option<Vec<Cow<'a, str>>> {
    let last = folded.rsplit(' ').next().filter(|last| !last.is_empty())?;
    let nouns = std::iter::once(Cow::Borrowed(last)).chain(singulars(last));
    let nouns: Vec<_> = nouns.filter(|noun| tables.role_nouns.contains(noun.as_ref())).collect();
    (!nouns.is_empty()).then_some(nouns)
}

/// The role of the phrase with one of `nouns` for its last word.
fn listed(tables: &Tables, phrase: &str, nouns: &[Cow<str>]) -> Option<Role> {
    let before = &phrase[..phrase.rfind(' ').map_or(0, |at| at + 1)];
    nouns.iter().find_map(|noun| tables.roles.get(&format!("{before}{noun}")).copied())
}

/// What a regular plural may be the plural of.
fn singulars(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let other = |ending: &str, instead: &str| {
        word.strip_suffix(ending).map(|stem| Cow::Owned(format!("{stem}{instead}")))
    };
    let es = word.strip_suffix("es").map(Cow::Borrowed);
    let s = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).map(Cow::Borrowed);
    let irregular = match word {
        "children" => Some("child".into()),
        "clergymen" => Some("clergyman".into()),
        _ => None,
    };
    [irregular, other("men", "man"), other("ies", "y"), other("ves", "fe"), s, es].into_iter().flatten()
}

/// Former officials are elites (PLOVER manual 2.0, sectors); a former rebel or student is not
/// said to be anything else.
fn former(role: Role) -> Role {
    let was_in_power = matches!(
        role.sector,
        Sector::Gov | Sector::Leg | Sector::Jud | Sector::Mil | Sector::Spy | Sector::Cop | Sector::Pty
    );
    let sector = if was_in_power && role.kind == RoleKind::Person { Sector::Eli } else { role.sector };
    Role { sector, is_former: true, ..role }
}
