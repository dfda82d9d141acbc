"""Every address of the house: one line per chapter."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health
from config.floors import FLOORS
from parties.views import back_office_door

# A chapter with pages has <chapter>/urls.py with its own `app_name` and full paths ("orders/…"): no other line.
# The API is config/api.py (`urlpatterns`), below /api/.
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/login/", back_office_door),  # the back office has no door of its own
    path("admin/", admin.site.urls),
    path("", include("config.first_run.urls")),
    *[path("", include(f"{chapter}.urls")) for chapter in FLOORS if find_spec(f"{chapter}.urls")],
    *([path("api/", include("config.api"))] if find_spec("config.api") else []),
]

handler400 = "workflow.views.bad_request"
handler403 = "workflow.views.forbidden"
handler404 = "workflow.views.not_found"
handler500 = "workflow.views.server_error"
