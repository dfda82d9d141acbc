"""One demo order's life, step by step: each `yield` is the moment of the next act, the services do the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from config.demo.making import Making
from config.demo.taking import Taking
from orders import services as orders


class Life(Taking, Making):
    """Walks one order through the services as the people who do it."""

    def walk(self) -> Iterator[dt.datetime]:
        """The whole life, as far as the plan wants it."""
        yield self.plan.start
        self.order = orders.create_order(self.plan.given, actor=self.li)
        for chapter in (self.intake, self.review, self.notice, self.produce, self.ship, self.collect):
            yield from chapter()
