//! Pattern: Python's regular expressions, run by engines that are linear where that can be had.
//!
//! spaCy's affix rules are alternations of a hundred branches of which a dozen look around. The
//! branches are split at the top level: runs of plain ones become one automaton, those that look
//! around go to a backtracking engine, and only where the same branch without its look-arounds
//! matches at all. Among the branches the leftmost match wins, and the earlier branch on a tie,
//! which is what Python's alternation does.

use regex::Regex;

/// A Python pattern.
pub(crate) struct Pattern {
    branches: Vec<Branch>,
}

enum Branch {
    Plain(Regex),
    LookingAround {
        /// The same without look-arounds, where that compiles: it matches wherever the whole does.
        filter: Option<Regex>,
        whole: Box<fancy_regex::Regex>,
    },
}

/// Large enough for spaCy's character classes, small enough that a hostile pattern stays harmless.
const MAX_AUTOMATON_BYTES: usize = 16 << 20;

/// Branches that look around, in one pattern; English ones have six at most.
const MAX_LOOKING_AROUND: usize = 64;

impl Pattern {
    pub(crate) fn new(python: &str) -> Result<Pattern, String> {
        let mut branches = Vec::new();
        let mut plain: Vec<String> = Vec::new();
        let (flags, python) = split_flags(python)?;
        for branch in split_alternation(&translate(python)) {
            let branch = &format!("{flags}{branch}");
            if compile(branch).is_ok() {
                plain.push(format!("(?:{branch})"));
                continue;
            }
            flush(&mut plain, &mut branches)?;
            let whole = fancy_regex::RegexBuilder::new(branch)
                .delegate_size_limit(MAX_AUTOMATON_BYTES)
                .build()
                .map_err(|error| format!("the pattern {branch:?} does not compile: {error}"))?;
            let filter = compile(&without_look_arounds(branch)).ok();
            if branches.len() > 2 * MAX_LOOKING_AROUND {
                return Err("too many branches of the pattern look around".to_owned());
            }
            branches.push(Branch::LookingAround { filter, whole: Box::new(whole) });
        }
        flush(&mut plain, &mut branches)?;
        Ok(Pattern { branches })
    }

    /// The leftmost match that starts at byte `from` or later. What lies before is seen by
    /// look-behinds.
    pub(crate) fn find_from(&self, text: &str, from: usize) -> Option<Match> {
        let mut best: Option<Match> = None;
        for branch in &self.branches {
            if let Some(found) = branch.find_from(text, from)
                && best.is_none_or(|best| found.0 < best.0)
            {
                best = Some(found);
                if found.0 == from {
                    break;
                }
            }
        }
        best
    }

    pub(crate) fn find(&self, text: &str) -> Option<Match> {
        self.find_from(text, 0)
    }

    /// Whether the pattern matches at the start of the text (`re.match`).
    pub(crate) fn matches_at_start(&self, text: &str) -> bool {
        self.find(text).is_some_and(|(start, _)| start == 0)
    }

    /// All matches, left to right, none overlapping (`re.finditer`).
    pub(crate) fn find_all(&self, text: &str) -> Vec<Match> {
        // Each branch's next match is kept until it is passed, so that a branch that matches
        // nowhere is searched for once and not after every match of another.
        let mut next: Vec<Option<Match>> =
            self.branches.iter().map(|branch| branch.find_from(text, 0)).collect();
        let mut found = Vec::new();
        while let Some((start, end)) = next.iter().flatten().copied().reduce(leftmost) {
            found.push((start, end));
            let mut from = end;
            if end == start {
                let Some(passed) = text[end..].chars().next() else { break };
                from += passed.len_utf8();
            }
            for (branch, next) in self.branches.iter().zip(&mut next) {
                if next.is_some_and(|next| next.0 < from) {
                    *next = branch.find_from(text, from);
                }
            }
        }
        found
    }

    /// The leftmost match of a pattern whose branches all end in `$`, which is looked for near the
    /// end of a long text only: a match that starts at the edge of what is looked at may be part of
    /// a longer one, and then more is looked at.
    pub(crate) fn find_at_end(&self, text: &str) -> Option<Match> {
        let mut looked_at = NEAR_END;
        loop {
            let mut edge = text.len().saturating_sub(looked_at);
            while !text.is_char_boundary(edge) {
                edge -= 1;
            }
            let found = self.find_from(text, edge);
            if edge == 0 || found.is_none_or(|(start, _)| start > edge) {
                return found;
            }
            looked_at *= 8;
        }
    }
}

/// Start and end, in bytes.
type Match = (usize, usize);

/// How much of a long text is looked at for what ends it, in bytes.
const NEAR_END: usize = 1024;

fn leftmost(first: Match, second: Match) -> Match {
    if second.0 < first.0 { second } else { first }
}

impl Branch {
    fn find_from(&self, text: &str, from: usize) -> Option<Match> {
        match self {
            Branch::Plain(regex) => regex.find_at(text, from).map(|found| (found.start(), found.end())),
            Branch::LookingAround { filter, whole } => {
                if filter.as_ref().is_some_and(|filter| !filter.is_match_at(text, from)) {
                    return None;
                }
                // Out of backtracking steps is no match: only hostile text gets there.
                let found = whole.find_from_pos(text, from).ok().flatten()?;
                Some((found.start(), found.end()))
            }
        }
    }
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(pattern).size_limit(MAX_AUTOMATON_BYTES).build()
}

/// Makes one automaton of the plain branches, or several where one would be too large.
fn flush(plain: &mut Vec<String>, branches: &mut Vec<Branch>) -> Result<(), String> {
    let mut waiting = vec![std::mem::take(plain)];
    while let Some(mut part) = waiting.pop() {
        if part.is_empty() {
            continue;
        }
        match compile(&part.join("|")) {
            Ok(regex) => branches.push(Branch::Plain(regex)),
            Err(error) if part.len() == 1 => return Err(error.to_string()),
            Err(_) => {
                let second = part.split_off(part.len() / 2);
                waiting.extend([second, part]);
            }
        }
    }
    Ok(())
}

/// The flags at a pattern's start, which hold for all its branches, as Rust writes them; and the rest.
fn split_flags(python: &str) -> Result<(&'static str, &str), String> {
    let flags = python.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
    match flags {
        Some(("u", rest)) => Ok(("", rest)),
        Some(("i" | "iu" | "ui", rest)) => Ok(("(?i)", rest)),
        Some((flags, _)) if flags.chars().all(|flag| flag.is_ascii_alphabetic()) => {
            Err(format!("the pattern has the flags {flags:?}"))
        }
        _ => Ok(("", python)),
    }
}

/// Python's syntax in Rust's: no `(?u)`, Python's `\w`, and no set operations inside classes.
fn translate(python: &str) -> String {
    let mut out = String::with_capacity(python.len() + 16);
    let mut in_class = false;
    let mut rest = python;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("(?u)") {
            rest = after;
            continue;
        }
        let mut taken = c.len_utf8();
        match c {
            '\\' => {
                let escaped = rest[1..].chars().next();
                taken += escaped.map_or(0, char::len_utf8);
                match escaped {
                    Some('w') if in_class => out.push_str(r"\p{L}\p{N}_"),
                    Some('w') => out.push_str(r"[\p{L}\p{N}_]"),
                    Some('Z') => out.push_str(r"\z"),
                    // Python lets any mark be escaped; Rust wants to know it.
                    Some(mark) if !mark.is_ascii() => out.push(mark),
                    _ => out.push_str(&rest[..taken]),
                }
            }
            '[' if in_class => out.push_str(r"\["),
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            '[' => {
                in_class = true;
                out.push('[');
                // A bracket that comes first is a member.
                for first in ["^]", "^", "]"] {
                    if rest[1..].starts_with(first) {
                        out.push_str(&first.replace(']', r"\]"));
                        taken += first.len();
                        break;
                    }
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            _ => out.push(c),
        }
        rest = &rest[taken..];
    }
    out
}

/// The pattern's branches at the top level.
fn split_alternation(pattern: &str) -> Vec<&str> {
    let mut branches = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    for (at, c) in syntax(pattern) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                branches.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.push(&pattern[start..]);
    branches
}

/// The pattern with each group that looks ahead or behind taken out.
fn without_look_arounds(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut kept_to = 0;
    let mut groups: Vec<(usize, bool)> = Vec::new();
    for (at, c) in syntax(pattern) {
        match c {
            '(' => {
                let looks = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|kind| pattern[at..].starts_with(kind));
                groups.push((at, looks));
            }
            ')' => {
                if let Some((start, true)) = groups.pop()
                    && start >= kept_to
                {
                    out.push_str(&pattern[kept_to..start]);
                    kept_to = at + 1;
                }
            }
            _ => {}
        }
    }
    out.push_str(&pattern[kept_to..]);
    out
}

/// The characters that are syntax: neither escaped nor in a class.
fn syntax(pattern: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut in_class = false;
    let mut escaped = false;
    pattern.char_indices().filter(move |&(_, c)| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' if in_class => in_class = false,
            _ => return !in_class,
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leftmost_match_wins_and_the_earlier_branch_on_a_tie() {
        let pattern = Pattern::new(r"b+|(?<=a)b|\.\.+").unwrap();
        assert_eq!(pattern.find("abb.."), Some((1, 3)));
        let pattern = Pattern::new(r"(?<=a)b|b+|\.\.+").unwrap();
        assert_eq!(pattern.find("abb.."), Some((1, 2)));
        assert_eq!(pattern.find_all("abb.."), [(1, 2), (2, 3), (3, 5)]);
    }

    #[test]
    fn what_ends_a_long_text_is_found_however_long_it_is() {
        let pattern = Pattern::new(r"'s$|\.\.+$").unwrap();
        let dots = format!("{}é{}", "a".repeat(5000), ".".repeat(5000));
        assert_eq!(pattern.find_at_end(&dots), pattern.find(&dots));
        let text = format!("{}'s", "'s".repeat(5000));
        assert_eq!(pattern.find_at_end(&text), Some((10_000, 10_002)));
    }

    #[test]
    fn flags_hold_for_all_branches() {
        let pattern = Pattern::new(r"(?iu)ab|cd").unwrap();
        assert_eq!(pattern.find("xCD"), Some((1, 3)));
        assert!(Pattern::new(r"(?ax)ab").is_err());
    }

    #[test]
    fn brackets_in_a_class_are_members() {
        let pattern = Pattern::new(r"[[&&~~]+|[]x]").unwrap();
        assert_eq!(pattern.find("a[&~"), Some((1, 4)));
        assert_eq!(pattern.find("a]"), Some((1, 2)));
    }

    #[test]
    fn a_look_around_is_filtered_by_what_is_left_without_it() {
        assert_eq!(without_look_arounds(r"(?<=[0-9(])\+(?=[0-9])x"), r"\+x");
        assert_eq!(without_look_arounds(r"(?:a(?!b)c)"), r"(?:ac)");
    }
}
