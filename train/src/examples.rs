//! Examples: the codebook's sentences as questions to the judge, with the answers that their pages give.
//!
//! A candidate whose trigger overlaps the trigger of an expected event tells that event's type. In an example
//! that gives its whole coding, all other candidates tell nothing; in one that only claims `no PROTEST`, we
//! know no more than that. Events that no candidate reaches are asked about as their pages write them.

use dateline::PUBLISHED;
use dateline_codebook::{Codebook, Example, Page};
use dateline_document::{Article, Document, Party, PublishedAt, PublishedBasis, Sector, Span, TokenId};
use dateline_judge::{Candidate, LABELS, label_of};
use rayon::prelude::*;

use crate::parts::Parts;

/// A question, and what is known of its answer.
pub struct Case {
    /// "assault crowd-fired-on".
    pub name: String,
    pub document: Document,
    pub candidate: Candidate,
    pub answer: Answer,
    /// No reader may learn from it.
    pub is_kept: bool,
    /// Whether the coder itself asks this, or only the page.
    pub is_asked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The number of a label; 0 is "nothing".
    Is(usize),
    IsNot(usize),
}

/// All questions of a codebook, in the order of its pages.
pub fn cases(parts: &Parts, codebook: &Codebook) -> Vec<Case> {
    let examples: Vec<(&Page, &Example)> = codebook
        .pages
        .iter()
        .flat_map(|page| page.examples.iter().map(move |example| (page, example)))
        .collect();
    examples
        .into_par_iter()
        .flat_map_iter(|(page, example)| of_example(parts, codebook, page, example))
        .collect()
}

fn of_example(parts: &Parts, codebook: &Codebook, page: &Page, example: &Example) -> Vec<Case> {
    let mut article = Article::from_text(&example.text.replace('\n', " "));
    article.published_at = Some(PublishedAt { date: PUBLISHED, time: None, basis: PublishedBasis::Argument });
    let document = parts.pipeline.read_article(&article);
    let asked = dateline_coder::candidates(&article, &document, codebook, &parts.gazetteer);
    let expected = example.expected.trim();
    let events = expected_events(&document, expected);
    let excluded = expected.strip_prefix("no ").map(|rest| {
        rest.split_whitespace()
            .next()
            .and_then(label_of)
            .unwrap_or_else(|| label_of(&page.event_type).unwrap_or(0))
    });
    let case = |candidate: Candidate, answer: Answer, is_asked: bool| Case {
        name: format!("{} {}", page.file.trim_end_matches(".md"), example.name),
        document: document.clone(),
        candidate,
        answer,
        is_kept: example.held_out,
        is_asked,
    };
    let mut cases = Vec::new();
    let mut reached = vec![false; events.len()];
    for candidate in asked {
        let words: Vec<Span> = candidate.words().iter().map(|&id| document.token(id).span).collect();
        let touches = |event: &Expected| words.iter().any(|&word| event.trigger.overlaps(word));
        let told: Vec<usize> = (0..events.len()).filter(|&number| touches(&events[number])).collect();
        let says = candidate.rule.as_ref().and_then(|rule| label_of(&rule.event_type));
        let best =
            told.iter().copied().find(|&number| Some(events[number].label) == says).or(told.first().copied());
        let answer = match (best, excluded) {
            (Some(number), _) => {
                reached[number] = true;
                Answer::Is(events[number].label)
            }
            (None, Some(label)) => Answer::IsNot(label),
            (None, None) => Answer::Is(0),
        };
        cases.push(case(candidate, answer, true));
    }
    for (event, _) in events.iter().zip(&reached).filter(|(_, reached)| !**reached) {
        if let Some(candidate) = event.candidate(&document) {
            cases.push(case(candidate, Answer::Is(event.label), false));
        }
    }
    cases
}

/// An event as a page writes it.
struct Expected {
    label: usize,
    trigger: Span,
    actors: Vec<Party>,
    recipients: Vec<Party>,
}

impl Expected {
    fn candidate(&self, document: &Document) -> Option<Candidate> {
        let trigger = document.head_of_span(self.trigger)?;
        let others: Vec<TokenId> = document.tokens_in(self.trigger).filter(|&id| id != trigger).collect();
        Some(Candidate {
            trigger,
            others,
            actors: self.actors.clone(),
            recipients: self.recipients.clone(),
            rule: None,
        })
    }
}

fn expected_events(document: &Document, expected: &str) -> Vec<Expected> {
    let mut events: Vec<Expected> = Vec::new();
    for line in expected.lines() {
        let Some((word, rest)) = line.trim().split_once(' ') else { continue };
        let label = label_of(word.split('/').next().unwrap_or_default());
        let quoted = quoted(&document.text, rest);
        match (word, label, quoted) {
            (_, Some(label), Some((trigger, _))) => {
                events.push(Expected { label, trigger, actors: Vec::new(), recipients: Vec::new() });
            }
            ("actor", _, Some((span, codes))) => {
                events
                    .last_mut()
                    .into_iter()
                    .for_each(|event| event.actors.push(party(document, span, codes)));
            }
            ("recipient", _, Some((span, codes))) => {
                events
                    .last_mut()
                    .into_iter()
                    .for_each(|event| event.recipients.push(party(document, span, codes)));
            }
            _ => {}
        }
    }
    events
}

/// `"Lima"@2 PER/GOV`: where the words stand, and what follows them.
fn quoted<'a>(text: &str, written: &'a str) -> Option<(Span, &'a str)> {
    let (words, rest) = written.strip_prefix('"')?.split_once('"')?;
    let (number, rest) = match rest.strip_prefix('@') {
        Some(rest) => {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            (rest[..digits].parse().ok()?, &rest[digits..])
        }
        None => (1, rest),
    };
    let (start, found) = text.match_indices(words).nth(number - 1)?;
    Some((Span::new(start, start + found.len()), rest.trim()))
}

/// `= "Jane Doe" KEN/GOV`.
fn party(document: &Document, span: Span, codes: &str) -> Party {
    let codes = codes.rsplit_once('"').map_or(codes, |(_, codes)| codes).trim();
    let (country, sector) = codes.split_once('/').unwrap_or(("-", "-"));
    Party {
        span,
        entity: None,
        name: document.text[span].to_string(),
        country: (country != "-" && !country.is_empty()).then(|| country.into()),
        sector: Sector::from_code(sector.trim()),
    }
}

impl Answer {
    pub fn is_right(self, label: usize) -> bool {
        match self {
            Answer::Is(right) => right == label,
            Answer::IsNot(wrong) => wrong != label,
        }
    }
}

/// "ASSAULT", or "nothing".
pub fn name(label: usize) -> &'static str {
    LABELS[label]
}
