"""The parts of a build: preparing articles, writing them, merging what they report.

preparing   one extraction → what the store will hold of it (runs in worker processes)
workers     extraction over several processes, in input order
writing     articles into the store, batch by batch, each batch whole or not at all
incidents   the incidents graph follows from all reports; only what a change touches is made anew
"""
