"""Files of rows that came in."""

from datetime import UTC, datetime

import factory

from callcenter.imports.models import Import


class ImportFactory(factory.django.DjangoModelFactory):
    """A file without rows; needs its kind."""

    class Meta:
        model = Import

    file_name = factory.Sequence(lambda number: f"file-{number}.csv")
    at = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
