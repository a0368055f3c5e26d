//! A set in BRAT's form, repaired: an annotation that was broken over two lines becomes one again.
//!
//! The form has one annotation a line, its fields parted by tabs, and scoring scripts rely on it.
//! A line without a tab goes on with the one before.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A copy of `set` below `folder` with whole annotations; `set` itself where all are whole.
pub fn whole(set: &Path, folder: &Path) -> Result<PathBuf> {
    let mut is_whole = true;
    for name in ["text", "attributions"] {
        let target = folder.join(name);
        fs::create_dir_all(&target)?;
        for entry in fs::read_dir(set.join(name)).with_context(|| format!("cannot read {}", set.display()))? {
            let entry = entry?;
            let text = fs::read_to_string(entry.path())?;
            let joined = if name == "attributions" { joined(&text) } else { text.clone() };
            is_whole &= joined == text;
            fs::write(target.join(entry.file_name()), joined)?;
        }
    }
    Ok(if is_whole { set.to_path_buf() } else { folder.to_path_buf() })
}

fn joined(annotations: &str) -> String {
    let mut whole = String::with_capacity(annotations.len());
    for line in annotations.split_inclusive('\n') {
        if !line.contains('\t') && whole.ends_with('\n') && !line.trim().is_empty() {
            whole.pop();
            whole.push(' ');
        }
        whole.push_str(line);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_line_without_a_tab_goes_on_with_the_one_before() {
        let annotations = "T1\tContent 0 9\tthe ferry\nruns again\nT2\tCue 10 14\tsaid\n";
        assert_eq!(joined(annotations), "T1\tContent 0 9\tthe ferry runs again\nT2\tCue 10 14\tsaid\n");
        let sound = "T1\tCue 0 4\tsaid\nE1\tCue:T1\n";
        assert_eq!(joined(sound), sound);
    }
}
