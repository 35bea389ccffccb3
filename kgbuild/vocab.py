"""The closed vocabulary: every name of the ontology that the program writes or reads.

`ontology/conflict.ttl` and its code lists define the same names; a test holds the two together. Classes are known by
their local names ("AirStrike"), as in the extraction's JSON; properties are `CKO.place` and the like.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode


class Namespace:
    """A namespace whose names are all known: `CKO.place` is the property, an unknown name an AttributeError."""

    def __init__(self, iri: str, names: str) -> None:
        """`names` are local names between blanks."""
        self.iri = iri
        self._nodes = {name: NamedNode(iri + name) for name in names.split()}

    def __getattr__(self, name: str) -> NamedNode:
        try:
            return self.__dict__["_nodes"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"{name} is not in the vocabulary") from None

    def __getitem__(self, name: str) -> NamedNode:
        """The node of `name`; KeyError where it is not in the vocabulary."""
        return self._nodes[name]

    def __contains__(self, name: object) -> bool:
        return name in self._nodes

    @property
    def names(self) -> tuple[str, ...]:
        """All local names, in the order of definition."""
        return tuple(self._nodes)

    def local(self, node: NamedNode) -> str | None:
        """The local name of a node of this namespace, None for any other."""
        name = node.value.removeprefix(self.iri)
        return name if name in self._nodes else None


_CLASSES = {
    "actor": """State GovernmentBody StateForce ArmedGroup MilitaryCoalition MediaOrganization MonitoringOrganization
        HumanitarianOrganization InternationalOrganization PoliticalOrganization Organization""",
    "person": "Person Family PopulationGroup",
    "place": """Country Governorate District City Town Village Neighbourhood Area Road Junction River Crossing Camp""",
    "facility": """Mosque Church Bakery InternetCafe School University Hospital Clinic Market Shop Bridge Building
        GovernmentBuilding Residence Factory PowerStation WaterStation FuelStation Warehouse Airport MilitaryBase
        Checkpoint Headquarters Prison Farm Dam Vehicle""",
    "weapon": """WhitePhosphorus Landmine ImprovisedExplosiveDevice CarBomb MotorcycleBomb SuicideVest Drone Aircraft
        Helicopter BarrelBomb ClusterMunition GuidedMissile Missile Rocket Mortar Artillery Tank SmallArms SniperRifle
        Grenade ChemicalWeapon Chlorine Sarin ThermobaricWeapon UnexplodedOrdnance""",
    "incident": """AirStrike DroneStrike Shelling Bombardment MineExplosion Bombing CarBombing SuicideBombing
        ChemicalAttack ArmedClash Offensive TerritorialGain Withdrawal Siege Raid Shooting Assassination Execution
        Killing Abduction Detention Torture Looting Arson Displacement Evacuation Ceasefire Agreement Protest
        WeaponInterception AidDelivery Explosion""",
}

GROUP_CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType({g: tuple(c.split()) for g, c in _CLASSES.items()})
"""The contract's classes by group: actor, person, place, facility, weapon, incident."""

GROUP_OF: Mapping[str, str] = MappingProxyType({cls: group for group, names in GROUP_CLASSES.items() for cls in names})
"""The group of each class of the contract."""

GROUP_CLASS: Mapping[str, str] = MappingProxyType(
    {"actor": "Actor", "person": "People", "place": "Place", "facility": "Facility"}
    | {"weapon": "Weapon", "incident": "Incident"}
)
"""The class above all classes of a group."""

_ORGANIZATIONS = tuple(c for c in GROUP_CLASSES["actor"] if c.endswith("Organization") and c != "Organization")

SUPERCLASS: Mapping[str, str] = MappingProxyType(
    {
        **{cls: GROUP_CLASS[group] for cls, group in GROUP_OF.items()},
        **dict.fromkeys(_ORGANIZATIONS, "Organization"),
        **dict.fromkeys(("GovernmentBuilding", "Residence"), "Building"),
        **dict.fromkeys(("CarBomb", "MotorcycleBomb", "SuicideVest"), "ImprovisedExplosiveDevice"),
        **dict.fromkeys(("Drone", "Helicopter"), "Aircraft"),
        **dict.fromkeys(("Chlorine", "Sarin"), "ChemicalWeapon"),
        "GuidedMissile": "Missile",
        "DroneStrike": "AirStrike",
        **dict.fromkeys(("CarBombing", "SuicideBombing"), "Bombing"),
    }
)
"""The class right above each class of the contract."""

MUTUAL_CLASSES = frozenset({"ArmedClash", "Ceasefire", "Agreement"})
"""Incidents in which those who "did it" took part on equal terms, whoever says so."""

CASUALTY_EFFECTS = ("killed", "injured", "missing", "detained", "displaced", "abducted")
CASUALTY_GROUPS = ("civilian", "combatant", "child", "woman", "man", "journalist", "medic", "aidWorker", "unknown")
FACILITY_EFFECTS = ("destroyed", "damaged", "outOfService", "hit")
CERTAINTIES = ("asserted", "alleged", "denied", "contested")
DATE_PRECISIONS = ("day", "days", "week", "month", "year", "unknown")
PLACE_PRECISIONS = (
    "exact", "street", "neighbourhood", "village", "town", "city", "near", "district", "governorate", "region",
    "country",
)  # fmt: skip
RELATION_TYPES = (
    "affiliatedWith", "partOf", "memberOf", "supportedBy", "controls", "leaderOf", "spokespersonOf", "alliedWith",
    "opposedTo", "nationality", "within", "locatedIn", "locatedNear",
)  # fmt: skip
STATUSES = ("SingleSource", "Corroborated", "Contested")

_STRUCTURE = "Entity Document Report Mention Listing CasualtyCount RelationStatement IncidentStatus Dataset Build"
_REPORTED = """startDate endDate datePrecision dateText place perpetrator allegedPerpetrator participant target weapon
    victim affected destroyed damaged outOfService hit killedMin killedMax injuredMin injuredMax certainty"""
_ROLLED_UP = "killedBest injuredBest reportCount status reportedType describedBy"
_OF_REPORT = "describes attributedTo confidence evidence trigger casualties localId"
_OF_CASUALTIES = "effect group countMin countMax part superseded victimNationality"
_OF_ARTICLE = """mentionOf mentionClass inDocument entity candidate transliteration placePrecision contentHash record
    sourceName retrieved softwareVersion pipelineHash"""
_OF_RELATION = "relationSubject relationType relationObject asOf related noCounterpartIn"
_OF_MERGING = "ReportLink linkedReport linkedTo score scorePart MergeDecision verdict decidedReport"
_TERMS = (_STRUCTURE, _REPORTED, _ROLLED_UP, _OF_REPORT, _OF_CASUALTIES, _OF_ARTICLE, _OF_RELATION, _OF_MERGING)

CKO = Namespace(
    "https://w3id.org/cko#",
    " ".join((*GROUP_CLASS.values(), *GROUP_OF, *STATUSES, *RELATION_TYPES, *_TERMS)),
)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label subClassOf subPropertyOf")
OWL = Namespace("http://www.w3.org/2002/07/owl#", "sameAs Class ObjectProperty DatatypeProperty Ontology")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#", "date dateTime integer decimal boolean anyURI")
SKOS = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    """prefLabel altLabel notation definition example broader Concept exactMatch closeMatch broadMatch narrowMatch
    relatedMatch""",
)
DCTERMS = Namespace(
    "http://purl.org/dc/terms/",
    "title identifier publisher issued language isReplacedBy created creator description",
)
PROV = Namespace("http://www.w3.org/ns/prov#", "Activity wasDerivedFrom wasGeneratedBy startedAtTime endedAtTime")
OA = Namespace(
    "http://www.w3.org/ns/oa#",
    "SpecificResource TextPositionSelector TextQuoteSelector hasSource hasSelector start end exact prefix suffix",
)
GEO = Namespace("http://www.opengis.net/ont/geosparql#", "Geometry hasGeometry asWKT wktLiteral")
SCHEMA = Namespace("https://schema.org/", "articleBody mentions url")
WD = "http://www.wikidata.org/entity/"
WDT = "http://www.wikidata.org/prop/direct/"
GEONAMES = "https://sws.geonames.org/"
CODE = "https://w3id.org/cko/code/"
"""Under which the IRIs of all code lists stand, ours and those of other codebooks."""

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "cko": CKO.iri,
        "rdf": RDF.iri,
        "rdfs": RDFS.iri,
        "owl": OWL.iri,
        "xsd": XSD.iri,
        "skos": SKOS.iri,
        "dcterms": DCTERMS.iri,
        "prov": PROV.iri,
        "oa": OA.iri,
        "geo": GEO.iri,
        "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "time": "http://www.w3.org/2006/time#",
        "schema": SCHEMA.iri,
        "dcat": "http://www.w3.org/ns/dcat#",
        "wd": WD,
    }
)
"""Prefixes for writing and for queries."""


def ancestors(cls: str) -> tuple[str, ...]:
    """The classes above `cls`, the nearest first, up to the class of its group."""
    found: list[str] = []
    while cls in SUPERCLASS:
        cls = SUPERCLASS[cls]
        found.append(cls)
    return tuple(found)
