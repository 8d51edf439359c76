import { atMost, forComparison, type Subject } from '../row.ts';
import { type Errors, errorsAt } from './errors.ts';
import { measurePoint } from './measured.ts';
import { isFitted, nameOf, points, seeds } from './points.ts';

/** How far the cost model is from nextpnr, over a sweep of configurations. */
export const measure: Subject = async add => {
  const errors: { readonly fitted: boolean; readonly at: Errors }[] = [];
  for (const [i, point] of points.entries()) {
    const measured = await measurePoint(point);
    const at = errorsAt(measured);
    const fitted = isFitted(i);
    errors.push({ fitted, at });
    const name = `${nameOf(point)}${fitted ? '' : ' (left out)'}`;
    add(forComparison(`${name}: LC`, measured.cells, 'LC'));
    add(forComparison('  the estimate is off by', 100 * at.cells, '%'));
    add(forComparison(`  Fmax, best of ${seeds.length} seeds`, measured.fmaxMHz, 'MHz'));
    add(forComparison('  the estimate is off by', 100 * at.clock, '%'));
  }
  for (const fitted of [true, false]) {
    const chosen = errors.filter(error => error.fitted === fitted).map(({ at }) => at);
    const which = `${chosen.length} points ${fitted ? 'of the fit' : 'left out of it'}`;
    add(atMost(5, `${which}: largest error in LC`, 100 * largest(chosen, 'cells'), '%'));
    add(atMost(15, '  largest error in Fmax', 100 * largest(chosen, 'clock'), '%'));
    add(forComparison('  mean error in Fmax', 100 * mean(chosen.map(({ clock }) => Math.abs(clock))), '%'));
  }
};

function largest(errors: readonly Errors[], key: keyof Errors): number {
  return Math.max(...errors.map(each => Math.abs(each[key])));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
