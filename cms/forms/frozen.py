"""How answers are frozen: in the open or sealed, each with a salted digest.

One answer and its salt can be erased, and the digests still prove the rest. The salt of an answer
of a special category is sealed with it: "yes" or "no" can be guessed from a digest and its salt.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.audit.domain.digest import digest_of
from cms.forms import vault
from cms.forms.models import SubmissionVersion


@dataclass(slots=True)
class Frozen:
    """The columns of a sent version."""

    answers: dict[str, Any] = field(default_factory=dict)
    salts: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    sealed: str = ""


def freeze(answers: Mapping[str, Any], *, special: frozenset[str]) -> Frozen:
    """Return answers as they are kept for good."""
    frozen = Frozen()
    secret: dict[str, Any] = {}
    for key, answer in answers.items():
        salt = secrets.token_hex(32)
        frozen.digests[key] = digest(key, answer, salt)
        if key in special:
            secret[key] = {"answer": answer, "salt": salt}
        else:
            frozen.answers[key], frozen.salts[key] = answer, salt
    frozen.sealed = vault.seal(secret)
    return frozen


def thaw(version: SubmissionVersion) -> dict[str, Any]:
    """Return all answers, those of special categories too; only for what the sender may see.

    Raises:
        UnreadableError: no key of this site opens the sealed ones.

    """
    return version.answers | thaw_special(version)


def thaw_special(version: SubmissionVersion) -> dict[str, Any]:
    """Return the answers of special categories.

    Raises:
        UnreadableError: no key of this site opens them.

    """
    return {key: kept["answer"] for key, kept in vault.unseal(version.sealed).items()}


def broken(version: SubmissionVersion) -> list[str]:
    """Return the keys of answers that are not what was sent; erased ones are not broken.

    Raises:
        UnreadableError: no key of this site opens the sealed ones.

    """
    pairs = {key: (answer, version.salts.get(key, "")) for key, answer in version.answers.items()}
    sealed = vault.unseal(version.sealed)
    pairs |= {key: (kept["answer"], kept["salt"]) for key, kept in sealed.items()}
    return sorted(
        key for key, (answer, salt) in pairs.items() if digest(key, answer, salt) != version.digests.get(key)
    )


def digest(key: str, answer: Any, salt: str) -> str:
    """Return the digest of an answer to one question."""
    return digest_of(salt=salt, details=[key, answer])
