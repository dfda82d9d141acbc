"""Addresses of papers."""

from django.urls import path, re_path

from papers import views

app_name = "papers"

urlpatterns = [
    path("v/<slug:number>/<slug:hash8>/", views.verify, name="verify"),
    # What the QR code holds: all in upper case, without the closing slash.
    re_path(
        r"^[Vv]/(?P<number>[A-Za-z0-9-]{1,40})/(?P<hash8>[A-Za-z0-9]{1,40})/?$", views.verify, name="verify_scanned"
    ),
    path("papers/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("papers/<int:pk>/print/", views.print_paper, name="print"),
    path("papers/prints/<int:pk>/pdf/", views.printed, name="printed"),
    path("files/<int:pk>/", views.attachment, name="attachment"),
    path("files/<int:pk>/thumb/", views.thumbnail, name="thumbnail"),
    path("files/waiting/<int:pk>/", views.waiting, name="waiting"),
    path("files/waiting/<int:pk>/thumb/", views.waiting_thumbnail, name="waiting_thumbnail"),
]
