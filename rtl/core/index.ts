/** The ternary matrix product with its memories, behind a host port. */
export { ternaryCore } from './core.ts';
export {
  type CoreGeometry,
  type CoreParameters,
  configurationOf,
  coreGeometry,
  type StoredAs,
} from './parameters.ts';
