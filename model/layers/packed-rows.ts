import { elementsOf, findTensor, type ModelFile, matrixShape, type TensorEntry } from '../index.ts';
import { layerDamaged } from './diagnostics.ts';

/**
 * Rows of a matrix whose trits are packed four in a byte, as Hugging Face does: the last may be there to fill it up. The metadata tell how many there
 * are (`rows <tensor>`), or the bias does, or all of them are rows.
 *
 * @throws Diagnostic TCT-5411 where so many do not take so many bytes
 */
export function packedRows(file: ModelFile, tensor: TensorEntry): number {
  const { source, metadata } = file;
  const name = tensor.name.replace(/\.weight$/, '');
  const most = 4 * matrixShape(tensor.shape).rows;
  const told = metadata.get(`rows ${tensor.name}`);
  const bias = findTensor(file, `${name}.bias`);
  const rows = told === undefined ? ((bias && elementsOf(bias.shape)) ?? most) : Number(told);
  if (!(Number.isInteger(rows) && rows > most - 4 && rows <= most)) {
    throw layerDamaged(source.name, name, `${rows} rows are not packed in ${most / 4}`);
  }
  return rows;
}
