"""Addresses: archives that lie elsewhere, in a store of objects that is started for it."""

import os

import archives
import boto3
import pytest
from dateline.spark import find_archives, from_archives, schema
from moto.server import ThreadedMotoServer


@pytest.fixture(scope="module")
def bucket():
    """A bucket with an archive, and rows that say how it is found: executors inherit no setting from a test."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "ours",
        "AWS_SECRET_ACCESS_KEY": "ours",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    client = boto3.client(
        "s3",
        endpoint_url=settings["AWS_ENDPOINT_URL"],
        aws_access_key_id="ours",
        aws_secret_access_key="ours",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="crawl")
    parts = [archives.record(f"https://post.example/{number}", archives.page(number)) for number in range(3)]
    client.put_object(Bucket="crawl", Key="2025/a b.warc.gz", Body=b"".join(parts))
    yield settings, [len(part) for part in parts]
    server.stop()


def reading(run, settings):
    """The same function, with the settings of the store of objects around it."""

    def with_settings(batches):
        os.environ.update(settings)
        yield from run(batches)

    return with_settings


def test_an_archive_elsewhere_is_read_whole_and_in_parts(session, bucket):
    settings, lengths = bucket
    path = "s3a://crawl/2025/a b.warc.gz"
    whole = session.createDataFrame([(path,)], "path string")
    run = reading(from_archives("records"), settings)
    read = {row.article_id: row.record for row in whole.mapInArrow(run, schema("records")).collect()}
    assert len(read) == 3 and all(f'"path":"{path}"' in record for record in read.values())
    part = session.createDataFrame([(path, lengths[0], lengths[1])], "path string, offset long, length long")
    (second,) = part.mapInArrow(run, schema("records")).collect()
    assert read[second.article_id] == second.record


def test_an_archive_that_is_not_there_is_named(session, bucket):
    settings, _ = bucket
    frame = session.createDataFrame([("s3a://crawl/2025/none.warc.gz",)], "path string")
    run = reading(from_archives("rejects"), settings)
    (row,) = frame.mapInArrow(run, schema("rejects")).collect()
    assert row.path == "s3a://crawl/2025/none.warc.gz" and "s3a://crawl/2025/none.warc.gz: " in row.reason


def test_addresses_that_spark_does_not_know_say_which_library_is_missing(session):
    with pytest.raises(ValueError, match="spark.jars.packages=org.apache.hadoop:hadoop-aws:") as raised:
        find_archives(session, ["s3a://crawl/*.warc.gz"])
    assert str(raised.value).count("\n") == 1
    with pytest.raises(ValueError, match='No FileSystem for scheme "moon"\nhint: '):
        find_archives(session, ["moon://crawl/a.warc.gz"])


def test_a_name_with_file_in_front_is_a_file_here(session, tmp_path):
    (tmp_path / "a b%20.warc.gz").write_bytes(archives.record("https://post.example/1", archives.page(1)))
    found = find_archives(session, [f"file://{tmp_path}/*.warc.gz"])
    (row,) = found.mapInArrow(from_archives("articles"), schema("articles")).collect()
    assert row.url == "https://post.example/1"
