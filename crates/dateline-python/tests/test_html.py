"""A record in a notebook: whole HTML, nothing of the story's run, marks never crossed."""

import html
from html.parser import HTMLParser

import dateline
import pytest
from conftest import pages


class Words(HTMLParser):
    """Reads the words of the story's paragraphs back, and checks that elements close in order."""

    def __init__(self):
        super().__init__()
        self.open, self.paragraphs = [], []

    def handle_starttag(self, tag, attrs):
        assert tag in {"div", "p", "span", "ol", "ul", "li", "b"}, tag
        self.open.append(tag)
        if tag == "p":
            self.paragraphs.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "p" in self.open:
            self.paragraphs[-1] += data


def check(record):
    words = Words()
    words.feed(record._repr_html_())
    words.close()
    assert words.open == []
    want = [line for line in record.article.text.split("\n") if line.strip()]
    assert words.paragraphs == want
    return record._repr_html_()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.parent.name)
def test_the_words_are_all_there_under_their_marks(page):
    record = dateline.read(page)
    shown = check(record)
    for kind in ("trigger", "actor", "place"):
        assert f"dateline-{kind}" in shown
    for event in record.events:
        assert html.escape(event.summary()) in shown


def test_words_of_the_story_are_never_markup():
    text = (
        'Police arrested <script>alert(1)</script> & "two" men\' in Lima </div> on Monday, said <b>Ana Ruiz.'
    )
    shown = check(dateline.read(text, format="text", published_at="2024-05-15"))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_overlapping_marks_are_cut_not_crossed():
    text = "“Police arrested two men in Lima on Monday,” said Ana Ruiz 🇵🇪."
    record = dateline.read(text, published_at="2024-05-15")
    shown = check(record)
    assert "dateline-place dateline-quote" in shown or "dateline-quote" in shown
