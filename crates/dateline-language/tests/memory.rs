//! Memory stays bounded on a feed that never repeats a word. Alone in its process, which it measures.

mod support;

use support::pipeline;

/// What the README promises for the medium pipeline on one thread.
const MAX_MEGABYTES: u64 = 250;

#[test]
fn a_feed_of_new_words_does_not_fill_the_memory() {
    let Some(before) = peak_megabytes() else { return };
    assert!(before < MAX_MEGABYTES);
    for text in 0..260 {
        let words: String = (0..500).map(|word| format!("un{text}x{word}ing ")).collect();
        assert_eq!(pipeline().read(&words).tokens.len(), 500);
    }
    // A long text is not kept in mind either.
    pipeline().read(&"Rebels shelled the port. ".repeat(4_000));
    let peak = peak_megabytes().expect("it was known before");
    assert!(peak < MAX_MEGABYTES, "{peak} MB");
}

/// The most memory this process has had, where the system tells it.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}
