"""Rounds for hypothesis: every choice is drawn by it, so that a failing round is made small."""

from hypothesis import strategies as st

from models.round import Round
from tests.random_rounds import round_from

rounds: st.SearchStrategy[Round] = st.builds(
    lambda r, people: round_from(r, people=people),
    st.randoms(use_true_random=False),
    st.integers(min_value=2, max_value=5),
)
