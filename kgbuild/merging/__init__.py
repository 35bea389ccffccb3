"""Reports of one incident are brought together; what each says stays.

accounts    what a report says, as far as identity goes
levels      how two reports agree, part by part
scoring     how much speaks for their being of one incident
clustering  from pairs to incidents, the same whatever the order
rollup      what an incident's reports say together
"""

from __future__ import annotations

from kgbuild.merging.accounts import Account, Figure, Thing
from kgbuild.merging.clustering import Cluster, Constraints, Link, Scores, cluster_component, component
from kgbuild.merging.rollup import roll_up
from kgbuild.merging.scoring import PairScore, score_pair

__all__ = [
    "Account",
    "Cluster",
    "Constraints",
    "Figure",
    "Link",
    "PairScore",
    "Scores",
    "Thing",
    "cluster_component",
    "component",
    "roll_up",
    "score_pair",
]
