"""English for names the glossary does not know yet: persons, bodies, places.

>>> from workbench.names import propose
>>> [p.target for p in propose(["Bộ trưởng Ngoại giao Trung Quốc Thẩm Kiến Quốc"])]
['Shen Jianguo', 'Foreign Minister']
"""

from workbench.names.holders import is_held
from workbench.names.proposals import NameSpan, Proposal, find_names, names_of, propose
from workbench.names.romanize import phonetic, pinyin
from workbench.names.tokens import transliterate

__all__ = [
    "NameSpan",
    "Proposal",
    "find_names",
    "is_held",
    "names_of",
    "phonetic",
    "pinyin",
    "propose",
    "transliterate",
]
