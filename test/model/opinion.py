"""What the packages gguf and safetensors say about model files (requirements.txt). It shares no code with Tercet.

    opinion.py read FILE...         prints a JSON list: for each file its tensors, with their numbers as float32 in base64
    opinion.py write SEED FILE...   writes random files, GGUF or safetensors by their names, and prints the same of them
"""

import base64
import json
import sys

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, quants
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

ternary = ["TQ1_0", "TQ2_0"]


def told(name, kind, shape, numbers):
    data = np.ascontiguousarray(numbers, dtype="<f4")
    return {"name": name, "type": kind, "shape": [int(n) for n in shape], "base64": base64.b64encode(data).decode()}


def of_gguf(path):
    reader = GGUFReader(path)
    return [
        told(
            tensor.name,
            tensor.tensor_type.name,
            reversed(tensor.shape.tolist()),
            quants.dequantize(tensor.data, tensor.tensor_type),
        )
        for tensor in reader.tensors
    ]


def of_safetensors(path):
    names = {np.float32: "F32", np.float16: "F16", np.int8: "I8", np.uint8: "U8"}
    with safe_open(path, framework="np") as file:
        kinds = {name: file.get_slice(name).get_dtype() for name in file.keys()}
    return [
        told(name, kinds[name] or names[array.dtype.type], array.shape, array.astype(np.float32))
        for name, array in load_file(path).items()
    ]


def write(path, random):
    if path.endswith(".safetensors"):
        kinds = [np.float32, np.float16, np.int8, np.uint8]
        tensors = {}
        for i in range(random.integers(1, 12)):
            shape = random.integers(0, 5, random.integers(0, 4))
            numbers = np.asarray(random.integers(-100, 100, shape) / 4)
            kind = kinds[random.integers(0, 4)]
            tensors[f"ä {i}"] = np.asarray(numbers.astype(np.int8).astype(kind) if kind == np.uint8 else numbers.astype(kind))
        save_file(tensors, path, metadata={"key": "va\"lue\n"} if random.integers(0, 2) else None)
        return
    writer = GGUFWriter(path, "tercet-test")
    if random.integers(0, 2):
        writer.add_custom_alignment(int(2 ** random.integers(3, 9)))
    for i in range(random.integers(0, 5)):
        writer.add_array(f"list {i}", [f"text {j}" for j in range(random.integers(1, 9))])
    for i in range(random.integers(1, 8)):
        kind = ["F32", "F16", "BF16", *ternary][random.integers(0, 5)]
        columns = 256 * random.integers(1, 3) if kind in ternary else random.integers(1, 9)
        shape = [*random.integers(1, 4, random.integers(0, 3)), columns]
        numbers = random.standard_normal(shape).astype(np.float32)
        type_number = GGMLQuantizationType[kind]
        writer.add_tensor(f"tensor {i}", quants.quantize(numbers, type_number), raw_dtype=type_number)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main(verb, *arguments):
    files = arguments
    if verb == "write":
        random = np.random.default_rng(int(arguments[0]))
        files = arguments[1:]
        for path in files:
            write(path, random)
    print(json.dumps([of_safetensors(path) if path.endswith(".safetensors") else of_gguf(path) for path in files]))


main(*sys.argv[1:])
