import type { LinearPlan, Scheme } from '../plan/index.ts';
import type { BillmWeights, OneBitWeights, ScaledSigns } from '../schemes/index.ts';

/**
 * Layers of a file under one of the schemes. A layer has the name of its matrix without the ending: `layers.0` for
 * `layers.0.weight`. Its tensors:
 *
 * | scheme | tensors |
 * | --- | --- |
 * | BitNet, b1.58 | `weight` U8 [ceil(M/4), K] as Hugging Face packs trits, `weight_scale` F32 [1] |
 * | OneBit | `weight` I8 [M, K/8], `input_factor` F32 [K], `weight_scale` F32 [M] |
 * | BiLLM | see billm-tensors.ts |
 * | all | `bias` F32 [M], where there is one |
 *
 * The metadata of the file tell `scheme` (bitnet, b158, onebit, billm), `linear_class` (what `weight_scale` of Hugging Face's form means),
 * `layer_norm` (`true` where layers of OneBit normalise their outputs; so do those of a file that tells neither this nor `scheme`), `columns_per_block` of BiLLM, and for each matrix whose rows are
 * filled up to a multiple of 4, `rows <name>`.
 */

/** What a scheme has made of a matrix. */
export type SchemeWeights =
  | { readonly scheme: 'bitnet' | 'b158'; readonly weights: ScaledSigns }
  | { readonly scheme: 'onebit'; readonly weights: OneBitWeights }
  | { readonly scheme: 'billm'; readonly weights: BillmWeights };

/** A layer that is to be written. */
export type NamedWeights = SchemeWeights & {
  readonly name: string;
  readonly bias?: Float32Array | undefined;
};

/** A layer that can be run. */
export interface Layer {
  readonly name: string;
  readonly scheme: Scheme;
  readonly plan: LinearPlan;
  /** Whether neither file nor caller told if `weight_scale` of Hugging Face's form divides or multiplies: the plan divides. */
  readonly isScaleGuessed: boolean;
}
