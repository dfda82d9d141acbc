"""What somebody with a pencil notes of one order: where it stands, which acts may come next, what each changes."""

from __future__ import annotations

from dataclasses import dataclass, field

BEFORE_ISSUE = ("accepted", "reviewing", "negotiating", "agreed")
IN_WORK = ("issued", "producing")


@dataclass
class Asked:
    """A change that the customer asked for, while it has no result."""

    quantity: int  # 0: the whole order is cancelled
    state: str = "draft"
    round: str = ""
    signed: bool = False
    notice: bool = False

    @property
    def agreed(self) -> bool:
        return self.state == "reviewing" and self.round in {"passed", "settled"}


@dataclass
class Pencil:
    """One order by pencil; every verb `x` has `may_x` (would it be let through?) and `did_x` (what it changes)."""

    state: str = "draft"
    version: int = 1
    quantity: int = 1000
    round: str = ""
    answered: bool = False
    signed: bool = False
    notice: str = ""
    notice_version: int = 0
    received: bool = False
    void: int = 0
    visits: int = 0
    change: Asked | None = None
    moves: list[str] = field(default_factory=list)

    # --- intake -------------------------------------------------------------------------------------------------------
    def may_submit(self) -> bool:
        return self.state == "draft"

    def did_submit(self) -> None:
        self.state = "submitted"

    def may_withdraw(self) -> bool:
        return self.state == "submitted"

    def did_withdraw(self) -> None:
        self.state = "draft"

    may_give_back, did_give_back = may_withdraw, did_withdraw
    may_accept = may_withdraw

    def did_accept(self) -> None:
        self.state = "accepted"

    def may_edit(self) -> bool:
        return self.state in {"draft", "accepted", "negotiating"}

    def did_edit(self) -> None:
        self.quantity += 100
        self.version += self.state != "draft"

    def may_cancel(self) -> bool:
        return self.state in BEFORE_ISSUE

    def did_cancel(self) -> None:
        self.state = "cancelled"
        self.round = "closed" if self.round == "open" else self.round
        self.void += self.notice == "signed"
        self.notice = ""

    # --- review -------------------------------------------------------------------------------------------------------
    def may_convene(self) -> bool:
        return self.state in {"accepted", "negotiating"}

    def did_convene(self) -> None:
        self.state, self.round, self.answered, self.signed = "reviewing", "open", False, False
        self.void += self.notice == "signed"
        self.notice = ""

    def may_sign_answers(self) -> bool:
        return self.round == "open" and not self.signed

    def did_sign_answers(self) -> None:
        self.answered = self.signed = True

    def may_balance(self) -> bool:
        return self.round == "open" and self.answered

    def did_balance(self) -> None:
        self.signed = False

    def may_pass_review(self) -> bool:
        return self.round == "open" and self.signed

    def did_pass_review(self) -> None:
        self.state, self.round = "agreed", "passed"

    def may_negotiate(self) -> bool:
        return self.round == "open"

    def did_negotiate(self) -> None:
        self.state, self.round = "negotiating", "unmet"

    def may_agree(self) -> bool:
        return self.state == "negotiating"

    def did_agree(self) -> None:
        self.state = "agreed"

    def may_reopen(self) -> bool:
        return self.state == "agreed"

    def did_reopen(self) -> None:
        self.state = "negotiating"

    # --- notice -------------------------------------------------------------------------------------------------------
    @property
    def current(self) -> bool:
        return self.notice_version == self.version

    def may_draft_notice(self) -> bool:
        return self.state == "agreed" and not (self.notice and self.current)

    def did_draft_notice(self) -> None:
        self.void += self.notice == "signed"
        self.notice, self.notice_version = "draft", self.version

    def may_sign_notice(self) -> bool:
        return self.state == "agreed" and self.notice == "draft" and self.current and self.signed

    def did_sign_notice(self) -> None:
        self.notice = "signed"

    def may_refuse_notice(self) -> bool:
        return self.notice == "draft"

    def did_refuse_notice(self) -> None:
        self.notice = ""

    def may_issue(self) -> bool:
        fits = self.state == "agreed" or (self.state in IN_WORK and self.notice == "signed")
        return fits and self.notice == "signed" and self.current

    def did_issue(self) -> None:
        self.notice, self.received = "issued", False
        self.state = "issued" if self.state == "agreed" else self.state

    def may_receive(self) -> bool:
        return self.notice == "issued" and not self.received

    def did_receive(self) -> None:
        self.received = True

    def may_start(self) -> bool:
        return self.state == "issued" and self.notice == "issued" and self.received

    def did_start(self) -> None:
        self.state = "producing"

    def may_visit(self) -> bool:
        return self.state == "producing" and self.notice == "issued"

    def did_visit(self) -> None:
        self.visits += 1

    # --- change -------------------------------------------------------------------------------------------------------
    def may_ask_change(self) -> bool:
        return self.state in IN_WORK and self.notice == "issued" and self.change is None

    def did_ask_change(self) -> None:
        self.change = Asked(self.quantity + 100)

    may_ask_cancel = may_ask_change

    def did_ask_cancel(self) -> None:
        self.change = Asked(0)

    def may_submit_change(self) -> bool:
        return self.change is not None and self.change.state == "draft"

    def did_submit_change(self) -> None:
        self.asked.state = "submitted"

    def may_withdraw_change(self) -> bool:
        return self.change is not None

    def did_withdraw_change(self) -> None:
        self.change = None

    def may_convene_change(self) -> bool:
        return self.change is not None and self.change.state != "draft" and self.change.round != "open"

    def did_convene_change(self) -> None:
        self.change = Asked(self.asked.quantity, "reviewing", "open")

    def may_sign_change_answers(self) -> bool:
        return self.change is not None and self.change.round == "open" and not self.change.signed

    def did_sign_change_answers(self) -> None:
        self.asked.signed = True

    def may_pass_change(self) -> bool:
        return self.change is not None and self.change.round == "open" and self.change.signed

    def did_pass_change(self) -> None:
        self.asked.round = "passed"

    def may_negotiate_change(self) -> bool:
        return self.change is not None and self.change.round == "open"

    def did_negotiate_change(self) -> None:
        self.asked.round = "unmet"

    def may_reject_change(self) -> bool:
        return self.change is not None and self.change.round == "open"

    did_reject_change = did_withdraw_change

    def may_settle_change(self) -> bool:
        return self.change is not None and self.change.round in {"unmet", "settled"}

    def did_settle_change(self) -> None:
        self.asked.round = "settled"

    def may_draft_change(self) -> bool:
        return self.change is not None and self.change.agreed and not self.change.notice

    def did_draft_change(self) -> None:
        self.asked.notice = True

    def may_sign_change(self) -> bool:
        return self.change is not None and self.change.notice and self.change.signed

    def did_sign_change(self) -> None:
        asked, self.change = self.asked, None
        self.void += 1
        if not asked.quantity:
            self.state, self.notice = "cancelled", ""
            self.void += 1
            return
        self.quantity, self.version = asked.quantity, self.version + 1
        self.notice, self.notice_version, self.received = "signed", self.version, False

    @property
    def asked(self) -> Asked:
        assert self.change is not None
        return self.change
