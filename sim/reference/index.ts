/** Slow, obvious integer models that every faster or harder thing is compared with. */
export { type IntegerMatrix, matmul, type ProductMatrix } from './matmul.ts';
