"""The load of signals, for what it takes to cut its peak."""

from dispatch.peak_cut import Load
from dispatch.signals import signals_of
from tariffs.vocabulary.errors import UsageError, Words


def load_of(signals: object) -> Load:
    """The load of a frame or file with the columns of signals.csv, a pandas series `load_mw`, or known signals.

    Raises  UsageError if there is no load among them; InputError or Refused if they cannot be read
    """
    known = signals_of(signals)
    if known.load_mw is None:
        raise UsageError(
            Words("没有负荷", "there is no load"),
            found=Words("信号中没有 load_mw 列", "no column load_mw among the signals"),
            do=Words("给出 load_mw 列，单位兆瓦", "give a column load_mw, in MW"),
        )
    return Load(horizon=known.horizon, load_mw=known.load_mw)
