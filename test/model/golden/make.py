"""Makes the model files of this folder with packages that others have written (../requirements.txt):

    build/python-tools/bin/python test/model/golden/make.py

weights.npy          trits [3, 512], and one block of zeros
weights.gguf         the trits with a scale for each block of 256, as F32, F16, BF16, TQ1_0 and TQ2_0, by `gguf`
weights.safetensors  the same as F32, F16, by `safetensors`; what `gguf` reads out of its TQ1_0, TQ2_0 and BF16, as F32
halves.npy           float32 numbers; halves-f16.npy: their F16 as uint16, by NumPy
"""

import pathlib

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, quants
from safetensors.numpy import save_file

folder = pathlib.Path(__file__).parent
random = np.random.default_rng(1)

trits = random.integers(-1, 2, (3, 512)).astype(np.int8)
trits[1, :256] = 0
np.save(folder / "weights.npy", trits)
scales = np.repeat(random.uniform(0.01, 2, (3, 2)), 256, axis=1)
weights = (trits * scales).astype(np.float32)

types = ["F32", "F16", "BF16", "TQ1_0", "TQ2_0"]
packed = {name: quants.quantize(weights, GGMLQuantizationType[name]) for name in types}
writer = GGUFWriter(folder / "weights.gguf", "tercet-test")
writer.add_string("general.name", "Gewichte für Prüfungen")
writer.add_uint64("test.large", 2**60)
writer.add_float32("test.float", 1.5)
writer.add_bool("test.yes", True)
writer.add_array("test.texts", ["a", "", "längeres"])
writer.add_array("test.numbers", [1, -2, 3])
for name in types:
    writer.add_tensor(f"{name}.weight", packed[name], raw_dtype=GGMLQuantizationType[name])
writer.add_tensor("cube", np.arange(24, dtype=np.float32).reshape(2, 3, 4))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()

tensors = {"F32.weight": weights, "F16.weight": weights.astype(np.float16)}
for name in ["BF16", "TQ1_0", "TQ2_0"]:
    tensors[f"from {name}"] = quants.dequantize(packed[name], GGMLQuantizationType[name])
tensors["scalar"] = np.array(2.5, dtype=np.float32)
tensors["empty"] = np.zeros((0, 4), dtype=np.float32)
tensors["small \"quoted\""] = np.arange(-3, 3, dtype=np.int8).reshape(2, 3)
save_file(tensors, folder / "weights.safetensors", metadata={"made by": "safetensors, für \"Prüfungen\""})

floats = np.concatenate([
    random.standard_normal(1000).astype(np.float32) * np.float32(10) ** random.integers(-9, 6, 1000).astype(np.float32),
    np.array([0, -0.0, 65504, 65519.996, 65520, 1e9, -1e9, 2**-24, 2**-25, 2**-25 * 1.0000001, 2**-14, 2**-14 - 2**-25,
              1 + 2**-11, 1 + 3 * 2**-11, np.inf, -np.inf], dtype=np.float32),
])
np.save(folder / "halves.npy", floats)
with np.errstate(over="ignore"):
    np.save(folder / "halves-f16.npy", floats.astype(np.float16).view(np.uint16))
