"""Compares dateline-language with Python spaCy, token by token and name by name.

    pip install spacy==3.8.*
    python compare.py PIPELINE [FILE]

FILE holds one text a line, as a JSON string. Without it, 3,000 odd texts are made: Unicode, emoji, URLs,
contractions, white space. Ends with status 1 if more than one token in 100,000 differs.
"""
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import spacy

WORDS = """the a police arrested don't can't U.S. Mr. O'Brien well-known 12.5% $3.50 €20 10km 5pm Jan. 2020-08-17
http://example.com/a?b=c foo@bar.org www.x.co.uk/ :) :-( :'( (ಠ_ಠ) ¯\\(ツ)/¯ <3 gonna y'all ol' nothin' c'mon
U.N.-backed state-of-the-art and/or he's they'd've I'm 'em “quoted” ‘single’ it’s — – -- --- ... … …… 1,000 3rd ½ ²
① ٣ naïve Straße ΣΟΦΟΣ İstanbul москва 北京市 こんにちは 한국어 العربية עברית हिन्दी ไทย 👍 👩‍👩‍👧‍👦 🇺🇸 ❤️ #tag @user a.m. p.m.
e.g. i.e. etc. Ph.D. St. vs. dep case mark det NOUN PERSON ORG punct prep meta agent e\u0301 \u200b \ufeff
zero\u200bwidth soft\u00adhyphen x² 10° 5'10" [1] {x} <b>bold</b> a_b C++ A&P 'twas 'S S' 50-50 1990s '90s 7/11
12:30 192.168.0.1 file.txt a.b.c !!! ??? ?! ,, ;; ~~ == => <- +1 +44 -5 #1 No.1 $ US$5 5m 3x m/s 20ºC ™ § • ‚ „ « »""".split()
WORDS += ["\x00", "\x01", "\x1c", "\x85"]
SPACES = [" "] * 8 + ["  ", "\n", "\n\n", "\t", " \n", "\n ", "\xa0", "\u2003", "\r\n", "", "", "-", ".", ",", "'", "\u2028", "   "]
RANGES = [(33, 126), (161, 0x17F), (0x370, 0x5FF), (0x900, 0x97F), (0x2000, 0x2FFF), (0x3000, 0x30FF), (0x1F300, 0x1FAFF)]


def odd_texts(count):
    draw = random.Random(5)

    def word():
        kind = draw.random()
        if kind < 0.85:
            chosen = draw.choice(WORDS)
            return draw.choice([chosen, chosen, chosen, chosen.upper(), chosen.title(), chosen.lower()])
        if kind < 0.93:
            return "".join(draw.choice("abcXYZ019.,-'\"():/@_&$%é漢\u0301😀٣") for _ in range(draw.randint(1, 9)))
        return "".join(chr(draw.randint(*draw.choice(RANGES))) for _ in range(draw.randint(1, 4)))

    return ["".join(word() + draw.choice(SPACES) for _ in range(draw.randint(1, 60))) for _ in range(count)]


def spacy_columns(nlp, text):
    byte_at = [0]
    for character in text:
        byte_at.append(byte_at[-1] + len(character.encode("utf-8")))
    doc, sentence, lines = nlp(text), 0, []
    for token in doc:
        if token.i > 0 and token.is_sent_start:
            sentence = token.i
        span = f"{byte_at[token.idx]}..{byte_at[token.idx + len(token.text)]}"
        lemma = json.dumps(token.lemma_, ensure_ascii=False)
        columns = [span, token.tag_, token.pos_, str(token.morph), token.dep_, lemma, token.head.i, sentence]
        lines.append("\t".join(map(str, columns)))
    return lines + [f"ENT\t{ent.start}\t{ent.end}\t{ent.label_}" for ent in doc.ents]


def main():
    pipeline = sys.argv[1]
    if len(sys.argv) > 2:
        texts = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    else:
        texts = odd_texts(3000)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(text) + "\n" for text in texts)
        file.flush()
        command = ["cargo", "run", "-q", "-p", "dateline-language", "--example", "print_columns", "--", pipeline, file.name]
        ours = subprocess.run(command, cwd=Path(__file__).parent, check=True, stdout=subprocess.PIPE).stdout
    ours = ours.decode("utf-8").split("DOC\n")
    nlp = spacy.load(pipeline)
    tokens = names = differences = 0
    for text, mine in zip(texts, ours):
        mine, theirs = mine.split("\n")[:-1], spacy_columns(nlp, text)
        tokens += sum(not line.startswith("ENT") for line in theirs)
        names += sum(line.startswith("ENT") for line in theirs)
        if mine != theirs:
            differing = [pair for pair in zip(mine, theirs) if pair[0] != pair[1]]
            differences += len(differing) + abs(len(mine) - len(theirs))
            print(repr(text[:80]), *differing[:3], sep="\n  ")
    print(f"{len(texts)} texts, {tokens} tokens, {names} names: {differences} lines differ")
    sys.exit(differences > tokens / 100_000)


main()
