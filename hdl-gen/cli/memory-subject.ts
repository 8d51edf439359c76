import type { CoreParameters } from '../../rtl/core/index.ts';
import type { Device } from '../../synth/index.ts';
import type { Context } from './command.ts';
import type { Core } from './core.ts';
import { linkBaud, type MemoryInterfaceName, memoryOptions } from './interface-options.ts';
import { type MemoryValues, memoryCoreOf, unnamedDevice } from './memory-core.ts';
import { type LinkRate, type MemoryInterface, memoryInterfaceOf } from './memory-interfaces.ts';
import { arrayName } from './names.ts';
import { flagOf } from './option-kinds.ts';
import { chooseTarget } from './target.ts';

/** The core that `--interface wishbone`, `uart` or `spi` asks for, as all commands know it. */
export interface MemorySubject {
  readonly kind: MemoryInterfaceName;
  readonly spoken: MemoryInterface;
  readonly core: CoreParameters;
  /** Its array. */
  readonly array: Core;
  /** The options of the array, with what was chosen for those that are not given. */
  readonly values: MemoryValues;
  /** The other options that make it again, each with a space before it: all of them, and those without a clock and a device. */
  readonly options: string;
  readonly ownOptions: string;
  readonly rate: LinkRate;
  /** The device that it is made for, where one is named. */
  readonly device: Device | undefined;
  /** The last part of the default folder. */
  readonly name: string;
}

/** The options that decide it. */
export type MemorySubjectValues = MemoryValues & {
  readonly interface: string;
  readonly device: string | undefined;
  readonly board: string | undefined;
  readonly mhz?: number | undefined;
  readonly baud?: number | undefined;
};

/** Where nothing is said of the clock, a link is made for that of most boards. */
const usualMHz = 12;

/**
 * The core that is asked for. With a device or a board it is one for its memories, and a link for its clock.
 * @throws Diagnostic TCT-4001 or TCT-4051 for an unknown name, and as `memoryCoreOf`.
 */
export function memorySubject(values: MemorySubjectValues, { given }: Pick<Context, 'given'>): MemorySubject {
  const kind = values.interface as MemoryInterfaceName;
  const target = values.device === undefined && values.board === undefined ? undefined : chooseTarget(values);
  const {
    parameters: core,
    array,
    values: chosen,
  } = memoryCoreOf(values, given, target?.device ?? unnamedDevice(values));
  const MHz = values.mhz ?? target?.board?.clock.MHz ?? usualMHz;
  const rate = { clockHz: Math.round(MHz * 1e6), baud: values.baud ?? linkBaud };
  const sizes = [...Object.keys(memoryOptions), 'batch'].filter(key => given.has(key));
  const asked = sizes.map(key => ` --${flagOf(key)} ${values[key as keyof MemoryValues]}`);
  const ownOptions = ` --interface ${kind}${asked.join('')}${kind === 'uart' ? ` --baud ${rate.baud}` : ''}`;
  const clock = kind === 'wishbone' ? '' : ` --mhz ${rate.clockHz / 1e6}`;
  const place = target === undefined ? '' : ` --device ${target.device.name}`;
  return {
    ...{ kind, core, array, values: chosen, rate },
    spoken: memoryInterfaceOf[kind],
    options: `${ownOptions}${clock}${place}`,
    ownOptions,
    device: target?.device,
    name: [
      arrayName(array.config),
      ...sizes.map(key => `${flagOf(key).replaceAll('-', '')}${values[key as keyof MemoryValues]}`),
      kind,
      ...(kind === 'uart' && rate.baud !== linkBaud ? [`baud${rate.baud}`] : []),
      ...(kind !== 'wishbone' && MHz !== usualMHz ? [`mhz${String(MHz).replace('.', 'p')}`] : []),
      ...(target === undefined ? [] : [target.device.name]),
    ].join('_'),
  };
}
