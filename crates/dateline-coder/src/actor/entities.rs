//! Entities: which mentions stand for the same somebody.
//!
//! Names come first, by their words; then nominals ("the prime minister", "the group") and pronouns,
//! each to the likeliest entity before it. The order is that of the text, so a story costs the
//! mentions times the entities seen lately, not all pairs.

use std::cell::LazyCell;

use dateline_document::{
    Document, EntityId, EntityType, Mention, MentionForm, Quote, QuoteForm, Sector, SentenceId, Span, TokenId,
};
use dateline_gazetteer::{Gender, given_name};
use hashbrown::{HashMap, HashSet};
use smol_str::{SmolStr, StrExt};

use super::describe::Description;
use super::mentions::{Draft, Kind};
use super::pronouns::{Seen, things};
use crate::grammar::{lemma, relation};

/// Of so many that bore a name, the latest, one may be meant by it again: a list of ten thousand Joneses
/// costs no more than its length.
const BEARERS: usize = 32;

/// Nouns that, after "the", take up an organization of their own sector.
const ANAPHORS: &[&str] = &[
    "party",
    "body",
    "court",
    "bank",
    "union",
    "movement",
    "militia",
    "bloc",
    "alliance",
    "ministry",
    "network",
    "institute",
    "university",
    "commission",
    "council",
    "army",
    "force",
];

/// Nouns that take up an organization of any sector.
const ANAPHORS_OF_ANY: &[&str] =
    &["group", "organization", "organisation", "company", "firm", "agency", "newspaper", "paper"];

/// An entity in the making.
pub(crate) struct Gathered {
    pub name: String,
    name_form: MentionForm,
    pub kind: Kind,
    pub entity_type: EntityType,
    pub description: Description,
    pub titles: Vec<(Span, Option<SmolStr>)>,
    /// Offices by the tables.
    pub table_offices: Vec<String>,
    pub mentions: Vec<Mention>,
    pub is_plural: bool,
    pub(super) gender: Option<Gender>,
    /// What pronouns made of it, which may themselves have been misread.
    pub(super) weak_gender: Option<Gender>,
    last_seen: SentenceId,
    last_token: TokenId,
    /// Seen only in captions and credits so far.
    pub(super) is_aside: bool,
}

/// Gathers drafts, in text order, into entities; gives each draft's entities: one, none for a pronoun that
/// goes back to nobody, several for "they" that takes up a coordination.
pub(crate) fn gather(
    document: &Document,
    quotes: &[Quote],
    drafts: &[Draft],
) -> (Vec<Gathered>, Vec<Vec<EntityId>>) {
    let mut gathering = Gathering {
        document,
        quotes,
        quote_of_token: quotes_of_tokens(document, quotes),
        is_told: told_tokens(document, quotes),
        named: drafts
            .iter()
            .filter(|draft| draft.form == MentionForm::Name)
            .map(|draft| (draft.head, draft))
            .collect(),
        entities: Vec::new(),
        by_name: HashMap::new(),
        by_token: HashMap::new(),
        seen: Vec::new(),
        speaking: quotes
            .iter()
            .filter_map(|quote| document.head_of_span(quote.speaker.as_ref()?.span))
            .collect(),
        last_speaker: None,
    };
    let mut things = things(document, drafts).into_iter().peekable();
    let mut of_draft = Vec::with_capacity(drafts.len());
    for draft in drafts {
        while let Some(thing) = things.next_if(|thing| thing.head < draft.head) {
            gathering.seen.push(thing);
        }
        of_draft.push(gathering.place(draft));
    }
    (gathering.entities, of_draft)
}

fn quotes_of_tokens(document: &Document, quotes: &[Quote]) -> Vec<Option<usize>> {
    let mut of_token = vec![None; document.tokens.len()];
    for (number, quote) in quotes.iter().enumerate() {
        if quote.form == QuoteForm::Indirect {
            continue;
        }
        for &content in std::iter::once(&quote.content).chain(&quote.more_content) {
            for id in document.tokens_in(content) {
                of_token[id.index()] = Some(number);
            }
        }
    }
    of_token
}

fn told_tokens(document: &Document, quotes: &[Quote]) -> Vec<bool> {
    let mut told = vec![false; document.tokens.len()];
    for content in quotes.iter().flat_map(|quote| std::iter::once(&quote.content).chain(&quote.more_content))
    {
        for id in document.tokens_in(*content) {
            told[id.index()] = true;
        }
    }
    told
}

pub(super) struct Gathering<'a> {
    pub(super) document: &'a Document,
    quotes: &'a [Quote],
    /// For each token, the direct quote that it stands in.
    quote_of_token: Vec<Option<usize>>,
    /// For each token, whether it stands in any quote.
    is_told: Vec<bool>,
    pub(super) entities: Vec<Gathered>,
    /// Names by their heads, those still to be placed among them.
    named: HashMap<TokenId, &'a Draft>,
    /// Folded names and last names, to the entities that bore them.
    by_name: HashMap<String, Vec<EntityId>>,
    /// Heads of placed mentions.
    pub(super) by_token: HashMap<TokenId, EntityId>,
    /// Everything named so far, in text order.
    pub(super) seen: Vec<Seen>,
    /// Heads of the words for whoever speaks a quote.
    speaking: HashSet<TokenId>,
    /// Who spoke last.
    pub(super) last_speaker: Option<EntityId>,
}

impl Gathering<'_> {
    fn place(&mut self, draft: &Draft) -> Vec<EntityId> {
        // "our colleague Ann Lee", who was named before, is who was named.
        let by_full_name = self.by_full_name(draft).or_else(|| self.by_name_beside(draft));
        let known = by_full_name.or_else(|| self.by_apposition(draft)).or_else(|| match draft.form {
            MentionForm::Name => self.by_name(draft),
            MentionForm::Nominal => self.by_nominal(draft),
            MentionForm::Pronoun => None,
        });
        let ids = match (known, draft.form) {
            (Some(id), _) => vec![id],
            (None, MentionForm::Pronoun) => self.by_pronoun(draft),
            (None, _) => vec![self.found(draft)],
        };
        for &id in &ids {
            self.add(id, draft);
        }
        ids
    }

    /// The direct quote that a word stands in.
    pub(super) fn quote_at(&self, id: TokenId) -> Option<usize> {
        self.quote_of_token[id.index()]
    }

    /// Whether the word stands for the speaker of a quote, or for the subject of a verb of saying.
    pub(super) fn is_speaking(&self, id: TokenId) -> bool {
        self.speaking.contains(&id)
            || relation(self.document, id) == "nsubj"
                && self.document.head(id).is_some_and(|verb| is_reporting(lemma(self.document, verb)))
    }

    /// Whether the word stands in what somebody is told to have said, directly or not.
    pub(super) fn is_told(&self, id: TokenId) -> bool {
        self.is_told[id.index()]
    }

    /// Whether what was seen is the speaker of a quote, by an earlier word for the same one or by name.
    pub(super) fn is_speaker(&self, quote: usize, seen: &Seen) -> bool {
        let Some(entity) = seen.entity else { return false };
        let Some(speaker) = &self.quotes[quote].speaker else { return false };
        let head = self.document.head_of_span(speaker.span);
        match head.and_then(|head| self.by_token.get(&head)) {
            Some(&known) => known == entity,
            None => {
                let name = &self.entities[entity.0 as usize].name;
                let last = |name: &str| name.split(' ').next_back().map(fold);
                last(name) == last(&self.document.text[speaker.span])
            }
        }
    }

    /// "X, the prime minister" and "the prime minister, X" are one.
    fn by_apposition(&self, draft: &Draft) -> Option<EntityId> {
        let head = draft.head;
        let partner = match relation(self.document, head) {
            "appos" => self.document.head(head),
            // "X, the king's niece and a judge".
            "conj" if draft.form == MentionForm::Nominal && !draft.is_plural && !draft.is_definite => {
                let first =
                    self.document.head(head).filter(|&first| relation(self.document, first) == "appos")?;
                self.document.head(first)
            }
            // "X is the prime minister".
            "attr" if draft.form != MentionForm::Pronoun => {
                let verb = self.document.head(head).filter(|&verb| lemma(self.document, verb) == "be")?;
                self.document.child(verb, "nsubj")
            }
            _ => None,
        }?;
        let id = *self.by_token.get(&partner)?;
        let entity = &self.entities[id.0 as usize];
        let compatible =
            (entity.kind == draft.kind || entity.kind == Kind::Group || draft.kind == Kind::Group)
                && !(entity.name_form == MentionForm::Name
                    && draft.form == MentionForm::Name
                    && entity.kind != Kind::Organization);
        (compatible && entity.is_plural == draft.is_plural).then_some(id)
    }

    /// The entity of this very name, where it has several parts.
    fn by_full_name(&self, draft: &Draft) -> Option<EntityId> {
        let is_full = draft.form == MentionForm::Name && draft.name.contains(' ');
        let id = is_full.then(|| self.by_name(draft)).flatten()?;
        (self.entities[id.0 as usize].name == draft.name).then_some(id)
    }

    /// "our colleague" before "Ann Lee": the entity of the full name in apposition.
    fn by_name_beside(&self, draft: &Draft) -> Option<EntityId> {
        if draft.form != MentionForm::Nominal {
            return None;
        }
        let mut beside = self.document.children_by(draft.head, "appos");
        beside.find_map(|name| self.by_full_name(self.named.get(&name)?))
    }

    /// The entity that bore this name, or part of it, most lately and is not told apart by it.
    fn by_name(&self, draft: &Draft) -> Option<EntityId> {
        let gender = LazyCell::new(|| self.gender_of(draft));
        keys(draft).iter().find_map(|key| {
            self.by_name.get(key)?.iter().rev().copied().find(|&id| {
                let entity = &self.entities[id.0 as usize];
                let theirs = entity.gender.or(entity.weak_gender);
                let genders_agree = gender.is_none() || theirs.is_none() || theirs == *gender;
                entity.kind == draft.kind && genders_agree && !clashes(&entity.name, &draft.name, draft.kind)
            })
        })
    }

    /// A definite nominal goes back to the last entity that bears its title or role.
    fn by_nominal(&self, draft: &Draft) -> Option<EntityId> {
        if !draft.is_definite {
            return None;
        }
        let title = draft.description.title.map(|title| self.document.text[title].to_lowercase());
        let head = lemma(self.document, draft.head);
        self.recent(draft, 60).find(|&id| {
            let entity = &self.entities[id.0 as usize];
            if entity.is_plural != draft.is_plural {
                return false;
            }
            let countries_agree = match (&entity.description.country, &draft.description.country) {
                (Some(theirs), Some(ours)) => theirs == ours,
                _ => true,
            };
            let same_title = title.as_ref().is_some_and(|title| {
                entity.titles.iter().any(|(span, _)| same_role(&self.document.text[*span], title))
                    || entity.table_offices.iter().any(|office| same_role(&office.to_lowercase(), title))
            });
            let begins_with_the =
                self.document.text[draft.span].get(..4).is_some_and(|the| the.eq_ignore_ascii_case("the "));
            let anaphor = match entity.kind {
                Kind::Organization => {
                    let sectors_agree = match (entity.description.sector, draft.description.sector) {
                        (Some(theirs), Some(ours)) => theirs == ours,
                        _ => ANAPHORS_OF_ANY.contains(&head),
                    };
                    sectors_agree
                        && begins_with_the
                        && (ANAPHORS.contains(&head) || ANAPHORS_OF_ANY.contains(&head))
                }
                Kind::Person => {
                    matches!(head, "man" | "woman" | "leader") && entity.name_form == MentionForm::Name
                }
                Kind::State => {
                    begins_with_the && matches!(head, "country" | "nation" | "kingdom" | "republic" | "state")
                }
                _ => false,
            };
            countries_agree && (same_title || anaphor && draft.description.title.is_none_or(|_| anaphor))
        })
    }

    /// Entities seen lately, the latest first.
    fn recent(&self, draft: &Draft, most: usize) -> impl Iterator<Item = EntityId> + use<> {
        let mut order: Vec<_> = (0..self.entities.len() as u32).rev().take(400).map(EntityId).collect();
        let sentence = self.document.token(draft.head).sentence;
        order.sort_by_key(|id| {
            let entity = &self.entities[id.0 as usize];
            (sentence.0.saturating_sub(entity.last_seen.0), std::cmp::Reverse(entity.last_token))
        });
        order.truncate(most);
        order.into_iter()
    }

    fn found(&mut self, draft: &Draft) -> EntityId {
        let id = EntityId(self.entities.len() as u32);
        self.entities.push(Gathered {
            name: draft.name.clone(),
            name_form: draft.form,
            kind: draft.kind,
            entity_type: draft.entity_type(),
            description: Description::default(),
            titles: Vec::new(),
            table_offices: Vec::new(),
            mentions: Vec::new(),
            is_plural: draft.is_plural,
            gender: None,
            weak_gender: None,
            last_seen: SentenceId(0),
            last_token: draft.head,
            is_aside: true,
        });
        id
    }

    fn add(&mut self, id: EntityId, draft: &Draft) {
        let sentence = self.document.token(draft.head).sentence;
        let gender = self.gender_of(draft);
        if self.is_speaking(draft.head) {
            self.last_speaker = Some(id);
        }
        let entity = &mut self.entities[id.0 as usize];
        entity.mentions.push(Mention { span: draft.span, form: draft.form });
        entity.last_seen = sentence;
        entity.last_token = draft.head;
        entity.is_aside &= draft.is_aside;
        match draft.form {
            MentionForm::Pronoun => entity.weak_gender = entity.weak_gender.or(gender),
            _ => entity.gender = entity.gender.or(gender),
        }
        if let Some(office) = &draft.office
            && !entity.table_offices.contains(office)
        {
            entity.table_offices.push(office.clone());
        }
        if draft.form != MentionForm::Pronoun {
            if let Some(title) = draft.description.title {
                entity.titles.push((title, draft.description.country.clone()));
            }
            merge_description(entity, draft);
            let fuller = draft.form == MentionForm::Name
                && (entity.name_form != MentionForm::Name
                    || draft.name.split(' ').count() > entity.name.split(' ').count());
            if fuller {
                entity.name = draft.name.clone();
                entity.name_form = draft.form;
                if draft.kind != Kind::Group {
                    entity.kind = draft.kind;
                    entity.entity_type = draft.entity_type();
                }
            }
        }
        if draft.form == MentionForm::Name {
            for key in keys(draft) {
                let bearers = self.by_name.entry(key).or_default();
                bearers.retain(|&known| known != id);
                bearers.push(id);
                if bearers.len() > BEARERS {
                    bearers.remove(0);
                }
            }
        }
        self.by_token.entry(draft.head).or_insert(id);
        self.seen.push(Seen {
            head: draft.head,
            entity: Some(id),
            form: draft.form,
            is_plural: draft.is_plural,
        });
    }

    fn gender_of(&self, draft: &Draft) -> Option<Gender> {
        let words = &self.document.text[draft.span];
        let before = &self.document.text[..draft.span.start as usize];
        let before = before.split_whitespace().next_back().unwrap_or_default();
        let is_one_of = |word: &str, list: &[&str]| list.iter().any(|one| word.eq_ignore_ascii_case(one));
        let female = [
            "she",
            "her",
            "hers",
            "herself",
            "woman",
            "spokeswoman",
            "queen",
            "mother",
            "daughter",
            "wife",
            "chairwoman",
        ];
        let male = [
            "he",
            "his",
            "him",
            "himself",
            "man",
            "spokesman",
            "king",
            "father",
            "son",
            "husband",
            "chairman",
            "businessman",
        ];
        let has = |list: &[&str]| words.split_whitespace().any(|word| is_one_of(word, list));
        if has(&female) || is_one_of(before, &["mrs.", "ms.", "lady", "queen", "mrs", "ms", "madame"]) {
            return Some(Gender::Female);
        }
        if draft.kind == Kind::Person
            && draft.form == MentionForm::Name
            && draft.name.contains(' ')
            && let Some(gender) = draft.name.split(' ').next().and_then(given_name)
        {
            return Some(gender);
        }
        if has(&male) || is_one_of(before, &["mr.", "sir", "lord", "king", "mr"]) {
            return Some(Gender::Male);
        }
        None
    }
}

/// The text's own title outweighs what a table says of the name; the first of each kind stays.
fn merge_description(entity: &mut Gathered, draft: &Draft) {
    let theirs = &draft.description;
    // "the Muslim group, Boko Haram".
    let is_named_body =
        entity.kind == Kind::Group && draft.kind == Kind::Organization && theirs.sector.is_some();
    let ours = &mut entity.description;
    let is_titled = theirs.title.is_some();
    if ours.country.is_none() {
        ours.country = theirs.country.clone();
    }
    // "the mayor's wife, a judge": an office says more than kinship.
    let says_more = is_titled
        && ours.sector == Some(Sector::Cvl)
        && !matches!(theirs.sector, None | Some(Sector::Unk | Sector::Cvl | Sector::Eli));
    if matches!(ours.sector, None | Some(Sector::Unk))
        || is_titled && ours.title.is_none() && theirs.sector.is_some()
        || says_more
        || is_named_body
    {
        ours.sector = theirs.sector;
    }
    ours.is_former |= theirs.is_former;
    ours.is_person |= theirs.is_person;
    if ours.title.is_none() {
        ours.title = theirs.title;
    }
}

/// What a name is looked up by: the whole of it, and for people their last name.
fn keys(draft: &Draft) -> Vec<String> {
    let whole = fold(&draft.name);
    let mut keys = Vec::new();
    match draft.kind {
        Kind::Person => {
            if let Some(last) = last_name(&whole) {
                keys.push(format!("{last} @"));
            }
            // Given names stand for people where that is the custom: "Fahmi", "Sir Keir".
            if let Some(first) = whole.split(' ').next() {
                keys.push(format!("{first} @"));
            }
        }
        Kind::Organization => {
            let letters: String = draft
                .name
                .split([' ', '-'])
                .filter(|word| word.starts_with(|c: char| c.is_uppercase()))
                .filter_map(|word| word.chars().next())
                .collect();
            if letters.len() >= 2 && draft.name.contains(' ') {
                keys.push(format!("{} @", letters.to_lowercase()));
            }
            let compact: String = whole.chars().filter(|c| c.is_alphanumeric()).collect();
            if !draft.name.contains(' ') {
                keys.push(format!("{compact} @"));
            }
        }
        _ => {}
    }
    keys.insert(0, whole);
    keys
}

fn fold(name: &str) -> String {
    let name = name.trim_start_matches("the ").trim_start_matches("The ");
    name.trim_end_matches("'s").trim_end_matches("’s").to_lowercase()
}

fn last_name(folded: &str) -> Option<&str> {
    let suffixes = ["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"];
    folded.split_whitespace().rev().find(|word| !suffixes.contains(word))
}

/// Two people who share but part of a name: both have several, and first or last do not agree.
fn clashes(ours: &str, theirs: &str, kind: Kind) -> bool {
    if kind != Kind::Person {
        return false;
    }
    let (ours, theirs) = (fold(ours), fold(theirs));
    let (ours, theirs): (Vec<_>, Vec<_>) = (ours.split(' ').collect(), theirs.split(' ').collect());
    if ours.len() < 2 || theirs.len() < 2 {
        return false;
    }
    let (short, long) = if ours.len() <= theirs.len() { (&ours, &theirs) } else { (&theirs, &ours) };
    if short.iter().all(|word| long.contains(word)) {
        return false;
    }
    let initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    ours.last() != theirs.last() || ours[0] != theirs[0] && !initial(ours[0]) && !initial(theirs[0])
}

/// Verbs of saying: who spoke last tends to speak on.
pub(super) fn is_reporting(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "add"
            | "argue"
            | "explain"
            | "note"
            | "testify"
            | "write"
            | "ask"
            | "insist"
            | "claim"
            | "warn"
            | "continue"
            | "state"
            | "reply"
            | "recall"
            | "stress"
            | "declare"
            | "announce"
            | "describe"
            | "deny"
            | "accuse"
            | "admit"
            | "acknowledge"
            | "confirm"
            | "condemn"
            | "criticize"
            | "criticise"
            | "urge"
            | "pledge"
            | "promise"
            | "vow"
    )
}

/// "premier" and "prime minister" name one office, "Gen." and "general" one rank.
fn same_role(ours: &str, theirs: &str) -> bool {
    let plain = |title: &str| {
        let title = title.to_lowercase_smolstr();
        match title.as_str() {
            "premier" | "pm" => "prime minister".into(),
            "gen." => "general".into(),
            "sen." => "senator".into(),
            "gov." => "governor".into(),
            "rep." | "congressman" | "congresswoman" => "representative".into(),
            "pres." => "president".into(),
            _ => title,
        }
    };
    let (ours, theirs) = (plain(ours), plain(theirs));
    let before = ours.strip_suffix(theirs.as_str());
    before.is_some_and(|before| before.is_empty() || before.ends_with(' ') && theirs != "minister")
}
