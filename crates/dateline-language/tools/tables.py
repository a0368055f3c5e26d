"""Writes src/symbols.rs and src/characters/tables.rs from Python and spaCy.

Run with a Python that has spaCy 3.8:  python tools/tables.py
"""
import sys
from pathlib import Path

from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS

src = Path(__file__).parent.parent / "src"


def rust(text):
    return '"' + "".join(
        c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\u{{{ord(c):x}}}" for c in text
    ) + '"'


def ranges(predicate):
    found, start = [], None
    for code in range(sys.maxunicode + 2):
        holds = code <= sys.maxunicode and predicate(chr(code))
        if holds and start is None:
            start = code
        elif not holds and start is not None:
            found.append((start, code - 1))
            start = None
    return found


def table(name, doc, rows):
    lines, line = [], "   "
    for first, last in rows:
        piece = f" (0x{first:x}, 0x{last:x}),"
        if len(line) + len(piece) > 108:
            lines.append(line)
            line = "   "
        line += piece
    lines.append(line)
    return f"/// {doc}\n#[rustfmt::skip]\npub(super) const {name}: &[(u32, u32)] = &[\n" + "\n".join(lines) + "\n];\n"


symbols = sorted((name, number) for name, number in IDS.items() if name)
out = [
    "//! Symbols: the strings that spaCy numbers by hand instead of hashing.",
    "//!",
    "//! Written by `tools/tables.py` from `spacy.symbols.IDS` (spaCy 3.8, MIT, Explosion).",
    "",
    "/// Name and number, sorted by name.",
    "#[rustfmt::skip]",
    f"pub(crate) const SYMBOLS: [(&str, u16); {len(symbols)}] = [",
]
line = "   "
for name, number in symbols:
    piece = f" ({rust(name)}, {number}),"
    if len(line) + len(piece) > 108:
        out.append(line)
        line = "   "
    line += piece
out += [line, "];", ""]
out += [
    "/// Norms that spaCy gives to words of any language, sorted by word (`BASE_NORMS`).",
    "#[rustfmt::skip]",
    f"pub(crate) const BASE_NORMS: [(&str, &str); {len(BASE_NORMS)}] = [",
]
out += [f"    ({rust(a)}, {rust(b)})," for a, b in sorted(BASE_NORMS.items())]
out += ["];", ""]
(src / "symbols.rs").write_text("\n".join(out))

parts = [
    "//! Character classes as CPython 3.11 (Unicode 14) has them.",
    "//!",
    "//! Written by `tools/tables.py`: Rust's own classes differ (`is_alphabetic` takes in marks, and",
    "//! no method knows superscript digits).",
    "",
    table("ALPHA", "`str.isalpha`: letters, categories Lu, Ll, Lt, Lm, Lo.", ranges(str.isalpha)),
    table("DIGIT", "`str.isdigit`: decimal digits, and superscript, circled and other digits.", ranges(str.isdigit)),
]
(src / "characters").mkdir(exist_ok=True)
(src / "characters" / "tables.rs").write_text("\n".join(parts))
