"""Names of others matched with the entities of the graph, as OpenRefine and its kin ask for it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
