"""The application: every route in one visible list."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, g, request

from kgbuild.config import ServerConfig
from server import addresses, language, metrics, page_cache, problems, templating
from server.access_log import AccessLog, open_log
from server.catalogue.catalogue import Catalogue
from server.engine.engine import Engine
from server.fast_path import FastPath
from server.headers import SECURITY_HEADERS, request_number
from server.pages.preparing import prepare
from server.pages.saved import warm
from server.routes import (
    discovery,
    dumps,
    graph_store,
    home,
    incidents,
    linked_data,
    network,
    ontology,
    reconcile,
    saved,
    search,
    sparql,
    static_files,
    statistics,
    status,
    update,
    well_known,
)
from server.search_predicates import expand

BLUEPRINTS = (
    home.blueprint,
    incidents.blueprint,
    linked_data.blueprint,
    saved.blueprint,
    search.blueprint,
    reconcile.blueprint,
    ontology.blueprint,
    network.blueprint,
    statistics.blueprint,
    well_known.blueprint,
    dumps.blueprint,
    discovery.blueprint,
    static_files.blueprint,
    sparql.blueprint,
    update.blueprint,
    graph_store.blueprint,
    status.blueprint,
)

WRITING = ("/update", "/store")


def create_app(config: ServerConfig) -> Flask:
    """The WSGI application over one store; `close` ends what it has started."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = config.max_body
    app.config["MAX_FORM_MEMORY_SIZE"] = config.max_body
    app.extensions["engine"] = engine = Engine(config)
    app.extensions["catalogue"] = catalogue = Catalogue(config, partial(prepare, app))
    engine.expand = partial(expand, tables=catalogue.tables)
    engine.settled = partial(warm, engine, catalogue.tables)
    problems.register(app)
    templating.register(app)
    metrics.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.before_request(_identify)
    app.before_request(language.choose)
    page_cache.register(app)
    app.after_request(language.remember)
    app.after_request(_secure)
    app.after_request(_open)
    app.wsgi_app = FastPath(app.wsgi_app, engine, app.extensions["metrics"])  # type: ignore[method-assign]
    if config.access_log:
        app.extensions["access_log"] = log = open_log(config.access_log)
        app.wsgi_app = AccessLog(app.wsgi_app, log)  # type: ignore[method-assign]
    addresses.register(app, config)
    return app


def start(app: Flask) -> None:
    """Begin what would otherwise wait for the first request that needs it."""
    app.extensions["engine"].start()
    app.extensions["catalogue"].start()


def close(app: Flask) -> None:
    """End all processes, and remove all files that were made."""
    app.extensions["engine"].close()
    app.extensions["catalogue"].close()
    if log := app.extensions.get("access_log"):
        log.close()


def _identify() -> None:
    g.request_id = request_number()


def _secure(response: Response) -> Response:
    for name, text in SECURITY_HEADERS.items():
        response.headers.setdefault(name, text)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


def _open(response: Response) -> Response:
    """What anybody may read, scripts on pages of other hosts may read: https://fetch.spec.whatwg.org/#http-cors-protocol"""
    if not request.path.startswith(WRITING):
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
