import { type Band, type EnergyDocument, kinds } from '../../../energy/index.ts';
import { columns, grouped, percent } from '../table.ts';
import type { Colors } from '../terminal.ts';

/** Modules that are shown: those that take most, and no dust. */
const shownModules = 8;
const leastShown = 0.001;

function otherClocks({ otherClocksMHz = {} }: EnergyDocument): string {
  return Object.entries(otherClocksMHz)
    .map(([name, megahertz]) => `, ${name} at ${megahertz} MHz`)
    .join('');
}

/** The table that `hdl-gen energy` ends with. */
export function energyTable(document: EnergyDocument, out: string, colors: Colors): string {
  const { activity, atRest, perMac, restsOn, powerMw, coreSupply, clockMHz, device, byKind, byModule } =
    document;
  const { functional, all } = activity.changesPerCycle;
  const glitches = activity.hasGlitches
    ? `, ${(all - functional).toFixed(1)} of them glitches`
    : ', glitches guessed';
  const lines: (readonly [string, string])[] = [
    ['estimated', `${document.subject} on ${device} at ${clockMHz} MHz${otherClocks(document)}`],
    ['inputs', activity.inputs],
    ['counted', `${grouped(activity.cycles)} cycles, ${all.toFixed(1)} changes in each${glitches}`],
    ['power', `${band(powerMw)} mW`],
    [
      '',
      `${band(coreSupply.currentMa)} mA at ${coreSupply.volts} V in the supply of the core: all but the pins`,
    ],
  ];
  if (perMac !== undefined) {
    const { m, k } = perMac.product;
    lines.push(
      [
        'for each MAC',
        `${band(perMac.array.energyPjPerMac)} pJ: the array, the chip's clock and its static current`,
      ],
      ['', `${band(perMac.core.energyPjPerMac)} pJ with ${perMac.around}`],
      ['for a product', `${band(perMac.energyUjPerProduct)} uJ: [${m},${k}] times a vector`],
    );
    if (atRest !== undefined) {
      const perCycle = perMac.macsPerCycle.toPrecision(3);
      lines.push(
        ['MACs per cycle', `${perCycle} sustained`],
        ['at rest', `${band(atRest.powerMw)} mW while nobody asks for anything`],
      );
    }
  } else lines.push(['for a cycle', `${band(document.energyPjPerCycle)} pJ`]);
  lines.push([
    'rests on',
    `${percent(restsOn.measured, 0)} measured, ${percent(restsOn.fitted, 0)} fitted, ${percent(restsOn.guessed, 0)} guessed coefficients`,
  ]);
  const parts = [
    ['by kind', 'low', 'mid', 'high', 'mW'],
    ...kinds
      .filter(kind => byKind[kind].powerMw.high > 0)
      .map(kind => [
        kind,
        ...figures(byKind[kind].powerMw),
        percent(byKind[kind].powerMw.mid / powerMw.mid, 0),
      ]),
    ['by module', 'low', 'mid', 'high', 'mW'],
    ...modulesOf(byModule, powerMw.high).map(([module, power]) => [
      module,
      ...figures(power),
      percent(power.mid / powerMw.mid, 0),
    ]),
  ];
  return [
    columns(lines, colors.bold),
    '',
    parts.map(line => (line[0]!.startsWith('by ') ? colors.dim(partLine(line)) : partLine(line))).join('\n'),
    '',
    columns([['files', `${out}/: energy.json and energy.svg`]], colors.bold),
  ].join('\n');
}

function modulesOf(byModule: EnergyDocument['byModule'], total: number): (readonly [string, Band])[] {
  const sorted = Object.entries(byModule)
    .map(([module, { powerMw }]) => [module, powerMw] as const)
    .filter(([, { high }]) => high > leastShown * total)
    .sort(([, a], [, b]) => b.mid - a.mid);
  const [shown, rest] = [sorted.slice(0, shownModules), sorted.slice(shownModules)];
  if (rest.length === 0) return shown;
  const of = (which: keyof Band) => rest.reduce((sum, [, power]) => sum + power[which], 0);
  return [...shown, [`${rest.length} more`, { low: of('low'), mid: of('mid'), high: of('high') }]];
}

/** `3.19 to 5.66, mid 4.22` */
function band({ low, mid, high }: Band): string {
  return `${short(mid)} (${short(low)} to ${short(high)})`;
}

function figures({ low, mid, high }: Band): string[] {
  return [short(low), short(mid), short(high)];
}

/** Three digits: more would claim too much. */
function short(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return digits > 6 ? value.toExponential(2) : value.toFixed(digits);
}

function partLine([name, ...cells]: readonly string[]): string {
  return `    ${name!.padEnd(48)}${cells.map(cell => cell.padStart(9)).join('')}`;
}
