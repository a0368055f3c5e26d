"""Archives of our own making: WARC files with stories that we have written."""

import gzip

CITIES = ["Lima", "Nairobi", "Dhaka", "Quito", "Accra", "Oslo", "Manila", "Tunis"]
DAYS = ["2024-05-13", "2024-05-14", "2024-05-15"]

#: Sentences of which each story has some, so that no two have many words in a row in common.
SENTENCES = [
    "Police in {city} arrested {count} dockers on Monday after a march against unpaid wages at pier {pier}.",
    "Thousands of teachers marched through {city} past house number {count} and demanded {pier} new schools.",
    "The mayor of {city} said that {count} families would be moved before the river rises by {pier} metres.",
    "Kenya and Ghana signed a treaty in {city} on trade in {count} kinds of grain from {pier} harbours.",
    "Gunmen attacked a police post near {city} on Sunday and killed {pier} officers, a spokesman said at {count}.",
    "A court in {city} sent {pier} former ministers to prison for {count} months over a broken bridge.",
    "Norway has sent food and {count} tents to {city}, where {pier} villages stand under water.",
    "Nurses in {city} went on strike on Tuesday because ward {pier} has had no water for {count} days.",
]


def story(number):
    """Title, paragraphs and day of a story; each number has its own."""
    city = CITIES[number % len(CITIES)]
    said = [
        sentence.format(city=city, count=number * 7 + at * 3 + 2, pier=number * 11 + at + 2)
        for at, sentence in enumerate(SENTENCES)
    ]
    first = number % len(said)
    return (
        f"What happened in {city} this week, part {number}",
        (said + said)[first : first + 5],
        DAYS[number % 3],
    )


def page(number, before=""):
    title, paragraphs, day = story(number)
    return markup(title, day, ([before] if before else []) + paragraphs)


def markup(title, day, paragraphs):
    """A story as a page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title>"
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def record(url, html, day="2024-05-16"):
    """A response, packed by itself as crawlers do, and the day it was fetched."""
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {day}T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    ).encode()
    return gzip.compress(head + response + b"\r\n\r\n", mtime=0)


def write(folder, archives=6, stories=8):
    """Write archives: the last one is cut, and the first stories of each stand in the next one too, copied."""
    paths = []
    for archive in range(archives):
        parts = []
        for at in range(stories):
            number = archive * stories + at
            parts.append(record(f"https://post{archive}.example/{number}", page(number)))
        if archive:
            copied = (archive - 1) * stories
            note = "Sign up for our letter about harbours."
            parts.append(record(f"https://post{archive}.example/copy/{copied}", page(copied, note)))
            # The same address, met again.
            parts.append(record(f"https://post{archive - 1}.example/{copied}", page(copied)))
        content = b"".join(parts)
        if archive == archives - 1:
            content = content[: -len(parts[-1]) // 2]
        path = folder / f"crawl-{archive}.warc.gz"
        path.write_bytes(content)
        paths.append(path)
    return paths
