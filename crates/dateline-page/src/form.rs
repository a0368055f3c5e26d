//! The form of a story: news, interview, opinion, live ticker, brief.
//!
//! What the page says of itself (a reader may have set the form already) comes first; then the
//! headline and the lead; then the layout of questions and answers.

use std::sync::LazyLock;

use dateline_document::{Article, ArticleForm, PartRole};
use regex::Regex;

static INTERVIEW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:\w+ )?(?:interview|the interview|q&a|q & a)\s*[:|–—-]|(?-u:\b)interview(?:ed)?\s+(?:with|by)(?-u:\b)|(?-u:\b)told(?-u:\b)[^.]{1,60}(?-u:\b)in an? (?:\w+ )?interview(?-u:\b)|(?-u:\b)in an? (?:\w+ ){0,3}interview(?-u:\b)|(?-u:\b)im (?:\w+ )?interview(?-u:\b)|(?-u:\b)im gespräch mit(?-u:\b)|(?-u:\b)interview mit(?-u:\b)|(?-u:\b)entrevista (?:con|a|com|exclusiva)(?-u:\b)|(?-u:\b)en entrevista(?-u:\b)|(?-u:\b)entretien avec(?-u:\b)|(?-u:\b)intervista(?-u:\b)",
    )
    .expect("the pattern above is valid")
});

static LIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^live(?-u:\b)\s*[:|–—-]|(?-u:\b)live (?:updates?|blog|ticker|coverage)(?-u:\b)|(?-u:\b)liveticker(?-u:\b)|(?-u:\b)liveblog(?-u:\b)|(?-u:\b)en direct(?-u:\b)\s*[:|–—-]|(?-u:\b)en vivo(?-u:\b)\s*[:|–—-]|(?-u:\b)as it happened(?-u:\b)|(?-u:\b)minuto a minuto(?-u:\b)")
        .expect("the pattern above is valid")
});

static OPINION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:opinion|op-ed|editorial|commentary|comment|column|leader|view|kommentar|meinung|leitartikel|kolumne|gastkommentar|opinión|editorial|tribune|chronique|opinione|debatt|kronikk|leder|letter to the editor)\s*[:|–—-]")
        .expect("the pattern above is valid")
});

static BRIEF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:news in brief|in brief|briefs|news briefs|kurzmeldungen|en bref|en breve)(?-u:\b)\s*(?:[:|–—-]|$)")
        .expect("the pattern above is valid")
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
