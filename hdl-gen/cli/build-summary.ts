import type { PllSettings } from '../../constraints/index.ts';
import type { BuildDocument } from './build-document.ts';
import { longCheckText } from './check-text.ts';
import type { FillAttempt } from './fill-document.ts';
import { linkRateText } from './link-rate.ts';
import { rooflineText } from './roofline-report.ts';
import { columns, counted, grouped, percent } from './table.ts';
import type { Colors } from './terminal.ts';

/** The table that `hdl-gen build` ends with. */
export function buildSummary(document: BuildDocument, what: string, out: string, colors: Colors): string {
  const { resources, timing, throughput, fill, seconds, checks } = document;
  const { lc, bram, split } = resources;
  const memory = bram.used > 0 ? `, ${bram.used} of ${bram.available} block RAMs` : '';
  const path = timing.criticalPath.filter(({ named }) => named);
  const target = timing.isRequired
    ? ` (${Number(timing.targetMHz.toFixed(3))} MHz asked for${timing.isMet ? '' : ', MISSED'})`
    : '';
  return columns(
    [
      ['built', what],
      ['device', `${document.device} in ${document.package}`],
      [
        'area',
        `${grouped(lc.used)} of ${grouped(lc.available)} logic cells (${percent(lc.used / lc.available, 0)})${memory}`,
      ],
      [
        'of which',
        `core ${grouped(split.core.lc)}, wrapper ${grouped(split.wrapper.lc)}, shared ${grouped(split.shared.lc)}`,
      ],
      ...(document.link === null ? [] : [['link', linkRateText(document.link)] as const]),
      ...(document.clock?.pll ? [['PLL', pllText(document.clock.pll)] as const] : []),
      ['clock', timing.fmaxMHz === null ? 'no path is clocked' : `${timing.fmaxMHz.toFixed(1)} MHz${target}`],
      ...(path.length === 0 ? [] : [['slowest path', `${path[0]!.net} to ${path.at(-1)!.net}`] as const]),
      ...(throughput === null
        ? []
        : [
            [
              'array',
              `${throughput.lcPerMac.toFixed(2)} logic cells for each of ${throughput.macsPerCycle} MACs`,
            ] as const,
            [
              'rate',
              `${throughput.peakGmacs.toFixed(2)} GMAC/s at most, ${sustainedText(throughput.sustainedGmacs)}`,
            ] as const,
            [
              'limit',
              `${throughput.rooflineGmacs.toFixed(2)} GMAC/s, ${rooflineText(throughput.roofline, document.device)}`,
            ] as const,
          ]),
      ...(fill?.tried ?? []).map(
        (attempt, i) => [i === 0 ? 'tried' : '', attemptText(attempt, lc.available)] as const,
      ),
      ...checks.map(check => ['checked', longCheckText(check)] as const),
      [
        'time',
        `${seconds.total.toFixed(1)} s, of which ${seconds.tools.toFixed(1)} s in Yosys, nextpnr and icepack`,
      ],
      ['files', `${out}/: design.bin, report.json and ${document.files.length - 1} more`],
    ],
    colors.bold,
  );
}

/** `48 MHz: DIVR 0, DIVF 63, DIVQ 4, FILTER_RANGE 1` */
function pllText({ MHz, divr, divf, divq, filterRange }: PllSettings): string {
  return `${Number(MHz.toFixed(3))} MHz: DIVR ${divr}, DIVF ${divf}, DIVQ ${divq}, FILTER_RANGE ${filterRange}`;
}

function sustainedText(gmacs: number | null): string {
  return gmacs === null ? 'if what feeds it keeps up' : `${gmacs.toFixed(2)} sustained`;
}

/** `64 lanes x 6 rows: 95 % full, 213.0 MHz, 81.8 GMAC/s (estimated: 94 %, 205 MHz)` */
function attemptText({ lanes, rows, estimated, placed, isGood }: FillAttempt, available: number): string {
  const size = `${counted(lanes, 'lane')} x ${counted(rows, 'row')}`;
  const share = (cells: number) => percent(cells / available, 0);
  const expected = `(estimated: ${share(estimated.cells)}, ${estimated.fmaxMHz.toFixed(0)} MHz)`;
  if (placed === null) return `${size}: no place for it ${expected}`;
  const { cells, fmaxMHz } = placed;
  const rate = `${((lanes * rows * fmaxMHz) / 1000).toFixed(1)} GMAC/s`;
  return `${size}: ${share(cells)} full, ${fmaxMHz.toFixed(1)} MHz${isGood ? '' : ', too slow'}, ${rate} ${expected}`;
}
