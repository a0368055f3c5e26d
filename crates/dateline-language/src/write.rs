//! Write: a document in the forms that other programs read, and as a picture for people.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
//! use dateline_language::write;
//! # fn main() {
//! # let pipeline = pipeline();
//!
//! let document = pipeline.read("Police arrested three men in Lima.");
//! assert_eq!(
//!     write::conllu(&document, Some("lima-1")),
//!     "# newdoc id = lima-1\n\
//!      ## sent_id = lima-1-1\n\
//!      ## text = Police arrested three men in Lima.\n\
//!      1\tPolice\tPolice\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n\
//!      2\tarrested\tarrest\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_\n\
//!      3\tthree\tthree\tNUM\tCD\tNumType=Card\t4\tnummod\t_\tner=B-CARDINAL\n\
//!      4\tmen\tman\tNOUN\tNNS\tNumber=Plur\t2\tdobj\t_\t_\n\
//!      5\tin\tin\tADP\tIN\t_\t2\tprep\t_\t_\n\
//!      6\tLima\tLima\tPROPN\tNNP\tNumber=Sing\t5\tpobj\t_\tSpaceAfter=No|ner=B-GPE\n\
//!      7\t.\t.\tPUNCT\t.\tPunctType=Peri\t2\tpunct\t_\t_\n\
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
