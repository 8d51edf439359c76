/** The hardware language. Start with `component`, `Signal` and the intervals `int`, `uint`, `bit`, `range`. */
export { bit, Interval, int, range, uint } from '../../ir/index.ts';
export {
  type Circuit,
  component,
  type Definition,
  type ForeignModule,
  foreign,
  type ParameterSet,
} from './component.ts';
export { type Counter, counter } from './counter.ts';
export { addWithCarry, all, any, choose, concat, mux, pairs, sum } from './derived.ts';
export { ClockDomain, clockDomain, defaultDomain } from './domain.ts';
export { type Design, elaborate } from './elaborate.ts';
export type { Instance } from './instance.ts';
export { loadOrCountDown, loadOrCountUp } from './load-or-count.ts';
export {
  Memory,
  type MemoryField,
  type MemoryNode,
  type MemoryOptions,
  memory,
  type ReadPort,
  rom,
  type WriteMask,
  type WritePort,
} from './memory.ts';
export type { BuildContext, Module, ModulePort } from './module.ts';
export { named, scope } from './names.ts';
export { assert, cover, type Property } from './property.ts';
export {
  type AccumulateOptions,
  accumulate,
  delayed,
  Register,
  type RegisterOptions,
  register,
  registered,
  synchronise,
} from './register.ts';
export { isReserved } from './reserved.ts';
export {
  ArrayShape,
  array,
  type Field,
  fieldsOf,
  isInterval,
  mapShape,
  type OperandsOf,
  type PortDomains,
  type RecordShape,
  type Shape,
  type SignalRecord,
  type SignalsOf,
  type SignalTree,
  type ValuesOf,
} from './shape.ts';
export { type Operand, type Origin, Signal, toSignal } from './signal.ts';
export { enabledBy, inDomain, resetBy } from './surroundings.ts';
export { dependenciesOf, domainsOf, type Uses, usesOf } from './uses.ts';
export { Wire, wire } from './wire.ts';
