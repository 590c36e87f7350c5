"""The languages of texts."""

from typing import Literal

from models.finding import CodeWord

Language = Literal["nb", "nn", "en"]


class LanguageCode(CodeWord):
    """The language of workbooks and texts."""

    NB = "nb"
    NN = "nn"
    EN = "en"
