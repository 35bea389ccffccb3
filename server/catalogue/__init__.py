"""The incidents, the names and the quotes of one snapshot as tables, for lists, maps, charts and searching.

A graph is asked well for what is around one thing. Lists of thousands of incidents under filters, with counts, are what
tables are for; so one process makes a small SQLite file of each snapshot, and the pages read that.
"""
