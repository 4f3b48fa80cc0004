"""Song Ngữ: a translation workbench for Vietnamese diplomatic news."""

__version__ = "0.1.0"
