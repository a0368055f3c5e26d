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

#[test]
fn a_document_reads_the_same_in_stretches_and_at_once() {
    let pipeline = Pipeline::open(support::weights()).unwrap_or_else(|error| panic!("{error}"));
    let text: String = (0..70)
        .map(|number| {
            format!(
                "Envoy {number} of Peru met {} rebels, who'd left Goma{}\n",
                number * 7,
                "!".repeat(number % 4)
            )
        })
        .collect();
    let read = |stretch: usize| {
        let mut scratch = Scratch::new(&pipeline);
        scratch.set_stretch(stretch);
        let mut joined = Joined::default();
        annotate::annotate(&pipeline, &text, 0, &mut scratch, &mut joined);
        let bits: Vec<u32> = scratch.numbers()[0].iter().map(|number| number.to_bits()).collect();
        (joined.into_document(text.as_str().into()), bits)
    };
    let at_once = read(100_000);
    assert!(at_once.0.tokens.len() > 800);
    for stretch in [2, 64, 512] {
        assert!(read(stretch) == at_once, "{stretch} words at a time");
    }
}
