"""The tasks in pandas: reads columns of doubles and the rules of task g, answers a task a line with ms and sums."""
import sys
import time

import numpy as np
import pandas as pd

T, MEMBERS = 6300, 500
data = np.fromfile(sys.argv[1]).reshape(-1, T)
rules = [line.split() for line in open(sys.argv[2])]
spy, iwm = pd.Series(data[0]), pd.Series(data[1])
members = pd.DataFrame(data[3 : 3 + MEMBERS].T.copy())
small, large, year = pd.Series(data[-3]), pd.Series(data[-2]), data[-1]
firsts = np.flatnonzero(np.r_[True, year[1:] != year[:-1]])


def returns(x):
    return (x - x.shift(1)) / x.shift(1)


def streak(a, b):
    up = a > b
    run = up.cumsum()
    return run - run.where(~up).ffill().fillna(0)


def breadth():
    ends = members.iloc[firsts[1:] - 1].to_numpy()
    base = np.full(members.shape, np.nan)
    for k, start in enumerate(firsts[1:]):
        stop = firsts[k + 2] if k + 2 < len(firsts) else T
        base[start:stop] = ends[k]
    values = members.to_numpy()
    have = (values == values) & (base == base)
    with np.errstate(invalid="ignore"):
        return pd.Series((values > base).sum(axis=1) / have.sum(axis=1))


def percentrank(x, n):
    # The window includes today, which counts itself: take it out again.
    return (x.rolling(n + 1).rank(method="max") - 1) / n


def zscore(x, n):
    window = x.rolling(n)
    return (x - window.mean()) / window.std(ddof=0)


def different():
    moves = {k: returns(pd.Series(data[k])) for k in range(50)}
    total = 0
    for kind, a, b, n, m, threshold in rules:
        a, b, n, m, threshold = int(a), int(b), int(n), int(m), float(threshold)
        if kind == "st":
            fires = streak(moves[a], moves[b]) >= threshold
        elif kind == "sm":
            x = pd.Series(data[a])
            fires = x.rolling(n).mean() > x.rolling(m).mean()
        elif kind == "c":
            fires = moves[a].rolling(n).corr(moves[b]) < threshold
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
        moves[0].rolling(60).corr(moves[1]) < 0.55,
        percentrank(ratio, 2520) >= 0.9,
        zscore(ratio, 252) > 2,
        iwm > iwm.rolling(200).mean(),
    ]
    return [int(one.sum()) for one in fires]


def averages():
    seeded = iwm.copy()
    seeded[:199] = np.nan
    seeded[199] = iwm[:200].mean()
    ema = seeded.ewm(alpha=2 / 201, adjust=False).mean()
    return [iwm.rolling(200).mean().sum(), ema.sum(), iwm.rolling(252).std(ddof=0).sum(), zscore(iwm, 252).sum()]


TASKS = {
    "a": lambda: [int((streak(returns(iwm), returns(spy)) >= 7).sum())],
    "c": lambda: [breadth().sum()],
    "d": lambda: [returns(iwm).rolling(60).corr(returns(spy)).sum()],
    "e": lambda: [percentrank(iwm, 2520).sum()],
    "f": averages,
    "g": different,
    "h": seven,
}

for line in sys.stdin:
    start = time.perf_counter()
    sums = TASKS[line.strip()]()
    print((time.perf_counter() - start) * 1e3, *sums, flush=True)
