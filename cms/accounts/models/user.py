"""A person who can sign in."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cms.core import clock


def languages() -> list[tuple[str, str]]:
    """Return the languages of this site as choices."""
    return list(settings.LANGUAGES)


def first_language() -> str:
    """Return the language a person is written to until they choose another."""
    return settings.LANGUAGE_CODE


class UserManager(BaseUserManager["User"]):
    """People are made with an e-mail address and no password: they sign in by a code."""

    def create_user(self, email: str, **fields: object) -> "User":
        """Create a person without a usable password."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, **fields: object) -> "User":
        """Create a person with every right; the second factor is still asked for."""
        return self.create_user(email, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find a person by address whatever its case."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """E-mail address, one name in any script, and the language the person is written to."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    preferred_language = models.CharField(
        _("language"), max_length=35, choices=languages, default=first_language
    )
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=clock.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (models.UniqueConstraint(Lower("email"), name="one_person_an_address"),)

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name as the person wrote it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the whole name: cutting names is wrong in most of the world."""
        return self.name
