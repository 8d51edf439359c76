"""Trains small perceptrons (784-128-64-10) on Fashion-MNIST: in floats, and with the quantisers of BitNet, BitNet b1.58 and OneBit.

    python3 scripts/train/fashion_mnist.py IDX_FOLDER OUT_FOLDER

IDX_FOLDER holds the four .gz files of Debian's package dataset-fashion-mnist. What is written is committed in
examples/fashion-mnist. Needs torch, transformers and safetensors; minutes on a GPU.
"""

import gzip
import json
import os
import pathlib
import sys

os.environ["TORCHDYNAMO_DISABLE"] = "1"

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn
from transformers.integrations.bitnet import ActQuant, WeightQuant, pack_weights

sizes = [784, 128, 64, 10]
data, out = map(pathlib.Path, sys.argv[1:3])
out.mkdir(parents=True, exist_ok=True)
device = "cuda" if torch.cuda.is_available() else "cpu"


def idx(name, header):
    return np.frombuffer(gzip.decompress((data / name).read_bytes()), dtype=np.uint8)[header:]


def load(kind):
    images = idx(f"{kind}-images-idx3-ubyte.gz", 16).reshape(-1, 784)
    return images, idx(f"{kind}-labels-idx1-ubyte.gz", 8)


class Sign(torch.autograd.Function):
    """-1 or +1, and a gradient that goes through."""

    @staticmethod
    def forward(_, x):
        return torch.where(x > 0, 1.0, -1.0)

    @staticmethod
    def backward(_, gradient):
        return gradient


class Float(nn.Linear):
    pass


class B158(nn.Linear):
    """As AutoBitLinear of transformers trains it."""

    def forward(self, x):
        return F.linear(ActQuant.apply(x), WeightQuant.apply(self.weight), self.bias)


class BitNet(nn.Linear):
    def forward(self, x):
        signs = Sign.apply(self.weight - self.weight.mean())
        return F.linear(ActQuant.apply(x), signs * self.weight.abs().mean().detach(), self.bias)


class OneBit(nn.Linear):
    """The layer of arXiv 2402.11295; its activations are quantised behind the input vector."""

    def __init__(self, columns, rows):
        super().__init__(columns, rows)
        self.input_factor = nn.Parameter(torch.ones(columns))
        self.weight_scale = nn.Parameter(torch.ones(rows))

    def forward(self, x):
        sums = F.linear(ActQuant.apply(x * self.input_factor), Sign.apply(self.weight))
        return F.layer_norm(sums * self.weight_scale, (self.out_features,)) + self.bias


class Net(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.layers = nn.ModuleList(kind(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        return self.layers[-1](x)


def train(kind, images, labels, epochs, start=None, rate=1e-3):
    torch.manual_seed(1)
    net = Net(kind).to(device)
    if start is not None:
        net.load_state_dict(start.state_dict(), strict=False)
    # The normalised logits of OneBit are small: a fixed temperature lets them be sure of something.
    sharp = 5.0 if kind is OneBit else 1.0
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-4)
    steps = epochs * (len(images) // 250)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(epochs):
        for pick in torch.randperm(len(images), device=device).split(250):
            optimiser.zero_grad()
            F.cross_entropy(sharp * net(images[pick]), labels[pick], label_smoothing=0.02).backward()
            optimiser.step()
            schedule.step()
    return net


@torch.no_grad()
def accuracy(net, images, labels):
    return float((net(images).argmax(-1) == labels).double().mean())


def named(net, convert):
    """The tensors of a file, layer by layer."""
    tensors = {}
    for i, layer in enumerate(net.layers):
        for name, tensor in convert(layer).items():
            tensors[f"layers.{i}.{name}"] = tensor.detach().cpu().contiguous()
    return tensors


def float_layer(layer):
    return {"weight": layer.weight.half(), "bias": layer.bias}


def b158_layer(layer):
    scale = 1.0 / layer.weight.abs().mean().clamp(min=1e-5)
    trits = (layer.weight * scale).round().clamp(-1, 1)
    return {"weight": pack_weights(trits), "weight_scale": scale.reshape(1), "bias": layer.bias}


def bitnet_layer(layer):
    signs = Sign.apply(layer.weight - layer.weight.mean())
    scale = 1.0 / layer.weight.abs().mean()
    return {"weight": pack_weights(signs), "weight_scale": scale.reshape(1), "bias": layer.bias}


def onebit_layer(layer):
    rows, columns = layer.weight.shape
    bits = (layer.weight <= 0).to(torch.int64).reshape(rows, columns // 8, 8)
    packed = (bits * (2 ** torch.arange(8, device=bits.device))).sum(-1).to(torch.uint8).view(torch.int8)
    vectors = {"input_factor": layer.input_factor, "weight_scale": layer.weight_scale}
    return {"weight": packed, **vectors, "bias": layer.bias}


train_images, train_labels = load("train")
test_images, test_labels = load("t10k")
x, y = (torch.from_numpy(a.copy()).to(device) for a in (train_images, train_labels))
tx, ty = (torch.from_numpy(a.copy()).to(device) for a in (test_images, test_labels))
x, tx = x.float() / 255, tx.float() / 255
y, ty = y.long(), ty.long()

reached = {}


@torch.no_grad()
def keep(name, net, convert, **metadata):
    told = {"format": "pt", **metadata}
    save_file(named(net, convert), out / f"{name}.safetensors", told)
    reached[name] = {"test": accuracy(net, tx, ty), "first1000": accuracy(net, tx[:1000], ty[:1000])}
    print(name, reached[name], flush=True)


plain = train(Float, x, y, 20)
with torch.no_grad():
    for layer in plain.layers:
        layer.weight.copy_(layer.weight.half().float())
keep("float", plain, float_layer)
bitnet_told = {"quant_method": "bitnet", "linear_class": "bitlinear"}
keep("b158", train(B158, x, y, 60, plain), b158_layer, scheme="b158", **bitnet_told)
keep("bitnet", train(BitNet, x, y, 60, plain), bitnet_layer, scheme="bitnet", **bitnet_told)
keep("onebit", train(OneBit, x, y, 60, plain), onebit_layer, scheme="onebit", layer_norm="true")

np.save(out / "test-images.npy", test_images[:1000])
np.save(out / "test-labels.npy", test_labels[:1000])
np.save(out / "calibration-images.npy", train_images[:256])
(out / "reached.json").write_text(json.dumps(reached, indent=2) + "\n")
