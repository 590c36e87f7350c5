"""How it is known that nothing is better."""

from models.finding import CodeWord


class Proved(CodeWord):
    """How it is known that no plan is better.

    `bound`: a bound that is proved in exact arithmetic is reached, and plan.json's neighbour
    proof.json has its certificate. `search`: the solver searched everything. `none`: it is not
    known; time ran out.
    """

    BOUND = "bound"
    SEARCH = "search"
    NONE = "none"
