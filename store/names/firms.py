"""What firms are called without the legal form that some write behind their names."""

import re
from typing import Final

from store.names.search_key import search_key, squashed

# Of the countries that games come from, as they stand at the end of a search key.
_FORMS: Final = (
    r"inc|incorporated|corp|corporation|(?:and )?co|company limited|ltd|limited|llc|llp|plc|pc|pty|pte|pvt"
    r"|gmbh|mbh|kg|ug|ag|ohg|gbr|ek|haftungsbeschrankt"
    r"|s ?a ?s ?u?|s ?a|s ?a ?r ?l|eurl|s ?l ?u|s ?l|s ?r ?l ?s?|s ?p ?a|de c ?v|ltda|lda|eireli"
    r"|s ?r ?o|a ?s|sp z ?o ?o|spolka z ?o ?o|sp ?k|d ?o ?o|z ?rt|kft|bt|uab|sia|ou"
    r"|b ?v|b ?v ?b ?a|n ?v|ab|oy|oyj|aps|i ?v ?s|asa|k ?k|ooo|zao|sdn bhd"
)
_AT_END: Final = re.compile(rf"(?<=\w)(?: (?:{_FORMS}))+$")
# "(TM)" and the like are ornaments as ™ is.
_SIGNS: Final = re.compile(r"\((?:tm|r|c)\)", re.IGNORECASE)


def without_legal_form(key: str) -> str:
    """Return the search key of a firm without its legal form: "capcom co ltd" is "capcom"."""
    return _AT_END.sub("", key)


def firm_key(name: str) -> str:
    """Return what tells a firm from others: its name without what the spellings of one differ in.

    That is case, white space, punctuation and signs, accents on Latin and Greek letters, and the legal form
    at the end. A name of nothing but symbols keeps them.
    """
    written_out = _SIGNS.sub(" ", name).replace("+", " plus ")
    return squashed(without_legal_form(search_key(written_out))) or name
