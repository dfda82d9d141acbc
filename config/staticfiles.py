"""Static files: ours, the apps' and the few listed files of node_modules."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

PREFIX = "npm/"
# What of node_modules is served, and nothing else: name below /static/npm/ -> file below node_modules.
LISTED = {
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "icons/tabler-icons.min.css": "@tabler/icons-webfont/dist/tabler-icons.min.css",
    "icons/fonts/tabler-icons.woff2": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
    "icons/fonts/tabler-icons.woff": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff",
    "icons/fonts/tabler-icons.ttf": "@tabler/icons-webfont/dist/fonts/tabler-icons.ttf",
    "alpine/alpine-csp.min.js": "@alpinejs/csp/dist/cdn.min.js",
    "tom-select/tom-select.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
    "tom-select/tom-select.min.js": "tom-select/dist/js/tom-select.complete.min.js",
}
UNUSED = ("*/redoc/*", "rest_framework/*", "*.map", "*.scss")


class UsedAppFiles(AppDirectoriesFinder):
    """The apps' files without those no page of ours asks for: pages of DRF, Redoc, source maps."""

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for name, storage in super().list(ignore_patterns):
            if not any(fnmatch(name, unused) for unused in UNUSED):
                yield name, storage


class ListedStorage(FileSystemStorage):
    """node_modules seen through LISTED: what is not listed does not exist."""

    prefix = ""

    def path(self, name: str) -> str:
        return str(settings.NODE_MODULES / LISTED[name.removeprefix(PREFIX)])


class ListedFinder(BaseFinder):
    """Finds `npm/<name>` for each name of LISTED."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = ListedStorage(location=settings.NODE_MODULES)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        listed = LISTED.get(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None
        found = [str(Path(settings.NODE_MODULES) / listed)] if listed else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in LISTED:
            yield PREFIX + name, self.storage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names with hashes, compressed once; a missing source map of a foreign file is no error."""

    patterns = (
        ("*.css", (r"""(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))""",)),
        # Our own modules import each other under their hashed names, the only ones that are kept.
        ("js/*.js", ((r"""(?m)(?P<matched>^(?P<what>import .*?)"(?P<url>\./[a-z]+\.js)";)""", '%(what)s"%(url)s";'),)),
    )

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Browsers take Brotli over https only, and it takes half a minute: production alone has it."""
        return Compressor(use_brotli=settings.GENDAN_PRODUCTION, **kwargs)
