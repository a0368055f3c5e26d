//! Files that come or go in the folders that are compiled in make the crate stale.

fn main() {
    for folder in ["web/dist", "examples", "tests/stories"] {
        println!("cargo::rerun-if-changed=../../{folder}");
    }
}
