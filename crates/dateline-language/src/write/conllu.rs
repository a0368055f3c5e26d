//! CoNLL-U: ten columns a word, a blank line after each sentence (universaldependencies.org/format).

use std::fmt::Write as _;

use dateline_document::{Document, Sentence, TokenId};

/// The document in CoNLL-U.
///
/// A word of CoNLL-U holds no white space: tokens that are nothing else (spaCy's `SPACE`) become
/// `SpacesAfter` of the word before them, or `SpacesBefore` of a text's first word, as UDPipe has
/// it, and what hangs on them hangs on their heads. Names are in the last column as `ner=B-GPE`
/// and `ner=I-GPE`. Where no parser ran, `HEAD` and `DEPREL` are `_`.
///
/// The relations are those of the pipeline; the published English ones have ClearNLP's labels
/// ("dobj", "pobj"), not those of Universal Dependencies. Only the root's is written as `root`.
pub fn conllu(document: &Document, id: Option<&str>) -> String {
    let id = id.map(one_line);
    let mut out = String::new();
    match &id {
        Some(id) => writeln!(out, "# newdoc id = {id}"),
        None => writeln!(out, "# newdoc"),
    }
    .expect("a string takes all");
    let names = names_by_token(document);
    let mut number = 0;
    for sentence in &document.sentences {
        let words: Vec<TokenId> =
            document.sentence_tokens(sentence).filter(|&token| !is_space(document, token)).collect();
        if words.is_empty() {
            continue;
        }
        number += 1;
        let prefix = id.as_ref().map(|id| format!("{id}-")).unwrap_or_default();
        let text = one_line(document.text[sentence.span].trim());
        let _ = writeln!(out, "# sent_id = {prefix}{number}\n# text = {text}");
        write_words(document, sentence, &words, &names, &mut out);
        out.push('\n');
    }
    out
}

fn write_words(
    document: &Document,
    sentence: &Sentence,
    words: &[TokenId],
    names: &[String],
    out: &mut String,
) {
    for (at, &id) in words.iter().enumerate() {
        let token = document.token(id);
        let head = match head_word(document, sentence, id) {
            _ if token.relation.is_empty() => "_".to_owned(),
            None => "0".to_owned(),
            // Ascending, so that it can be searched.
            Some(head) => words.binary_search(&head).map_or(0, |at| at + 1).to_string(),
        };
        let relation = if head == "0" { "root" } else { or_blank(&token.relation) };
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{relation}\t_\t{}",
            at + 1,
            one_line(document.word(id)),
            one_line(or_blank(&token.lemma)),
            or_blank(&token.pos),
            or_blank(&token.tag),
            or_blank(&token.morph),
            miscellany(document, id, &names[id.index()]),
        );
    }
}

/// The word that `id` hangs on, past white space and within the sentence; `None` for a root.
fn head_word(document: &Document, sentence: &Sentence, id: TokenId) -> Option<TokenId> {
    let in_sentence = |head: &TokenId| (sentence.start..sentence.end).contains(head);
    // No path up is longer than the sentence: a cycle of a broken tree ends there.
    let length = (sentence.end.0 - sentence.start.0) as usize;
    document.ancestors(id).take(length).find(|&head| !is_space(document, head)).filter(in_sentence)
}

/// The last column: what white space is around the word, and the name it belongs to.
fn miscellany(document: &Document, id: TokenId, name: &str) -> String {
    let mut notes = Vec::new();
    let text = &*document.text;
    let span = document.token(id).span;
    let is_first = document.token_ids().take(id.index()).all(|before| is_space(document, before));
    if is_first && span.start > 0 {
        notes.push(format!("SpacesBefore={}", escaped(&text[..span.start as usize])));
    }
    let next = (id.0 + 1..document.tokens.len() as u32).map(TokenId).find(|&next| !is_space(document, next));
    let end = next.map_or(text.len(), |next| document.token(next).span.start as usize);
    let after = &text[span.end as usize..end];
    match after {
        " " => {}
        "" if next.is_none() => {}
        "" => notes.push("SpaceAfter=No".to_owned()),
        after => notes.push(format!("SpacesAfter={}", escaped(after))),
    }
    if !name.is_empty() {
        notes.push(format!("ner={name}"));
    }
    if notes.is_empty() { "_".to_owned() } else { notes.join("|") }
}

/// By token: "B-GPE" for the first of a name, "I-GPE" for the others, "" for none.
fn names_by_token(document: &Document) -> Vec<String> {
    let mut names = vec![String::new(); document.tokens.len()];
    for name in &document.names {
        let tokens = &mut names[name.start.index()..name.end.index()];
        for (at, token) in tokens.iter_mut().enumerate() {
            *token = format!("{}-{}", if at == 0 { "B" } else { "I" }, name.label);
        }
    }
    names
}

fn is_space(document: &Document, id: TokenId) -> bool {
    document.word(id).chars().all(crate::characters::is_space)
}

fn or_blank(text: &str) -> &str {
    if text.is_empty() { "_" } else { text }
}

/// White space, which would end a column or a line, as single spaces.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// White space as UDPipe writes it: `\s`, `\t`, `\r`, `\n`, `\p` for a bar.
fn escaped(space: &str) -> String {
    let mut out = String::new();
    for c in space.chars() {
        match c {
            ' ' => out.push_str("\\s"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\n' => out.push_str("\\n"),
            '|' => out.push_str("\\p"),
            '\\' => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}
