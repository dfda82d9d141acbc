"""签字还算不算数（I19）：签的任何一处被绕过流程改了就失效，没签的改了照样有效；失效的处处说出来。"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.canonical import FINGERPRINTS, HASH_VERSION, fingerprint_as
from papers.registry import facts_about
from reviews import services
from reviews.models import Answer, Signature
from reviews.verifying import broken_answers, every_broken, verify
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed, signed_notice
from tests.database import owner_cursor
from tests.pages import browser, words
from workflow.guards import Blocked

GOLDEN = Path(__file__).parent / "golden"
FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
SIGNED = st.one_of(
    st.tuples(st.just("verdict"), st.sampled_from(["conditional", "disagree"])),
    st.tuples(st.just("planned_date"), st.dates(dt.date(2027, 1, 1), dt.date(2030, 1, 1)).map(str)),
    st.tuples(
        st.just("points"),
        st.booleans().map(lambda yes: json.dumps({"lawful": yes})),
    ),
    st.tuples(st.just("remarks"), st.just('{"valid": "缺章"}')),
    st.tuples(st.just("comment"), st.text("甲乙丙，。 ", min_size=3, max_size=9)),
)
UNSIGNED = st.one_of(
    st.tuples(st.just("answered_at"), st.just("2026-01-01T00:00:00Z")),
    st.tuples(st.just("signed_at"), st.just("2026-01-01T00:00:00Z")),
    st.tuples(st.just("countersigned_at"), st.just("2026-01-01T00:00:00Z")),
    st.tuples(st.just("revision"), st.integers(50, 99)),
)


WHY = "签字失效：内容和签字时的不一样"
NOTICE_KEYS = ["order_number", "delivery_date", "lines", "milestones", "requirements", "copies", "customer", "company"]


@contextmanager
def tampered(table: str, pk: int, column: str, value: Any) -> Iterator[None]:
    """What the owner of the database could do, past every trigger; put back afterwards."""
    with owner_cursor() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(f"SELECT {column}::text FROM {table} WHERE id = %s", [pk])
        (before,) = owner.fetchone()
        change = f"UPDATE {table} SET {column} = %s WHERE id = %s"
        owner.execute(change, [value, pk])
        try:
            yield
        finally:
            owner.execute(change, [before, pk])


def broken(answer: Answer) -> str:
    return broken_answers([answer_of(answer.round, answer.department.code)]).get(answer.pk, "")


@pytest.mark.rule("A20.1")
@pytest.mark.django_db(transaction=True)
def test_any_signed_field_changed_behind_the_machine_breaks_it(cast: Cast) -> None:
    answer = answer_of(signed(cast), "engineering")

    @FEW
    @given(SIGNED)
    def holds(change: tuple[str, Any]) -> None:
        with tampered("reviews_answer", answer.pk, *change):
            assert broken(answer) == "内容和签字时的不一样"
        assert broken(answer) == ""

    holds()


@pytest.mark.rule("A20.1")
@pytest.mark.django_db(transaction=True)
def test_what_is_not_signed_may_change(cast: Cast) -> None:
    answer = answer_of(signed(cast), "engineering")

    @FEW
    @given(UNSIGNED)
    def holds(change: tuple[str, Any]) -> None:
        with tampered("reviews_answer", answer.pk, *change):
            assert broken(answer) == ""

    holds()


@pytest.mark.rule("A20.1")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("reviews_round", "order_version", 9), ("reviews_round", "number", 9), ("parties_department", "code", "other"),
        ("reviews_signature", "sha256", "0" * 64), ("reviews_signature", "hash_version", 99),
        ("reviews_signature", "order_version", 9), ("reviews_answer", "signed_sha256", "0" * 64),
    ],
)  # fmt: skip
def test_so_does_what_stands_around_it(cast: Cast, table: str, column: str, value: Any) -> None:
    answer = answer_of(signed(cast), "engineering")
    pk = {
        "reviews_round": answer.round_id, "parties_department": answer.department_id,
        "reviews_signature": Signature.objects.get(answer=answer).pk, "reviews_answer": answer.pk,
    }[table]  # fmt: skip

    with tampered(table, pk, column, value):
        fresh = Answer.objects.select_related("round__order", "department").get(pk=answer.pk)
        assert fresh.pk in broken_answers([fresh])


@pytest.mark.rule("A6.3a")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", NOTICE_KEYS)
def test_a_notice_changed_afterwards_is_broken(cast: Cast, key: str) -> None:
    notice = signed_notice(cast)
    content = json.dumps(notice.content | {key: "别的"})

    with tampered("reviews_notice", notice.pk, "content", content):
        assert list(every_broken()) == [f"业务通知单 {notice.number}：内容和签字时的不一样"]
        page = words(browser(cast.xiaoli).get(f"/notices/{notice.number}/")) if key == "requirements" else "签字失效"
        assert "签字失效" in page
    assert verify(Signature.objects.get(notice=notice)).holds


@pytest.mark.rule("A20.1")
@pytest.mark.django_db(transaction=True)
def test_every_place_that_shows_it_says_so(cast: Cast) -> None:
    notice = signed_notice(cast)
    answer = answer_of(notice.round, "engineering")
    here = f"/reviews/{answer.round_id}/"

    with tampered("reviews_answer", answer.pk, "comment", "改过的"):
        for user, path in (
            (cast.engineering, f"{here}answers/engineering/"),
            (cast.laowang, here),
            (cast.gm, f"/notices/{notice.number}/"),
        ):
            assert "签字失效" in words(browser(user).get(path)), path
        assert facts_about(notice.about)["broken"] == ["技术中心：内容和签字时的不一样"]
        with pytest.raises(CommandError, match="1 signatures are broken"):
            call_command("verify_signatures")
    call_command("verify_signatures")


@pytest.mark.rule("A19.2", "A20.1")
@pytest.mark.django_db(transaction=True)
def test_a_broken_proxy_is_not_countersigned_and_can_be_signed_anew(cast: Cast) -> None:
    answer = services.sign_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering2)

    with tampered("reviews_answer", answer.pk, "planned_date", "2027-05-05"):
        with pytest.raises(Blocked, match="签字已经失效"):
            services.countersign(answer_of(answer.round, "engineering"), actor=cast.engineering)
        given_now = answer_input(planned_date=dt.date(2027, 5, 5))
        fresh = services.sign_answer(answer_of(answer.round, "engineering"), given_now, actor=cast.engineering)
        assert (fresh.state, broken(fresh)) == ("signed", "")


@pytest.mark.rule("A20.1")
def test_what_was_changed_by_the_rules_is_history_not_broken(cast: Cast) -> None:
    review = signed(cast)
    services.save_answer(answer_of(review, "engineering"), answer_input(planned_date=day(15)), actor=cast.engineering)

    assert list(every_broken()) == []
    assert Signature.objects.filter(answer__department__code="engineering").exists()


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("file", sorted(GOLDEN.glob("hash_v*.json")), ids=lambda path: path.stem)
def test_old_hashes_are_computed_as_they_were(file: Path) -> None:
    version = int(file.stem.removeprefix("hash_v"))
    for name, one in json.loads(file.read_text()).items():
        assert fingerprint_as(version, one["content"]) == one["sha256"], name
    assert HASH_VERSION in FINGERPRINTS
    assert {f"hash_v{known}" for known in FINGERPRINTS} == {path.stem for path in GOLDEN.glob("*.json")}


@pytest.mark.rule("A20.1")
@pytest.mark.django_db(transaction=True)
def test_the_list_and_the_api_say_so_too(cast: Cast) -> None:
    review = signed(cast)
    answer, caller = answer_of(review, "engineering"), Caller(cast.laowang)
    paths = [f"reviews/{review.pk}/", f"orders/{review.order.number}/reviews/"]

    with tampered("reviews_answer", answer.pk, "comment", "另写"):
        assert "技术中心 签字失效" in words(browser(cast.laowang).get("/reviews/"))
        assert [told(caller.get(path).json()) for path in paths] == [WHY, WHY]
        one = caller.get(f"reviews/{review.pk}/answers/engineering/").json()
        assert (one["signed"], one["signature_broken"]) == (False, WHY)
    assert "签字失效" not in words(browser(cast.laowang).get("/reviews/"))
    assert [told(caller.get(path).json()) for path in paths] == ["", ""]


@pytest.mark.rule("A20.1")
@pytest.mark.django_db(transaction=True)
def test_so_they_do_of_a_notice(cast: Cast) -> None:
    notice, caller = signed_notice(cast), Caller(cast.gm)
    content = json.dumps(notice.content | {"order_number": "GD26-999999"})

    with tampered("reviews_notice", notice.pk, "content", content):
        assert "签字失效" in words(browser(cast.gm).get("/notices/"))
        assert caller.get(f"notices/{notice.number}/").json()["signature_broken"] == WHY
        (listed,) = caller.get(f"orders/{notice.order.number}/notices/").json()["results"]
        assert listed["signature_broken"] == WHY
    assert caller.get(f"notices/{notice.number}/").json()["signature_broken"] == ""


def told(body: dict[str, Any]) -> str:
    review = body["results"][0] if "results" in body else body
    found: str = next(one for one in review["answers"] if one["department"] == "engineering")["signature_broken"]
    return found
