//! Direct speech: words between quotation marks, and the "she said" before, after or between them.
//!
//! ```text
//! "We tried," the envoy said. "It was not enough."
//! ---
//! quote direct "We tried,"
//!   more     "It was not enough."
//!   cue      "said"
//!   speaker  "the envoy"
//! ```
//!
//! ```text
//! Asked about the strike, the mayor replied: "We will not give in."
//! ---
//! quote direct "We will not give in."
//!   cue      "replied"
//!   speaker  "the mayor"
//! ```
//!
//! A quote runs on over paragraphs until somebody else speaks:
//!
//! ```text
//! “The water rose at night,” said Olga Petrov, a teacher. “We climbed to the roof.
//! “In the morning a boat came.”
//! “It was the longest night of my life.”
//! ---
//! quote direct "The water rose at night,"
//!   more     "We climbed to the roof."
//!   more     "In the morning a boat came."
//!   more     "It was the longest night of my life."
//!   cue      "said"
//!   speaker  "Olga Petrov, a teacher"
//! ```
//!
//! ```text
//! The captain told reporters:
//! "We are going home."
//! ---
//! quote direct "We are going home."
//!   cue        "told"
//!   speaker    "The captain"
//!   addressee  "reporters"
//! ```
//!
//! ```text
//! "Without rain," he said, "the harvest is lost," adding: "Nobody helps us."
//! ---
//! quote direct "Without rain,"
//!   more     "the harvest is lost,"
//!   cue      "said"
//!   speaker  "he"
//! quote direct "Nobody helps us."
//!   cue      "adding"
//!   speaker  "he"
//! ```
//!
//! ```text
//! «Nous partons», said the captain. 'I agree', replied the mate.
//! ---
//! quote direct "Nous partons"
//!   cue      "said"
//!   speaker  "the captain"
//! quote direct "I agree"
//!   cue      "replied"
//!   speaker  "the mate"
//! ```
//!
//! ```text
//! “We will rebuild.” — Olga Petrov, mayor of Novi Sad
//! ---
//! quote direct "We will rebuild."
//!   cue      "—"
//!   speaker  "Olga Petrov, mayor of Novi Sad"
//! ```
//!
//! ```text
//! He said the city "will rise again," and left.
//! ---
//! quote mixed "the city "will rise again,""
//!   cue      "said"
//!   speaker  "He"
//! ```
//!
//! ```text
//! In a letter, the bank said: "We lost nothing," adding that its vaults were full.
//! ---
//! quote direct "We lost nothing,"
//!   cue      "said"
//!   speaker  "the bank"
//! quote indirect "that its vaults were full"
//!   cue      "adding"
//!   speaker  "the bank"
//! ```
//!
//! An unbalanced mark reaches no further than its paragraph:
//!
//! ```text
//! The mayor said: "We are tired.
//! The rain went on for a week.
//! ---
//! quote direct "We are tired."
//!   cue      "said"
//!   speaker  "The mayor"
//! ```
//!
//! Titles and scare quotes are nobody's speech:
//!
//! ```text
//! The "reform" closed the theatre where "The Long Road" was played.
//! ---
//! no quotes
//! ```

use dateline_document::Quote;

use crate::quote::dialogue::Dialogue;
use crate::quote::story::Story;

pub(super) fn direct(story: &Story, found: &mut Vec<Quote>) {
    let mut dialogue = Dialogue::new(story, found);
    for paragraph in &story.paragraphs {
        dialogue.read(paragraph);
    }
}
