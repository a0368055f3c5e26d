"""Opens exports in the programs that people read them with: `cargo xtask readers` runs it.

    python check.py FOLDER

FOLDER holds packages made by `dateline export --out`, one a form: csv, ndjson, parquet, geojson, ftm,
graphml, polecat, gdelt. Everything is compared with the CSV.
"""

import hashlib
import json
import sys
from pathlib import Path

import geojson
import networkx
import pandas
import pyarrow.dataset
import pyarrow.parquet
from followthemoney import model
from followthemoney.types import registry

folder = Path(sys.argv[1])
checked = []


def check(form):
    def run(test):
        test(folder / form)
        checked.append(form)

    return run


events = pandas.read_csv(folder / "csv" / "events.csv", dtype={"cameo": str}, keep_default_na=True)
assert len(events) > 10, "there are events to compare"
assert events["event_id"].is_unique


@check("csv")
def _(package):
    parties = pandas.read_csv(package / "parties.csv")
    assert set(parties["event_id"]) <= set(events["event_id"])
    lists = sum(len(names.split(";")) for names in events["actors"].dropna())
    assert lists == (parties["role"] == "actor").sum(), "the side table has as many actors as the lists"
    pandas.to_datetime(events["day"].dropna(), format="%Y-%m-%d")
    for name in ["quotes", "articles", "stories", "entities"]:
        assert len(pandas.read_csv(package / f"{name}.csv")) > 0, name


@check("ndjson")
def _(package):
    rows = pandas.read_json(package / "events.ndjson", lines=True, dtype={"id": str})
    assert list(rows["id"]) == list(events["event_id"])


@check("parquet")
def _(package):
    whole = pandas.read_parquet(package / "events").sort_values(["day", "event_id"]).reset_index(drop=True)
    plain = events.sort_values(["day", "event_id"]).reset_index(drop=True)
    assert list(whole["event_id"]) == list(plain["event_id"])
    for column in ["tellings", "confidence", "intensity", "quad", "killed"]:
        pandas.testing.assert_series_equal(
            whole[column].astype(float), plain[column].astype(float), check_names=False
        )
    for column in ["actors", "recipient_countries", "place", "sentence"]:
        assert whole[column].fillna("").tolist() == plain[column].fillna("").tolist(), column
    days = pyarrow.dataset.dataset(package / "events", partitioning="hive").to_table()
    assert str(days.schema.field("day").type) == "date32[day]"
    assert "month" in days.schema.names, "partitioned by month"
    one = next((package / "events").rglob("*.parquet"))
    file = pyarrow.parquet.ParquetFile(one)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert not any(pyarrow.types.is_nested(field.type) for field in file.schema_arrow), "flat"
    notes = file.schema_arrow.metadata or file.metadata.metadata
    assert b"dateline.made_by" in notes and b"dateline.citation" in notes


@check("geojson")
def _(package):
    features = geojson.loads((package / "events.geojson").read_text("utf-8"))
    assert features.is_valid, features.errors()
    placed = events.dropna(subset=["lat", "lon"])
    assert len(features["features"]) == len(placed)
    first = features["features"][0]
    row = placed.set_index("event_id").loc[first["id"]]
    assert abs(first["geometry"]["coordinates"][1] - row["lat"]) < 1e-5


@check("ftm")
def _(package):
    seen = {}
    for line in (package / "events.ftm.json").read_text("utf-8").splitlines():
        raw = json.loads(line)
        entity = model.get_proxy(raw)
        # The library drops what it does not know and cleans what it does; nothing may be lost.
        for name, values in raw["properties"].items():
            prop = entity.schema.get(name)
            assert prop is not None, f"{entity.schema.name} has no {name}"
            for value in values:
                assert prop.type.validate(value), f"{value!r} is no {prop.type.name} ({name})"
            assert len(entity.get(name)) == len(set(values)), name
        seen[entity.id] = entity
    told = [entity for entity in seen.values() if entity.schema.name == "Event"]
    assert len(told) == len(events)
    for entity in seen.values():
        for prop, value in entity.itervalues():
            if prop.type == registry.entity:
                assert value in seen, "every reference leads somewhere"
                assert seen[value].schema.is_a(prop.range), f"{prop.qname} may not point to {seen[value].schema}"
    assert {"Event", "Article", "Mention", "Person"} <= {entity.schema.name for entity in seen.values()}


@check("graphml")
def _(package):
    graph = networkx.read_graphml(package / "events.graphml")
    assert graph.number_of_edges() > 0
    names = set(networkx.get_node_attributes(graph, "name").values())
    listed = {name for names in events["actors"].dropna() for name in names.split(";")}
    assert listed <= names | {name.replace(";", ",") for name in names}
    assert all(isinstance(edge["events"], int) for *_, edge in graph.edges(data=True))


@check("polecat")
def _(package):
    rows = pandas.read_csv(package / "events.tsv", sep="\t", keep_default_na=False, dtype=str)
    assert len(rows.columns) == 40, len(rows.columns)
    statuses = events.set_index("event_id")["status"]
    assert not set(statuses.loc[rows["Event ID"]]) & {"possible", "demanded", "denied"}
    planned = rows[rows["Event ID"].map(statuses) == "planned"]
    assert not set(planned["Event Type"]) & {"CONSULT", "COOPERATE", "AID", "SUPPORT", "RETREAT", "ASSAULT"}
    assert not (rows == "").any().any(), "what is not known is None"


@check("gdelt")
def _(package):
    rows = pandas.read_csv(package / "events.tsv", sep="\t", header=None, dtype=str)
    assert len(rows.columns) == 61, len(rows.columns)
    assert rows[1].str.fullmatch(r"\d{8}").all()
    assert rows[0].astype("int64").is_unique
    assert set(rows[29]) <= {"1", "2", "3", "4"}
    assert rows[26].str.fullmatch(r"\d{2,4}").all(), "CAMEO codes"


for package in sorted(folder.iterdir()):
    described = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert described["made_by"] and described["citation"] and "filter" in described and described["snapshot"]
    for resource in described["resources"]:
        data = (package / resource["path"]).read_bytes()
        assert len(data) == resource["bytes"]
        assert "sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"]
        if resource["path"].endswith(".csv") and "schema" in resource:
            columns = list(pandas.read_csv(package / resource["path"], nrows=0).columns)
            assert columns == [field["name"] for field in resource["schema"]["fields"]]

print("opened in their readers: " + ", ".join(checked))
