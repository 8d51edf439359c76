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

const smallerCore = 'take fewer --lanes, --rows or a smaller --batch, or a board with a larger device';

export function coreTooLarge(device: string, of: string, needed: number, available: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6097',
    seen: `this core with its link takes ${of === 'logic cells' ? 'about ' : ''}${needed} ${of}, and '${device}' has ${available}: no such board can be built`,
    help: smallerCore,
    exitStatus: 2,
  });
}

export function coreMayNotFit(device: string, needed: number, available: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6121',
    seen: `this core with its link may not fit '${device}': it needs about ${needed} logic cells (an estimate), and the device has ${available}`,
    help: `hdl-gen build tells for certain; or ${smallerCore}`,
  });
}

export function clockFarBeyond(device: string, asked: number, reached: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6122',
    seen: `the clock is ${Number(asked.toFixed(1))} MHz, and on '${device}' a board with this core reaches about ${Math.round(reached)} MHz (an estimate)`,
    help: 'hdl-gen build tells what it reaches; times are told for the clock that was asked for',
  });
}
