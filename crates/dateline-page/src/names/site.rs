//! Titles end with the name of the site: "Ferry sails again - Harbour Post".

/// What stands between a title and the site's name.
const MARKS: [&str; 10] = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", "ㅣ", "｜"];

/// The title before its last mark, and what may be the site's name behind it.
pub(crate) fn split_site(title: &str) -> Option<(&str, &str)> {
    let (at, mark) =
        MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark))).max_by_key(|(at, _)| *at)?;
    Some((&title[..at], &title[at + mark.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_mark_parts_title_and_site() {
        let parted = |title: &'static str| split_site(title).unwrap_or((title, ""));
        assert_eq!(parted("Ferry sails again - Harbour Post"), ("Ferry sails again", "Harbour Post"));
        assert_eq!(parted("Ferry – a tale | Islands | Post"), ("Ferry – a tale | Islands", "Post"));
        assert_eq!(parted("船が出たㅣ港新聞"), ("船が出た", "港新聞"));
        assert_eq!(parted("A well-kept ferry"), ("A well-kept ferry", ""));
    }
}
