//! Mentions: the words that stand for somebody, before we know whom.

use dateline_document::{
    Article, Document, EntityType, MentionForm, NamedSpan, PartRole, Sector, Span, TokenId,
};
use hashbrown::HashSet;

use super::describe::{Describer, Description};
use super::names::Known;
use super::person_name::name_within;
use crate::grammar::{is_noun, lemma, phrase_span, relation};
use dateline_gazetteer::{Role, RoleKind, given_name};

/// A mention whose entity is still to be found.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub head: TokenId,
    pub span: Span,
    pub form: MentionForm,
    pub kind: Kind,
    /// The name, or the nominal's words.
    pub name: String,
    pub description: Description,
    pub is_plural: bool,
    /// "the minister", "Iraq's minister", "Minister".
    pub is_definite: bool,
    /// The office that tables give a person of this name.
    pub office: Option<String>,
    /// Whether it stands in a caption or credit, beside the story.
    pub is_aside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Organization,
    /// A country, or its government by its name.
    State,
    /// People told by what they are: "protesters".
    Group,
}

impl Draft {
    pub(crate) fn entity_type(&self) -> EntityType {
        match self.kind {
            Kind::Person => EntityType::Person,
            Kind::Organization => EntityType::Organization,
            Kind::State => EntityType::Government,
            Kind::Group => EntityType::Group,
        }
    }
}

/// Nouns of several people in the singular: never "he" or "she".
const COLLECTIVE: &[&str] = &[
    "staff",
    "crew",
    "team",
    "family",
    "couple",
    "public",
    "youth",
    "people",
    "personnel",
    "delegation",
    "clergy",
    "laity",
    "elite",
];

const PRONOUNS: &[&str] = &[
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
];

/// The mentions of a document, in text order.
pub(crate) fn find_mentions(article: &Article, describer: &Describer) -> Vec<Draft> {
    let document = describer.document;
    let mut drafts = Vec::new();
    let mut taken = vec![false; document.tokens.len()];
    let people = surnames(describer);
    for draft in names_of(describer, &people) {
        for id in document.tokens_in(draft.span) {
            taken[id.index()] = true;
        }
        drafts.push(draft);
    }
    for id in document.token_ids() {
        if taken[id.index()] {
            continue;
        }
        if let Some(draft) = known_name(describer, id, &mut taken)
            .or_else(|| bare_surname(describer, id, &people))
            .or_else(|| pronoun(document, id))
            .or_else(|| nominal(describer, id))
        {
            drafts.push(draft);
        }
    }
    drafts.sort_by_key(|draft| (draft.head, draft.span));
    for draft in &mut drafts {
        let part = article.part_of(draft.span).map(|part| part.role);
        draft.is_aside = matches!(part, Some(PartRole::Caption | PartRole::Credit));
    }
    drafts
}

/// Names of people and organizations that the recogniser saw.
fn names_of(describer: &Describer, people: &HashSet<&str>) -> Vec<Draft> {
    let document = describer.document;
    let mut drafts = Vec::new();
    for name in &document.names {
        let last = document.word(last_of(document, name));
        let is_known = describer.names.of(name.start).is_some();
        let kind = match name.label.as_str() {
            "PERSON" => Kind::Person,
            // One slip of the recogniser among several right readings.
            "ORG" | "GPE" | "NORP" | "FAC" | "PRODUCT" | "LOC" | "WORK_OF_ART" | "EVENT"
                if people.contains(last) && !is_known =>
            {
                Kind::Person
            }
            "ORG" | "FAC" | "PRODUCT" | "WORK_OF_ART" if !is_known && is_like_a_person(describer, name) => {
                Kind::Person
            }
            "ORG" => Kind::Organization,
            _ => continue,
        };
        // "an MK Party MP": somebody of it.
        if kind == Kind::Organization && is_one_of_it(describer, name) {
            continue;
        }
        // "A European Union mission": the article is no part of the name.
        let mut name_start = name.start;
        if document.token(name_start).pos == "DET" && name_start.0 + 1 < name.end.0 {
            name_start = TokenId(name_start.0 + 1);
        }
        let whole = document.token(name_start).span.cover(document.token(TokenId(name.end.0 - 1)).span);
        let Some(mut head) = document.head_of_span(whole) else { continue };
        // A known country, nationality or party is no person and no company.
        if let Some((start, end)) = describer.names.extent(head)
            && (start <= name_start && end >= name.end || kind == Kind::Organization)
        {
            continue;
        }
        // "Prime Minister Sharma" may come as one span: the title is not part of the name.
        let mut first = name_start;
        while first.0 + 1 < name.end.0 && describer.role_at(first).is_some() && kind == Kind::Person {
            first = TokenId(first.0 + 1);
        }
        let (first, last) = match kind {
            Kind::Person => match name_within(document, first, name.end) {
                Some(extent) => extent,
                None => continue,
            },
            _ => {
                let mut last = name.end.0 - 1;
                while last > first.0
                    && matches!(document.token(TokenId(last)).tag.as_str(), "POS" | "," | ".")
                {
                    last -= 1;
                }
                (first, TokenId(last))
            }
        };
        let first = from_before_hyphens(document, first);
        let span = document.token(first).span.cover(document.token(last).span);
        if document.text[span].len() > 120 || !document.text[span].contains(char::is_alphabetic) {
            continue;
        }
        if !span.contains(document.token(head).span) {
            head = document.head_of_span(span).unwrap_or(head);
        }
        let mut description = describer.title_before(span, head);
        if kind == Kind::Person {
            description.is_person = true;
            if description.title.is_none() {
                description = description.or(by_apposition(describer, head));
            }
        } else {
            description = description.or(describer.describe(head)).or(by_words(describer, span));
        }
        drafts.push(Draft {
            head,
            span,
            form: MentionForm::Name,
            kind,
            name: document.text[span].to_string(),
            description,
            is_plural: false,
            is_definite: true,
            office: None,
            is_aside: false,
        });
    }
    drafts
}

/// Whether what the recogniser calls an organization is a person of one, after "a" or "an".
fn is_one_of_it(describer: &Describer, name: &NamedSpan) -> bool {
    let document = describer.document;
    let is_article = |id: u32| matches!(document.word(TokenId(id)), "a" | "an" | "A" | "An");
    let is_person =
        |id: TokenId| describer.role_at(id).is_some_and(|(role, _)| role.kind == RoleKind::Person);
    (is_article(name.start.0) || name.start.0 > 0 && is_article(name.start.0 - 1))
        && name.end.0 - name.start.0 > 1
        && is_person(last_of(document, name))
}

/// Last words of the names of people, of more than one word.
fn surnames<'d>(describer: &Describer<'d>) -> HashSet<&'d str> {
    let document = describer.document;
    let is_whole = |name: &&NamedSpan| {
        let is_person = name.label == "PERSON"
            || matches!(name.label.as_str(), "ORG" | "FAC" | "PRODUCT" | "WORK_OF_ART")
                && describer.names.of(name.start).is_none()
                && is_like_a_person(describer, name);
        is_person && name.end.0 - name.start.0 > 1
    };
    let people = document.names.iter().filter(is_whole);
    people.map(|name| document.word(last_of(document, name))).filter(|word| word.len() > 2).collect()
}

/// The last token of a name, its "'s" aside.
fn last_of(document: &Document, name: &NamedSpan) -> TokenId {
    let last = TokenId(name.end.0 - 1);
    match document.token(last).tag.as_str() {
        "POS" if name.end.0 - name.start.0 > 1 => TokenId(last.0 - 1),
        _ => last,
    }
}

/// What the recogniser calls an organization and is somebody: "Major-Gen. Karim Sadiq", "Amina Yusuf-Bello".
/// A rank or a given name begins it, or its surname is hyphened, and no word of it tells a body.
fn is_like_a_person(describer: &Describer, name: &NamedSpan) -> bool {
    let document = describer.document;
    let words: Vec<&str> =
        (name.start.0..=last_of(document, name).0).map(|id| document.word(TokenId(id))).collect();
    let is_name = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|letter| letter.is_lowercase() || matches!(letter, '\'' | '’' | '.'))
    };
    let role = |id: u32| describer.role_at(TokenId(id)).map(|(role, _)| role.kind);
    let rank = (name.start.0..name.end.0)
        .take_while(|&id| role(id) == Some(RoleKind::Person) || document.word(TokenId(id)) == "-")
        .count();
    let tells_body =
        (name.start.0..name.end.0).any(|id| matches!(role(id), Some(RoleKind::Body | RoleKind::Group)));
    let is_place = (name.start.0..name.end.0).any(|id| describer.place_country[id as usize].is_some());
    let is_titled = rank > 0 && words.len() > rank && words[rank..].iter().all(is_name);
    let is_given = words.len() >= 2
        && words.len() <= 4
        && given_name(words[0]).is_some()
        && words.iter().all(|word| is_name(word) || *word == "-");
    let is_hyphened = matches!(words.as_slice(), [first, second, "-", third] if [first, second, third].into_iter().all(is_name));
    !tells_body && !is_place && (is_titled || is_given || is_hyphened)
}

/// "X, the mayor of Y," tells what X is before the two are made one.
fn by_apposition(describer: &Describer, head: TokenId) -> Description {
    let document = describer.document;
    let below = document.child(head, "appos").filter(|&child| is_noun(document, child));
    below
        .map(|nominal| describer.describe(nominal))
        .filter(|description| description.title.is_some())
        .unwrap_or_default()
}

/// A name that the gazetteer knows: a state, a nationality, an organization.
fn known_name(describer: &Describer, id: TokenId, taken: &mut [bool]) -> Option<Draft> {
    let document = describer.document;
    let (start, end) = describer.names.extent(id)?;
    if start != id {
        return None;
    }
    let span = document.token(start).span.cover(document.token(TokenId(end.0 - 1)).span);
    let head = document.head_of_span(span)?;
    let (kind, name) = match describer.names.of(id)? {
        Known::Country(country) | Known::Capital(country) => (Kind::State, country.name.to_string()),
        Known::Demonym(country) if !is_noun(document, head) || relation(document, head) == "compound" => {
            (Kind::State, country.name.to_string())
        }
        Known::Demonym(_) => (Kind::Group, document.text[span].to_string()),
        Known::Organization(organization) => (Kind::Organization, organization.name.to_string()),
    };
    taken[start.index()..end.index()].fill(true);
    let is_plural = kind == Kind::Group && document.token(head).tag.ends_with('S');
    let mut description = describer.describe(head);
    if kind == Kind::State {
        description.title = None;
    }
    Some(Draft {
        head,
        span,
        form: MentionForm::Name,
        kind,
        name,
        description,
        is_plural,
        is_definite: true,
        office: None,
        is_aside: false,
    })
}

/// A surname that stands alone and that the recogniser passed over here, but not elsewhere in the story,
/// or that a leader of these years is called by.
fn bare_surname(describer: &Describer, id: TokenId, people: &HashSet<&str>) -> Option<Draft> {
    let document = describer.document;
    let token = document.token(id);
    let word = document.word(id);
    let is_free = is_noun(document, id)
        && matches!(token.relation.as_str(), "nsubj" | "nsubjpass" | "dobj" | "pobj" | "poss" | "conj");
    if !is_free
        || !word.starts_with(char::is_uppercase)
        || !(people.contains(word) || is_leader(describer, id))
    {
        return None;
    }
    let span = document.token(from_before_hyphens(document, id)).span.cover(token.span);
    Some(Draft {
        head: id,
        span,
        form: MentionForm::Name,
        kind: Kind::Person,
        name: document.text[span].to_string(),
        description: Description { is_person: true, ..Description::default() },
        is_plural: false,
        is_definite: true,
        office: None,
        is_aside: false,
    })
}

/// Whether a proper noun with no other beside it is what one leader, and no second, is known by.
fn is_leader(describer: &Describer, id: TokenId) -> bool {
    let document = describer.document;
    // Taggers take a leader at the head of a sentence for a common noun.
    let is_proper = |id: TokenId| {
        document.token(id).tag.starts_with("NN") && document.word(id).starts_with(char::is_uppercase)
    };
    let is_alone = (id.0 == 0 || !is_proper(TokenId(id.0 - 1)))
        && document
            .children(id)
            .iter()
            .all(|&child| !matches!(relation(document, child), "compound" | "appos"));
    let is_free = is_proper(id) && is_alone && describer.place_country[id.index()].is_none();
    let leaders =
        if is_free { describer.gazetteer.leader(document.word(id), describer.today) } else { Vec::new() };
    leaders.first().is_some_and(|first| leaders.iter().all(|leader| leader.name == first.name))
}

/// What the words of an unknown organization's name say: "Nairobi County Court".
fn by_words(describer: &Describer, span: Span) -> Description {
    let document = describer.document;
    let mut description = Description::default();
    for id in document.tokens_in(span).rev() {
        // "Justice Now" is no justice, though "the Office of the Prime Minister" is a minister's.
        let is_whose = |role: &Role| {
            role.kind != RoleKind::Person || role.sector == Sector::Gov || ends_in_s(document, id)
        };
        if let Some((role, _)) = describer.role_at(id).filter(|(role, _)| is_whose(role)) {
            description.sector = description.sector.or(Some(role.sector));
        }
        description.country = description.country.or_else(|| describer.place_country[id.index()].clone());
    }
    description
}

/// The first word of a double name: the recogniser may see only "Okoro" of "Bello-Okoro".
fn from_before_hyphens(document: &Document, first: TokenId) -> TokenId {
    let is_part = |id: TokenId| document.token(id).pos == "PROPN";
    let mut first = first;
    while first.0 >= 2 {
        let (before, hyphen) = (TokenId(first.0 - 2), TokenId(first.0 - 1));
        let is_one_word = document.token(before).span.end == document.token(hyphen).span.start
            && document.token(hyphen).span.end == document.token(first).span.start;
        if document.word(hyphen) != "-" || !is_one_word || !is_part(before) || !is_part(first) {
            break;
        }
        first = before;
    }
    first
}

fn ends_in_s(document: &Document, id: TokenId) -> bool {
    document.word(id).ends_with('s')
}

fn pronoun(document: &Document, id: TokenId) -> Option<Draft> {
    let token = document.token(id);
    let word = document.word(id).to_lowercase();
    if !matches!(token.pos.as_str(), "PRON" | "DET")
        || !PRONOUNS.contains(&word.as_str())
        || token.relation == "expl"
    {
        return None;
    }
    // "it" before "that" clauses and the weather is nobody.
    if word == "it"
        && document.head(id).is_some_and(|verb| {
            lemma(document, verb) == "be"
                && document.children(verb).iter().any(|&child| relation(document, child) == "ccomp")
        })
    {
        return None;
    }
    Some(Draft {
        head: id,
        span: token.span,
        form: MentionForm::Pronoun,
        kind: Kind::Group,
        name: document.word(id).to_string(),
        description: Description::default(),
        is_plural: matches!(word.as_str(), "they" | "them" | "their" | "theirs" | "themselves"),
        is_definite: true,
        office: None,
        is_aside: false,
    })
}

/// "a minister", "neither minister": no one minister that was named before.
fn is_indefinite(document: &Document, id: TokenId) -> bool {
    matches!(
        document.word(id).to_lowercase().as_str(),
        "a" | "an"
            | "some"
            | "one"
            | "another"
            | "any"
            | "several"
            | "many"
            | "neither"
            | "either"
            | "no"
            | "each"
            | "every"
    )
}

/// A noun that tells people by role: "lawmakers", "the defence ministry", "his administration".
fn nominal(describer: &Describer, id: TokenId) -> Option<Draft> {
    let document = describer.document;
    let token = document.token(id);
    if !is_noun(document, id) {
        return None;
    }
    // Modifiers are no mentions of their own, but for "police" in "police raid".
    let (role, _) = describer.role_at(id)?;
    if matches!(relation(document, id), "amod" | "nmod") {
        return None;
    }
    if relation(document, id) == "compound" && role.kind == RoleKind::Person {
        return None;
    }
    // A lone word above or below a byline: "Journalist".
    if token.relation == "ROOT" && document.sentence_of(id).end.0 - document.sentence_of(id).start.0 <= 2 {
        return None;
    }
    // The title before a name belongs to the name.
    let span = phrase_span(document, id);
    let description = describer.describe(id);
    let is_plural = matches!(token.tag.as_str(), "NNS" | "NNPS") || token.morph.contains("Number=Plur");
    let first = document.tokens_in(span).next()?;
    let is_definite = !is_indefinite(document, first)
        && !document.children(id).iter().any(|&child| {
            relation(document, child) == "nummod"
                || relation(document, child) == "det" && is_indefinite(document, child)
        });
    Some(Draft {
        head: id,
        span,
        form: MentionForm::Nominal,
        kind: match role.kind == RoleKind::Person && !is_plural && !COLLECTIVE.contains(&lemma(document, id))
        {
            true => Kind::Person,
            false => Kind::Group,
        },
        name: document.text[span].to_string(),
        description,
        is_plural,
        is_definite,
        office: None,
        is_aside: false,
    })
}
