"""The banner that stands on every page of the demonstration."""

from django.http import HttpRequest


def demonstration(_request: HttpRequest) -> dict[str, str]:
    """Name the template that base.html shows above everything else."""
    return {"demo_banner": "demo/banner.html"}
