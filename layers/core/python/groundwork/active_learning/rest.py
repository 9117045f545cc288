"""The end of the loop: people label what is left."""

from __future__ import annotations

from groundwork.active_learning.job_lots import shuffled
from groundwork.active_learning.learn import Decide, Decided, Situation


def people_label_the_rest(reason: str) -> Decide:
    """Decide that everything that is open goes to people, in an order drawn by lot."""

    def decide(situation: Situation) -> Decided:
        rest = situation.open
        order = shuffled(len(rest), situation.at.job, situation.number)
        people = tuple(rest[row].selected(random=False) for row in order)
        return Decided(people=people, over=True, reason=reason)

    return decide
