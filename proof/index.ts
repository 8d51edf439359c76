/** Proofs: units against a specification in plain Verilog, netlists against the Verilog that they are made of. */
export { checkDecoder } from './decoder.ts';
export { checkEncoding } from './encoding.ts';
export { proveNetlist, proveSpecification } from './equal.ts';
export type { ClaimStatus, Counterexample, Finding } from './finding.ts';
export {
  type Cover,
  countAssertions,
  coversOf,
  type PropertyOptions,
  proveAssertions,
  proveCover,
} from './properties.ts';
export {
  dotProductUnit,
  largestDotProduct,
  type SpecifiedParts,
  specifiedParts,
  specifiedTableParts,
  type Unit,
  unitsOf,
} from './units.ts';
