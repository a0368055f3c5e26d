//! What is hard: news repeats itself, and who copies it rewrites.
//!
//! - The same parties do the same on another day, told by the same people over the same background
//!   paragraphs, word for word: other events, other stories, no copies.
//! - The same actor does something else on the same day: another story.
//! - A copy is cut to a third from its end; or has its lead paraphrased; or has other numbers; or is
//!   updated, with a new lead before the old one.

use super::{Deed, Maker, Paragraph, capital};

/// A matter that comes back: what was done, who talks about it, and what is said each time.
#[derive(Clone)]
pub(super) struct Series {
    pub deed: Deed,
    pub names: Vec<String>,
    pub background: Vec<Paragraph>,
}

/// Matters that may come back.
const REMEMBERED: usize = 150;

impl Maker {
    pub(super) fn hard_matter(&mut self, day: i64) -> Series {
        let chance = self.chance.share();
        let matter = if self.series.is_empty() || chance >= 0.5 {
            let mut matter = self.matter(day);
            matter.deed.killed = Some(2 + self.chance.below(40));
            matter.background = (0..2 + self.chance.below(2))
                .map(|_| Paragraph { text: format!("{}.", capital(&self.words(24))), deed: None })
                .collect();
            matter
        } else if chance < 0.35 {
            self.on_another_day(day)
        } else {
            self.something_else(day)
        };
        if self.series.len() == REMEMBERED {
            self.series.remove(0);
        }
        self.series.push(matter.clone());
        matter
    }

    fn on_another_day(&mut self, day: i64) -> Series {
        let at = self.chance.below(self.series.len());
        let before = self.series[at].clone();
        self.deeds += 1;
        let town = if self.chance.share() < 0.5 { before.deed.town } else { self.chance.below(2000) };
        // Not the day after: that is where the rule itself says one event.
        let day = day.max(before.deed.day) + 3 + self.chance.below(5) as i64;
        let killed = Some(2 + self.chance.below(40));
        let mut names = before.names.clone();
        names[2] = self.name();
        let deed = Deed { number: self.deeds, day, town, killed, ..before.deed };
        Series { deed, names, background: before.background }
    }

    fn something_else(&mut self, day: i64) -> Series {
        let at = self.chance.below(self.series.len());
        let before = self.series[at].clone();
        let mut deed = self.deed(day);
        deed.actor = before.deed.actor;
        deed.day = before.deed.day;
        let names = vec![before.names[0].clone(), self.name(), self.name()];
        Series { deed, names, background: before.background[..1].to_vec() }
    }

    pub(super) fn edit_hard(&mut self, paragraphs: &[Paragraph]) -> Vec<Paragraph> {
        match self.chance.below(5) {
            // Cut from the end.
            0 => paragraphs[..(paragraphs.len() * 35).div_ceil(100)].to_vec(),
            // A lead of one's own.
            1 => {
                let mut edited = paragraphs.to_vec();
                if let Some((deed, _)) = paragraphs[0].deed.clone() {
                    edited[0] = self.telling(deed);
                }
                edited
            }
            // Other numbers, of the deed and elsewhere.
            2 => self.with_other_numbers(paragraphs),
            // Some hours later.
            3 => {
                let mut edited = self.with_other_numbers(paragraphs);
                if let Some((deed, _)) = edited[0].deed.clone() {
                    let update = format!("{} {}.", capital(&self.words(12)), self.words(10));
                    let lead = self.telling(deed);
                    // The old lead goes: its deed is told in the new one.
                    edited.splice(..1, [lead, Paragraph { text: update, deed: None }]);
                }
                edited
            }
            _ => self.edit(paragraphs),
        }
    }

    fn with_other_numbers(&mut self, paragraphs: &[Paragraph]) -> Vec<Paragraph> {
        let mut edited = paragraphs.to_vec();
        for paragraph in &mut edited {
            let Some((deed, _)) = &mut paragraph.deed else { continue };
            let Some(killed) = deed.killed else { continue };
            let more = killed + 1 + self.chance.below(9);
            paragraph.text = paragraph.text.replace(&format!("killed {killed} "), &format!("killed {more} "));
            deed.killed = Some(more);
        }
        edited
    }
}
