//! GraphML: who does what to whom. Entities are nodes; an edge stands for all events of one type from
//! one to another, with their number, how often they are told, and their mean intensity.

use std::collections::BTreeMap;
use std::io::{self, Write};

use dateline_store::{EventRow, PartyRow};

/// Gathers events into a graph.
#[derive(Default)]
pub struct Graph {
    nodes: BTreeMap<String, PartyRow>,
    edges: BTreeMap<(String, String, String), Edge>,
}

#[derive(Clone, Copy, Default)]
struct Edge {
    events: u64,
    tellings: u64,
    intensity: f64,
}

const KEYS: [(&str, &str, &str); 7] = [
    ("name", "node", "string"),
    ("country", "node", "string"),
    ("sector", "node", "string"),
    ("event_type", "edge", "string"),
    ("events", "edge", "int"),
    ("tellings", "edge", "int"),
    ("intensity", "edge", "double"),
];

impl Graph {
    /// Adds an event: an edge from each actor to each recipient. Those who meet, and whom nobody
    /// stands on the other side of, are joined pairwise.
    pub fn add(&mut self, event: &EventRow) {
        for party in event.actors.iter().chain(&event.recipients) {
            self.nodes.entry(party.id.clone()).or_insert_with(|| party.clone());
        }
        if event.recipients.is_empty() {
            for (at, one) in event.actors.iter().enumerate() {
                for other in &event.actors[at + 1..] {
                    self.join(event, one, other);
                }
            }
        }
        for actor in &event.actors {
            for recipient in &event.recipients {
                self.join(event, actor, recipient);
            }
        }
    }

    fn join(&mut self, event: &EventRow, from: &PartyRow, to: &PartyRow) {
        let key = (from.id.clone(), to.id.clone(), event.event_type.clone());
        let edge = self.edges.entry(key).or_default();
        edge.events += 1;
        edge.tellings += u64::from(event.tellings);
        edge.intensity += event.intensity;
    }

    pub fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(output, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (name, of, kind) in KEYS {
            writeln!(output, "<key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        writeln!(output, "<graph edgedefault=\"directed\">")?;
        for (id, party) in &self.nodes {
            write!(output, "<node id=\"{id}\">{}", data("name", &party.name))?;
            for (name, code) in [("country", &party.country), ("sector", &party.sector)] {
                if let Some(code) = code {
                    write!(output, "{}", data(name, code))?;
                }
            }
            writeln!(output, "</node>")?;
        }
        for (number, ((from, to, event_type), edge)) in self.edges.iter().enumerate() {
            let intensity = edge.intensity / edge.events as f64;
            writeln!(
                output,
                "<edge id=\"e{number}\" source=\"{from}\" target=\"{to}\">{}{}{}{}</edge>",
                data("event_type", event_type),
                data("events", &edge.events.to_string()),
                data("tellings", &edge.tellings.to_string()),
                data("intensity", &format!("{intensity:.3}"))
            )?;
        }
        writeln!(output, "</graph>\n</graphml>")?;
        output.flush()
    }
}

fn data(key: &str, value: &str) -> String {
    format!("<data key=\"{key}\">{}</data>", escaped(value))
}

/// Text in XML; characters that XML does not allow are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            character if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => {}
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn names_cannot_break_out() {
        assert_eq!(escaped("R&D <\u{0}\"x\">"), "R&amp;D &lt;&quot;x&quot;&gt;");
    }
}
