"""归档：内容、编号、指纹一次写定，同一事务里留下印制的差事。"""

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from papers.canonical import HASH_VERSION, fingerprint
from papers.conform import Misfit
from papers.models import Paper
from papers.services import file_paper
from tests.cast import Cast
from tests.papers.conftest import DOCUMENT
from tests.papers.samples import notice
from workflow.history import AppendOnlyError
from workflow.models import OutboxMessage


@pytest.mark.rule("A6.3a")
def test_a_signed_notice_is_filed_with_its_fingerprint(filed: Paper, cast: Cast) -> None:
    paper = Paper.objects.get()
    assert (paper.number, paper.version, paper.about, paper.voided_at) == ("TZ26-000187", 1, DOCUMENT, None)
    assert (paper.fingerprint, paper.hash_version) == (fingerprint(notice()), HASH_VERSION)
    assert (paper.filed_by, paper.filed_by_name) == (cast.gm, str(cast.gm))
    assert paper.verify_url == f"/v/TZ26-000187/{paper.fingerprint[:8]}/"


def test_what_is_stored_still_has_its_fingerprint(filed: Paper) -> None:
    assert fingerprint(Paper.objects.get().content) == filed.fingerprint


def test_the_errand_to_print_is_in_the_same_transaction(filed: Paper) -> None:
    message = OutboxMessage.objects.get(kind="papers.render")
    assert (message.aggregate, message.payload) == (f"papers_paper:{filed.pk}", {"paper": filed.pk})


def test_a_number_is_filed_once_per_version(filed: Paper, cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        file_paper(kind="notice", about=DOCUMENT, number="TZ26-000187", version=1, snapshot=notice(), actor=cast.gm)
    assert Paper.objects.count() == 1


def test_the_content_must_be_of_this_number(cast: Cast) -> None:
    with pytest.raises(ValueError, match="TZ26-000187"):
        file_paper(kind="notice", about=DOCUMENT, number="TZ26-000999", version=1, snapshot=notice(), actor=cast.gm)
    assert not Paper.objects.exists()


def test_missing_and_misspelt_keys_are_named(cast: Cast) -> None:
    content = notice()
    del content["customer_po"]  # type: ignore[misc]
    content["lines"][1]["quantity"] = 3  # type: ignore[typeddict-unknown-key]
    with pytest.raises(Misfit) as misfit:
        file_paper(kind="notice", about=DOCUMENT, number="TZ26-000187", version=1, snapshot=content, actor=cast.gm)
    assert str(misfit.value) == ("NoticeSnapshot.customer_po is missing; NoticeSnapshot.lines[1].quantity is unknown")


@pytest.mark.rule("A22")
def test_what_is_filed_is_not_changed(filed: Paper) -> None:
    filed.content = {}
    with pytest.raises(AppendOnlyError):
        filed.save()
    with pytest.raises(AppendOnlyError):
        Paper.objects.filter(pk=filed.pk).update(number="TZ26-000999")
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE papers_paper SET number = 'TZ26-000999'")
    assert Paper.objects.get().content == filed_content()


def filed_content() -> dict[str, object]:
    from papers.canonical import plain

    return dict(plain(notice()))
