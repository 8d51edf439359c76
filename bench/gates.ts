import type { Cell, Circuit, NetId, ParametersOf } from '../ir/index.ts';

/**
 * A netlist as Verilog with its tables as gates: the form of a netlist that Verilator runs fastest. It takes the cells
 * that a netlist of logic has, and no others.
 */
export function gatesVerilog(circuit: Circuit, top: string): string {
  const net = (id: NetId) => `n${id}`;
  const range = (id: NetId) => {
    const { width } = circuit.nets[id]!.interval;
    return width > 1 ? `[${width - 1}:0] ` : '';
  };
  const ports = [
    'input clk',
    ...circuit.inputs.map(({ name, net }) => `input ${range(net)}${name}`),
    ...circuit.outputs.map(({ name, net }) => `output ${range(net)}${name}`),
  ];
  const lines = [`module ${top} (${ports.join(', ')});`];
  for (const { name, net: id } of circuit.inputs) lines.push(`wire ${range(id)}${net(id)} = ${name};`);
  for (const { output, value } of circuit.constants)
    lines.push(`wire ${range(output)}${net(output)} = ${value};`);
  for (const { output, initial } of circuit.registers)
    lines.push(`reg ${range(output)}${net(output)} = ${initial};`);
  for (const { output } of circuit.cells) lines.push(`wire ${range(output)}${net(output)};`);
  for (const cell of circuit.cells)
    lines.push(`assign ${net(cell.output)} = ${expression(cell, cell.operands.map(net))};`);
  lines.push('always @(posedge clk) begin');
  for (const { output, next, enable, reset, initial } of circuit.registers) {
    const plain = `${net(output)} <= ${net(next)};`;
    const enabled = enable === undefined ? plain : `if (${net(enable)}) ${plain}`;
    lines.push(
      reset === undefined ? enabled : `if (${net(reset)}) ${net(output)} <= ${initial}; else ${enabled}`,
    );
  }
  lines.push('end');
  for (const { name, net: id } of circuit.outputs) lines.push(`assign ${name} = ${net(id)};`);
  return [...lines, 'endmodule', ''].join('\n');
}

function expression({ operation, parameters }: Cell, operands: readonly string[]): string {
  switch (operation) {
    case 'lut':
      return table((parameters as ParametersOf<'lut'>).table, operands);
    case 'majority':
      return `(${operands[0]} & ${operands[1]}) | (${operands[2]} & (${operands[0]} | ${operands[1]}))`;
    case 'and':
      return operands.join(' & ');
    case 'slice': {
      const { low, width } = parameters as ParametersOf<'slice'>;
      return `${operands[0]}[${low + width - 1}:${low}]`;
    }
    case 'concat':
      return `{${operands.toReversed().join(', ')}}`;
    case 'wrap':
      return operands[0]!;
    default:
      throw new Error(`a netlist of logic has no ${operation}`);
  }
}

/** A table by its last operand: what it is where that is 1, and where it is 0. */
function table(bits: number, operands: readonly string[]): string {
  const count = operands.length;
  if (count === 0) return bits === 0 ? "1'b0" : "1'b1";
  const half = 2 ** (count - 1);
  const ones = 2 ** half - 1;
  const [low, high] = [bits % 2 ** half, Math.floor(bits / 2 ** half)];
  const last = operands[count - 1]!;
  const rest = operands.slice(0, -1);
  const of = (part: number) => table(part, rest);
  if (low === high) return of(low);
  if (high === ones - low) return `(${last} ^ ${of(low)})`;
  if (low === 0) return high === ones ? last : `(${last} & ${of(high)})`;
  if (high === 0) return low === ones ? `~${last}` : `(~${last} & ${of(low)})`;
  if (low === ones) return `(~${last} | ${of(high)})`;
  if (high === ones) return `(${last} | ${of(low)})`;
  return `((${last} & ${of(high)}) | (~${last} & ${of(low)}))`;
}
