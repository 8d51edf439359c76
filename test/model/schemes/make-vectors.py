"""Vectors for the schemes, made with PyTorch and the BitNet code of transformers; they are committed as vectors.json.

    python3 make-vectors.py > vectors.json

Needs torch, transformers and scikit-learn. Every array is its little-endian bytes in base64 with dtype and shape, so nothing is
rounded on the way.
"""

import base64
import json
import os
import sys

# The BitNet code of transformers asks torch to compile it; here it is run as it is written.
os.environ["TORCHDYNAMO_DISABLE"] = "1"

import numpy as np
import torch
import torch.nn.functional as F
import transformers
from sklearn.decomposition import NMF
from transformers.integrations.bitnet import ActQuant, BitLinear, WeightQuant, pack_weights, unpack_weights

torch.set_grad_enabled(False)
torch.manual_seed(7)


def plain(tensor):
    array = tensor.detach().cpu().numpy() if torch.is_tensor(tensor) else np.asarray(tensor)
    array = np.ascontiguousarray(array)
    return {
        "dtype": str(array.dtype),
        "shape": list(array.shape),
        "base64": base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode(),
    }


def arrays(**named):
    return {name: value if isinstance(value, (int, str, bool)) else plain(value) for name, value in named.items()}


def matrix(kind, rows, columns):
    if kind == "gaussian":
        return torch.randn(rows, columns) * 0.05 + 0.004
    if kind == "heavy":
        return torch.distributions.StudentT(3.0).sample((rows, columns)) * 0.02
    # Many values that lie on the border between two trits, and zeros.
    return torch.round(torch.randn(rows, columns) * 2) / 2


def b158(weights, inputs):
    """What transformers makes of float weights, in both of its linear layers."""
    rows, columns = weights.shape
    scale = 1.0 / weights.abs().mean().clamp(min=1e-5)
    trits = (weights * scale).round().clamp(-1, 1)
    packed = pack_weights(trits.clone())
    layer = BitLinear(columns, rows, bias=False, dtype=torch.float32)
    layer.weight.copy_(packed)
    layer.weight_scale.copy_(scale.reshape(1))
    quantised, input_scale = layer.activation_quant(inputs)
    sums = quantised.to(torch.int64) @ trits.to(torch.int64).T
    # In float64 the sums of AutoBitLinear are not rounded on the way; its quantisers work in float32 all the same.
    auto = F.linear(ActQuant.apply(inputs).double(), WeightQuant.apply(weights).double())
    return arrays(
        trits=trits.to(torch.int8),
        packed=packed,
        unpacked=unpack_weights(packed, torch.float32).to(torch.int8),
        scale=scale,
        quantised=quantised,
        inputScale=input_scale[:, 0],
        sums=sums,
        outputs=layer(inputs),
        autoOutputs=auto,
    )


def bitnet(weights, inputs, bits=8):
    """Equations 1 to 3, 4, 5 and 11 of arXiv 2310.11453, without the layer normalisation that comes before them."""
    centred = weights - weights.mean()
    signs = torch.where(centred > 0, 1, -1).to(torch.int8)
    beta = weights.abs().mean()
    most = 2 ** (bits - 1)
    gamma = inputs.abs().amax(dim=-1, keepdim=True)
    # The integers between -Q + epsilon and Q - epsilon.
    quantised = torch.clamp(torch.round(inputs * (most / gamma)), -most + 1, most - 1)
    sums = quantised.to(torch.int64) @ signs.to(torch.int64).T
    outputs = F.linear(quantised, signs.float()) * (beta * gamma / most)
    return arrays(
        signs=signs,
        packed=pack_weights(signs.float().clone()),
        scale=beta,
        quantised=quantised.to(torch.int8),
        inputScale=gamma[:, 0],
        sums=sums,
        outputs=outputs,
    )


def onebit(weights, inputs):
    """The layer of OneBit (arXiv 2402.11295), packed as its inference layer takes it, and its start values."""
    rows, columns = weights.shape
    magnitude = weights.abs().double()
    left, sigma, right = torch.linalg.svd(magnitude)
    product = sigma[0] * torch.outer(left[:, 0], right[0])
    model = NMF(n_components=1, init="random", random_state=0, max_iter=5000, tol=1e-12)
    outputs_factor = model.fit_transform(magnitude.numpy())
    bits = (torch.sign(weights) == -1).to(torch.int64).reshape(rows, columns // 8, 8)
    packed = (bits * (2 ** torch.arange(8))).sum(-1).to(torch.uint8).view(torch.int8)
    signs = torch.where(weights < 0, -1, 1).to(torch.int8)
    gains = torch.rand(columns) + 0.5
    heights = torch.rand(rows) + 0.5
    seen = inputs * gains
    scale = 127 / seen.abs().amax(dim=-1, keepdim=True).clamp(min=1e-5)
    quantised = torch.clamp(torch.round(seen * scale), -128, 127)
    sums = quantised.to(torch.int64) @ signs.to(torch.int64).T
    scaled = sums.double() / scale.double() * heights.double()
    return arrays(
        signs=signs,
        packed=packed,
        svdProduct=product,
        nmfProduct=outputs_factor @ model.components_,
        inputVector=gains,
        outputVector=heights,
        quantised=quantised.to(torch.int8),
        inputScale=scale[:, 0],
        sums=sums,
        outputs=scaled.float(),
        normalised=F.layer_norm(scaled, (rows,)).float(),
        # The same layer with activations that are not quantised.
        floatOutputs=F.linear(seen, signs.float()) * heights,
    )


def case(kind, rows, columns, vectors):
    weights = matrix(kind, rows, columns)
    inputs = torch.randn(vectors, columns) * torch.logspace(-3, 3, vectors)[:, None]
    return {
        "kind": kind,
        "weights": plain(weights),
        "inputs": plain(inputs),
        "b158": b158(weights, inputs),
        "bitnet": bitnet(weights, inputs),
        "onebit": onebit(weights, inputs),
    }


shapes = [("gaussian", 24, 40, 5), ("heavy", 32, 136, 4), ("border", 16, 24, 4), ("gaussian", 4, 8, 3), ("heavy", 12, 264, 3)]
json.dump(
    {
        "madeWith": {"torch": torch.__version__, "transformers": transformers.__version__},
        "cases": [case(*shape) for shape in shapes],
    },
    sys.stdout,
)
