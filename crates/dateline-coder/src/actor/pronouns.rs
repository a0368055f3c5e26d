//! Pronouns: whom "he", "she", "it" and "they" stand for.
//!
//! Whatever was named in the last sentences and agrees in number, gender and kind is a candidate, things
//! among them: "the bridge … it" goes back to nobody, which is better than to the army that stood beside.
//! The likeliest wins, by where it stands, how near it is, and how much the story speaks of it.

use dateline_document::{Document, EntityId, MentionForm, Token, TokenId};
use dateline_gazetteer::Gender;

use super::entities::{Gathered, Gathering, is_reporting};
use super::mentions::{Draft, Kind};
use crate::grammar::{is_noun, is_verb, lemma, relation, surface_subjects};

/// A pronoun reaches back this many sentences.
const MEMORY: u32 = 8;

/// No more candidates than this are weighed for a pronoun.
const CANDIDATES: usize = 60;

/// Something named, that a later pronoun may take up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub head: TokenId,
    /// `None` for a thing.
    pub entity: Option<EntityId>,
    pub form: MentionForm,
    pub is_plural: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    He,
    She,
    It,
    They,
}

impl Class {
    fn of(word: &str) -> Class {
        match word {
            "he" | "him" | "his" | "himself" => Class::He,
            "she" | "her" | "hers" | "herself" => Class::She,
            "it" | "its" | "itself" => Class::It,
            _ => Class::They,
        }
    }

    fn gender(self) -> Option<Gender> {
        match self {
            Class::He => Some(Gender::Male),
            Class::She => Some(Gender::Female),
            _ => None,
        }
    }
}

const FEATURES: usize = 27;

/// What each feature weighs, for "he" and "she", for "it", and for "they". Fitted on GUM's news, interviews
/// and biographies by softmax over the candidates, and rounded; what such texts hardly show (captions,
/// who goes on speaking) is set by hand.
const WEIGHTS: [[f64; 3]; FEATURES] = [
    [-0.3, -0.5, -0.8],  // a sentence between them
    [0.7, 0.8, 1.6],     // the same sentence
    [0.3, 0.8, 0.9],     // seen as subject
    [0.2, 0.75, -0.8],   // of a main clause
    [0.3, 0.9, 0.4],     // seen as object
    [0.7, 1.0, 1.2],     // as possessor
    [-0.1, -0.3, 0.6],   // as modifier
    [-0.7, -0.8, -1.0],  // joined to another
    [0.1, 0.2, -0.9],    // by name
    [1.7, 1.15, 0.4],    // by a pronoun
    [0.4, 0.0, 0.4],     // how often, as a logarithm
    [0.7, 0.0, 0.0],     // known to be of the gender
    [-3.0, 0.0, 0.0],    // taken for the other gender by a pronoun
    [0.4, -0.7, 0.7],    // subject of a clause around the pronoun
    [1.0, 1.8, 0.8],     // "X defended his record"
    [1.0, 0.1, 1.3],     // both subjects
    [0.5, 0.5, 0.2],     // both objects
    [0.6, 0.5, 0.5],     // "X said he"
    [2.5, 0.5, 0.5],     // who spoke last, where the pronoun speaks
    [-0.7, -0.3, -0.4],  // words between, as a logarithm
    [0.0, 0.6, 0.3],     // a thing
    [0.0, -0.25, -0.75], // a thing that would speak
    [-2.0, -2.0, -2.0],  // seen beside the story only
    [0.2, -2.4, -0.5],   // one in a quotation, the other not
    [-0.9, 0.0, 0.5],    // the speaker of the quotation that the pronoun is in
    [0.0, 0.0, 1.9],     // several
    [-1.0, -1.0, -1.0],  // in what is told, where the pronoun speaks
];

/// Nouns that no later pronoun takes up as things: times, sums and ways of speaking.
const EMPTY: &[&str] = &[
    "time",
    "way",
    "year",
    "month",
    "day",
    "week",
    "hour",
    "today",
    "yesterday",
    "tomorrow",
    "percent",
    "case",
    "lot",
    "kind",
    "part",
    "end",
    "fact",
    "reason",
    "example",
    "addition",
    "number",
];

/// The nouns of the text that are nobody's mention, in order: what "it" and "they" may mean besides.
pub(crate) fn things(document: &Document, drafts: &[Draft]) -> Vec<Seen> {
    let mut is_taken = vec![false; document.tokens.len()];
    for draft in drafts {
        for id in document.tokens_in(draft.span) {
            is_taken[id.index()] = true;
        }
    }
    for name in &document.names {
        if matches!(
            name.label.as_str(),
            "DATE" | "TIME" | "PERCENT" | "MONEY" | "CARDINAL" | "ORDINAL" | "QUANTITY"
        ) {
            is_taken[name.start.index()..name.end.index()].fill(true);
        }
    }
    let is_thing = |&id: &TokenId| {
        !is_taken[id.index()]
            && is_noun(document, id)
            && matches!(
                relation(document, id),
                "nsubj" | "nsubjpass" | "dobj" | "pobj" | "attr" | "conj" | "ROOT" | "poss" | "appos"
            )
            && !EMPTY.contains(&lemma(document, id))
    };
    let seen = |id: TokenId| Seen {
        head: id,
        entity: None,
        form: if document.token(id).pos == "PROPN" { MentionForm::Name } else { MentionForm::Nominal },
        is_plural: document.token(id).tag.ends_with('S'),
    };
    document.token_ids().filter(is_thing).map(seen).collect()
}

impl Gathering<'_> {
    /// The entities that a pronoun stands for: one, or those of a coordination that "they" takes up.
    pub(super) fn by_pronoun(&self, draft: &Draft) -> Vec<EntityId> {
        let document = self.document;
        let class = Class::of(&document.text[draft.span].to_lowercase());
        let sentence = document.token(draft.head).sentence;
        let mut best: Option<(f64, Seen)> = None;
        let window = self.seen.iter().rev().take(400);
        let near = window
            .take_while(|seen| sentence.0 - document.token(seen.head).sentence.0.min(sentence.0) <= MEMORY);
        for &seen in near.filter(|seen| self.fits(class, draft, seen)).take(CANDIDATES) {
            let features = self.features(class, draft, &seen);
            let column = match class {
                Class::He | Class::She => 0,
                Class::It => 1,
                Class::They => 2,
            };
            let score: f64 =
                features.iter().zip(&WEIGHTS).map(|(feature, weights)| feature * weights[column]).sum();
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, seen));
            }
        }
        let Some((_, seen)) = best else { return Vec::new() };
        let Some(first) = seen.entity else { return Vec::new() };
        let mut group = vec![first];
        if class == Class::They && !seen.is_plural {
            group.extend(self.coordinated(seen.head));
        }
        group
    }

    /// The entities joined to the one at `head`: "Ghana and Togo".
    fn coordinated(&self, head: TokenId) -> Vec<EntityId> {
        let joined = crate::grammar::conjuncts(self.document, head);
        joined.into_iter().skip(1).filter_map(|id| self.by_token.get(&id).copied()).collect()
    }

    /// Number, gender, kind, and whom the grammar rules out.
    fn fits(&self, class: Class, draft: &Draft, seen: &Seen) -> bool {
        let agrees = match seen.entity {
            None => match class {
                Class::It => !seen.is_plural,
                Class::They => seen.is_plural,
                _ => false,
            },
            Some(id) => {
                let entity = &self.entities[id.0 as usize];
                match class {
                    Class::He | Class::She => {
                        entity.kind == Kind::Person
                            && !entity.is_plural
                            && entity.gender.is_none_or(|gender| Some(gender) == class.gender())
                    }
                    Class::It => entity.kind != Kind::Person && !entity.is_plural,
                    Class::They => {
                        entity.is_plural
                            || matches!(entity.kind, Kind::Organization | Kind::Group)
                            || !self.coordinated(seen.head).is_empty()
                    }
                }
            }
        };
        agrees && !self.is_coargument(draft, seen)
    }

    /// "He praised him": the two are not one, but "he praised himself" is.
    fn is_coargument(&self, draft: &Draft, seen: &Seen) -> bool {
        let document = self.document;
        let ours = document.token(draft.head);
        let word = &document.text[draft.span];
        let is_reflexive = word.ends_with("self") || word.ends_with("selves");
        if relation(document, draft.head) == "poss" || is_reflexive {
            return false;
        }
        // "spoke to him": the preposition's verb.
        let verb_over = |token: &Token| {
            let above = document.token(token.head);
            let is_preposition = matches!(above.relation.as_str(), "prep" | "agent" | "dative");
            if is_preposition { above.head } else { token.head }
        };
        let theirs = document.token(seen.head);
        let (verb, their_verb) = (verb_over(ours), verb_over(theirs));
        // "praised the mayor and invited him": the subject of both verbs is not "him" either.
        let is_shared_subject = || {
            is_verb(document, verb)
                && relation(document, draft.head) != "nsubj"
                && surface_subjects(document, verb).contains(&seen.head)
        };
        their_verb == verb
            && is_verb(document, verb)
            && matches!(theirs.relation.as_str(), "nsubj" | "dobj" | "nsubjpass" | "dative" | "pobj")
            || is_shared_subject()
    }

    fn features(&self, class: Class, draft: &Draft, seen: &Seen) -> [f64; FEATURES] {
        let document = self.document;
        let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
        let here = document.token(draft.head);
        let there = document.token(seen.head);
        let entity: Option<&Gathered> = seen.entity.map(|id| &self.entities[id.0 as usize]);
        let sentences = here.sentence.0.saturating_sub(there.sentence.0);
        let our_verb = document.head(draft.head).filter(|&verb| is_verb(document, verb));
        let is_subject = |id: TokenId| matches!(relation(document, id), "nsubj" | "nsubjpass");
        let their_verb = document.head(seen.head).filter(|&verb| is_verb(document, verb));
        let top = their_verb.is_some_and(|verb| relation(document, verb) == "ROOT");
        let commands = sentences == 0
            && is_subject(seen.head)
            && their_verb
                .is_some_and(|verb| document.ancestors(draft.head).take(12).any(|above| above == verb));
        let clause = document.ancestors(draft.head).take(6).find(|&above| is_verb(document, above));
        // "rang the king to express her thanks": hers who rang.
        let owns = here.relation == "poss"
            && clause.is_some_and(|verb| surface_subjects(document, verb).contains(&seen.head));
        let says = our_verb.and_then(|verb| document.head(verb)).filter(|&above| {
            is_subject(draft.head)
                && our_verb.is_some_and(|verb| relation(document, verb) == "ccomp")
                && is_reporting(lemma(document, above))
        });
        let said_so = says.is_some() && their_verb == says && is_subject(seen.head);
        let speaks = self.is_speaking(draft.head);
        let quotes = (self.quote_at(draft.head), self.quote_at(seen.head));
        let is_own_speaker = quotes.0.is_some_and(|quote| self.is_speaker(quote, seen));
        [
            sentences as f64,
            flag(sentences == 0),
            flag(is_subject(seen.head)),
            flag(is_subject(seen.head) && top),
            flag(matches!(there.relation.as_str(), "dobj" | "dative")),
            flag(there.relation == "poss"),
            flag(matches!(there.relation.as_str(), "compound" | "amod" | "nmod" | "npadvmod")),
            flag(matches!(there.relation.as_str(), "conj" | "appos")),
            flag(seen.form == MentionForm::Name),
            flag(seen.form == MentionForm::Pronoun),
            entity.map_or(0.0, |entity| (1.0 + entity.mentions.len() as f64).ln()),
            flag(entity.is_some_and(|entity| entity.gender.is_some() && entity.gender == class.gender())),
            flag(entity.is_some_and(|entity| {
                entity.weak_gender.is_some()
                    && entity.weak_gender != class.gender()
                    && class.gender().is_some()
            })),
            flag(commands),
            flag(owns),
            flag(is_subject(draft.head) && is_subject(seen.head)),
            flag(here.relation == "dobj" && there.relation == "dobj"),
            flag(said_so),
            flag(speaks && seen.entity.is_some() && seen.entity == self.last_speaker),
            ((draft.head.0 - seen.head.0) as f64).ln_1p(),
            flag(entity.is_none()),
            flag(entity.is_none() && (speaks || says.is_some())),
            flag(entity.is_some_and(|entity| entity.is_aside) && !draft.is_aside),
            flag(quotes.0 != quotes.1),
            flag(is_own_speaker),
            flag(entity.is_some_and(|entity| entity.is_plural)),
            flag(speaks && self.is_told(seen.head)),
        ]
    }
}
