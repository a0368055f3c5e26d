//! Write: a document in the forms that other programs read, and as a picture for people.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
//! use dateline_language::write;
//! # fn main() {
//! # let pipeline = pipeline();
//!
//! let document = pipeline.read("Rebels shelled Goma.");
//! assert_eq!(
//!     write::conllu(&document, Some("goma-1")),
//!     "# newdoc id = goma-1\n\
//!      # sent_id = goma-1-1\n\
//!      # text = Rebels shelled Goma.\n\
//!      1\tRebels\trebel\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n\
//!      2\tshelled\tshell\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_\n\
//!      3\tGoma\tGoma\tPROPN\tNNP\tNumber=Sing\t2\tdobj\t_\tSpaceAfter=No|ner=B-GPE\n\
//!      4\t.\t.\tPUNCT\t.\tPunctType=Peri\t2\tpunct\t_\t_\n\
//!      \n"
//! );
//! # }
//! ```

mod conllu;
mod json;
mod svg;

pub use conllu::conllu;
pub use json::json;
pub use svg::svg;
