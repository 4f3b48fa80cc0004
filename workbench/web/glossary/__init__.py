"""``/glossary``: the list of terms, each term, changes of many, conflicts, import and export."""

from workbench.web.glossary import changes, exchange, pages
from workbench.web.glossary.common import blueprint

__all__ = ["blueprint", "changes", "exchange", "pages"]
