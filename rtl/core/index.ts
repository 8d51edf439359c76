/** The ternary matrix product with its memories, behind a host port. */
export { ternaryCore } from './core.ts';
export {
  type CoreGeometry,
  type CoreParameters,
  chainLatency,
  configurationOf,
  coreGeometry,
  type PresetCoreParameters,
  type StoredAs,
} from './parameters.ts';
export { type PresetWords, partBits, placeholders } from './preset.ts';
