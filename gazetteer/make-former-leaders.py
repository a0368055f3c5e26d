#!/usr/bin/env python3
"""Makes former-leaders.tsv: who held which office when, as facts out of four published lists.

usage: make-former-leaders.py FOLDER > former-leaders.tsv

FOLDER holds
  CountryInfo.120116.txt.gz         Schrodt 2012, CC BY-SA 3.0: heads of state and government since 1960,
                                    ministers from 2003 to 2011
  world_leaders_2021_wikidata.csv   Wikidata, CC0: heads of state and government in 2021 and 2022, by year
  us_executive.yaml                 congress-legislators, CC0: presidents and vice-presidents

Heads of state and government, and ministers of foreign affairs, defense, interior and finance are kept.
People who are in leaders.tsv, which stands beside this script, are left to it. Where a list says only that
somebody was still in office when it was made, the day of its making is the end: later we don't know.
"""
import csv, gzip, pathlib, re, sys, unicodedata

HERE = pathlib.Path(__file__).parent
LAST_LEADERS, LAST_MINISTERS = "2011-12-16", "2011-02-28"

OFFICES = [  # what a heading or a comment says → office, sectors
    (r"vice.president|deputy president", "Vice President", "GOV"),
    (r"deputy prime minister|vice.premier", "Deputy Prime Minister", "GOV"),
    (r"prime minister|^premiers?\b|head of government|chairmen of the council of ministers", "Prime Minister", "GOV"),
    (r"minister of foreign|minister of external|foreign minister|foreign affairs|secretary of state$", "Foreign Minister", "GOV"),
    (r"minister of (national )?defen[cs]e|defen[cs]e minister|secretary of defense", "Defense Minister", "GOV;MIL"),
    (r"minister of (the )?interior|home affairs|minister of internal", "Interior Minister", "GOV"),
    (r"minister of (economy and )?finance|finance minister|secretary of the treasury", "Finance Minister", "GOV"),
    (r"chancellor", "Chancellor", "GOV"),
    (r"king|queen|emir|sultan|monarch|emperor|prince", "Monarch", "GOV"),
    (r"president|chairm[ae]n|head of state|heads? of|chief of state|captains regent|supreme|leader|junta", "President", "GOV"),
]
MINISTERS = {"Vice President", "Deputy Prime Minister", "Foreign Minister", "Defense Minister", "Interior Minister", "Finance Minister"}


def plain(name):
    name = unicodedata.normalize("NFD", name)
    return re.sub(r"[^a-z]+", " ", "".join(c for c in name if not unicodedata.combining(c)).lower()).strip()


def office(words):
    words = words.strip().lower()
    return next(((title, sectors) for pattern, title, sectors in OFFICES if re.search(pattern, words)), None)


def day(text, end=False):
    year, month, number = int(text[:4]), int(text[4:6] or 1), int(text[6:8] or 1)
    month = min(max(month, 1), 12)
    longest = [31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return f"{year:04}-{month:02}-{min(max(number, 1), longest):02}"


def person(name):
    name = name.strip("_ \t").replace("_", " ")
    name = re.sub(r"^(ACTING |FOREIGN |PRIME |DEFEN[CS]E )?MINISTER |^(SHEIKH|SHAYKH|GENERAL|GEN\.?|DR\.?|SIR|MAJ\.? GEN\.?|LT\.? GEN\.?|COL\.?) ", "", name)
    return " ".join(re.sub(r"(^|[-'.])([a-z])", lambda m: m[1] + m[2].upper(), word) for word in name.lower().split())


def country_info(path):
    country = section = heading = None
    for line in gzip.open(path, "rt", encoding="utf-8", errors="replace"):
        line = line.strip()
        if m := re.match(r"<CountryCode>(\w{3})", line):
            country = m[1]
        elif re.match(r"<(Leaders|Government)>", line):
            section, heading = line.strip("<>"), None
        elif re.match(r"</(Leaders|Government)>", line):
            section = None
        elif section == "Leaders" and re.match(r"<[^/]", line):
            heading = line.strip("<>")
        elif section and re.match(r"[A-Z{]", line):
            names = [person(n) for n in (re.findall(r"\{([^}]*)\}", line) or [line.split("\t")[0].split("[")[0]])]
            spans = re.findall(r"\[(?:[A-Z]{6,} )?([<>]?\d{8}(?: - \d{8})?)\]", line)
            comments = line.split("#", 1)[1].split("&") if "#" in line else []
            if section == "Leaders":
                found = [(office(heading or ""), span) for span in spans]
            else:  # one comment for several spells cannot be told apart: such lines are left out
                found = [(office(comments[0]), spans[0])] if len(spans) == 1 and len(comments) == 1 else []
                found = [(what, span) for what, span in found if what and what[0] in MINISTERS and "acting" not in comments[0].lower()]
            for what, span in found:
                if not what or not country:
                    continue
                last = LAST_LEADERS if section == "Leaders" else LAST_MINISTERS
                if span.startswith(">"):
                    begin, end = day(span[1:]), last
                elif span.startswith("<"):
                    begin, end = "2003-01-01", day(span[1:])
                elif " - " in span:
                    begin, end = day(span[:8]), day(span[-8:])
                else:
                    continue
                yield names[0], names[1:], country, what[0], what[1], begin, end


def wikidata(path, codes):
    for row in csv.DictReader(open(path, encoding="utf-8")):
        what, country = office(row["positionLabel"]), codes.get(plain(row["country"]))
        name = re.sub(r" \(.*\)$", "", row["officeholderLabel"])
        # The British monarch, head of many states, is in leaders.tsv as one country's.
        if what and country and re.match(r"^[^Q\d]", name) and name not in ("Charles III", "Elizabeth II"):
            begin = f"{row['start_year']}-01-01" if row["start_year"] else ""
            yield name, [], country, what[0], what[1], begin, f"{row['end_year']}-12-31" if row["end_year"] else ""


def us_executive(path):
    name = {}
    for line in open(path, encoding="utf-8"):
        if line.startswith("- id"):
            name = {}
        elif m := re.match(r"\s+(first|last|nickname): (.*)", line):
            name[m[1]] = m[2].strip("'\" ")
        elif m := re.match(r"\s+-? *type: (\w+)", line):
            kind = m[1]
        elif m := re.match(r"\s+start: '([\d-]+)'", line):
            begin = m[1]
        elif (m := re.match(r"\s+end: '([\d-]+)'", line)) and begin >= "1933":
            title = "President" if kind == "prez" else "Vice President"
            yield f"{name['first']} {name['last']}", [], "USA", title, "GOV", begin, m[1]


def main(folder):
    countries = list(csv.reader(open(HERE / "countries.tsv", encoding="utf-8"), delimiter="\t"))[1:]
    codes = {plain(name): row[0] for row in countries for name in [row[2], *row[3].split(";")] if name}
    known = {row[0] for row in countries}
    theirs = {(plain(name), row[2]) for row in list(csv.reader(open(HERE / "leaders.tsv", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))[1:] for name in [row[0], *row[1].split(";")]}
    rows = {}
    folder = pathlib.Path(folder)
    sources = [us_executive(folder / "us_executive.yaml"), country_info(folder / "CountryInfo.120116.txt.gz"),
               wikidata(folder / "world_leaders_2021_wikidata.csv", codes)]
    for source in sources:
        for name, aliases, country, title, sectors, begin, end in source:
            if country not in known or " " not in name or (plain(name), country) in theirs or (end and begin > end) or end and end < "1960":
                continue
            if re.search(r"[\[\]{}<>\d#\t]", name) or len(name) > 60:
                continue
            key = (plain(name), country, title)
            # A person found in two lists with one office: the one that knows days wins, else the first.
            if any(other[0] == begin[:4] or other[1] == begin for other in [(b[:4], b) for b in rows.get(key, {})]):
                continue
            rows.setdefault(key, {})[begin] = (name, ";".join(a for a in aliases if a and a != name), country, title, sectors, begin, end)
    print("\t".join(["name", "aliases", "country", "office", "sectors", "from", "to"]))
    for row in sorted((row for spells in rows.values() for row in spells.values()), key=lambda row: (row[2], row[3], row[5], row[0])):
        print("\t".join(row))


main(*sys.argv[1:])
