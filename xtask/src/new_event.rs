//! `cargo xtask new-event blockade`: a codebook page to start from.

use std::fs;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::repository;

#[derive(Args)]
pub struct NewEvent {
    /// The event type, in lower case: blockade
    name: String,
}

impl NewEvent {
    pub fn run(self) -> Result<()> {
        let name = &self.name;
        if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-') {
            bail!("an event type is named in lower-case letters: cargo xtask new-event blockade");
        }
        let codebook = repository::root().join("codebook");
        let template = codebook.join("_template.md");
        let page = codebook.join(format!("{name}.md"));
        if page.exists() {
            bail!("codebook/{name}.md is there already");
        }
        let text =
            fs::read_to_string(&template).with_context(|| format!("cannot read {}", template.display()))?;
        fs::write(&page, written_for(name, &text))
            .with_context(|| format!("cannot write {}", page.display()))?;
        println!("codebook/{name}.md");
        println!(
            "  next: define the type, paste sentences and a look-alike, then UPDATE=1 cargo test {name}"
        );
        Ok(())
    }
}

/// The template with the event's own name in the place of `TEMPLATE`.
fn written_for(name: &str, template: &str) -> String {
    template.replace("TEMPLATE", &name.to_uppercase().replace('-', "_")).replace("template", name)
}

#[cfg(test)]
mod tests {
    use super::written_for;

    #[test]
    fn the_name_goes_in_as_a_type_and_as_a_word() {
        let template = "# TEMPLATE\n\n```rule template\n```\n";
        assert_eq!(written_for("blockade", template), "# BLOCKADE\n\n```rule blockade\n```\n");
    }
}
