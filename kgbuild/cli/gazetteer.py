"""`kgbuild gazetteer`."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def gazetteer() -> None:
    """Places of your own, which reading knows beside the embedded ones."""


@gazetteer.command("import")
@click.argument("format_name", type=click.Choice(["geonames", "whosonfirst", "csv"]), metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--country", metavar="CODE", help="Keep the places of this country only, such as SY.")
def import_(format_name: str, file: Path, country: str | None) -> int:
    """Add the places of FILE to your gazetteer.

    FORMAT is geonames (a country's dump), whosonfirst (a table between tabs) or csv (name, name_ar, latitude,
    longitude and, as far as known, id, class, country, within, population).
    """
    from kgbuild.linking.place_tables import import_places
    from kgbuild.linking.user_places import default_gazetteer_path

    count = import_places(format_name, file, country=country)
    click.echo(f"{count} places added to {default_gazetteer_path()}", err=True)
    return 0
