//! Reads pages. Their form is Markdown of the plainest kind: headings, lists and fenced blocks.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::phrases::Phrases;
use crate::rule::{
    Condition, Derived, DerivedWhen, Matcher, ModeCondition, RolePath, Rule, Trigger, TriggerForm,
};
use crate::{CodebookError, Context, Example, Mode, Page, WordSet};

/// A page as it lies in the folder.
pub(crate) struct Source {
    pub name: String,
    pub text: String,
}

/// What the pages of a folder hold together.
pub(crate) struct Contents {
    pub pages: Vec<Page>,
    pub contexts: Vec<Context>,
    pub word_sets: Vec<WordSet>,
}

/// Examples under this heading test a reader and never teach one.
const HELD_OUT: &str = "Examples kept for testing";

/// A fenced block: the words after its fence, the `##` heading it stands under, its lines, and the line
/// it begins on.
struct Block<'a> {
    title: &'a str,
    section: &'a str,
    lines: Vec<&'a str>,
    line: usize,
}

pub(crate) fn read_pages(sources: &[Source]) -> Result<Contents, CodebookError> {
    let mut names = Names { word_sets: BTreeMap::new(), event_types: BTreeSet::new() };
    let is_manual = |source: &&Source| source.name.eq_ignore_ascii_case("readme.md");
    for source in sources.iter().filter(|source| !is_manual(source)) {
        names.event_types.extend(heading(source).map(SmolStr::new));
        for block in blocks(source)? {
            if let Some(name) = block.title.strip_prefix("words ") {
                let set = WordSet::new(name.trim(), word_list(&block));
                if names.word_sets.insert(set.name.clone(), set).is_some() {
                    return Err(broken(
                        source,
                        block.line,
                        format!("a second word set `{}`", name.trim()),
                        "give it another name",
                    ));
                }
            }
        }
    }
    let mut pages: Vec<Page> = Vec::new();
    let mut contexts = Vec::new();
    for source in sources.iter().filter(|source| !is_manual(source)) {
        for block in blocks(source)? {
            if let Some(name) = block.title.strip_prefix("context ") {
                let words = word_list(&block).iter().map(|phrase| lemmas(phrase)).collect();
                contexts.push(Context { name: name.trim().into(), words });
            }
        }
        if !source.name.starts_with('_') {
            let page = read_page(source, &names)?;
            if let Some(twin) = pages.iter().find(|other| other.event_type == page.event_type) {
                let message = format!("{} has a page already, {}", page.event_type, twin.file);
                return Err(broken(source, 1, message, "keep one page an event type"));
            }
            pages.push(page);
        }
    }
    Ok(Contents { pages, contexts, word_sets: names.word_sets.into_values().collect() })
}

/// What pages may name: the word sets and event types of the whole folder.
struct Names {
    word_sets: BTreeMap<SmolStr, WordSet>,
    event_types: BTreeSet<SmolStr>,
}

/// "PROTEST" of a page that begins with `# PROTEST`.
fn heading(source: &Source) -> Option<&str> {
    source.text.lines().next()?.strip_prefix("# ").map(str::trim)
}

fn read_page(source: &Source, names: &Names) -> Result<Page, CodebookError> {
    let event_type = heading(source).unwrap_or_default();
    if event_type.is_empty() || !event_type.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
        return Err(broken(
            source,
            1,
            "no event type in the first line".into(),
            "begin the page with a heading like `# PROTEST`",
        ));
    }
    let mut page = Page {
        event_type: event_type.into(),
        file: source.name.clone(),
        definition: String::new(),
        quad: 0,
        intensity: 0.0,
        cameo: SmolStr::default(),
        needs_recipient: false,
        modes: Vec::new(),
        mode_phrases: Phrases::default(),
        rules: Vec::new(),
        examples: Vec::new(),
        source: source.text.clone(),
    };
    read_prose(source, &mut page)?;
    page.mode_phrases = Phrases::of_lists(page.modes.iter().map(|mode| mode.words.as_slice()));
    if !(1..=4).contains(&page.quad) {
        return Err(broken(
            source,
            1,
            "no quad class".into(),
            "add a line `- quad: N`, N from 1 to 4, under the definition",
        ));
    }
    for block in blocks(source)? {
        let (form, name) = block.title.split_once(' ').unwrap_or((block.title, ""));
        match form {
            "rule" => {
                let rule = read_rule(source, &block, name.trim(), names)?;
                check_modes(source, &page, &rule)?;
                page.rules.push(rule);
            }
            "example" => page.examples.push(read_example(source, &block, name.trim())?),
            _ => {}
        }
    }
    Ok(page)
}

/// Everything outside the fenced blocks: definition, properties and modes.
fn read_prose(source: &Source, page: &mut Page) -> Result<(), CodebookError> {
    let mut section = "";
    let mut in_block = false;
    for (number, line) in source.text.lines().enumerate().skip(1) {
        if line.starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block {
            continue;
        }
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading.trim();
        } else if section.is_empty() {
            match line.strip_prefix("- ").and_then(|item| item.split_once(':')) {
                Some((key, value)) => read_property(source, page, number + 1, key.trim(), value.trim())?,
                None if line.trim().is_empty() => {}
                None => {
                    if !page.definition.is_empty() {
                        page.definition.push(' ');
                    }
                    page.definition.push_str(line.trim());
                }
            }
        } else if section == "Modes" {
            read_mode_line(source, page, number + 1, line)?;
        }
    }
    Ok(())
}

fn read_property(
    source: &Source,
    page: &mut Page,
    line: usize,
    key: &str,
    value: &str,
) -> Result<(), CodebookError> {
    let number =
        || broken(source, line, format!("`{value}` is no number"), "write it like `- intensity: -6.5`");
    match key {
        "quad" => page.quad = value.parse().map_err(|_| number())?,
        "intensity" => page.intensity = value.parse().map_err(|_| number())?,
        "cameo" => page.cameo = value.into(),
        "recipient" => page.needs_recipient = value.starts_with("required"),
        _ => {
            let message = format!("unknown property `{key}`");
            return Err(broken(
                source,
                line,
                message,
                "the properties are quad, intensity, cameo and recipient",
            ));
        }
    }
    Ok(())
}

/// "- `drone`: an unmanned aircraft." opens a mode; "  - words: drone, UAV" says more of it.
fn read_mode_line(source: &Source, page: &mut Page, line: usize, text: &str) -> Result<(), CodebookError> {
    if let Some(opening) = text.strip_prefix("- `") {
        let Some((name, definition)) = opening.split_once('`') else {
            return Err(broken(
                source,
                line,
                "a mode without a closing backtick".into(),
                "write it like - `drone`: what it means",
            ));
        };
        page.modes.push(Mode {
            name: name.into(),
            definition: definition.trim_start_matches(':').trim().into(),
            cameo: None,
            intensity: None,
            words: Vec::new(),
        });
    } else if let Some((key, value)) =
        text.trim_start().strip_prefix("- ").and_then(|item| item.split_once(':'))
    {
        let Some(mode) = page.modes.last_mut() else { return Ok(()) };
        match key.trim() {
            "cameo" => mode.cameo = Some(value.trim().into()),
            "intensity" => {
                let number = value.trim().parse();
                let hint = "write it like `- intensity: -6.5`";
                mode.intensity =
                    Some(number.map_err(|_| {
                        broken(source, line, format!("`{}` is no number", value.trim()), hint)
                    })?);
            }
            "words" => mode.words = value.split(',').map(lemmas).filter(|words| !words.is_empty()).collect(),
            key => {
                let message = format!("unknown property `{key}` of a mode");
                return Err(broken(source, line, message, "the properties are cameo, intensity and words"));
            }
        }
    } else if let Some(mode) = page.modes.last_mut()
        && !text.trim().is_empty()
    {
        mode.definition.push(' ');
        mode.definition.push_str(text.trim());
    }
    Ok(())
}

fn read_rule(source: &Source, block: &Block, name: &str, names: &Names) -> Result<Rule, CodebookError> {
    let mut rule = Rule {
        name: name.into(),
        mode: None,
        cameo: None,
        intensity: None,
        triggers: Vec::new(),
        actor: Vec::new(),
        recipient: Vec::new(),
        conditions: Vec::new(),
        mode_conditions: Vec::new(),
        derived: None,
        also: Vec::new(),
        line: block.line,
    };
    if name.is_empty() {
        return Err(broken(
            source,
            block.line,
            "a rule without a name".into(),
            "write it like ```rule march",
        ));
    }
    for (offset, text) in block.lines.iter().enumerate() {
        let line = block.line + 1 + offset;
        let (key, value) = text.trim().split_once([' ', '\t']).unwrap_or((text.trim(), ""));
        let value = value.trim();
        match key {
            "" => {}
            "#" => {}
            "verb" => add_triggers(&mut rule, TriggerForm::Verb, value),
            "noun" => add_triggers(&mut rule, TriggerForm::Noun, value),
            "adjective" => add_triggers(&mut rule, TriggerForm::Adjective, value),
            "actor" => rule.actor = role_paths(value),
            "recipient" => rule.recipient = role_paths(value),
            "if" | "unless" => {
                rule.conditions.push(read_condition(source, line, key == "if", value, names)?);
            }
            "mode" => match value.split_once(" when ") {
                Some((mode, condition)) => rule.mode_conditions.push(ModeCondition {
                    mode: mode.trim().into(),
                    condition: read_condition(source, line, true, condition, names)?,
                }),
                None => rule.mode = Some(value.into()),
            },
            "cameo" => rule.cameo = Some(value.into()),
            "intensity" => {
                let number = value.parse();
                let hint = "write it like `intensity -6.5`";
                rule.intensity =
                    Some(number.map_err(|_| broken(source, line, format!("`{value}` is no number"), hint))?);
            }
            "event" => rule.derived = Some(read_derived(source, line, value)?),
            "also" => rule.also.extend(value.split(',').map(|coding| match coding.trim().split_once('/') {
                Some((event_type, mode)) => (event_type.into(), Some(mode.into())),
                None => (coding.trim().into(), None),
            })),
            _ => {
                let message = format!("unknown word `{key}` in rule `{name}`");
                let hint = "a line begins with verb, noun, adjective, event, actor, recipient, if, unless, mode, cameo, intensity or also";
                return Err(broken(source, line, message, hint));
            }
        }
    }
    if rule.triggers.is_empty() && rule.derived.is_none() {
        return Err(broken(
            source,
            block.line,
            format!("rule `{name}` has no trigger"),
            "add a line `verb …` or `noun …`",
        ));
    }
    Ok(rule)
}

/// "RETREAT, CONCEDE when refused".
fn read_derived(source: &Source, line: usize, value: &str) -> Result<Derived, CodebookError> {
    let hint = "write it like `event RETREAT, CONCEDE when refused`, or `… when promised`";
    let (types, when) = value
        .split_once(" when ")
        .ok_or_else(|| broken(source, line, "no `when` after the event types".into(), hint))?;
    let attitude = match when.trim() {
        "refused" => DerivedWhen::Refused,
        "promised" => DerivedWhen::Promised,
        other => {
            return Err(broken(source, line, format!("`{other}` is neither refused nor promised"), hint));
        }
    };
    Ok(Derived { event_types: types.split(',').map(|name| name.trim().into()).collect(), attitude })
}

fn add_triggers(rule: &mut Rule, form: TriggerForm, value: &str) {
    let phrases = value.split(',').map(lemmas).filter(|words| !words.is_empty());
    rule.triggers.extend(phrases.map(|words| Trigger { form, words }));
}

/// "subject+with, by": alternatives, each of one path or several.
fn role_paths(value: &str) -> Vec<Vec<RolePath>> {
    value.split(',').map(|alternative| alternative.split('+').map(role_path).collect()).collect()
}

fn role_path(word: &str) -> RolePath {
    match word.trim() {
        "subject" => RolePath::Subject,
        "object" => RolePath::Object,
        "complement" => RolePath::Complement,
        "governor" => RolePath::Governor,
        "below" => RolePath::Below,
        "addressee" => RolePath::Addressee,
        "provoker" => RolePath::Provoker,
        "modifier" => RolePath::Modifier,
        "clause" => RolePath::Clause,
        preposition => RolePath::Preposition(preposition.into()),
    }
}

/// "object: deal, @agreement" or "complement ASSAULT": where, then what.
fn read_condition(
    source: &Source,
    line: usize,
    is_wanted: bool,
    value: &str,
    names: &Names,
) -> Result<Condition, CodebookError> {
    let Some((role, words)) = value.split_once(':').or_else(|| value.split_once(' ')) else {
        return Err(broken(
            source,
            line,
            format!("`{value}` looks nowhere or for nothing"),
            "write it like `if object: deal, @agreement`",
        ));
    };
    let mut matchers = Vec::new();
    let mut phrases = Vec::new();
    for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        matchers.push(match word.strip_prefix('@') {
            Some("person") => Matcher::Person,
            Some("party") => Matcher::Party,
            Some("state") => Matcher::State,
            Some("thing") => Matcher::Thing,
            Some("any") => Matcher::Any,
            Some(name) => match names.word_sets.get(name) {
                Some(set) => Matcher::Set(set.clone()),
                None => {
                    let hint = "the sets are @person, @party, @state, @thing, @any, and the `words` blocks of all pages";
                    return Err(broken(source, line, format!("no word set `@{name}`"), hint));
                }
            },
            None if names.event_types.contains(word) => {
                Matcher::EventType(word.into())
            }
            None => {
                phrases.push(lemmas(word));
                continue;
            }
        });
    }
    if !phrases.is_empty() {
        matchers.push(Matcher::Words(Phrases::of_lists([phrases.as_slice()])));
    }
    Ok(Condition { is_wanted, role: role_path(role), matchers, written: value.into() })
}

fn check_modes(source: &Source, page: &Page, rule: &Rule) -> Result<(), CodebookError> {
    let named = rule.mode.iter().chain(rule.mode_conditions.iter().map(|condition| &condition.mode));
    for mode in named {
        if page.mode(mode).is_none() {
            let message =
                format!("rule `{}` gives the mode `{mode}`, which the page does not define", rule.name);
            return Err(broken(source, rule.line, message, "add it under the heading `## Modes`"));
        }
    }
    Ok(())
}

fn read_example(source: &Source, block: &Block, title: &str) -> Result<Example, CodebookError> {
    let (name, mark) = title.split_once(' ').unwrap_or((title, ""));
    let Some(divider) = block.lines.iter().position(|line| line.trim() == "---") else {
        return Err(broken(
            source,
            block.line,
            format!("example `{name}` has no `---`"),
            "put the sentence above it, the coding below",
        ));
    };
    Ok(Example {
        name: name.into(),
        text: block.lines[..divider].join("\n"),
        expected: without_reasons(&block.lines[divider + 1..]),
        is_wrong: mark.trim() == "wrong",
        held_out: block.section == HELD_OUT,
        line: block.line,
    })
}

/// A coding without the lines that say why, which explanations have and nothing is claimed by.
fn without_reasons(lines: &[&str]) -> String {
    let claims: Vec<&str> =
        lines.iter().copied().filter(|line| !line.trim_start().starts_with('#')).collect();
    claims.join("\n").trim_end().to_string()
}

/// The fenced blocks of a page.
fn blocks(source: &Source) -> Result<Vec<Block<'_>>, CodebookError> {
    let not_closed = |open: &Block, line: usize| {
        let message = format!("the block that line {} opens is not closed", open.line);
        Err(broken(source, line, message, "end it with a line of ```"))
    };
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    let mut section = "";
    for (number, line) in source.text.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(title), None) => {
                open = Some(Block { title: title.trim(), section, lines: Vec::new(), line: number + 1 })
            }
            (Some(title), Some(block)) if !title.trim().is_empty() => return not_closed(block, number + 1),
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => block.lines.push(line),
            (None, None) => section = line.strip_prefix("## ").map_or(section, str::trim),
        }
    }
    match open {
        Some(block) => not_closed(&block, block.line),
        None => Ok(found),
    }
}

fn word_list(block: &Block) -> BTreeSet<SmolStr> {
    let words = block.lines.iter().flat_map(|line| line.split(','));
    words.map(str::trim).filter(|word| !word.is_empty()).map(SmolStr::new).collect()
}

fn lemmas(phrase: &str) -> Vec<SmolStr> {
    phrase.split_whitespace().map(SmolStr::new).collect()
}

fn broken(source: &Source, line: usize, message: String, hint: &str) -> CodebookError {
    CodebookError::Page { file: source.name.clone(), line, message, hint: hint.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# PROTEST\n\nPeople gather.\nOr strike.\n\n- quad: 4\n- intensity: -5\n- cameo: 140\n- recipient: optional\n\n\
        ## Modes\n\n- `demo`: a crowd.\n  - cameo: 141\n  - words: march, sit in\n\n## Rules\n\n\
        ```rule march\nverb march, take to street\nactor subject\nrecipient against\nunless object: @army\nmode demo when clause: crowd\n```\n\n\
        ```words army\nsoldier, troop\n```\n\n## Examples\n\n```example a wrong\nThey marched.\n---\nPROTEST \"marched\"\n```\n";

    fn read(text: &str) -> Result<Vec<Page>, CodebookError> {
        let source = Source { name: "protest.md".into(), text: text.into() };
        read_pages(&[source]).map(|contents| contents.pages)
    }

    #[test]
    fn a_page_is_read_whole() {
        let pages = read(PAGE).unwrap();
        let page = &pages[0];
        assert_eq!((page.event_type.as_str(), page.quad, page.intensity), ("PROTEST", 4, -5.0));
        assert_eq!(page.definition, "People gather. Or strike.");
        assert_eq!(page.modes[0].words, [lemmas("march"), lemmas("sit in")]);
        let rule = &page.rules[0];
        assert_eq!(rule.triggers[1].words, ["take", "to", "street"]);
        assert!(matches!(&rule.conditions[0].matchers[0], Matcher::Set(set) if set.contains("troop")));
        assert!(page.examples[0].is_wrong);
        assert_eq!(page.examples[0].expected, "PROTEST \"marched\"");
    }

    #[test]
    fn examples_are_held_out_under_their_heading_alone() {
        let kept =
            "## Examples kept for testing\n\n### Passive\n\n```example b\nThey sang.\n---\nnothing\n```\n";
        let after = "\n## Afterword\n\n```example c\nThey sat.\n---\nnothing\n```\n";
        let pages = read(&format!("{PAGE}\n{kept}{after}")).unwrap();
        let held_out: Vec<_> =
            pages[0].examples.iter().map(|example| (example.name.as_str(), example.held_out)).collect();
        assert_eq!(held_out, [("a", false), ("b", true), ("c", false)]);
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let message = |page: &str| read(page).unwrap_err().to_string();
        assert!(
            message(&PAGE.replace("actor subject", "actr subject"))
                .starts_with("protest.md:21: unknown word `actr`")
        );
        assert!(message(&PAGE.replace("@army", "@navy")).contains("no word set `@navy`"));
        assert!(message(&PAGE.replace("mode demo when", "mode riot when")).contains("mode `riot`"));
        assert!(message(&PAGE.replace("- quad: 4\n", "")).contains("no quad class"));
        let open = PAGE.replace("mode demo when clause: crowd\n```", "mode demo when clause: crowd");
        assert!(message(&open).starts_with("protest.md:26: the block that line 19 opens is not closed"));
        let last = PAGE.strip_suffix("```\n").unwrap();
        assert!(message(last).starts_with("protest.md:33: the block that line 33 opens is not closed"));
        assert!(message("protest").contains("begin the page with a heading"));
    }
}
