"""Copies across a whole run: articles with the same words, wherever they were printed.

It is the store's way of finding them, spread out. Articles that share a band of minimal hashes are
candidates; each pair is then compared by its shingles (what share of the shorter one is in the other?) by
the store's own code; and who is a copy of a copy is one of the group. The first of a group by time of
publication, and then by id, gives it its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline import _dateline

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

#: Articles of a band that all others in it are compared with, as in the store: a band of thousands is one of
#: words that many pages share, or of one story with thousands of copies, and then these are enough.
_MOST_OF_A_BAND = 64


def originals(records: DataFrame, work: str) -> DataFrame:
    """Give ``article_id`` and ``copy_of`` of all articles that are copies.

    :param records: the table ``records``, with each article once.
    :param work: a folder for what is worked out between, which the executors and the driver share.
    """
    from pyspark.sql import functions as sql

    # Keys are texts whose order is that of the articles; those without a time come last.
    key = sql.concat_ws(" ", sql.coalesce("published_at", sql.lit("~")), "article_id")
    articles = records.select(key.alias("key"), "level", "shingles", "bands")
    edges = f"{work}/edges"
    _copies(articles).write.mode("overwrite").parquet(edges)
    groups = _groups(records.sparkSession.read.parquet(edges), work)
    of_key = sql.substring_index
    return groups.where("key <> first").select(
        of_key("key", " ", -1).alias("article_id"), of_key("first", " ", -1).alias("copy_of")
    )


def _copies(articles: DataFrame) -> DataFrame:
    """Pairs of articles of which one is a copy of the other."""
    from pyspark.sql import Window
    from pyspark.sql import functions as sql

    place = sql.row_number().over(Window.partitionBy("band").orderBy("key"))
    members = articles.select("key", sql.explode("bands").alias("band")).withColumn("place", place)
    first = members.where(f"place <= {_MOST_OF_A_BAND}").select(
        sql.col("key").alias("one"), "band", sql.col("place").alias("place_of_one")
    )
    pairs = (
        first.join(members.withColumnRenamed("key", "other"), "band")
        .where("place_of_one < place")
        .select("one", "other")
        .distinct()
    )

    def side(name: str) -> DataFrame:
        return articles.select(
            sql.col("key").alias(name),
            sql.col("level").alias(f"level_of_{name}"),
            sql.col("shingles").alias(f"shingles_of_{name}"),
        )

    compared = pairs.join(side("one"), "one").join(side("other"), "other")
    return compared.mapInArrow(_verified, "one string, other string")


def _verified(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in batches:
        sides = ("level_of_one", "shingles_of_one", "level_of_other", "shingles_of_other")
        rows = zip(*(batch.column(name).to_pylist() for name in sides), strict=True)
        kept = pa.array([_dateline.is_copy(*row) for row in rows], pa.bool_())
        yield batch.select(["one", "other"]).filter(kept)


def _groups(edges: DataFrame, work: str) -> DataFrame:
    """The first of the group of each article that has a copy, or is one.

    Each takes over the least name among its neighbours, and then the name that this one has by now, until
    nothing changes: chains of copies of copies halve with every round.
    """
    from pyspark.sql import functions as sql

    session = edges.sparkSession
    both = edges.union(edges.select("other", "one")).toDF("key", "neighbour").distinct()
    names = both.groupBy("key").agg(sql.least(sql.min("neighbour"), sql.col("key")).alias("first"))
    turn = 0
    while True:
        names.write.mode("overwrite").parquet(f"{work}/names-{turn % 2}")
        known = session.read.parquet(f"{work}/names-{turn % 2}")
        of_neighbour = known.select(sql.col("key").alias("neighbour"), sql.col("first").alias("its"))
        least = both.join(of_neighbour, "neighbour").groupBy("key").agg(sql.min("its").alias("least"))
        nearer = known.join(least, "key").select(
            "key", sql.col("first").alias("was"), sql.least("first", "least").alias("name")
        )
        of_name = known.select(sql.col("key").alias("name"), sql.col("first").alias("its"))
        step = nearer.join(of_name, "name", "left").select(
            "key", "was", sql.least("name", "its").alias("first")
        )
        if step.where("first <> was").isEmpty():
            return known
        names = step.select("key", "first")
        turn += 1
