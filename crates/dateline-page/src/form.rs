//! The form of a story: news, interview, opinion, live ticker, brief.
//!
//! What the page says of itself (a reader may have set the form already) comes first; then the
//! headline and the lead; then the layout of questions and answers.

use std::sync::LazyLock;

use dateline_document::{Article, ArticleForm, PartRole};
use regex::Regex;

/// A pattern whose `\b` tell letters of ASCII only: with all the world's, regex leaves its fast way at the first
/// letter beyond them.
fn with_ascii_bounds(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("the patterns below are valid")
}

static INTERVIEW: LazyLock<Regex> = LazyLock::new(|| {
    with_ascii_bounds(
        r"(?i)^(?:\w+ )?(?:interview|the interview|q&a|q & a)\s*[:|–—-]|\binterview(?:ed)?\s+(?:with|by)\b|\btold\b[^.]{1,60}\bin an? (?:\w+ )?interview\b|\bin an? (?:\w+ ){0,3}interview\b|\bim (?:\w+ )?interview\b|\bim gespräch mit\b|\binterview mit\b|\bentrevista (?:con|a|com|exclusiva)\b|\ben entrevista\b|\bentretien avec\b|\bintervista\b",
    )
});

static LIVE: LazyLock<Regex> = LazyLock::new(|| {
    with_ascii_bounds(
        r"(?i)^live\b\s*[:|–—-]|\blive (?:updates?|blog|ticker|coverage)\b|\bliveticker\b|\bliveblog\b|\ben direct\b\s*[:|–—-]|\ben vivo\b\s*[:|–—-]|\bas it happened\b|\bminuto a minuto\b",
    )
});

static OPINION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:opinion|op-ed|editorial|commentary|comment|column|leader|view|kommentar|meinung|leitartikel|kolumne|gastkommentar|opinión|editorial|tribune|chronique|opinione|debatt|kronikk|leder|letter to the editor)\s*[:|–—-]")
        .expect("the pattern above is valid")
});

static BRIEF: LazyLock<Regex> = LazyLock::new(|| {
    with_ascii_bounds(
        r"(?i)\b(?:news in brief|in brief|briefs|news briefs|kurzmeldungen|en bref|en breve)\b\s*(?:[:|–—-]|$)",
    )
});

/// The form that the article's words show, unless its page has already said one.
pub(crate) fn of(article: &Article) -> ArticleForm {
    if article.form != ArticleForm::News {
        return article.form;
    }
    let headline =
        article.title.as_deref().or_else(|| first(article, PartRole::Headline)).unwrap_or_default();
    let lead = article
        .parts
        .iter()
        .filter(|part| matches!(part.role, PartRole::Body | PartRole::Summary))
        .take(2)
        .map(|part| &article.text[part.span]);
    if LIVE.is_match(headline) {
        ArticleForm::Live
    } else if OPINION.is_match(headline) {
        ArticleForm::Opinion
    } else if INTERVIEW.is_match(headline)
        || lead.into_iter().any(|paragraph| INTERVIEW.is_match(paragraph))
        || is_questions_and_answers(article)
    {
        ArticleForm::Interview
    } else if BRIEF.is_match(headline) {
        ArticleForm::Brief
    } else {
        ArticleForm::News
    }
}

fn first(article: &Article, role: PartRole) -> Option<&str> {
    article.parts.iter().find(|part| part.role == role).map(|part| &article.text[part.span])
}

/// Questions on their own, answered by the next paragraph, again and again.
fn is_questions_and_answers(article: &Article) -> bool {
    let turns: Vec<&str> = article
        .parts
        .iter()
        .filter(|part| matches!(part.role, PartRole::Body | PartRole::Subhead))
        .map(|part| &article.text[part.span])
        .collect();
    let marked = turns.iter().filter(|turn| turn.starts_with("Q:") || turn.starts_with("Q. ")).count();
    let questions = turns.iter().filter(|turn| turn.ends_with('?') && turn.len() < 300).count();
    marked >= 2 || (questions >= 4 && questions * 4 >= turns.len())
}
