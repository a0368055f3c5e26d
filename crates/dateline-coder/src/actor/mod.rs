//! Actors: who the story speaks of, and what a political scientist codes of them.
//!
//! `names` are looked up, every noun phrase is described by its own words (`describe`), the phrases that
//! stand for somebody become `mentions`, and mentions of the same somebody become `entities`.
//! "Iraqi Prime Minister X" gives X a country and a sector, which "he" and "the prime minister"
//! further down then share.

mod behind;
mod describe;
mod entities;
mod home;
mod joined;
mod members;
mod mentions;
mod names;
mod person_name;
mod pronouns;
mod roles;
mod speakers;
mod there;

pub(crate) use self::speakers::name_speakers;

use dateline_document::{
    Article, Codes, Document, Entity, EntityId, MentionForm, Office, Party, PlaceMention, Quote, Sector,
    Span, TokenId,
};
use dateline_gazetteer::Gazetteer;
use hashbrown::HashMap;
use jiff::civil::Date;
use smol_str::SmolStr;

use self::describe::{Describer, Description};
use self::entities::{Gathered, gather};
use self::home::{Home, is_domestic};
use self::mentions::{Kind, find_mentions};
use self::names::{Known, Names};
use self::roles::Roles;
use crate::grammar::{Doers, is_noun, is_opposed, lemma, phrase_span, relation, words_below};

/// Feasts have names and are nobody.
const FEASTS: &[&str] = &[
    "Christmas",
    "Easter",
    "Eid",
    "Ramadan",
    "Tabaski",
    "Ashura",
    "Diwali",
    "Holi",
    "Nowruz",
    "Passover",
    "Hanukkah",
    "Purim",
    "Vesak",
    "Lent",
    "Thanksgiving",
    "Iftar",
    "Mass",
    "Timkat",
    "Pentecost",
    "Mawlid",
];

/// The story's entities, and for every word whom it stands for.
pub(crate) struct Actors<'a> {
    document: &'a Document,
    names: Names,
    pub entities: Vec<Entity>,
    kinds: Vec<Kind>,
    /// Whether nothing is told of an entity's country but what the story is about.
    is_at_home: Vec<bool>,
    /// For each token, the entity whose mention it is in.
    of_token: Vec<Option<EntityId>>,
    /// Of a "they" that stands for several: all but the first.
    others: HashMap<TokenId, Vec<EntityId>>,
    /// For each token, what the phrase it heads says of itself.
    own: Vec<Option<Description>>,
    /// For each token, the country of the toponym it is part of.
    place_country: Vec<Option<SmolStr>>,
    /// For each token, whether it is of a place in no one country: "the Sahel".
    is_region: Vec<bool>,
    /// The country that most of the story is about.
    home: Option<Home>,
}

impl<'a> Actors<'a> {
    pub(crate) fn find(
        article: &Article,
        document: &'a Document,
        gazetteer: &'a Gazetteer,
        places: &[PlaceMention],
        quotes: &[Quote],
    ) -> Actors<'a> {
        let names = Names::find(document, gazetteer);
        let place_country = countries_of_tokens(document, places);
        let today = article.published_at.as_ref().map(|published| published.date);
        let roles = Roles::of(document, gazetteer);
        let describer = Describer {
            document,
            gazetteer,
            names: &names,
            roles: &roles,
            place_country: &place_country,
            today,
        };
        let mut drafts = find_mentions(article, &describer);
        for draft in &mut drafts {
            let is_known = draft.description.sector.is_some() && draft.description.country.is_some();
            if draft.kind == Kind::Person && draft.form == MentionForm::Name && draft.name.contains(' ') {
                draft.office = office_from_table(gazetteer, &draft.name, today);
            }
            if draft.kind == Kind::Person && !is_known {
                from_table(gazetteer, &draft.name, today, &mut draft.description);
            }
        }
        let (gathered, of_draft) = gather(document, quotes, &drafts);
        let own = describe_all(&describer);
        let home = Home::find(document, &drafts, places);
        let mut of_token = vec![None; document.tokens.len()];
        let mut others = HashMap::new();
        for (draft, ids) in drafts.iter().zip(&of_draft) {
            let entity = ids.first().copied();
            if ids.len() > 1 {
                others.insert(draft.head, ids[1..].to_vec());
            }
            if draft.form == MentionForm::Name {
                for id in document.tokens_in(draft.span) {
                    of_token[id.index()] = entity;
                }
            }
            of_token[draft.head.index()] = entity;
        }
        let kinds = gathered.iter().map(|entity| entity.kind).collect();
        let is_at_home = gathered.iter().map(|entity| entity.description.country.is_none()).collect();
        let entities = gathered.into_iter().map(|entity| finish(document, entity, home.as_ref())).collect();
        let is_region = regions_of_tokens(document, places);
        Actors {
            document,
            names,
            entities,
            kinds,
            is_at_home,
            of_token,
            others,
            own,
            place_country,
            is_region,
            home,
        }
    }

    pub(crate) fn entity_of(&self, id: TokenId) -> Option<EntityId> {
        self.of_token[id.index()]
    }

    /// The noun that a pronoun stands for: the last one before it of the same entity, within some sentences.
    pub(crate) fn antecedent(&self, id: TokenId) -> Option<TokenId> {
        let entity = self
            .entity_of(id)
            .filter(|_| matches!(self.document.token(id).tag.as_str(), "PRP" | "WP" | "WDT"))?;
        let start = id.0.saturating_sub(200);
        (start..id.0).rev().map(TokenId).find(|&earlier| {
            self.entity_of(earlier) == Some(entity) && crate::grammar::is_noun(self.document, earlier)
        })
    }

    /// Those that a "they" stands for besides its first.
    pub(crate) fn others_of(&self, id: TokenId) -> &[EntityId] {
        self.others.get(&id).map_or(&[], Vec::as_slice)
    }

    fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// Whether [`party`](Actors::party) finds somebody, at less cost.
    pub(crate) fn has_party(&self, head: TokenId) -> bool {
        self.entity_of(head).is_some()
            || self.own[head.index()].as_ref().is_some_and(|own| !own.is_empty())
            || self.is_unknown_name(head)
            || self.named_beside(head).is_some()
    }

    /// The party that the phrase headed by `head` stands for, or `None` where it is nobody who can
    /// act or be acted on as such: "the decision", "a bridge".
    pub(crate) fn party(&self, head: TokenId) -> Option<Party> {
        let document = self.document;
        let entity_id = self.entity_of(head).or_else(|| self.named_beside(head));
        let own = self.own[head.index()].as_ref();
        if !self.has_party(head) {
            return None;
        }
        let entity = entity_id.map(|id| self.entity(id));
        let mut country = entity.and_then(|entity| entity.codes.country.clone());
        let mut sector = entity.and_then(|entity| entity.codes.sectors.first().copied());
        if let Some(own) = own {
            country = country.or_else(|| own.country.clone());
            sector = sector.or(own.sector);
        }
        // "its troops" are those of the one spoken of, whatever country the story is about.
        if own.is_none_or(|own| own.country.is_none()) {
            country = self.country_of_possessor(head).or(country);
        }
        if own.is_none_or(|own| own.country.is_none())
            && sector.is_some_and(is_domestic)
            && self.is_told_by_role(head)
        {
            country = self.country_there(head).or(country);
        }
        country = country.or_else(|| self.home.as_ref()?.country_for(document.word(head), sector).cloned());
        let is_modifier = matches!(relation(document, head), "amod" | "compound" | "nmod" | "npadvmod");
        let span = match (is_modifier, self.names.extent(head)) {
            (true, Some((start, end))) => self.tokens_span(start, end),
            _ => self.party_span(head),
        };
        let name = entity.map_or_else(|| document.text[span].to_string(), |entity| entity.name.clone());
        Some(Party { span, entity: entity_id, name, country, sector })
    }

    /// Who is named right behind a noun that we know no role of: "the beekeeper Karim Haddad".
    fn named_beside(&self, head: TokenId) -> Option<EntityId> {
        let starts_beside = |&name: &TokenId| {
            name > head && (head.0 + 1..name.0).all(|id| relation(self.document, TokenId(id)) == "compound")
        };
        let name = self.document.children_by(head, "appos").find(starts_beside)?;
        self.entity_of(name).filter(|_| self.is_person(name))
    }

    /// Whose "its troops" are.
    pub(crate) fn possessor(&self, head: TokenId) -> Option<EntityId> {
        self.entity_of(self.document.child(head, "poss")?)
    }

    /// The people of a place that is told by what it is, or that lies in no one country: "shelled two villages",
    /// "sent food to the Sahel".
    pub(crate) fn dwellers(&self, head: TokenId) -> Option<Party> {
        let is_settlement = matches!(
            lemma(self.document, head),
            "village"
                | "town"
                | "city"
                | "suburb"
                | "quarter"
                | "hamlet"
                | "neighbourhood"
                | "neighborhood"
                | "district"
                | "settlement"
                | "slum"
                | "camp"
                | "home"
                | "house"
                | "township"
                | "encampment"
        );
        if !is_settlement && !self.is_region[head.index()] {
            return None;
        }
        let near = words_below(self.document, head)
            .into_iter()
            .find_map(|id| self.place_country[id.index()].clone());
        // "a rebel camp" is the rebels'.
        let is_armed = |sector| matches!(sector, Some(Sector::Mil | Sector::Reb | Sector::Uaf | Sector::Cop));
        let before = self.document.children(head).iter().filter(|&&id| id < head && !self.is_state(id));
        let holder = before.filter_map(|id| self.own[id.index()].as_ref()).find(|own| is_armed(own.sector));
        let sector = holder.and_then(|own| own.sector).or(Some(Sector::Cvl));
        let country = near
            .or_else(|| holder?.country.clone())
            .or_else(|| self.home.as_ref()?.country_for(self.document.word(head), sector).cloned());
        let span = phrase_span(self.document, head);
        Some(Party { span, entity: None, name: self.document.text[span].to_string(), country, sector })
    }

    /// "his ministry", "the senator's aide", "his country's soldiers": the country of the one they belong to.
    fn country_of_possessor(&self, head: TokenId) -> Option<SmolStr> {
        let possessor = self.document.child(head, "poss")?;
        let own = self.entity_of(possessor).and_then(|id| self.entity(id).codes.country.clone());
        own.or_else(|| self.country_of_possessor(possessor))
    }

    /// A proper name of nobody known: still somebody, but for dates and places.
    fn is_unknown_name(&self, head: TokenId) -> bool {
        let token = self.document.token(head);
        let in_other_name = || {
            self.document
                .name_at(head)
                .is_some_and(|name| !matches!(name.label.as_str(), "PERSON" | "ORG" | "NORP" | "GPE"))
        };
        token.tag.starts_with("NNP")
            && self.document.text[token.span].starts_with(char::is_uppercase)
            && token.span.len() > 2
            && !FEASTS.contains(&&self.document.text[token.span])
            && self.place_country[head.index()].is_none()
            && !self.is_region[head.index()]
            && !in_other_name()
    }

    /// The party that an entity makes where the words are only "I" or "we".
    pub(crate) fn party_of_entity(&self, id: EntityId, span: Span) -> Party {
        let entity = self.entity(id);
        Party {
            span,
            entity: Some(id),
            name: entity.name.clone(),
            country: entity.codes.country.clone(),
            sector: entity.codes.sectors.first().copied(),
        }
    }

    fn tokens_span(&self, start: TokenId, end: TokenId) -> Span {
        self.document.token(start).span.cover(self.document.token(TokenId(end.0 - 1)).span)
    }

    /// The phrase without the "'s" of a possessor.
    fn party_span(&self, head: TokenId) -> Span {
        match self.document.token(head).pos.as_str() {
            "PRON" | "DET" => self.document.token(head).span,
            _ => phrase_span(self.document, head),
        }
    }

    /// The toponym named last before `id`, in its sentence.
    pub(crate) fn place_before(&self, id: TokenId) -> Option<TokenId> {
        let start = self.document.sentence_of(id).start;
        let is_place = |at: &TokenId| {
            self.place_country[at.index()].is_some()
                && !matches!(relation(self.document, *at), "amod" | "poss" | "compound")
        };
        (start.0..id.0).rev().map(TokenId).find(is_place)
    }

    /// Whether the words name a state, its government or its people's nationality.
    pub(crate) fn is_state(&self, id: TokenId) -> bool {
        matches!(self.names.of(id), Some(Known::Country(_) | Known::Demonym(_) | Known::Capital(_)))
            || self.entity_of(id).is_some_and(|entity| self.kinds[entity.0 as usize] == Kind::State)
    }

    /// Whether the words stand for a human being or several.
    pub(crate) fn is_person(&self, id: TokenId) -> bool {
        let entity_is =
            self.entity_of(id).is_some_and(|entity| matches!(self.kinds[entity.0 as usize], Kind::Person));
        entity_is || self.own[id.index()].as_ref().is_some_and(|own| own.is_person)
    }
}

impl Doers for Actors<'_> {
    fn is_doer(&self, id: TokenId) -> bool {
        if self.is_state(id) {
            return true;
        }
        let sector = self
            .entity_of(id)
            .and_then(|entity| self.entity(entity).codes.sectors.first().copied())
            .or_else(|| self.own[id.index()].as_ref().and_then(|own| own.sector));
        match sector {
            Some(
                Sector::Cop
                | Sector::Mil
                | Sector::Gov
                | Sector::Prm
                | Sector::Reb
                | Sector::Uaf
                | Sector::Crm
                | Sector::Spy,
            ) => true,
            Some(Sector::Opp | Sector::Leg | Sector::Pty | Sector::Jud) => true,
            Some(_) => {
                self.entity_of(id).is_some_and(|entity| self.kinds[entity.0 as usize] == Kind::Organization)
            }
            None => false,
        }
    }

    fn is_party(&self, id: TokenId) -> bool {
        let is_speaker = matches!(self.document.word(id), "our" | "my" | "Our" | "My");
        is_speaker
            || self.entity_of(id).is_some()
            || self.own[id.index()].as_ref().is_some_and(|own| !own.is_empty())
    }
}

fn regions_of_tokens(document: &Document, places: &[PlaceMention]) -> Vec<bool> {
    let mut is_region = vec![false; document.tokens.len()];
    let in_no_country =
        |mention: &&PlaceMention| mention.place.as_ref().is_some_and(|place| place.country.is_none());
    for mention in places.iter().filter(in_no_country) {
        for id in document.tokens_in(mention.span) {
            is_region[id.index()] = true;
        }
    }
    is_region
}

fn countries_of_tokens(document: &Document, places: &[PlaceMention]) -> Vec<Option<SmolStr>> {
    let mut countries = vec![None; document.tokens.len()];
    for mention in places {
        let Some(country) = mention.place.as_ref().and_then(|place| place.country.clone()) else { continue };
        for id in document.tokens_in(mention.span) {
            countries[id.index()] = Some(country.clone());
        }
    }
    countries
}

fn describe_all(describer: &Describer) -> Vec<Option<Description>> {
    let document = describer.document;
    let describe = |id: TokenId| {
        let has_role = || describer.role_at(id).is_some();
        let is_named = describer.names.of(id).is_some() || describer.place_country[id.index()].is_some();
        let is_many = matches!(
            lemma(document, id),
            "member" | "dozen" | "hundred" | "thousand" | "group" | "people" | "person"
        );
        // "a rebel camp", where the tagger takes the rebels for an adjective.
        let is_band = document.token(id).tag == "JJ"
            && matches!(
                lemma(document, id),
                "rebel" | "militant" | "insurgent" | "guerrilla" | "separatist" | "jihadist" | "extremist"
            );
        ((is_noun(document, id) || is_opposed(document, id) || is_band) && (is_many || has_role())
            || is_named
            || is_counted_party(describer, id))
        .then(|| describer.describe(id))
        .filter(|description| !description.is_empty())
    };
    document.token_ids().map(describe).collect()
}

/// "hundreds of villagers", "two of the hostages", "another from UNICEF".
fn is_counted_party(describer: &Describer, id: TokenId) -> bool {
    let document = describer.document;
    let is_after = |word: &str| document.children_by(id, "prep").any(|of| lemma(document, of) == word);
    let is_number = document.token(id).pos == "NUM"
        && !matches!(relation(document, id), "nummod" | "quantmod" | "compound");
    is_number && is_after("of")
        || is_after("from") && matches!(lemma(document, id), "another" | "other" | "one" | "two" | "three")
}

/// What tables of leaders say of a name that the text gives no title.
fn from_table(gazetteer: &Gazetteer, name: &str, today: Option<Date>, description: &mut Description) {
    let Some(leader) = gazetteer.leader(name, today).first().copied() else { return };
    if description.country.is_none() {
        description.country = Some(leader.country.clone());
    }
    if description.country.as_ref() == Some(&leader.country) && description.sector.is_none() {
        let is_in_office = today.is_none_or(|today| leader.is_in_office(today));
        description.sector = if is_in_office { leader.sectors.first().copied() } else { Some(Sector::Eli) };
        description.is_former = !is_in_office;
    }
}

/// The office that somebody of this name holds at the time, by the tables.
fn office_from_table(gazetteer: &Gazetteer, name: &str, today: Option<Date>) -> Option<String> {
    let leader = gazetteer.leader(name, today).first().copied()?;
    today.is_none_or(|today| leader.is_in_office(today)).then(|| leader.office.clone())
}

fn finish(document: &Document, gathered: Gathered, home: Option<&Home>) -> Entity {
    let Gathered { name, entity_type, description, titles, table_offices, mentions, .. } = gathered;
    let at_home = || home?.country_for(&name, description.sector).cloned();
    let country = description.country.clone().or_else(at_home);
    let mut offices: Vec<Office> = Vec::new();
    for (title, of) in titles {
        let title = &document.text[title];
        if description.is_person && !offices.iter().any(|office| office.title.eq_ignore_ascii_case(title)) {
            offices.push(Office {
                title: title.to_string(),
                country: of.or_else(|| country.clone()),
                is_from_text: true,
            });
        }
    }
    for office in table_offices {
        if !offices.iter().any(|known| known.title.eq_ignore_ascii_case(&office)) {
            offices.push(Office { title: office, country: country.clone(), is_from_text: false });
        }
    }
    let sectors = description.sector.into_iter().collect();
    Entity { name, entity_type, codes: Codes { country, sectors }, offices, mentions }
}
