"""BiLLM (arXiv 2402.04291) in NumPy, written step by step after its publication: the second opinion on model/schemes/billm.

It shares no code with Tercet. Everything is in float64. As a program it reads cases as JSON from standard input and writes what
it finds for each of them as JSON; with --vectors it writes seeded cases with their results, which are committed:

    python3 billm.py --vectors > billm-vectors.json

`search` says on what the two searches look: 'saliency', as the authors' program does it (github.com/Aaronhuang-778/BiLLM), or
'weights', as algorithms 1 and 2 of the paper are printed.
"""

import base64
import json
import sys

import numpy as np


def binary(w, mask):
    """One binarisation: for each row m + a sign(w - m) over the elements of the mask, where m and a are means over them."""
    count = np.maximum(mask.sum(axis=1, keepdims=True), 1)
    mean = np.where(mask, w, 0).sum(axis=1, keepdims=True) / count
    centred = np.where(mask, w - mean, 0)
    scale = np.abs(centred).sum(axis=1, keepdims=True) / count
    sign = np.sign(centred)
    return {"sign": sign, "scale": scale[:, 0], "mean": mean[:, 0], "value": np.where(mask, scale * sign + mean, 0)}


def residual(w, mask):
    """A binarisation, and one of what it leaves."""
    first = binary(w, mask)
    second = binary(w - first["value"], mask)
    return first, second, first["value"] + second["value"]


def salient_columns(looked, search, limit=50):
    """The columns that get two planes, most salient first: as many as make the error least."""
    rows, columns = looked["of"].shape
    order = np.argsort(-np.abs(looked["saliency"]).sum(axis=0), kind="stable")[: min(limit, columns)]
    least, best = np.inf, 1
    for count in range(1, max(len(order), 2)):
        mask = np.zeros((rows, columns), dtype=bool)
        mask[:, order[:count]] = True
        if search == "saliency":
            found = residual(looked["of"], mask)[2] + residual(looked["of"], ~mask)[2]
        else:
            found = binary(looked["of"], mask)["value"] + binary(looked["of"], ~mask)["value"]
        error = np.mean((looked["of"] - found) ** 2)
        if error < least:
            least, best = error, count
    return order[:best]


def break_point(looked, columns, search):
    """Where the elements beside the salient columns are divided into two groups."""
    of = looked["of"]
    salient = np.zeros(of.shape, dtype=bool)
    salient[:, columns] = True
    rest = np.where(salient, 0, of)
    if search == "saliency":
        points = np.quantile(np.abs(rest), np.linspace(0.1, 0.9, 81))
    else:
        points = np.arange(1, 10) / 10 * np.abs(rest).max()
    fixed = residual(of, salient)[2]
    least, best = np.inf, points[0]
    for point in points:
        low = (np.abs(rest) < point) & ~salient
        high = ~low & ~salient
        error = np.mean((of - binary(of, low)["value"] - binary(of, high)["value"] - fixed) ** 2)
        if error < least:
            least, best = error, point
    return best


def billm(weights, inputs, search="saliency", size=128, damping=0.01):
    """Quantises W [M,K] with calibration activations X [N,K]."""
    w = np.array(weights, dtype=np.float64)
    x = np.array(inputs, dtype=np.float64)
    rows, columns = w.shape
    hessian = 2 / len(x) * x.T @ x
    dead = np.diag(hessian) == 0
    hessian[dead, dead] = 1
    w[:, dead] = 0
    hessian += damping * np.diag(hessian).mean() * np.eye(columns)
    # The upper triangle U of H^-1 = U^T U.
    factor = np.linalg.cholesky(np.linalg.inv(hessian)).T
    whole = np.zeros_like(w)
    blocks = []
    for begin in range(0, columns, size):
        end = min(begin + size, columns)
        block = w[:, begin:end].copy()
        inverse = factor[begin:end, begin:end]
        saliency = block**2 / np.diag(inverse) ** 2
        looked = {"of": saliency if search == "saliency" else block, "saliency": saliency}
        chosen = salient_columns(looked, search)
        point = break_point(looked, chosen, search)
        salient = np.zeros(block.shape, dtype=bool)
        salient[:, chosen] = True
        low = (np.abs(looked["of"]) < point) & ~salient
        high = ~low & ~salient
        first, second, value = residual(block, salient)
        groups = [binary(block, low), binary(block, high)]
        value = value + groups[0]["value"] + groups[1]["value"]
        whole[:, begin:end] = value
        error = (block - value) / np.diag(inverse)
        w[:, end:] -= error @ factor[begin:end, end:]
        planes = [first, second, *groups]
        blocks.append(
            {
                "columns": sorted(int(c) for c in chosen),
                "breakPoint": float(point),
                "low": low.astype(int).tolist(),
                "signs": [p["sign"].astype(int).tolist() for p in planes],
                "scales": [p["scale"].tolist() for p in planes],
                "means": [p["mean"].tolist() for p in planes],
            }
        )
    return {"blocks": blocks, "weights": whole.tolist()}


def packed(array):
    """The numbers of a matrix in float32, as its little-endian bytes in base64."""
    array = np.asarray(array, dtype="<f4")
    return {"dtype": "float32", "shape": list(array.shape), "base64": base64.b64encode(array.tobytes()).decode()}


def vectors():
    """Seeded matrices with what comes of them."""
    random = np.random.default_rng(11)
    shapes = [(7, 40, "saliency"), (12, 130, "saliency"), (9, 51, "weights"), (12, 200, "weights")]
    for rows, columns, search in shapes:
        weights = (random.standard_t(4, (rows, columns)) * 0.05).astype(np.float32)
        mixing = np.eye(columns) + 0.3 * random.standard_normal((columns, columns)) / np.sqrt(columns)
        inputs = (random.standard_normal((columns + 30, columns)) @ mixing).astype(np.float32)
        # An input that never comes.
        inputs[:, 5] = 0
        result = compact(weights, billm(weights, inputs, search))
        yield {"weights": packed(weights), "inputs": packed(inputs), "search": search, **result}


def compact(weights, found):
    """What is compared: the squares of what is left of the weights, and the blocks."""
    for block in found["blocks"]:
        block["low"] = [told(row) for row in block["low"]]
        block["signs"] = [[told(row) for row in plane] for plane in block["signs"]]
    error = float(np.sum((np.asarray(weights, dtype=np.float64) - np.array(found["weights"])) ** 2))
    return {"blocks": found["blocks"], "error": error}


def told(row):
    """Signs, or a mask, as a text of -, 0 and +."""
    return "".join("-0+"[value + 1] for value in row)


if __name__ == "__main__":
    if "--vectors" in sys.argv:
        json.dump(list(vectors()), sys.stdout)
    else:
        json.dump([compact(case["weights"], billm(**case)) for case in json.load(sys.stdin)], sys.stdout)
