import { type Arch, familyOf } from '../../../rtl/ternary/index.ts';
import { type Device, findDevice } from '../../../synth/index.ts';
import { tooManyConfigurations } from '../diagnostics.ts';
import { type ArrayConfig, arrayName } from '../names.ts';
import type { ExploreValues } from '../options.ts';
import type { PointConfig } from './document.ts';

/** One array on one device. Whether there is such an array is not known yet. */
export interface Configuration {
  readonly id: string;
  readonly device: Device;
  readonly array: ArrayConfig & { readonly arch: Arch };
  readonly encoding: ExploreValues['encoding'][number];
}

/** More than anybody waits for, or looks at. */
const most = 10_000;

/**
 * Every combination of the values; the lanes vary fastest.
 * @throws Diagnostic TCT-4001 for an unknown device, TCT-6070 for too many.
 */
export function configurationsOf(values: ExploreValues): Configuration[] {
  const { lanes, rows, activationBits, pipeline, arch, encoding, maxK, initBits } = values;
  const devices = [...new Set(values.device.map(findDevice))];
  const lists = [devices, arch, activationBits, encoding, pipeline, rows, lanes];
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > most) throw tooManyConfigurations(count, most);
  const found: Configuration[] = [];
  for (const device of devices)
    for (const family of arch)
      for (const bits of activationBits)
        for (const code of encoding)
          for (const levels of pipeline)
            for (const height of rows)
              for (const width of lanes)
                found.push(
                  configuration(device, code, {
                    ...{ lanes: width, rows: height, activationBits: bits, pipeline: levels },
                    ...{ maxK, initBits, arch: family },
                  }),
                );
  return found;
}

function configuration(
  device: Device,
  encoding: Configuration['encoding'],
  array: Configuration['array'],
): Configuration {
  const code = encoding === '2bit' ? '' : `_${encoding}`;
  return { id: `${arrayName(array)}${code}_${device.name}`, device, array, encoding };
}

/** The same as data. */
export function pointConfig({ device, array }: Configuration): PointConfig {
  const { arch, lanes, rows, activationBits, pipeline, maxK, initBits } = array;
  const { weights, encodings } = familyOf(array);
  return {
    ...{ device: device.name, arch, weights, encoding: encodings[0] },
    ...{ lanes, rows, activationBits, pipeline, maxK, initBits },
  };
}

/** The options that name this configuration alone, whatever a config file says. */
export function optionsOf({ device, array, encoding }: Configuration): string {
  const { arch, lanes, rows, activationBits, pipeline, maxK, initBits } = array;
  return [
    `--device ${device.name} --arch ${arch} --encoding ${encoding}`,
    `--lanes ${lanes} --rows ${rows} --activation-bits ${activationBits} --pipeline ${pipeline}`,
    `--max-k ${maxK} --init-bits ${initBits}`,
  ].join(' ');
}
