"""授权书（第十九条、第二十条）：谁能立、谁能撤，期限与扫描件；签字凭它，撤了就不行。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from papers.models import Attachment
from parties.models import Authorisation, Department
from reviews import services
from tests.cast import Cast
from tests.cast_parties import anew, away
from tests.cast_reviews import answer_input, answer_of, day, drafted, reviewing
from tests.permissions.world import PDF
from workflow import clock
from workflow.guards import WrongState

Scope = Authorisation.Scope


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("授权书.pdf", PDF)


def granted(cast: Cast, **changes: Any) -> Authorisation:
    """物控部黄丽珍授权计划部孔令辉代签评审，三十天。"""
    given: dict[str, Any] = {
        "scope": Scope.SIGN_REVIEW, "department": Department.objects.get(code="material_control"),
        "valid_from": day(0), "valid_to": day(30), "scan": scan(), "actor": cast.material,
    }  # fmt: skip
    return services.grant_authorisation(changes.pop("delegate", cast.planning), **(given | changes))


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.rule("A19.2")
def test_a_head_grants_and_the_delegate_signs(cast: Cast) -> None:
    made = granted(cast)
    answer = services.sign_answer(answer_of(reviewing(cast), "material_control"), answer_input(), actor=cast.planning)

    assert answer.state == "proxy_signed"
    assert answer.signatures.get().authorisation == made
    assert (made.number[:2], Attachment.objects.get().about) == ("SQ", f"parties_authorisation:{made.pk}")


@pytest.mark.rule("A19.2")
def test_a_deputy_with_an_authorisation_signs_as_proxy(cast: Cast) -> None:
    away(cast.material, cast.planning)
    answer = answer_of(reviewing(cast), "material_control")
    with pytest.raises(PermissionDenied):
        services.sign_answer(answer, answer_input(), actor=anew(cast.planning))
    granted(cast)

    assert services.sign_answer(answer, answer_input(), actor=anew(cast.planning)).state == "proxy_signed"


@pytest.mark.rule("A6.3a")
def test_the_general_manager_grants_the_notices(cast: Cast) -> None:
    granted(cast, scope=Scope.SIGN_NOTICE, department=None, actor=cast.gm, delegate=cast.director)

    assert services.sign_notice(drafted(cast), actor=cast.director).signatures.get().is_proxy


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize("actor", ["engineering", "material", "laowang", "director", "admin"])
def test_who_may_not_grant_the_notices(cast: Cast, actor: str) -> None:
    with pytest.raises(PermissionDenied):
        granted(cast, scope=Scope.SIGN_NOTICE, department=None, actor=getattr(cast, actor))
    assert not Attachment.objects.exists()


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize("actor", ["engineering", "planning", "gm", "laowang"])
def test_who_may_not_grant_for_another_department(cast: Cast, actor: str) -> None:
    with pytest.raises(PermissionDenied):
        granted(cast, actor=getattr(cast, actor), delegate=cast.hr)


@pytest.mark.rule("A19.2")
def test_a_heads_deputy_grants_nothing(cast: Cast) -> None:
    away(cast.material, cast.planning)

    with pytest.raises(PermissionDenied):
        granted(cast, actor=anew(cast.planning), delegate=cast.hr)


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": day(-1)}, "valid_from"),
        ({"valid_to": day(-1)}, "valid_to"),
        ({"valid_to": day(800)}, "valid_to"),
        ({"scan": None}, "file"),
        ({"scan": SimpleUploadedFile("a.exe", b"MZ")}, "file"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    before = Authorisation.objects.count()
    with pytest.raises(ValidationError) as refused:
        granted(cast, **changes)
    assert list(refused.value.message_dict) == [field]
    assert Authorisation.objects.count() == before


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize("delegate", ["material", "erp", "admin", "xiaoli", "sales"])
def test_who_cannot_be_a_delegate(cast: Cast, delegate: str) -> None:
    with pytest.raises(ValidationError) as refused:
        granted(cast, delegate=getattr(cast, delegate))
    assert list(refused.value.message_dict) == ["delegate"]


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(("after", "signs"), [(-1, False), (0, True), (30, True), (31, False)])
def test_it_holds_from_day_to_day(cast: Cast, after: int, signs: bool) -> None:
    granted(cast)
    on = clock.today() + dt.timedelta(days=after)

    valid = Authorisation.objects.valid(  # type: ignore[attr-defined]
        delegate=cast.planning, scope=Scope.SIGN_REVIEW, on=on, department_id=cast.material.department_id
    )
    assert valid.exists() is signs


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(("actor", "may"), [("material", True), ("planning", False), ("gm", False), ("laowang", False)])
def test_who_revokes(cast: Cast, actor: str, may: bool) -> None:
    made = granted(cast)
    if not may:
        with pytest.raises(PermissionDenied):
            services.revoke_authorisation(made, actor=getattr(cast, actor))
        return
    assert services.revoke_authorisation(made, actor=cast.material).revokes == made
    with pytest.raises(PermissionDenied):
        services.sign_answer(answer_of(reviewing(cast), "material_control"), answer_input(), actor=cast.planning)
    with pytest.raises(WrongState, match="已经撤销"):
        services.revoke_authorisation(made, actor=cast.material)
