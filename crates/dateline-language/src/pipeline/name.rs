//! Name: what a pipeline is called, from its `meta.json`.

use serde_json::Value;

/// Explosion's names: type, genre, size.
const KINDS: [&str; 3] = ["core", "dep", "ent"];
const GENRES: [&str; 2] = ["web", "news"];
const SIZES: [&str; 4] = ["sm", "md", "lg", "trf"];

/// "en_core_web_md-3.8.0" from language, name and version. The pipelines are published again under
/// other names ("core_web_sm_someone"); the name that was given first is found in them.
pub(super) fn pipeline_name(meta: &Value) -> String {
    let text = |key: &str| meta[key].as_str().unwrap_or("unknown");
    let name = text("name");
    let parts: Vec<&str> = name.split(['_', '-']).collect();
    let first = parts
        .windows(3)
        .find(|parts| KINDS.contains(&parts[0]) && GENRES.contains(&parts[1]) && SIZES.contains(&parts[2]));
    let name = first.map_or_else(|| name.to_owned(), |parts| parts.join("_"));
    format!("{}_{name}-{}", text("lang"), text("version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipeline_that_was_renamed_goes_by_its_first_name() {
        let meta = |name: &str| serde_json::json!({"lang": "en", "name": name, "version": "3.8.0"});
        assert_eq!(pipeline_name(&meta("core_web_md")), "en_core_web_md-3.8.0");
        assert_eq!(pipeline_name(&meta("core_web_sm_somebody")), "en_core_web_sm-3.8.0");
        assert_eq!(pipeline_name(&meta("legal")), "en_legal-3.8.0");
    }
}
