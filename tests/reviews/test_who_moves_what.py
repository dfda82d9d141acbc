"""状态 × 动作 × 人，全部试一遍（I15、I22）：声明了的才动得了，没有声明的，谁来、从哪儿都动不了。"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from orders.models import Instruction
from parties.models import User
from reviews import services
from reviews.models import Answer, Notice, NoticeCopy, Round
from tests.cast import Cast
from tests.cast_reviews import HEADS, answer_input, answer_of, day, reviewing
from tests.cast_states import STATES
from workflow.guards import Blocked, WrongState
from workflow.machine import offers, perform, steps_of

MODELS: dict[str, Any] = {
    "Answer": Answer, "Round": Round, "Notice": Notice, "NoticeCopy": NoticeCopy, "Instruction": Instruction,
}  # fmt: skip
DEPARTMENT, HEAD, LEADING = {"engineering", "engineering2"}, {"engineering"}, {"laowang", "director"}
DECLARED: dict[str, dict[str, tuple[set[str], set[str]]]] = {
    "Answer": {
        "answer": ({"blank", "answered", "signed", "proxy_signed", "countersigned"}, DEPARTMENT),
        "sign": ({"answered"}, HEAD),
        "sign_as_delegate": ({"answered"}, {"engineering2"}),
        "countersign": ({"proxy_signed"}, HEAD),
    },
    "Round": {
        "conclude_pass": ({"open"}, LEADING),
        "conclude_negotiate": ({"open"}, LEADING),
        "conclude_reject": ({"open"}, LEADING),
    },
    "Notice": {
        "sign": ({"draft"}, {"gm", "evp", "gm_delegate"}),
        "refuse": ({"draft"}, {"gm", "evp"}),
        "issue": ({"signed"}, {"xiaoli", "laowang"}),
    },
    "NoticeCopy": {
        "acknowledge": ({"handed"}, DEPARTMENT),
        "return_copy": ({"handed", "acknowledged"}, DEPARTMENT | {"xiaoli", "laowang"}),
        "approve_lost": ({"handed", "acknowledged"}, LEADING),
    },
    "Instruction": {"grant": ({"asked"}, LEADING), "refuse": ({"asked"}, LEADING)},
}
WITH: dict[str, dict[str, Any]] = {
    "answer": {"given": answer_input(comment="改")},
    "conclude_pass": {"delivery_date": day(18), "note": ""},
    "conclude_negotiate": {"delivery_date": day(18), "note": ""},
    "conclude_reject": {"note": "不能接"},
    "Notice.refuse": {"words": "不行"},
    "grant": {"answer": "可以"},
    "Instruction.refuse": {"answer": "不行"},
}


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def moves_of(model: str) -> list[str]:
    return [name for name, step in steps_of(MODELS[model]).items() if not step.driven]


def passes(subject: Any, move: str, actor: User) -> bool:
    """Whether this person may make this move from here; what only waits for something else is theirs to make."""
    model = type(subject)
    given = WITH.get(f"{model.__name__}.{move}", WITH.get(move, {}))
    with taken_back():
        try:
            perform(model.objects.get(pk=subject.pk), move, actor=actor, reason="理由", **given)
        except (PermissionDenied, WrongState):
            return False
        except Blocked:
            return True
    return True


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize("model", MODELS)
def test_the_table_names_every_state_and_every_move(model: str) -> None:
    assert set(STATES[model]) == set(MODELS[model].State.values)
    assert set(DECLARED[model]) == set(moves_of(model))


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(("model", "state"), [(model, state) for model, states in STATES.items() for state in states])
def test_only_declared_triples_happen(cast: Cast, model: str, state: str) -> None:
    subject = STATES[model][state](cast)
    assert subject.state == state

    happened = {
        (move, name) for move in moves_of(model) for name, who in cast.people.items() if passes(subject, move, who)
    }

    declared = DECLARED[model].items()
    assert happened == {(move, name) for move, (states, people) in declared if state in states for name in people}
    assert MODELS[model].objects.get(pk=subject.pk).state == state


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(("model", "state"), [(model, next(iter(states))) for model, states in STATES.items()])
def test_nobody_out_of_service_moves_anything(cast: Cast, model: str, state: str) -> None:
    subject = STATES[model][state](cast)
    User.objects.update(is_active=False)

    for who in User.objects.all():
        assert not any(passes(subject, move, who) for move in moves_of(model)), who
        assert offers(MODELS[model].objects.get(pk=subject.pk), who) == []


@pytest.mark.rule("A20.1")
def test_every_department_signs_and_each_once(cast: Cast) -> None:
    review = reviewing(cast)
    codes = [answer.department.code for answer in review.answers_now]

    for size in range(len(codes)):
        for some in itertools.combinations(codes, size):
            with taken_back():
                for code in some:
                    services.sign_answer(answer_of(review, code), answer_input(), actor=getattr(cast, HEADS[code]))
                with pytest.raises(Blocked) as waits:
                    services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(18))
                assert len(waits.value.refusals) == len(codes) - size, some


@pytest.mark.rule("A20.1")
def test_a_new_content_voids_the_signature_of_its_round(cast: Cast) -> None:
    answer = STATES["Answer"]["countersigned"](cast)

    fresh = services.save_answer(answer, answer_input(comment="改了"), actor=cast.engineering2)

    assert (fresh.state, fresh.is_signed, fresh.signed_by, fresh.countersigned_by) == ("answered", False, None, None)
