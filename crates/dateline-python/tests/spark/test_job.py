"""The job by its command line, and its output in a database."""

import subprocess
import sys


def words(command, *arguments):
    told = command(*arguments)
    return told.returncode, told.stdout.decode(), told.stderr.decode()


def test_the_job_tells_counts_and_what_was_rejected(command, crawl, tmp_path):
    job = [sys.executable, "-m", "dateline.spark", "--master", "local-cluster[2,1,1024]"]
    job += ["--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=4"]
    job += ["--input", f"file:{crawl[0].parent}/crawl-[45].warc.gz", "--output", f"file:{tmp_path}/out"]
    job += ["--keep-text"]
    first = subprocess.run(job, capture_output=True, text=True, timeout=600, check=False)
    assert first.returncode == 3, first.stderr
    assert "2 archives" in first.stderr
    assert "19 articles" in first.stderr and "1 could not be read" in first.stderr, first.stderr
    database = tmp_path / "d.db"
    code, said, noted = words(command, "import", "--keep-text", "--db", database, tmp_path / "out")
    assert code == 0 and "19 added" in said and not noted
    question = "SELECT count(*) AS kept FROM article_version WHERE length(text) > 300"
    assert words(command, "sql", "--db", database, "--format", "csv", question)[1].split() == ["kept", "19"]
    again = subprocess.run(job, capture_output=True, text=True, timeout=600, check=False)
    assert again.returncode == 1
    assert "is there already\nhint: take another folder, or --overwrite" in again.stderr


#: What is told, by whom it is told; which tellings are of one event, and the numbers of rows, depend on the order of
#: coming in every database.
FACTS = [
    "SELECT id, url, title, publisher, published_at, language, words, text_hash, version, notes FROM article ORDER BY id",
    "SELECT id, coded_id, event_type, mode, status, contexts, trigger, trigger_start, date_from, date_to, date_basis, "
    "place_text, killed, injured, arrested, size, confidence, rule, digest FROM telling ORDER BY id",
    "SELECT id, form, content, content_start, cue, speaker_text, addressee, day, rule, digest FROM quote ORDER BY id",
]


def test_a_database_holds_the_same_facts_however_it_came_by_them(command, crawl, output, tmp_path):
    imported, added = tmp_path / "imported.db", tmp_path / "added.db"
    code, said, _ = words(command, "import", "--db", imported, output)
    assert code == 0 and "53 added (copies: 5)" in said, said
    assert words(command, "add", "--db", added, *crawl)[0] == 3
    for question in FACTS:
        facts = [
            words(command, "sql", "--format", "csv", "--limit", "100000", "--db", database, question)
            for database in (imported, added)
        ]
        assert facts[0] == facts[1] and facts[0][0] == 0
        assert len(facts[0][1].splitlines()) > 50
    code, said, _ = words(command, "import", "--db", imported, output)
    assert code == 0 and "53 there already" in said, said


def test_a_slice_is_a_folder(command, output, tmp_path):
    code, said, _ = words(command, "import", "--db", tmp_path / "d.db", output / "records/date=2024-05-14")
    assert code == 0
    days = words(
        command, "sql", "--db", tmp_path / "d.db", "--format", "csv", "SELECT DISTINCT day FROM article"
    )[1]
    assert days.split() == ["day", "2024-05-14"]
