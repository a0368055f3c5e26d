"""Writes what Python spaCy says of texts.jsonl into golden.tsv, and its senter into senter.jsonl.

    pip install spacy==3.8.*
    python make_golden.py PIPELINE        a directory that spacy.load takes, en_core_web_md 3.8

One token a line: bytes, tag, part of speech, morphology, relation, lemma (as JSON), head, first token
of the sentence. Then the names: ENT, first token, end, label. DOC ends a text. In senter.jsonl, a line for
each text: the first tokens of its sentences.
"""
import json
import sys
from pathlib import Path

import spacy

here = Path(__file__).parent
nlp = spacy.load(sys.argv[1])
lines = []
for line in (here / "texts.jsonl").read_text(encoding="utf-8").splitlines():
    text = json.loads(line)
    byte_at = [0]
    for character in text:
        byte_at.append(byte_at[-1] + len(character.encode("utf-8")))
    sentence = 0
    doc = nlp(text)
    for token in doc:
        if token.i > 0 and token.is_sent_start:
            sentence = token.i
        span = f"{byte_at[token.idx]}..{byte_at[token.idx + len(token.text)]}"
        lemma = json.dumps(token.lemma_, ensure_ascii=False)
        columns = [span, token.tag_, token.pos_, str(token.morph), token.dep_, lemma, token.head.i, sentence]
        lines.append("\t".join(map(str, columns)))
    lines += [f"ENT\t{ent.start}\t{ent.end}\t{ent.label_}" for ent in doc.ents]
    lines.append("DOC")
(here / "golden.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

nlp.enable_pipe("senter")
nlp.disable_pipe("parser")
with open(here / "senter.jsonl", "w", encoding="utf-8") as file:
    for line in (here / "texts.jsonl").read_text(encoding="utf-8").splitlines():
        print([token.i for token in nlp(json.loads(line)) if token.is_sent_start], file=file)
