"""`kgbuild import-dump`."""

from __future__ import annotations

from pathlib import Path

import click

from kgbuild.cli.options import store_folder
from kgbuild.errors import InputError, UsageError


@click.command("import-dump")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@click.option(
    "--store", type=store_folder, metavar="DIR", help="Add names, places and classes to this store's entities."
)
@click.option("--country", "countries", multiple=True, metavar="CODE", help="Add its places to your gazetteer; as SY.")
def import_dump(file: Path, store: Path | None, countries: tuple[str, ...]) -> int:
    """Learn from a Wikibase JSON dump: Wikidata's own, or one written by kgbuild export.

    FILE may end in .gz or .bz2. It is read line by line, once for the store and once for the gazetteer.
    """
    if store is None and not countries:
        raise UsageError("give --store to name its entities, --country to enlarge the gazetteer, or both")
    refused: list[InputError] = []
    if store is not None:
        _enrich(store, file, refused)
    if countries:
        _enlarge(countries, file, refused)
    for error in refused:
        click.echo(f"kgbuild: {error}", err=True)
    return 1 if refused else 0


def _enrich(folder: Path, file: Path, refused: list[InputError]) -> None:
    from kgbuild.importing import OWN_ITEMS, enrich, known_items, read_dump
    from kgbuild.store import open_store

    with open_store(folder, create=False) as store:
        known = known_items(store)
        items = read_dump(file, ids=known, mentioning=OWN_ITEMS, on_error=refused.append)
        done = enrich(store, items, known)
        if store.unfinished:
            store.publish()
    click.echo(f"{done.items} entities of the store found in the dump, {done.statements} statements added", err=True)


def _enlarge(codes: tuple[str, ...], file: Path, refused: list[InputError]) -> None:
    from kgbuild.importing import read_dump, settlements
    from kgbuild.linking.countries import countries
    from kgbuild.linking.user_places import add_places, default_gazetteer_path

    known = countries()
    unknown = [code for code in codes if code.upper() not in known or known[code.upper()].wikidata is None]
    if unknown:
        raise UsageError(f"no Wikidata item is known of the country {unknown[0]}; name it by its ISO code, such as SY")
    wanted = {str(known[code.upper()].wikidata): code.upper() for code in codes}
    items = read_dump(file, mentioning=wanted, on_error=refused.append)
    count = add_places(settlements(items, wanted))
    click.echo(f"{count} places added to {default_gazetteer_path()}", err=True)
