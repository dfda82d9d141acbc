"""表单先收下的文件（A6.1a）：一周没有存就清掉；归了档的、还在等的、别处也引用的，从不碰。"""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from papers import scrub, storage
from papers.models import Attachment, WaitingFile
from papers.services import attach, clear_waiting, cleared_of, file_waiting, receive, waiting_on
from papers.tasks import clear_waiting_files, scrub_files
from tests.cast import Cast
from workflow import clock

ORDER, FORM = "orders_order:7", "orders_formsheet:3"
pytestmark = pytest.mark.rule("A6.1a")


def pdf(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{words}.pdf", f"%PDF-1.7\n{words}\n%%EOF\n".encode())


def aged(one: WaitingFile | Attachment, *, days: int) -> Any:
    """As it is so many days later: the row and the bytes."""
    then = clock.now() - dt.timedelta(days=days)
    if isinstance(one, WaitingFile):
        WaitingFile.objects.filter(pk=one.pk).update(at=then)
    os.utime(storage.path_of(one.sha256), (then.timestamp(), then.timestamp()))
    return type(one).objects.get(pk=one.pk)


def there(one: Any) -> bool:
    return storage.path_of(one.sha256).exists()


def night() -> None:
    clear_waiting_files()
    scrub_files()


def test_what_nobody_saved_goes_after_a_week(cast: Cast, files: Path) -> None:
    old = aged(receive(pdf("old"), about=FORM, actor=cast.xiaoli), days=8)
    young = aged(receive(pdf("young"), about=FORM, actor=cast.xiaoli), days=6)
    night()
    assert (there(old), there(young)) == (False, True)
    assert [one.name for one in waiting_on(FORM)] == ["young.pdf"]
    assert cleared_of(FORM) == ["old.pdf"]
    assert list(scrub.faults()) == []
    assert clear_waiting() == 0


def test_what_was_filed_is_never_touched(cast: Cast, files: Path) -> None:
    filed = receive(pdf("filed"), about=FORM, actor=cast.xiaoli)
    (kept,) = file_waiting(FORM, onto=ORDER)
    aged(filed, days=400)
    night()
    assert there(kept)
    assert WaitingFile.objects.get().cleared_at is None
    assert (kept.name, kept.uploaded_by, kept.about) == ("filed.pdf", cast.xiaoli, ORDER)


def test_what_another_row_names_stays(cast: Cast, files: Path) -> None:
    """The same picture hangs on an order: the form's is cleared, the bytes are the order's."""
    old = receive(pdf("same"), about=FORM, actor=cast.xiaoli)
    kept = attach(pdf("same"), about=ORDER, actor=cast.xiaochen)
    other = receive(pdf("same"), about="orders_formsheet:4", actor=cast.xiaochen)
    aged(old, days=8)
    night()
    assert (WaitingFile.objects.get(pk=old.pk).cleared_at is None, there(kept)) == (False, True)
    assert list(waiting_on("orders_formsheet:4")) == [other]


def test_a_late_form_gets_back_what_is_still_there_and_says_what_is_gone(cast: Cast, files: Path) -> None:
    aged(receive(pdf("old"), about=FORM, actor=cast.xiaoli), days=8)
    night()
    receive(pdf("new"), about=FORM, actor=cast.xiaoli)
    assert [one.name for one in file_waiting(FORM, onto=ORDER)] == ["new.pdf"]
    assert file_waiting(FORM, onto=ORDER) == []
    assert cleared_of(FORM) == ["old.pdf"]


def test_a_file_that_is_gone_from_the_disk_is_said_not_filed(cast: Cast, files: Path) -> None:
    one = receive(pdf("lost"), about=FORM, actor=cast.xiaoli)
    storage.path_of(one.sha256).unlink()
    with pytest.raises(ValidationError, match="已经不在了，请重新上传"):
        file_waiting(FORM, onto=ORDER)
    assert not Attachment.objects.exists()


def test_who_wants_it_between_the_look_and_the_removal_keeps_it(cast: Cast, files: Path) -> None:
    """And the control: removed without looking again, the order's bytes would be gone."""
    for careful in (True, False):
        one = receive(pdf(f"wanted {careful}"), about=FORM, actor=cast.xiaoli)
        place = storage.path_of(one.sha256)
        aged(one, days=8)
        clear_waiting()
        (orphan,) = scrub.orphans()
        kept = attach(pdf(f"wanted {careful}"), about=ORDER, actor=cast.xiaoli)  # saved while it is being cleared
        if careful:
            assert not storage.clear_away(orphan, older_than=place.stat().st_mtime - 60)
        else:
            orphan.unlink()
        assert there(kept) == careful
        place.unlink(missing_ok=True)


def at_once(*acts: Any) -> None:
    start = Barrier(len(acts))

    def run(act: Any) -> None:
        start.wait(timeout=20)
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for worker in [pool.submit(run, act) for act in acts]:
            worker.result(timeout=60)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_saved_or_cleared_never_both(cast: Cast, files: Path) -> None:
    """Saving against clearing, twenty times: what is on the order has its bytes, what was cleared is on no order."""
    for turn in range(20):
        form, order = f"orders_formsheet:{turn}", f"orders_order:{turn}"
        one = aged(receive(pdf(f"turn {turn}"), about=form, actor=cast.xiaoli), days=8)
        at_once(lambda form=form, order=order: file_waiting(form, onto=order), night)
        now, filed = WaitingFile.objects.get(pk=one.pk), Attachment.objects.filter(about=order).count()
        assert (now.filed_at is None, now.cleared_at is None) in {(False, True), (True, False)}
        assert filed == (0 if now.filed_at is None else 1)
        night()
        assert there(one) == bool(filed)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_if_the_database_let_them(cast: Cast, files: Path) -> None:
    """The control: look first, write later; only the row's own constraint stands between."""
    from django.db import IntegrityError

    one = aged(receive(pdf("both"), about=FORM, actor=cast.xiaoli), days=8)
    seen = list(WaitingFile.objects.waiting().values_list("pk", flat=True))  # type: ignore[attr-defined]
    file_waiting(FORM, onto=ORDER)
    with pytest.raises(IntegrityError, match="a_file_is_filed_or_cleared"):
        WaitingFile.objects.filter(pk__in=seen).update(cleared_at=clock.now())
    assert there(one)
