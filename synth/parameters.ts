import { badRequest } from './diagnostics.ts';
import { moduleName } from './sources.ts';

/*
 * Parameters of a top module. Yosys' own command for them, `chparam`, takes the sign from negative numbers and cuts
 * them to 32 bits, so they are set where Verilog sets them: at an instance. The module with that instance then goes.
 */

/** Values by name: whole numbers, literals of Verilog such as `8'h1f`, texts in quotes, or other texts as strings. */
export type Parameters = Readonly<Record<string, string | number>>;

/** The module, and the file, that has the instance. */
export const parametersModule = 'tercet_parameters';
export const parametersFile = 'tercet-parameters.v';

/** @throws Diagnostic TCT-4010 for what is no name or no value of a parameter. */
export function parametersVerilog(top: string, parameters: Parameters): string {
  const set = Object.entries(parameters).map(
    ([name, value]) => `.${checkedName(name)}(${literal(name, value)})`,
  );
  return `module ${parametersModule}; ${moduleName(top)} #(${set.join(', ')}) top (); endmodule\n`;
}

/** Commands that make the module with these parameters the top, in place of that without. */
export function parametersScript(top: string): string[] {
  return [
    `read_verilog ${parametersFile}`,
    `hierarchy -check -top ${parametersModule}`,
    `delete ${parametersModule}`,
    'hierarchy -check -auto-top',
    `rename -top ${moduleName(top)}`,
  ];
}

function checkedName(name: string): string {
  if (!/^[A-Za-z_][\w$]*$/.test(name))
    throw badRequest('parameters', `"${name}"`, 'names of parameters of the top module');
  return name;
}

function literal(name: string, value: string | number): string {
  const written = String(value).trim();
  if (/^-?\d[\d_]*$/.test(written)) return wholeNumber(BigInt(written.replaceAll('_', '')));
  if (/^-?\d*'[sS]?[bodhBODH][\da-fA-F_]+$/.test(written) || /^"[^"\\\n]*"$/.test(written)) return written;
  if (/^-?\d*'[sS]?[bodhBODH][\da-fA-FxzXZ?_]+$/.test(written))
    throw badRequest('parameters', `${name}=${written}`, 'a value without unknown digits: there is no x');
  if (/^[-+']|^\d/.test(written))
    throw badRequest(
      'parameters',
      `${name}=${written}`,
      "a whole number, a literal of Verilog such as 8'h1f, or a text (in double quotes if it begins as a number)",
    );
  if (/["\\\n]/.test(written))
    throw badRequest('parameters', `${name}=${written}`, 'a text without quotes and backslashes');
  return `"${written}"`;
}

/** A number without a size has 32 bits and a sign; a larger one gets a size. */
function wholeNumber(value: bigint): string {
  if (BigInt.asIntN(32, value) === value) return `${value}`;
  const magnitude = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${magnitude.toString(2).length + 1}'sd${magnitude}`;
}
