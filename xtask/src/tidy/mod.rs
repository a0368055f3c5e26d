//! `cargo xtask tidy`: what can be checked of a house without living in it.

mod arrows;
mod files;
mod map;

use anyhow::{Result, bail};
use clap::Args;

use crate::repository;

#[derive(Args)]
pub struct Tidy {}

impl Tidy {
    pub fn run(self) -> Result<()> {
        let faults = faults()?;
        if faults.is_empty() {
            return Ok(());
        }
        for fault in &faults {
            eprintln!("  {fault}");
        }
        bail!("the house is not tidy: {} faults", faults.len())
    }
}

fn faults() -> Result<Vec<String>> {
    let root = repository::root();
    let mut faults = map::faults(&root)?;
    faults.extend(arrows::faults(&root)?);
    faults.extend(files::faults(&root)?);
    Ok(faults)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        assert_eq!(super::faults().expect("the house can be walked"), Vec::<String>::new());
    }
}
