"""The tasks in pandas: reads columns of doubles and the rules of task g, answers a task a line with ms and sums.
With a third argument `gaps` closes may be missing: windows then ask for a value today and on 95% of their sessions."""
import math
import sys
import time

import numpy as np
import pandas as pd

T, MEMBERS = 6300, 500
data = np.fromfile(sys.argv[1]).reshape(-1, T)
HAS_GAPS = len(sys.argv) > 3 and sys.argv[3] == "gaps"
rules = [line.split() for line in open(sys.argv[2])]
spy, iwm = pd.Series(data[0]), pd.Series(data[1])
members = pd.DataFrame(data[3 : 3 + MEMBERS].T.copy())
small, large, year = pd.Series(data[-3]), pd.Series(data[-2]), data[-1]
firsts = np.flatnonzero(np.r_[True, year[1:] != year[:-1]])
sizes = members.notna().cummax().sum(axis=1).to_numpy()
places = np.arange(T)


def required(n):
    return n if n < 20 else math.ceil(19 * n / 20)


def rolling(x, n):
    return x.rolling(n, min_periods=required(n) if HAS_GAPS else n)


def known(value, x, reach):
    """Without a value today, or reaching back before the first, a window has none."""
    if not HAS_GAPS:
        return value
    first = x.first_valid_index()
    return value.where(x.notna() & (places >= (T if first is None else first) + reach - 1))


def mean(x, n):
    return known(rolling(x, n).mean(), x, n)


def stdev(x, n):
    return known(rolling(x, n).std(ddof=0), x, n)


def correlation(a, b, n):
    if not HAS_GAPS:
        return a.rolling(n).corr(b)
    both = a.notna() & b.notna()
    a, b = a.where(both), b.where(both)
    return known(rolling(a, n).corr(b), a, n)


def returns(x):
    return (x - x.shift(1)) / x.shift(1)


def streak(a, b):
    up = a > b
    run = up.cumsum()
    return run - run.where(a <= b if HAS_GAPS else ~up).ffill().fillna(0)


def breadth():
    """Whole frames, as one writes it; year by year in numpy, for the cache's sake, would take half the time."""
    ends = (members.ffill() if HAS_GAPS else members).iloc[firsts[1:] - 1].to_numpy()
    base = np.full(members.shape, np.nan)
    for k, start in enumerate(firsts[1:]):
        stop = firsts[k + 2] if k + 2 < len(firsts) else T
        base[start:stop] = ends[k]
    values = members.to_numpy()
    have = (values == values) & (base == base)
    with np.errstate(invalid="ignore"):
        counts = have.sum(axis=1)
        share = pd.Series((values > base).sum(axis=1) / counts)
    return share.where(counts >= 0.95 * sizes) if HAS_GAPS else share


def percentrank(x, n):
    # The window includes today, which counts itself: take it out again.
    window = x.rolling(n + 1, min_periods=required(n) + 1 if HAS_GAPS else n + 1)
    earlier = window.count() - 1 if HAS_GAPS else n
    return known((window.rank(method="max") - 1) / earlier, x, n + 1)


def zscore(x, n):
    window = rolling(x, n)
    return known((x - window.mean()) / window.std(ddof=0), x, n)


def different():
    moves = {k: returns(pd.Series(data[k])) for k in range(50)}
    total = 0
    for kind, a, b, n, m, threshold in rules:
        a, b, n, m, threshold = int(a), int(b), int(n), int(m), float(threshold)
        if kind == "st":
            fires = streak(moves[a], moves[b]) >= threshold
        elif kind == "sm":
            x = pd.Series(data[a])
            fires = mean(x, n) > mean(x, m)
        elif kind == "c":
            fires = correlation(moves[a], moves[b], n) < threshold
        else:
            fires = zscore(pd.Series(data[a] / data[b]), n) > threshold
        total += int(fires.sum())
    return [total]


def seven():
    ratio = iwm / spy
    moves = returns(iwm), returns(spy)
    fires = [
        streak(*moves) >= 7,
        1 - small / large >= 0.3,
        breadth() >= 0.6,
        correlation(*moves, 60) < 0.55,
        percentrank(ratio, 2520) >= 0.9,
        zscore(ratio, 252) > 2,
        iwm > mean(iwm, 200),
    ]
    return [int(one.sum()) for one in fires]


def averages():
    seeded = iwm.dropna() if HAS_GAPS else iwm.copy()
    seed = seeded[:200].mean()
    seeded.iloc[:199] = np.nan
    seeded.iloc[199] = seed
    ema = seeded.ewm(alpha=2 / 201, adjust=False).mean()
    return [mean(iwm, 200).sum(), ema.sum(), stdev(iwm, 252).sum(), zscore(iwm, 252).sum()]


TASKS = {
    "a": lambda: [int((streak(returns(iwm), returns(spy)) >= 7).sum())],
    "c": lambda: [breadth().sum()],
    "d": lambda: [correlation(returns(iwm), returns(spy), 60).sum()],
    "e": lambda: [percentrank(iwm, 2520).sum()],
    "f": averages,
    "g": different,
    "h": seven,
}

for line in sys.stdin:
    start = time.perf_counter()
    sums = TASKS[line.strip()]()
    print((time.perf_counter() - start) * 1e3, *sums, flush=True)
