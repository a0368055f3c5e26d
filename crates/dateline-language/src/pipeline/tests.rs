//! What needs the pipeline's inside to be tested.

use super::*;

#[path = "../../tests/support/mod.rs"]
mod support;

#[test]
fn every_instruction_set_reads_the_same() {
    let text = "Rebels shelled the port of Goma, but the governor didn't flee; he'd left on 3 May. Why?";
    let mut pipeline = Pipeline::open(support::weights()).unwrap_or_else(|error| panic!("{error}"));
    let read: Vec<_> = InstructionSet::available()
        .into_iter()
        .map(|set| {
            pipeline.set = set;
            pipeline.resting = Mutex::default();
            let document = pipeline.read(text);
            let resting = pipeline.resting.get_mut().expect("no reader panicked");
            let bits = |numbers: &[f32]| numbers.iter().map(|number| number.to_bits()).collect::<Vec<_>>();
            let [vectors, scores] = resting[0].numbers();
            (document, bits(vectors), bits(scores))
        })
        .collect();
    assert!(read[0].1.len() > 20 * 96);
    assert!(read.iter().all(|other| *other == read[0]));
}
