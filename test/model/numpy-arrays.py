"""Saves arrays of every dtype, order and format version with NumPy and prints them as JSON.

    python3 test/model/numpy-arrays.py > test/model/numpy-arrays.json && npx biome check --write test/model

The committed output is read by npy-numpy.test.ts, so that NumPy's bytes are tested even where NumPy is missing.
With file names as arguments it loads those files instead and prints what NumPy found in them.
"""

import base64
import io
import json
import sys

import numpy as np


def described(array):
    kind = float if array.dtype.kind == "f" else int
    return {
        "dtype": array.dtype.name,
        "shape": list(array.shape),
        "values": [repr(kind(value)) for value in array.ravel(order="C")],
    }


def saved(array, version):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return base64.b64encode(file.getvalue()).decode()


def samples():
    for dtype in ["bool", "i1", "u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"]:
        dtype = np.dtype(dtype)
        if dtype.kind in "iu":
            limits = np.iinfo(dtype)
            values = [limits.min, limits.max, 0, 1, 2, 3]
        elif dtype.kind == "f":
            values = [-1.0, 0.0, 1.0, 0.1, 6e-8 if dtype.itemsize == 2 else 1e30, -2.5]
        else:
            values = [True, False, False, True, True, False]
        yield np.array(values, dtype=dtype).reshape(2, 3)
    yield np.array([1, -1, 0], dtype="i1")
    yield np.array(-7, dtype="<i2")
    yield np.zeros((3, 0), dtype="<f4")
    yield np.asfortranarray(np.arange(12, dtype="<i2").reshape(3, 4))
    yield np.asfortranarray(np.arange(24, dtype="u1").reshape(2, 3, 4))


if len(sys.argv) > 1:
    print(json.dumps([described(np.load(name)) for name in sys.argv[1:]]))
else:
    cases = [
        {
            "version": f"{major}.0",
            "order": "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C",
            **described(array),
            "npy": saved(array, (major, 0)),
        }
        for array in samples()
        for major in ((1, 2, 3) if array.dtype == "int8" else (1,))
    ]
    print("[\n" + ",\n".join("  " + json.dumps(case) for case in cases) + "\n]")
