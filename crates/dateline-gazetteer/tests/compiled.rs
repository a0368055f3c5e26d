//! Places compiled from small tables of the packages' shape, read back, and found broken when broken.

use std::fs;
use std::path::{Path, PathBuf};

use dateline_gazetteer::{Feature, Gazetteer, OpenError, Sources, compile};

/// A folder of its own for each test, removed when done.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("dateline-gazetteer-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Two Aldens in two states of one country, one of them renamed, and a third abroad.
fn compile_aldens(folder: &Path) -> PathBuf {
    let sources = Sources::in_packages(&folder.join("g"), &folder.join("l"));
    write(
        &sources.towns,
        r#"{"11": {"geonameid": 11, "name": "Alden", "latitude": 42.5, "longitude": -93.25, "countrycode": "US",
                   "population": 800, "timezone": "x", "admin1code": "IA", "alternatenames": ["Alden", "xldn", "Олден"]},
            "12": {"geonameid": 12, "name": "Alden", "latitude": 45.5, "longitude": -93.5, "countrycode": "US",
                   "population": 9000, "timezone": "x", "admin1code": "MN", "alternatenames": []},
            "13": {"geonameid": 13, "name": "Nové Město", "latitude": -1.0, "longitude": 36.5, "countrycode": "KE",
                   "population": 50000, "timezone": "x", "admin1code": "01", "alternatenames": ["Alden", "ALD"]},
            "14": {"geonameid": 14, "name": "Lowell", "latitude": 46.5, "longitude": -94.5, "countrycode": "US",
                   "population": 1000, "timezone": "x", "admin1code": "MN", "alternatenames": []}}"#,
    );
    write(&sources.countries, "Kenya\tKE\tKEN\t1\nUnited States\tUS\tUSA\t2\n");
    write(
        &sources.divisions,
        "Iowa\tUS-IA\tUS.IA\t21\tState\t\t1\t\t2\nMinnesota\tUS-MN\tUS.MN\t22\tState\tNorth Star State\t1\t\t2\nPine County\t\tUS.MN.1\t23\tCounty\t\t2\t2\t2\n",
    );
    write(
        &sources.town_divisions,
        "Alden\t11\t1\t2\t800\t42.5\t-93.25\nAlden\t12\t2|3\t2\t9000\t45.5\t-93.5\nLowell\t14\t2\t2\t1000\t46.5\t-94.5\n",
    );
    let out = folder.join("places-2.bin");
    let compiled = compile(&sources, &out).unwrap();
    assert_eq!(compiled.places, 7);
    assert_eq!(compiled.bytes, fs::metadata(&out).unwrap().len());
    out
}

#[test]
fn towns_are_found_with_the_divisions_they_lie_in() {
    let folder = Folder::new("found");
    let gazetteer = Gazetteer::open(&compile_aldens(&folder.0)).unwrap();
    let aldens = gazetteer.places("ALDEN");
    let ids: Vec<u32> = aldens.iter().map(|place| place.geonames).collect();
    assert_eq!(ids, [12, 11, 13], "main names first, then by population");
    assert_eq!((aldens[0].admin1, aldens[0].admin2), (Some("Minnesota"), Some("Pine County")));
    assert_eq!((aldens[1].admin1, aldens[1].country), (Some("Iowa"), "USA"));
    assert!(!aldens[2].is_main_name && aldens[2].name == "Nové Město");
    assert_eq!(gazetteer.places("Nove Mesto").len(), 1);
    assert!(gazetteer.places("xldn").is_empty() && gazetteer.places("ALD").is_empty());
}

#[test]
fn a_division_lies_amid_its_towns_and_counts_their_people() {
    let folder = Folder::new("divisions");
    let gazetteer = Gazetteer::open(&compile_aldens(&folder.0)).unwrap();
    let minnesota = gazetteer.places("Minnesota")[0];
    assert_eq!((minnesota.feature, minnesota.population), (Feature::Admin1, 10_000));
    assert_eq!((minnesota.latitude, minnesota.longitude), (46.0, -94.0));
    assert_eq!(gazetteer.places("North Star State")[0].geonames, 22);
    let pine = gazetteer.places("Pine County")[0];
    assert_eq!((pine.feature, pine.admin1), (Feature::Admin2, Some("Minnesota")));
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let (one, other) = (Folder::new("one"), Folder::new("other"));
    assert_eq!(fs::read(compile_aldens(&one.0)).unwrap(), fs::read(compile_aldens(&other.0)).unwrap());
}

#[test]
fn a_broken_file_is_refused_with_the_command_that_mends_it() {
    let folder = Folder::new("broken");
    let path = compile_aldens(&folder.0);
    let whole = fs::read(&path).unwrap();
    for cut in [0, 7, 30, 51, 52, 60, whole.len() - 1] {
        fs::write(&path, &whole[..cut]).unwrap();
        let error = Gazetteer::open(&path).unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "cut at {cut}: {error}");
        assert!(error.to_string().contains("cargo xtask fetch"), "{error}");
    }
    for place in [8, 12, 20, 60, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        fs::write(&path, &bytes).unwrap();
        assert!(Gazetteer::open(&path).is_err(), "byte {place} changed");
    }
    fs::remove_file(&path).unwrap();
    assert!(matches!(Gazetteer::open(&path).unwrap_err(), OpenError::Missing(_)));
}

#[test]
fn tables_of_another_shape_are_refused() {
    let folder = Folder::new("shape");
    compile_aldens(&folder.0);
    let sources = Sources::in_packages(&folder.0.join("g"), &folder.0.join("l"));
    write(&sources.divisions, "Iowa\tUS-IA\n");
    let error = compile(&sources, &folder.0.join("out.bin")).unwrap_err().to_string();
    assert!(error.contains("line 1 has 2 columns"), "{error}");
    assert!(!folder.0.join("out.bin").exists());
    write(&sources.towns, "{\"1\": 5}");
    assert!(compile(&sources, &folder.0.join("out.bin")).is_err());
}
