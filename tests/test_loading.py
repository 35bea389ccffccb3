from __future__ import annotations

import gc

import pytest

from kgbuild.loading import loading


def test_the_collector_rests_meanwhile_only() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_where_loading_fails() -> None:
    with pytest.raises(ValueError, match="x"), loading():
        raise ValueError("x")
    assert gc.isenabled()


def test_one_that_rested_before_is_not_woken() -> None:
    gc.disable()
    try:
        with loading():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
