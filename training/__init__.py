"""The pipeline that makes the Vietnamese→English model: corpus → package.

Run ``python -m training --help``; every step is a module of its own:
``corpus``, ``names``, ``align``, ``augment``, ``prepare``, ``model``,
``train``, ``average``, ``convert``, ``evaluate``, ``package``.
"""
