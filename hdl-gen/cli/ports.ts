import { ClockDomain, domainsOf, type Module, type ModulePort } from '../lang/index.ts';
import type { PortDocument } from './documents.ts';

/** The ports of a Verilog module with what they can hold: clocks, resets, inputs, outputs. */
export function portsOf(top: Module): PortDocument[] {
  const clocks = [...domainsOf(top, 'clock')].map(name => new ClockDomain(name).clockPort);
  return [
    ...[...clocks, ...resetPorts(top)].map(controlPort),
    ...top.inputs.map(port => portOf(port, 'input')),
    ...top.outputs.map(port => portOf(port, 'output')),
  ];
}

/** The names of the reset ports of a module. */
export function resetPorts(top: Module): string[] {
  return [...domainsOf(top, 'reset')].map(name => new ClockDomain(name).resetPort);
}

function controlPort(name: string): PortDocument {
  return { name, direction: 'input', bits: 1, elements: 1, elementBits: 1, min: 0, max: 1 };
}

function portOf({ name, elements, interval }: ModulePort, direction: 'input' | 'output'): PortDocument {
  const { width, min, max } = interval;
  return {
    name,
    direction,
    bits: width * elements.length,
    elements: elements.length,
    elementBits: width,
    min: exact(min),
    max: exact(max),
  };
}

/** A number where it is exact, else its digits. */
export function exact(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
