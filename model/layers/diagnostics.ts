/** What can be wrong with the layers of a model file (TCT-5411 to TCT-5414). */
import { Diagnostic } from '../../diagnostic/index.ts';

export const layerDamaged = (file: string, layer: string, problem: string): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5411',
    seen: `the layer '${layer}' of '${file}' is damaged: ${problem}`,
    help: 'write the file again with hdl-gen model quantise',
  });

export const noLayers = (file: string, what: string, names: readonly string[]): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5412',
    seen: `'${file}' has no ${what}`,
    ...(names.length === 0
      ? {}
      : { details: [`its tensors are ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''}`] }),
    help: 'hdl-gen model inspect lists what it has; hdl-gen model quantise makes quantised layers of floats',
    exitStatus: 2,
  });

export const layersDoNotFit = (before: string, rows: number, after: string, columns: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5413',
    seen: `the layer '${before}' gives ${rows} outputs, and '${after}' behind it takes ${columns} inputs`,
    help: 'choose one layer with --layer, or a file whose layers follow each other in the order of their names',
    exitStatus: 2,
  });

export const notInBytes = (layer: string, columns: number): Diagnostic =>
  new Diagnostic({
    code: 'TCT-5414',
    seen: `the layer '${layer}' has ${columns} columns, and OneBit packs eight signs in a byte`,
    help: 'take another scheme, or fill the matrix up with columns of zeros',
    exitStatus: 2,
  });
