"""Archives of our own making, of any size: stories of the codebook's example sentences, as pages in WARC files.

No two are alike but for the copies, and the same number of stories gives the same files.
"""

import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODEBOOK = ROOT / "codebook"

# How a story is a page, and a page a record, the tests on archives say.
sys.path.append(str(ROOT / "crates" / "dateline-python" / "tests" / "spark"))
from archives import markup, record  # noqa: E402

#: After the last day of the stories.
FETCHED = "2025-03-29"

#: Sentences of a paragraph, paragraphs of a story: some 400 words, as a story of a wire has.
SENTENCES, PARAGRAPHS = 3, 10

#: Every so many stories one is a copy of the one before, with a line of its own.
COPY = 10


def sentences():
    """The texts of all examples."""
    found = []
    for page in sorted(CODEBOOK.glob("[a-z]*.md")):
        for example in re.findall(r"^```example [^\n]*\n(.*?)^---$", page.read_text(), re.M | re.S):
            found.append(" ".join(example.split()))
    return found


def write(folder, stories, archives):
    """Write so many stories into so many files; gives their words."""
    folder.mkdir()
    said = sentences()
    dice = random.Random(1)
    words = 0
    files = [(folder / f"{number:04}.warc.gz").open("wb") for number in range(archives)]
    for number in range(stories):
        note = []
        if number % COPY or not number:
            title, *paragraphs = (" ".join(dice.sample(said, SENTENCES)) for _ in range(PARAGRAPHS + 1))
        else:
            note = [f"Sign up for letter {number} of our desk."]
        title, text = title.split(".")[0], [*note, *paragraphs]
        words += sum(len(paragraph.split()) for paragraph in [title, *text])
        page = markup(title, f"2025-03-{number % 28 + 1:02}", text)
        files[number % archives].write(record(f"https://post.example/{number}", page, FETCHED))
    for file in files:
        file.close()
    return words
