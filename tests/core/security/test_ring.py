"""Keys of one purpose open nothing of another, and go on opening what older keys sealed."""

import pytest

from cms.core.security.ring import Ring, UnreadableError

SECRET = "another"  # noqa: S105 - known to these tests only
ONE, OTHER = Ring("tests.one"), Ring("tests.other")


def test_what_is_sealed_for_one_purpose_opens_for_no_other():
    with pytest.raises(UnreadableError):
        OTHER.unseal(ONE.seal("ნინო"))


def test_without_its_key_nothing_opens(settings):
    sealed = ONE.seal("ნინო")
    settings.SECRET_KEY = SECRET
    with pytest.raises(UnreadableError):
        ONE.unseal(sealed)


@pytest.mark.parametrize("nonsense", ["", "x", "gAAAAAB", "ნინო"])
def test_nonsense_does_not_open(nonsense):
    with pytest.raises(UnreadableError):
        ONE.unseal(nonsense)


def test_the_same_text_looks_different_each_time_and_comes_back():
    first, second = ONE.seal("ნინო"), ONE.seal("ნინო")
    assert first != second
    assert "ნინო" not in first
    assert ONE.unseal(first) == ONE.unseal(second) == "ნინო"


def test_older_keys_open_and_the_new_one_seals(settings):
    sealed = ONE.seal("ნინო")
    old, settings.SECRET_KEY = settings.SECRET_KEY, SECRET
    settings.SECRET_KEY_FALLBACKS = [old]
    assert ONE.unseal(sealed) == "ნინო"
    newer = ONE.seal("თემო")
    settings.SECRET_KEY_FALLBACKS = []
    assert ONE.unseal(newer) == "თემო"
    with pytest.raises(UnreadableError):
        ONE.unseal(sealed)
