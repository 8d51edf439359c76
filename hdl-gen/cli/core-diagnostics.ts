import { Diagnostic } from '../../diagnostic/index.ts';

/* What can be wrong with the memories of a core. */

export function noSuchStore(device: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6093',
    seen: `'--store spram' asks for the four SPRAMs of an UltraPlus, and '${device}' has none`,
    help: 'take --store bram, or --device up5k',
    exitStatus: 2,
  });
}

export function windowTooSmall(most: number, asked: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6094',
    seen: `the host's addresses reach ${most} words of such weights, not ${asked}`,
    help: `take --weight-words ${most}, or fewer lanes or rows`,
    exitStatus: 2,
  });
}

export function tooFewRams(device: string, needed: number, available: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6095',
    seen: `the memories of this core take ${needed} block RAMs, and '${device}' has ${available}`,
    help: 'take fewer --weight-words, --activation-depth, --result-depth or --initial-values, or another device',
    exitStatus: 2,
  });
}
