"""What stands in the templates themselves: the words around what is said to a candidate."""

from models.finding import N_

REGARDS = N_("Kind regards,")
COORDINATOR = N_("the coordinator of ALIS")
SLIP = N_("Answer slip")
ABOUT = N_("This answer is about:")
YES = N_("Yes, I accept the offer.")
NO = N_("No, I do not accept it.")
WITHDRAW = N_("I withdraw, and want no place.")
DATE = N_("Date:")
SIGNATURE = N_("Signature:")
# A paragraph of a letterhead with nothing but this is where the letter goes.
PLACE = N_("letter")
