import type { Packing } from '../../../model/index.ts';
import type { Scheme } from '../../../model/plan/index.ts';

/** `hdl-gen model inspect --json` */
export interface ModelDocument {
  readonly schema: 'tercet.model/1';
  readonly version: string;
  readonly file: string;
  readonly format: 'gguf' | 'safetensors' | 'npy';
  /** Of GGUF. */
  readonly formatVersion: number | null;
  readonly bytes: number;
  /** Short values as they are, of long ones and lists the type. */
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly tensors: readonly TensorDocument[];
  /** The matrices together, on the core of each device that can hold one, with one vector; those of floats as one plane. */
  readonly devices: readonly DeviceDocument[];
}

export interface TensorDocument {
  readonly name: string;
  /** As the file has it; the last axis varies fastest. */
  readonly shape: readonly number[];
  readonly type: string;
  /** Of its bytes in the file. */
  readonly offset: number;
  readonly bytes: number;
  readonly packing: Packing;
  /** Why its numbers are not read. */
  readonly refusal?: string;
  /** Packed weights are more than the elements of the shape. */
  readonly weights: number;
  readonly bitsPerWeight: number;
  /** The share of zeros, 0 to 1, of so many weights; null where they are not read. */
  readonly zeros: { readonly share: number; readonly of: number; readonly isWhole: boolean } | null;
  /** Of a matrix: rows and columns of its weights, the schemes that its values are of, and those that can quantise it. */
  readonly layer: LayerDocument | null;
}

export interface LayerDocument {
  readonly rows: number;
  readonly columns: number;
  readonly exact: readonly Scheme[];
  readonly byQuantising: readonly Scheme[];
  readonly costs: readonly CostDocument[];
}

/** What a product with one vector takes on a device. */
export interface CostDocument {
  readonly device: string;
  readonly cycles: number;
  /** Times that the weights are written; 1 where they stay on the chip. */
  readonly loads: number;
  readonly bytes: { readonly weights: number; readonly activations: number; readonly results: number };
}

export interface DeviceDocument extends CostDocument {
  readonly lanes: number;
  readonly matrices: number;
}
