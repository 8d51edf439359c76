export type {
  Cell,
  Circuit,
  Constant,
  Domain,
  DomainId,
  Latch,
  Lookup,
  Memory,
  MemoryRead,
  MemoryWrite,
  NamedSignal,
  Net,
  NetId,
  Port,
  Property,
  Register,
} from './circuit.ts';
export { bit, bitLength, Interval, int, least, most, range, uint } from './interval.ts';
export {
  type Machine,
  type Operand,
  type Operation,
  type OperationName,
  operationNamed,
  operations,
  type ParametersOf,
  type Primitive,
  type PrimitiveName,
  primitiveNamed,
  primitives,
  type VerilogForms,
} from './operations/index.ts';
export { evaluationOrder, type Order, type Step } from './order.ts';
