"""A study as a table for pandas: a row for each combination, English names of columns."""

from io import BytesIO

import pandas as pd

from scheduler.studies.figures import Figures
from scheduler.studies.study import Study

# What may be missing: in a plan that places nobody, or in one of a policy without that goal.
_WHOLE, _PART = "Int64", "float64"


def frame(study: Study) -> pd.DataFrame:
    """A row for each combination: round and seed from 1, policy, every figure, the value of each
    goal (`goal_…`, where it is a number), `proof` and `seconds`.
    """
    rows = [
        {
            "round": row.round,
            "run_date": pd.Timestamp(row.run_date),
            "policy": row.variant,
            "seed": row.seed,
            **row.result.figures.model_dump(),
            **{
                f"goal_{goal}": value
                for goal, value in row.result.goals.items()
                if isinstance(value, int)
            },
            "proof": row.result.proof,
            "seconds": row.result.seconds,
        }
        for row in study.rows
    ]
    names = ["round", "run_date", "policy", "seed", *Figures.model_fields]
    goals = dict.fromkeys(name for row in rows for name in row if name.startswith("goal_"))
    found = pd.DataFrame(rows, columns=[*names, *goals, "proof", "seconds"])
    return found.astype(
        {"points_median": _PART, "points_tenth": _WHOLE, **dict.fromkeys(goals, _WHOLE)}
    )


def parquet(study: Study) -> bytes:
    """The same in the form parquet."""
    content = BytesIO()
    frame(study).to_parquet(content, engine="pyarrow", index=False)
    return content.getvalue()
