"""Compares dateline-language with Python spaCy, token by token and name by name.

    pip install spacy==3.8.*
    python compare.py [PIPELINE] [--texts FILE] [--senter] [--odd COUNT] [--news COUNT] [--repository]

Texts: --texts a file of one JSON string a line; --odd so many odd texts (Unicode, emoji, URLs, contractions,
white space); --news so many dispatches made of phrases; --repository all prose of this repository. Without any
of these, 3,000 odd texts. Ends with status 1 if more than one line in 100,000 differs.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import spacy

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[3]

WORDS = """the a police arrested don't can't U.S. Mr. O'Brien well-known 12.5% $3.50 €20 10km 5pm Jan. 2020-08-17
http://example.com/a?b=c foo@bar.org www.x.co.uk/ :) :-( :'( (ಠ_ಠ) ¯\\(ツ)/¯ <3 gonna y'all ol' nothin' c'mon
U.N.-backed state-of-the-art and/or he's they'd've I'm 'em “quoted” ‘single’ it’s — – -- --- ... … …… 1,000 3rd ½ ²
① ٣ naïve Straße ΣΟΦΟΣ İstanbul москва 北京市 こんにちは 한국어 العربية עברית हिन्दी ไทย 👍 👩‍👩‍👧‍👦 🇺🇸 ❤️ #tag @user a.m. p.m.
e.g. i.e. etc. Ph.D. St. vs. dep case mark det NOUN PERSON ORG punct prep meta agent e\u0301 \u200b \ufeff
zero\u200bwidth soft\u00adhyphen x² 10° 5'10" [1] {x} <b>bold</b> a_b C++ A&P 'twas 'S S' 50-50 1990s '90s 7/11
12:30 192.168.0.1 file.txt a.b.c !!! ??? ?! ,, ;; ~~ == => <- +1 +44 -5 #1 No.1 $ US$5 5m 3x m/s 20ºC ™ § • ‚ „ « »
l'école aujourd'hui d'abord qu'il c'est-à-dire peut-être rendez-vous jusqu'à M. Mme n° 1er 2e porte-parole dit-il""".split()
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


# Dispatches: each phrase stands for one of its ways, until none is left.
PHRASES = {
    "STORY": ["PLACE, DAY (WIRE) — CLAUSE. CLAUSE. SAID. CLAUSE.\n\nSAID. CLAUSE, SAYING.\n\nCLAUSE, and CLAUSE. SAID."],
    "CLAUSE": ["WHO DID WHOM", "WHO DID WHOM in PLACE", "on DAY, WHO DID WHOM", "WHO, who had DONE WHOM, DID WHOM",
               "WHOM was DONE by WHO near PLACE", "NUMBER people were DONE when WHO DID WHOM",
               "after WHO DID WHOM, WHO DID WHOM", "if WHO had not DONE WHOM, WHO would have DONE WHOM",
               "WHO wanted to VERB WHOM but DID WHOM instead", "there were NUMBER CROWD in PLACE"],
    "SAID": ["“CLAUSE,” said NAME, a spokeswoman for WHO", "NAME told the WIRE that CLAUSE", "“We won't VERB WHOM,” WHO said",
             "According to WHO, CLAUSE", "“Don't VERB WHOM — CLAUSE!” NAME's lawyer said", "Asked whether CLAUSE, NAME said: “No.”"],
    "SAYING": ["saying that CLAUSE", "leaving NUMBER people DONE", "its first such move since YEAR", "officials said on DAY"],
    "WHO": ["NAME", "the ADJECTIVE government", "police", "NUMBER CROWD", "ADJECTIVE CROWD from PLACE", "the U.N.", "PLACE's parliament",
            "President NAME", "a court", "the WIRE's editor-in-chief", "CROWD and CROWD"],
    "WHOM": ["NAME", "the port of PLACE", "NUMBER CROWD", "a US$NUMBER-million loan", "the opposition leader NAME", "an ADJECTIVE village",
             "plans for NUMBER ADJECTIVE ships", "its embassy in PLACE", "the CROWD' demands", "a cease-fire"],
    "CROWD": ["dockers", "rebels", "teachers", "gunmen", "nurses", "soldiers", "students", "farmers", "envoys", "judges"],
    "ADJECTIVE": ["ADJECTIVE, ADJECTIVE", "angry", "Peruvian", "U.S.-backed", "masked", "former", "little-known", "war-torn", "new", "striking"],
    "VERB": ["attack", "meet", "arrest", "praise", "shell", "expel", "warn", "free", "strike", "abandon", "rebuild"],
    "DID": ["attacked", "met", "arrested", "praised", "shelled", "expelled", "warned", "freed", "struck", "abandoned", "rebuilt"],
    "DONE": ["attacked", "met", "arrested", "praised", "shelled", "expelled", "warned", "freed", "struck", "abandoned", "rebuilt"],
    "NAME": ["Rosa Quispe", "O. J. Hallström", "Gen. Idris Bako", "Ms. Tan", "al-Masri", "Jean-Luc N'Diaye", "Sen. Ann O'Dell", "Wu"],
    "PLACE": ["Lima", "Goma", "São Tomé", "N'Djamena", "the Gulf of Aden", "New South Wales", "St. Petersburg", "Kyiv", "Port-au-Prince"],
    "DAY": ["Monday", "March 3", "Friday night", "Jan. 21, 2019", "Tuesday at 5:30 a.m.", "the 4th of May"],
    "WIRE": ["Reuters", "AP", "Harbour Post", "state TV"],
    "NUMBER": ["3", "two", "1,200", "at least 40", "2.5", "a dozen", "17"],
    "YEAR": ["1998", "the 1970s", "2011"],
}


def dispatches(count):
    draw = random.Random(11)

    def say(phrase, depth):
        out, word = [], ""
        for character in phrase + "\0":
            if character.isupper():
                word += character
                continue
            ways = PHRASES.get(word)
            # Deep down, the first ways, which go on for ever, are left alone.
            out.append(say(draw.choice(ways if depth < 4 else ways[:1] if word == "CLAUSE" else ways[-3:]), depth + 1) if ways else word)
            word = ""
            out.append(character)
        return "".join(out[:-1])

    def story():
        text = say("STORY", 0)
        return text[0].upper() + text[1:]

    return [story() for _ in range(count)]


def prose():
    """What we wrote ourselves: pages, stories, tables of names."""
    texts = []
    for pattern in ("*.md", "codebook/*.md", "tests/stories/*/*", "gazetteer/**/*.*sv", "crates/*/README.md"):
        for path in sorted(REPOSITORY.glob(pattern)):
            text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
            # A table is as good in pieces, and spaCy refuses what is very long.
            texts += [text[at:at + 20_000] for at in range(0, len(text), 20_000)]
    return texts


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


def our_columns(pipeline, texts, options):
    """What print_columns says: by text, its lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(text) + "\n" for text in texts)
        file.flush()
        command = ["cargo", "run", "-q", "--release", "-p", "dateline-language", "--example", "print_columns", "--"]
        command += [pipeline, file.name, *options]
        ours = subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE).stdout
    return [lines.split("\n")[:-1] for lines in ours.decode("utf-8").split("DOC\n")[:-1]]


def default_pipeline():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.environ.get("DATELINE_WEIGHTS") or f"{cache}/dateline/weights/en_core_web_md-3.8.0"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pipeline", nargs="?", default=default_pipeline(), help="a directory that spacy.load takes")
    parser.add_argument("--texts", help="a file of JSON strings, one a line")
    parser.add_argument("--odd", type=int, default=0, help="so many odd texts")
    parser.add_argument("--news", type=int, default=0, help="so many dispatches made of phrases")
    parser.add_argument("--repository", action="store_true", help="all prose of this repository")
    parser.add_argument("--senter", action="store_true", help="the senter in the place of the parser")
    arguments = parser.parse_args()

    texts = prose() if arguments.repository else []
    if arguments.texts:
        texts += [json.loads(line) for line in open(arguments.texts, encoding="utf-8")]
    texts += odd_texts(arguments.odd) + dispatches(arguments.news)
    texts = texts or odd_texts(3000)
    ours = our_columns(arguments.pipeline, texts, ["senter"] if arguments.senter else [])
    if len(ours) != len(texts):
        sys.exit(f"of {len(texts)} texts, {len(ours)} came back")

    nlp = spacy.load(arguments.pipeline)
    if arguments.senter:
        nlp.enable_pipe("senter")
        nlp.disable_pipe("parser")
    tokens = names = differences = 0
    for text, mine in zip(texts, ours):
        theirs = spacy_columns(nlp, text)
        tokens += sum(not line.startswith("ENT") for line in theirs)
        names += sum(line.startswith("ENT") for line in theirs)
        if mine != theirs:
            differing = [pair for pair in zip(mine, theirs) if pair[0] != pair[1]]
            differences += len(differing) + abs(len(mine) - len(theirs))
            print(repr(text[:80]), *differing[:3], sep="\n  ")
    print(f"spaCy {spacy.__version__}: {len(texts)} texts, {tokens} tokens, {names} names: {differences} lines differ")
    sys.exit(differences > tokens / 100_000)


main()
