-- Version 1. docs/schema.md says what every table and column is for; a test compares the two.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE batch (
    row INTEGER PRIMARY KEY,
    at  TEXT NOT NULL
);

CREATE TABLE made_by (
    row       INTEGER PRIMARY KEY,
    dateline  TEXT NOT NULL,
    codebook  TEXT NOT NULL,
    weights   TEXT NOT NULL,
    gazetteer TEXT NOT NULL,
    UNIQUE (dateline, codebook, weights, gazetteer)
);

-- One page at one address, as it was last read.
CREATE TABLE article (
    row             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    url             TEXT,
    source_id       TEXT,
    path            TEXT,
    title           TEXT,
    bylines         TEXT NOT NULL,
    publisher       TEXT,
    agency          TEXT,
    rights          TEXT,
    reservation     TEXT,
    language        TEXT,
    form            TEXT NOT NULL,
    published_at    TEXT,
    published_basis TEXT NOT NULL,
    updated_at      TEXT,
    day             TEXT NOT NULL,
    dateline        TEXT,
    words           INTEGER NOT NULL,
    text_hash       TEXT NOT NULL,
    version         INTEGER NOT NULL,
    made_by         INTEGER NOT NULL REFERENCES made_by,
    batch           INTEGER NOT NULL REFERENCES batch,
    copy_of         INTEGER NOT NULL REFERENCES article,
    story           INTEGER NOT NULL REFERENCES story,
    notes           TEXT NOT NULL
);
CREATE INDEX article_day ON article (day, row);
CREATE INDEX article_publisher ON article (publisher COLLATE NOCASE, day);
CREATE INDEX article_copy_of ON article (copy_of);
CREATE INDEX article_story ON article (story);
CREATE INDEX article_batch ON article (batch);

CREATE TABLE article_version (
    article      INTEGER NOT NULL REFERENCES article,
    version      INTEGER NOT NULL,
    text_hash    TEXT NOT NULL,
    title        TEXT,
    published_at TEXT,
    made_by      INTEGER NOT NULL REFERENCES made_by,
    added        INTEGER NOT NULL REFERENCES batch,
    batch        INTEGER NOT NULL REFERENCES batch,
    text         TEXT,
    PRIMARY KEY (article, version)
) WITHOUT ROWID;

-- What copies and stories are found by.
CREATE TABLE sketch (
    article  INTEGER PRIMARY KEY REFERENCES article,
    level    INTEGER NOT NULL,
    shingles BLOB NOT NULL,
    bands    BLOB NOT NULL,
    features BLOB NOT NULL,
    day      TEXT NOT NULL
);

CREATE TABLE band (
    hash    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article,
    PRIMARY KEY (hash, article)
) WITHOUT ROWID;

CREATE TABLE feature (
    hash    INTEGER NOT NULL,
    day     TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article,
    PRIMARY KEY (hash, day, article)
) WITHOUT ROWID;

-- Articles on the same happening.
CREATE TABLE story (
    row        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    headline   TEXT,
    day_from   TEXT NOT NULL,
    day_to     TEXT NOT NULL,
    articles   INTEGER NOT NULL,
    originals  INTEGER NOT NULL,
    publishers INTEGER NOT NULL,
    events     INTEGER NOT NULL
);
CREATE INDEX story_day ON story (day_to, row);

CREATE TABLE entity (
    row     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    key     TEXT NOT NULL,
    type    TEXT NOT NULL,
    country TEXT,
    sector  TEXT,
    named   INTEGER NOT NULL,
    fixed   INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES entity
);
CREATE INDEX entity_key ON entity (key);
CREATE INDEX entity_country ON entity (country, sector);

CREATE VIRTUAL TABLE entity_fts USING fts5 (
    name, content = 'entity', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER entity_insert AFTER INSERT ON entity BEGIN
    INSERT INTO entity_fts (rowid, name) VALUES (new.row, new.name);
END;
CREATE TRIGGER entity_delete AFTER DELETE ON entity BEGIN
    INSERT INTO entity_fts (entity_fts, rowid, name) VALUES ('delete', old.row, old.name);
END;
CREATE TRIGGER entity_update AFTER UPDATE OF name ON entity BEGIN
    INSERT INTO entity_fts (entity_fts, rowid, name) VALUES ('delete', old.row, old.name);
    INSERT INTO entity_fts (rowid, name) VALUES (new.row, new.name);
END;

-- Who stands in an article.
CREATE TABLE appearance (
    article  INTEGER NOT NULL REFERENCES article,
    local    TEXT NOT NULL,
    entity   INTEGER NOT NULL REFERENCES entity,
    mentions INTEGER NOT NULL,
    offices  TEXT NOT NULL,
    PRIMARY KEY (article, local)
) WITHOUT ROWID;
CREATE INDEX appearance_entity ON appearance (entity, article);

CREATE TABLE place (
    row       INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    country   TEXT,
    admin1    TEXT,
    lat       REAL,
    lon       REAL,
    geonames  INTEGER,
    precision TEXT NOT NULL
);
CREATE INDEX place_name ON place (name COLLATE NOCASE);

CREATE VIRTUAL TABLE place_box USING rtree (row, lat_from, lat_to, lon_from, lon_to);

-- Evidence: the sentences that events rest on.
CREATE TABLE sentence (
    row     INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    text    TEXT NOT NULL
);
CREATE INDEX sentence_article ON sentence (article);

CREATE VIRTUAL TABLE sentence_fts USING fts5 (
    text, content = 'sentence', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentence_insert AFTER INSERT ON sentence BEGIN
    INSERT INTO sentence_fts (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER sentence_delete AFTER DELETE ON sentence BEGIN
    INSERT INTO sentence_fts (sentence_fts, rowid, text) VALUES ('delete', old.row, old.text);
END;

-- What happened, told by however many.
CREATE TABLE event (
    row        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    day        TEXT NOT NULL,
    event_type TEXT NOT NULL,
    mode       TEXT,
    cameo      TEXT NOT NULL,
    quad       INTEGER NOT NULL,
    intensity  REAL NOT NULL,
    contexts   TEXT NOT NULL,
    status     TEXT NOT NULL,
    date_from  TEXT,
    date_to    TEXT,
    date_basis TEXT,
    place      INTEGER REFERENCES place,
    country    TEXT,
    killed     INTEGER,
    injured    INTEGER,
    arrested   INTEGER,
    size       INTEGER,
    confidence REAL NOT NULL,
    tellings   INTEGER NOT NULL,
    articles   INTEGER NOT NULL,
    originals  INTEGER NOT NULL,
    verdict    TEXT
);
CREATE INDEX event_day ON event (day, row, event_type, quad, intensity, tellings);
CREATE INDEX event_type ON event (event_type, day, row, mode, status);
CREATE INDEX event_country ON event (country, day, row, event_type);
CREATE INDEX event_place ON event (place, day, row) WHERE place IS NOT NULL;

CREATE TABLE event_party (
    event      INTEGER NOT NULL REFERENCES event,
    role       TEXT NOT NULL,
    entity     INTEGER NOT NULL REFERENCES entity,
    country    TEXT,
    sector     TEXT,
    day        TEXT NOT NULL,
    event_type TEXT NOT NULL,
    PRIMARY KEY (event, role, entity)
) WITHOUT ROWID;
CREATE INDEX event_party_country ON event_party (role, country, day, event, event_type);
CREATE INDEX event_party_sector ON event_party (role, sector, day, event, event_type);
CREATE INDEX event_party_entity ON event_party (entity, role, day, event, event_type);

CREATE TABLE event_pair (
    actor     TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day       TEXT NOT NULL,
    event     INTEGER NOT NULL REFERENCES event,
    PRIMARY KEY (actor, recipient, day, event)
) WITHOUT ROWID;
CREATE INDEX event_pair_event ON event_pair (event);

CREATE TABLE event_key (
    hash  INTEGER NOT NULL,
    day   TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event,
    PRIMARY KEY (hash, day, event)
) WITHOUT ROWID;
CREATE INDEX event_key_event ON event_key (event);

-- One article's coding of an event.
CREATE TABLE telling (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    coded_id      TEXT NOT NULL,
    article       INTEGER NOT NULL REFERENCES article,
    event         INTEGER NOT NULL REFERENCES event,
    sentence      INTEGER NOT NULL REFERENCES sentence,
    event_type    TEXT NOT NULL,
    mode          TEXT,
    cameo         TEXT NOT NULL,
    quad          INTEGER NOT NULL,
    intensity     REAL NOT NULL,
    contexts      TEXT NOT NULL,
    status        TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    trigger       TEXT NOT NULL,
    date_from     TEXT,
    date_to       TEXT,
    date_text     TEXT,
    date_basis    TEXT,
    place         INTEGER REFERENCES place,
    place_text    TEXT,
    place_basis   TEXT,
    killed        INTEGER,
    injured       INTEGER,
    arrested      INTEGER,
    size          INTEGER,
    quote         TEXT,
    because_of    TEXT,
    same_as       TEXT,
    confidence    REAL NOT NULL,
    rule          TEXT NOT NULL,
    digest        INTEGER NOT NULL,
    batch         INTEGER NOT NULL REFERENCES batch
);
CREATE INDEX telling_article ON telling (article);
CREATE INDEX telling_event ON telling (event);
CREATE INDEX telling_digest ON telling (digest);
CREATE INDEX telling_sentence ON telling (sentence);
CREATE INDEX telling_coded_id ON telling (coded_id);

CREATE TABLE party (
    telling  INTEGER NOT NULL REFERENCES telling,
    role     TEXT NOT NULL,
    position INTEGER NOT NULL,
    entity   INTEGER NOT NULL REFERENCES entity,
    country  TEXT,
    sector   TEXT,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (telling, role, position)
) WITHOUT ROWID;
CREATE INDEX party_entity ON party (entity);

CREATE TABLE quote (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    article       INTEGER NOT NULL REFERENCES article,
    local         TEXT NOT NULL,
    form          TEXT NOT NULL,
    content       TEXT NOT NULL,
    content_start INTEGER NOT NULL,
    content_end   INTEGER NOT NULL,
    cue           TEXT,
    speaker       INTEGER REFERENCES entity,
    speaker_text  TEXT,
    addressee     TEXT,
    day           TEXT NOT NULL,
    date_from     TEXT,
    date_to       TEXT,
    rule          TEXT NOT NULL,
    digest        INTEGER NOT NULL,
    same_as       INTEGER REFERENCES quote,
    batch         INTEGER NOT NULL REFERENCES batch
);
CREATE INDEX quote_article ON quote (article);
CREATE INDEX quote_speaker ON quote (speaker, day, row);
CREATE INDEX quote_day ON quote (day, row);
CREATE INDEX quote_digest ON quote (digest);
CREATE INDEX quote_same_as ON quote (same_as) WHERE same_as IS NOT NULL;

CREATE VIRTUAL TABLE quote_fts USING fts5 (
    content, content = 'quote', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER quote_insert AFTER INSERT ON quote BEGIN
    INSERT INTO quote_fts (rowid, content) VALUES (new.row, new.content);
END;
CREATE TRIGGER quote_delete AFTER DELETE ON quote BEGIN
    INSERT INTO quote_fts (quote_fts, rowid, content) VALUES ('delete', old.row, old.content);
END;

-- What is no longer as it was.
CREATE TABLE change (
    row   INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch,
    what  TEXT NOT NULL,
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL,
    was   TEXT NOT NULL
);
CREATE INDEX change_batch ON change (batch);

CREATE TABLE verdict (
    id      TEXT PRIMARY KEY,
    verdict TEXT NOT NULL,
    fields  TEXT NOT NULL
) WITHOUT ROWID;
