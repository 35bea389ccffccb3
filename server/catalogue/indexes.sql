-- Made when the tables are full.

CREATE INDEX incident_first ON incident (first);
CREATE INDEX incident_iri ON incident (iri);
CREATE INDEX link_iri ON link (iri, role, incident);
CREATE INDEX link_role ON link (role, iri, incident);
CREATE INDEX incident_point ON incident (longitude, northing, killed_known, class, first);
CREATE INDEX link_incident ON link (incident, role, iri);
CREATE INDEX document_issued ON document (issued);
ANALYZE;
