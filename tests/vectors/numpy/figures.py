"""Makes figures.toml: what NumPy makes of some numbers. Run with NumPy 2; prints to standard output."""

import numpy as np

SEED = 20
random = np.random.default_rng(SEED)


def array(name, values):
    print(f"{name} = [{', '.join(repr(float(v)) for v in values)}]")


print("# Made by figures.py beside this file, with NumPy", np.__version__)
for name, count, make in [
    ("noise", 300, lambda t: 5 + random.normal(0, 2, t.size)),
    ("two sines", 1000, lambda t: 3 + 2 * np.sin(2 * np.pi * 50 * t) + 0.5 * np.sin(2 * np.pi * 120 * t + 1)),
    ("a power of two", 256, lambda t: np.cos(2 * np.pi * 125 * t) * 1e-6),
    ("far from zero", 400, lambda t: 1e6 + random.uniform(-1, 1, t.size)),
]:
    t = np.arange(count) / 1000
    x = make(t)
    window = np.hanning(count + 1)[:-1]
    size = 1 << (count - 1).bit_length()
    amplitudes = 2 * np.abs(np.fft.rfft((x - x.mean()) * window, size)) / window.sum()
    counts, edges = np.histogram(x, bins=20)
    print("\n[[case]]")
    print(f'name = "{name}"')
    array("numbers", x)
    array("amplitudes", amplitudes)
    print(f"bins = [{', '.join(str(int(c)) for c in counts)}]")
    array("edges", [edges[0], edges[-1]])
    array("statistics", [x.min(), x.max(), x.mean(), x.std(ddof=1)])
