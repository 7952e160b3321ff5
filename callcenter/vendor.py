"""Third-party browser files: npm installs them by lock and bundles them; only the files named here are served."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# Address below STATIC_URL -> file below node_modules.
VENDOR_FILES = {
    "vendor/tabler.min.css": ".built/tabler.min.css",
    "vendor/echarts.min.js": ".built/echarts.min.js",
    "vendor/blindrsa.min.js": ".built/blindrsa.min.js",
}


class VendorStorage(FileSystemStorage):
    """node_modules under the addresses of VENDOR_FILES."""

    def path(self, name: str) -> str:
        """Return where the file behind an address lies."""
        return super().path(VENDOR_FILES[name])


class VendorFinder(BaseFinder):
    """Find the files of VENDOR_FILES; a missing one fails collectstatic instead of a page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = VendorStorage(location=settings.BASE_DIR / "node_modules")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, so nothing to check."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        """Return the file behind an address, or an empty list as Django's finders do."""
        if path not in VENDOR_FILES or not self.storage.exists(path):
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield every address with the storage that opens it."""
        for path in VENDOR_FILES:
            yield path, self.storage
