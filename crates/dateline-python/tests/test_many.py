"""Many stories: in order, a few at a time, interrupted at once."""

import signal
import subprocess
import sys
import textwrap
import threading
import time

import dateline
import pytest
from conftest import ROOT, formats, pages


def story(number):
    return f"Police arrested {number + 2} men in Lima on Monday. " + "It rained on the port. " * (number % 7)


def test_stories_come_in_order_whatever_their_length():
    sources = [story(number) for number in range(200)]
    records = list(dateline.read_many(sources, workers=4))
    assert [record.article.text for record in records] == [s.strip() for s in sources]
    counts = [record.events[0].counts.arrested for record in records]
    assert counts == [number + 2 for number in range(200)]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_number_of_workers_changes_nothing(workers):
    want = [dateline.read(page) for page in pages()]
    assert list(dateline.read_many(pages(), workers=workers)) == want


def test_one_source_may_hold_many():
    jsonl = ROOT / "examples/three-weeks.jsonl"
    count = len(jsonl.read_bytes().splitlines())
    assert len(list(dateline.read_many(jsonl))) == count
    assert len(list(dateline.read_many([jsonl, story(1), jsonl.read_bytes()]))) == 2 * count + 1
    assert count > 10
    assert len(list(dateline.read_many(iter(formats()), errors="return"))) > len(formats())


def test_the_iterable_is_asked_only_as_fast_as_it_is_read():
    asked = 0

    def endless():
        nonlocal asked
        while True:
            asked += 1
            yield story(asked)

    records = dateline.read_many(endless(), workers=2)
    for read in range(1, 60):
        next(records)
        assert asked - read <= 2 * 4 * 2 + 2 + 2, "a few dozen at most"
    records.close()


def test_the_iterable_is_asked_on_the_thread_that_asks():
    threads = set()

    def sources():
        for number in range(40):
            threads.add(threading.get_ident())
            yield story(number)

    assert len(list(dateline.read_many(sources(), workers=3))) == 40
    assert threads == {threading.get_ident()}


def test_a_slow_iterable_holds_up_nothing_that_is_done():
    def slow():
        for number in range(5):
            yield story(number)
            time.sleep(0.4)

    begun = time.monotonic()
    next(dateline.read_many(slow(), workers=2))
    # Two or three are asked for before the first is there, not all of them.
    assert time.monotonic() - begun < 1.7


def test_what_the_iterable_raises_is_raised_where_it_stood():
    def breaking():
        yield story(0)
        yield story(1)
        raise RuntimeError("the cursor is gone")

    records = dateline.read_many(breaking())
    assert next(records).events
    assert next(records).events
    with pytest.raises(RuntimeError, match="the cursor is gone"):
        next(records)
    assert list(records) == []


BROKEN = ["Thousands marched in Lima.", "", "no-such-page.html", None, b"\x00\x01\x02" * 40, 7, story(3)]


def test_errors_are_raised_in_their_place():
    records = dateline.read_many(BROKEN)
    assert next(records).events[0].event_type == "PROTEST"
    with pytest.raises(dateline.ReadError, match="^item 1: the page is empty") as raised:
        next(records)
    assert raised.value.position == 1
    assert list(records) == []


def test_errors_are_returned_in_their_place():
    outcomes = list(dateline.read_many(BROKEN, errors="return"))
    assert len(outcomes) == len(BROKEN)
    names = [type(outcome).__name__ for outcome in outcomes]
    assert names[:4] == ["Record", "ReadError", "ReadError", "TypeError"]
    assert names[5:] == ["TypeError", "Record"]
    assert str(outcomes[2]).startswith("no-such-page.html: no such file or folder\nhint: ")
    assert "drop the rows" in str(outcomes[3])


def test_errors_are_warned_of_and_the_rest_is_read():
    with pytest.warns(dateline.RejectedWarning) as warned:
        records = list(dateline.read_many(BROKEN, errors="warn"))
    assert [len(record.events) for record in records][0] == 1
    assert len(records) + len(warned) == len(BROKEN)
    assert "item 1: the page is empty" in str(warned[0].message)
    with pytest.raises(ValueError, match="none of raise, return, warn"):
        dateline.read_many(BROKEN, errors="ignore")


def test_workers_must_be():
    with pytest.raises(ValueError, match="there must be a worker"):
        dateline.read_many([story(1)], workers=0)


def test_nothing_is_nothing():
    assert list(dateline.read_many([])) == []


def test_python_goes_on_while_stories_are_read():
    """The work is done outside Python's lock: another thread counts meanwhile."""
    ticks = 0
    is_done = threading.Event()

    def tick():
        nonlocal ticks
        while not is_done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    long = " ".join(story(number) for number in range(400))
    dateline.read(story(1))
    ticker.start()
    begun = time.monotonic()
    dateline.read(long)
    taken = time.monotonic() - begun
    is_done.set()
    ticker.join()
    assert ticks > taken / 0.001 * 0.1, f"{ticks} ticks in {taken:.2f} s"


@pytest.mark.parametrize(
    "work",
    [
        "for _ in dateline.read_many(endless()): pass",
        "dateline.read('Police arrested two men in Lima on Monday. ' * 60000)",
    ],
    ids=["read_many", "read"],
)
def test_an_interrupt_is_heard_at_once(work):
    program = textwrap.dedent(f"""
        import itertools, sys, dateline
        def endless():
            for number in itertools.count():
                yield "Police arrested two men in Lima on Monday. " * 200
        dateline.read("Rain fell on Lima.")
        print("ready", flush=True)
        try:
            {work}
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(1)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "interrupted\n"
    assert time.monotonic() - begun < 1.5
    process.kill()
    process.wait()


def test_progress_is_shown_by_tqdm(capfd):
    records = list(dateline.read_many([story(1), story(2)], progress=True))
    assert len(records) == 2
    shown = capfd.readouterr().err
    assert "2/2" in shown
    assert "stories" in shown
    list(dateline.read_many([story(1)]))
    assert capfd.readouterr().err == "", "nobody watches"


def test_a_child_of_this_process_reads_too():
    dateline.read("Rain fell on Lima.")
    import multiprocessing

    with multiprocessing.get_context("fork").Pool(2) as pool:
        records = pool.map(dateline.read, [story(1), story(2), story(3)])
    assert [record.events[0].counts.arrested for record in records] == [3, 4, 5]
