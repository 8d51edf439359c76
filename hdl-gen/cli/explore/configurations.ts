import { familyOf } from '../../../rtl/ternary/index.ts';
import { type Device, findDevice } from '../../../synth/index.ts';
import { tooManyConfigurations } from '../diagnostics.ts';
import { type ArrayChoice, arrayConfig, arrayName, type CoreConfig, tableEncoding } from '../names.ts';
import type { PointConfig } from './document.ts';
import type { ExploreValues } from './options.ts';

/** One array on one device. */
export interface Configuration {
  readonly id: string;
  readonly device: Device;
  /** With an encoding only where its weights come otherwise than as the codes of its family, and `maxM` for tables only. */
  readonly array: Choice;
  /** Alone, or between its streams. */
  readonly form: PointConfig['form'];
}

/** What is asked for; whether there is such an array is not known yet. */
type Choice = ArrayChoice & { readonly arch: ExploreValues['arch'][number] };

/** More than anybody waits for, or looks at. */
const most = 10_000;

/**
 * Every combination of the values, each once; the lanes vary fastest.
 * @throws Diagnostic TCT-4001 for an unknown device, TCT-6070 for too many.
 */
export function configurationsOf(values: ExploreValues): Configuration[] {
  const { lanes, rows, activationBits, pipeline, arch, encoding, streams, maxK, maxM, initBits } = values;
  const devices = [...new Set(values.device.map(findDevice))];
  const lists = [devices, arch, activationBits, encoding, pipeline, rows, lanes];
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > most) throw tooManyConfigurations(count, most);
  const found = new Map<string, Configuration>();
  for (const device of devices)
    for (const family of arch)
      for (const bits of activationBits)
        for (const code of encoding)
          for (const levels of pipeline)
            for (const height of rows)
              for (const width of lanes) {
                const configuration = configurationOf(device, code, streams, {
                  ...{ lanes: width, rows: height, activationBits: bits, pipeline: levels },
                  ...{ maxK, initBits, arch: family, ...(family === 'table' ? { maxM } : {}) },
                });
                found.set(configuration.id, configuration);
              }
  return [...found.values()];
}

function configurationOf(
  device: Device,
  encoding: ExploreValues['encoding'][number],
  streams: ExploreValues['streams'],
  array: Choice,
): Configuration {
  const isOwn = encoding === 'own' || encoding === ownEncoding(array);
  const choice = isOwn ? array : { ...array, encoding };
  // Tables are filled by a stream; and 5in8 is decoded where a stream comes in.
  const form = streams === 'with' || array.arch === 'table' || !isOwn ? 'stream' : 'array';
  const name = `${arrayName(choice)}${form === 'stream' ? '_stream' : ''}`;
  return { id: `${name}_${device.name}`, device, array: choice, form };
}

/** The encoding of the codes of a family. */
function ownEncoding({ arch }: Pick<Choice, 'arch'>): string {
  return arch === 'table' ? tableEncoding : familyOf({ arch }).encodings[0];
}

/**
 * The parameters of its array.
 * @throws Diagnostic as `arrayConfig`, where there is no such array.
 */
export function coreConfig({ array }: Configuration): CoreConfig {
  return arrayConfig(array);
}

/** The same as data. */
export function pointConfig({ device, array, form }: Configuration): PointConfig {
  const { arch, lanes, rows, activationBits, pipeline, maxK, maxM, initBits } = array;
  const weights = arch === 'table' ? 'ternary' : familyOf({ arch }).weights;
  return {
    ...{ device: device.name, arch, weights, encoding: array.encoding ?? ownEncoding(array), form },
    ...{ lanes, rows, activationBits, pipeline, maxK, maxM: maxM ?? null, initBits },
  };
}

/** The options that name this configuration alone, whatever a config file says. */
export function optionsOf(configuration: Configuration): string {
  const { form, array } = configuration;
  const { device, arch, encoding, lanes, rows, activationBits, pipeline, maxK, initBits } =
    pointConfig(configuration);
  return [
    `--device ${device} --arch ${arch} --encoding ${encoding}`,
    `--lanes ${lanes} --rows ${rows} --activation-bits ${activationBits} --pipeline ${pipeline}`,
    `--max-k ${maxK} --init-bits ${initBits}`,
    ...(array.maxM === undefined ? [] : [`--max-m ${array.maxM}`]),
    `--streams ${form === 'stream' ? 'with' : 'without'}`,
  ].join(' ');
}

/** The option without which a point has no energy; other costs are told of every point. */
export function costOption(cost: ExploreValues['cost']): string {
  return cost === 'pj-per-mac' ? ` --cost ${cost}` : '';
}

/** The options that decide the configurations and their figures; with `--collect` the list of jobs does. */
export const decidingOptions = [
  ...['lanes', 'rows', 'activationBits', 'arch', 'encoding', 'pipeline', 'streams', 'maxK', 'maxM'],
  ...['initBits', 'device', 'seeds', 'seed'],
] as const satisfies readonly (keyof ExploreValues)[];
