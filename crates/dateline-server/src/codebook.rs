//! `/api/v1/codebook`: what counts as an event, as its pages say.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dateline::{Codebook, Page};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, Problem};

/// The codebook: its event types, in short.
#[derive(Serialize, ToSchema)]
pub struct CodebookOverview {
    /// Scheme and hash: "plover-2.0/1f0a52c7".
    version: String,
    event_types: Vec<EventType>,
    /// What events may be about.
    contexts: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct EventType {
    /// "PROTEST".
    event_type: String,
    definition: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    quad: u8,
    /// Hostile −10 to friendly +10.
    intensity: f64,
    cameo: String,
    /// Whether an event without a recipient is none of this type.
    needs_recipient: bool,
    modes: Vec<Mode>,
    rules: usize,
    examples: usize,
}

#[derive(Serialize, ToSchema)]
pub struct Mode {
    name: String,
    definition: String,
    cameo: Option<String>,
    intensity: Option<f64>,
}

/// A page of the codebook: one event type.
#[derive(Serialize, ToSchema)]
pub struct CodebookPage {
    #[serde(flatten)]
    event_type: EventType,
    /// "protest.md".
    file: String,
    /// What reads like the type and is another; an item each, in Markdown.
    look_alikes: Vec<String>,
    rule_blocks: Vec<RuleBlock>,
    example_blocks: Vec<ExampleBlock>,
}

#[derive(Serialize, ToSchema)]
pub struct RuleBlock {
    name: String,
    mode: Option<String>,
    /// The lines of the rule, as they stand on the page.
    text: String,
    /// Line of the page, from 1.
    line: usize,
}

#[derive(Serialize, ToSchema)]
pub struct ExampleBlock {
    name: String,
    /// A sentence of ours.
    text: String,
    /// What it is coded as.
    expected: String,
    /// Known not to be reached yet.
    is_wrong: bool,
    line: usize,
}

/// The event types, their modes and quad classes
#[utoipa::path(get, path = "/api/v1/codebook", tag = "codebook", responses((status = 200, body = CodebookOverview)))]
pub async fn codebook(State(app): State<Arc<App>>) -> Json<CodebookOverview> {
    let codebook = app.codebook();
    Json(CodebookOverview {
        version: codebook.version().to_owned(),
        event_types: codebook.pages.iter().map(event_type).collect(),
        contexts: codebook.contexts.iter().map(|context| context.name.to_string()).collect(),
    })
}

/// One event type: definition, look-alikes, rules, examples
#[utoipa::path(
    get,
    path = "/api/v1/codebook/{event_type}",
    tag = "codebook",
    params(("event_type" = String, Path, description = "\"PROTEST\", in any case")),
    responses(
        (status = 200, body = CodebookPage),
        (status = 404, description = "No such type", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn codebook_page(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
) -> Result<Json<CodebookPage>, Problem> {
    let codebook = app.codebook();
    let page = codebook.page(&name.to_ascii_uppercase()).ok_or_else(|| no_such_type(codebook, &name))?;
    Ok(Json(CodebookPage {
        event_type: event_type(page),
        file: page.file.clone(),
        look_alikes: items_below(&page.source, "Look-alikes"),
        rule_blocks: page
            .rules
            .iter()
            .map(|rule| RuleBlock {
                name: rule.name.clone(),
                mode: rule.mode.as_deref().map(str::to_owned),
                text: block_at(&page.source, rule.line),
                line: rule.line,
            })
            .collect(),
        example_blocks: page
            .examples
            .iter()
            .map(|example| ExampleBlock {
                name: example.name.clone(),
                text: example.text.clone(),
                expected: example.expected.clone(),
                is_wrong: example.is_wrong,
                line: example.line,
            })
            .collect(),
    }))
}

fn no_such_type(codebook: &Codebook, name: &str) -> Problem {
    let known: Vec<&str> = codebook.pages.iter().map(|page| page.event_type.as_str()).collect();
    Problem::new(StatusCode::NOT_FOUND, format!("the codebook has no event type {name:?}"))
        .hint(format!("it has {}", known.join(", ")))
}

fn event_type(page: &Page) -> EventType {
    EventType {
        event_type: page.event_type.to_string(),
        definition: page.definition.clone(),
        quad: page.quad,
        intensity: page.intensity,
        cameo: page.cameo.to_string(),
        needs_recipient: page.needs_recipient,
        modes: page
            .modes
            .iter()
            .map(|mode| Mode {
                name: mode.name.to_string(),
                definition: mode.definition.clone(),
                cameo: mode.cameo.as_deref().map(str::to_owned),
                intensity: mode.intensity,
            })
            .collect(),
        rules: page.rules.len(),
        examples: page.examples.len(),
    }
}

/// The items of the list under a heading. An item may go on in the next line.
fn items_below(source: &str, heading: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let lines =
        source.lines().skip_while(|line| line.strip_prefix("## ").map(str::trim) != Some(heading)).skip(1);
    for line in lines.take_while(|line| !line.starts_with("## ") && !line.starts_with("```")) {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(item), _) => items.push(item.trim().to_owned()),
            (None, Some(item)) if !line.trim().is_empty() => {
                item.push(' ');
                item.push_str(line.trim());
            }
            _ => {}
        }
    }
    items
}

/// The lines of the fenced block whose fence stands in `line`, counted from 1.
fn block_at(source: &str, line: usize) -> String {
    let lines: Vec<&str> = source.lines().skip(line).take_while(|line| !line.starts_with("```")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_and_rules_are_found_on_every_page() {
        for page in &Codebook::embedded().pages {
            assert!(!items_below(&page.source, "Look-alikes").is_empty(), "{}", page.file);
            for rule in &page.rules {
                let block = block_at(&page.source, rule.line);
                assert!(!block.trim().is_empty() && !block.contains("```"), "{}: {}", page.file, rule.name);
            }
        }
    }

    #[test]
    fn an_item_may_go_on_in_the_next_line() {
        let source = "# X\n\n## Look-alikes\n\n- One\n  goes on.\n- Two.\n\n## Rules\n- no\n";
        assert_eq!(items_below(source, "Look-alikes"), ["One goes on.", "Two."]);
    }
}
