export { createOracle } from './oracle.ts';
