import { Diagnostic } from '../../../diagnostic/index.ts';
import { counted } from '../table.ts';

/* What `hdl-gen energy` says. A code with a 1 in the second place is a warning: the work goes on. */

const wrongCall = { exitStatus: 2 } as const;

export function badCoefficients(path: string, why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6250',
    seen: `'${path}' holds no coefficients: ${why}`,
    help: 'write them with: npm run calibrate -- --measured table.csv --out coefficients.json',
    ...wrongCall,
  });
}

export function otherDevice(seen: string, wanted: string, where: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6251',
    seen: `${where} is for '${seen}', but '${wanted}' is asked for`,
    help: `give --device ${seen}`,
    ...wrongCall,
  });
}

/** A design whose power would be its static current alone. */
export function noClock(path: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6252',
    seen: `the design in '${path}' has no clock: nothing in it is clocked`,
    help: 'give a design with a flip-flop or a memory; the static current of the chip is in docs/energy.md',
    ...wrongCall,
  });
}

/** @param there how many of the `all` nets that tables and carries drive a dump has; `least` is the share that is needed. */
export function dumpOfSource(path: string, there: number, all: number, least: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6253',
    seen: `of the ${counted(all, 'net')} that tables and carries drive '${path}' has ${there}, at least ${Math.round(100 * least)} % are needed: a dump of the source has none of what synthesis made`,
    help: 'take the inputs of that dump with --stimulus in place of --vcd: then all nets are simulated; or lower --least-share',
    ...wrongCall,
  });
}

/** A warning. */
export function notCalibrated(device: string, like: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6112',
    seen: `no current of '${device}' has been measured: all figures are guesses after '${like}', in a wide band`,
    help: 'measure your own chip, and give --coefficients: see docs/energy.md',
  });
}

/** A warning. */
export function notModelled(cells: ReadonlyMap<string, number>): Diagnostic {
  const list = [...cells].map(([type, count]) => `${count} x '${type}'`).join(', ');
  const count = [...cells.values()].reduce((sum, each) => sum + each, 0);
  return new Diagnostic({
    code: 'TCT-6113',
    seen: `${counted(count, 'block')} of the design ${count === 1 ? 'is' : 'are'} not in the model, and not counted: ${list}`,
    help: 'add what their data sheet says',
  });
}

/** A warning. */
export function tooSlow(fmaxMHz: number, clockMHz: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6114',
    seen: `the design reaches ${fmaxMHz.toFixed(1)} MHz, but ${clockMHz} MHz are asked for: its energy is told as if it did`,
    help: `give a lower clock, for example --mhz ${Math.max(1, Math.floor(fmaxMHz))}`,
  });
}

/** A warning. */
export function delaysOfAnother(sdf: string, placed: string, agreement: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6117',
    seen: `the delays in '${sdf}' are not of the routes in '${placed}': their correlation with the lengths is ${agreement.toFixed(2)}, and 0.95 or more in files of one run`,
    help: "give the files that one run of nextpnr wrote with '--write' and '--sdf': those of another seed have the same names, but other glitches",
  });
}

/** A warning. @param names of the clocks of which no one said how fast they are. */
export function severalClocks(names: readonly string[], clockMHz: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6118',
    seen: `the design has several clocks, and ${names.map(name => `'${name}'`).join(', ')} are all taken to have ${clockMHz} MHz`,
    help: `say what the others have, for example --clock-mhz ${names.at(-1)}=48`,
  });
}

/** A warning. */
export function netsUnknown(unknown: readonly string[], nets: number): Diagnostic {
  const shown = unknown.slice(0, 5).map(name => `'${name}'`);
  return new Diagnostic({
    code: 'TCT-6116',
    seen: `${unknown.length} of the ${counted(nets, 'net')} are unknown (x or z) when the VCD file ends, and what they would have changed is not counted: ${shown.join(', ')}${unknown.length > shown.length ? ' …' : ''}`,
    help: 'reset the design, and give its memories contents; or give its inputs with --stimulus: then no net is unknown',
  });
}

/** A warning. */
export function netsWithoutCounts(missing: readonly string[], nets: number): Diagnostic {
  const shown = missing.slice(0, 5).map(name => `'${name}'`);
  return new Diagnostic({
    code: 'TCT-6115',
    seen: `${missing.length} of the ${counted(nets, 'net')} are not in the VCD file, and counted as if they never changed: ${shown.join(', ')}${missing.length > shown.length ? ' …' : ''}`,
    help: 'dump all levels of a simulation of this netlist, or give its inputs with --stimulus: then all nets are simulated',
  });
}
