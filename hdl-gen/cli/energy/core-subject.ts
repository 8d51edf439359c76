import { BuildProgress } from '../build-progress.ts';
import type { Context } from '../command.ts';
import { requireRams, takenMemories } from '../core-memories.ts';
import { conflict } from '../diagnostics.ts';
import { requireInterface } from '../interfaces.ts';
import { breathe } from '../interrupts.ts';
import { loadProduct } from '../load-product.ts';
import { type MemorySubject, memorySubject } from '../memory-subject.ts';
import { canonicalOptions, sizeText } from '../names.ts';
import { grouped } from '../table.ts';
import type { Target } from '../target.ts';
import { withProgress } from '../with-progress.ts';
import { playCore } from './core-run.ts';
import type { EnergyValues } from './options.ts';
import type { Subject } from './subject.ts';

function behind({ kind, rate }: MemorySubject): string {
  const names = { wishbone: 'Wishbone', uart: `a UART at ${grouped(rate.baud)} baud`, spi: 'SPI' };
  return names[kind];
}

/** Places the core with its memories behind what it speaks, and has a host multiply there. */
export async function coreSubject(
  values: EnergyValues,
  { board, device, package: packageName }: Target,
  clockMHz: number,
  context: Context,
): Promise<Subject> {
  const { interrupts } = context;
  requireInterface(values);
  if (context.given.has('columnOrder'))
    throw conflict(
      `--interface ${values.interface}`,
      '--column-order',
      'permute the columns of both matrices, as docs/energy.md says',
    );
  const { subject, design, product } = interrupts.uncovered(() => {
    const subject = memorySubject(
      { ...values, device: device.name, board: undefined, mhz: clockMHz },
      context,
    );
    const design = subject.spoken.design(subject.core, subject.rate);
    requireRams(takenMemories(design), device);
    return { subject, design, product: loadProduct({ ...values, n: undefined }, subject.array) };
  });
  const { core, array } = subject;
  const { seed, cycles } = values;
  return withProgress(context, async progress => {
    const shown = new BuildProgress(progress, [seed]);
    shown.start();
    const { placed, top, working, ...played } = await playCore(subject, design.circuit, product, {
      ...{ device, package: packageName, clockMHz, cycles, seed, onProgress: shown.onProgress },
      async onBlock(done) {
        progress.update('counting changes', '', done);
        await breathe();
      },
    });
    const { cyclesPerVector } = played;
    const { rows: m, columns: k } = product.weights;
    const { weights, activations } = product.sources;
    return {
      name: `${subject.name}${board === undefined ? '' : `_${board.name}`}`,
      made: `${canonicalOptions({ ...subject.values, weights: values.weights })}${subject.ownOptions}`,
      what: `core with its memories, ${sizeText(array.config)}, ${core.arch}, int${core.activationBits}, behind ${behind(subject)}`,
      ...{ design: placed.design, ...working, fmaxMHz: placed.fmaxMHz },
      from: 'simulated',
      inputs: `weights ${weights}, activations ${activations}`,
      rest: played.rest.activity,
      array: {
        ...{ m, k, cyclesPerVector, macsPerCycle: (m * k) / cyclesPerVector },
        coreModule: `${top}.core`,
        arrayModule: `${top}.core.core.array`,
        around: 'its memories, its control and its interface',
      },
    };
  });
}
