-- The tables of a catalogue. `link.role` is a property's local name, or: within (a place around one of the incident's
-- places), source (the publisher of a report, a name or an IRI), anywhere (place or within), actor (in whatever role),
-- by (a perpetrator, alleged or not). `northing` is the latitude in Mercator's projection, in
-- degrees of longitude; `killed_known` the best figure, else the least, else 0. `thing.same_as` is one known counterpart
-- elsewhere, `located` 1 where there are coordinates. `fact` holds counts of the graph as a whole.

CREATE TABLE incident (
  number INTEGER PRIMARY KEY,
  iri TEXT NOT NULL,
  class TEXT,
  first TEXT,
  last TEXT,
  precision TEXT,
  longitude REAL,
  latitude REAL,
  northing REAL,
  place_precision TEXT,
  killed_min INTEGER,
  killed_max INTEGER,
  killed_best INTEGER,
  killed_known INTEGER NOT NULL DEFAULT 0,
  injured_min INTEGER,
  injured_max INTEGER,
  injured_best INTEGER,
  status TEXT,
  certainty TEXT,
  reports INTEGER,
  label_ar TEXT,
  label_en TEXT
);

CREATE TABLE link (incident INTEGER NOT NULL, role TEXT NOT NULL, iri TEXT NOT NULL);

CREATE TABLE thing (
  iri TEXT PRIMARY KEY, class TEXT, label_ar TEXT, label_en TEXT, same_as TEXT, located INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE fact (topic TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL);

CREATE TABLE document (iri TEXT PRIMARY KEY, title TEXT, language TEXT, publisher TEXT, issued TEXT) WITHOUT ROWID;

CREATE VIRTUAL TABLE place_point USING rtree(number, west, east, south, north, +iri, +longitude, +latitude);

CREATE VIRTUAL TABLE names USING fts5(key, iri UNINDEXED, label UNINDEXED, language UNINDEXED, weight UNINDEXED);

CREATE VIRTUAL TABLE words USING fts5(key, incident UNINDEXED);

CREATE VIRTUAL TABLE vocabulary USING fts5vocab(names, row);
