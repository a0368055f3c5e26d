"""Archives of our own making, of any size: stories of the codebook's example sentences, as pages in WARC files.

No two are alike but for the copies, and the same number of stories gives the same files.
"""

import gzip
import random
import re
from pathlib import Path

CODEBOOK = Path(__file__).resolve().parents[1] / "codebook"

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
        text = [title.split(".")[0], *note, *paragraphs]
        words += sum(len(paragraph.split()) for paragraph in text)
        day = f"2025-03-{number % 28 + 1:02}"
        files[number % archives].write(record(f"https://post.example/{number}", page(day, *text)))
    for file in files:
        file.close()
    return words


def page(day, title, *paragraphs):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title>"
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def record(url, html):
    """A response, packed by itself as crawlers do."""
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2025-03-29T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    ).encode()
    return gzip.compress(head + response + b"\r\n\r\n", mtime=0)
