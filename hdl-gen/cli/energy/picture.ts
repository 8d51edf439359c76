import { type EnergyDocument, kinds } from '../../../energy/index.ts';
import { breakdownChart } from '../../../plot/index.ts';

/** Modules in the picture: those that take most, and no dust. */
const mostModules = 8;
const leastShown = 0.001;

/** The power by kind and by module, with its uncertainty, as SVG. */
export function pictureOf({
  subject,
  device,
  clockMHz,
  powerMw,
  byKind,
  byModule,
  version,
}: EnergyDocument): string {
  const { low, mid, high } = powerMw;
  const modules = Object.entries(byModule)
    .map(([name, of]) => ({ name, ...of.powerMw }))
    .sort((a, b) => b.mid - a.mid)
    .slice(0, mostModules);
  return breakdownChart({
    title: `Power of ${subject} on ${device.toUpperCase()} at ${clockMHz} MHz`,
    subtitle: `${mid.toPrecision(3)} mW, from ${low.toPrecision(3)} to ${high.toPrecision(3)} · lines show the uncertainty · Tercet ${version}`,
    unit: 'mW',
    groups: [
      {
        name: 'by kind',
        parts: kinds
          .map(name => ({ name, ...byKind[name].powerMw }))
          .filter(part => part.high > 0)
          .sort((a, b) => b.mid - a.mid),
      },
      { name: 'by module', parts: modules.filter(part => part.high > leastShown * high) },
    ],
  });
}
