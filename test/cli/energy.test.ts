import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Band, coefficientsOf, type EnergyDocument, kinds } from '../../energy/index.ts';
import { readRows, usualTable } from '../../scripts/calibrate/rows.ts';
import { createSimulation, netlistCircuit, vcd } from '../../sim/index.ts';
import { buildBitstream, findDevice, synthesise } from '../../synth/index.ts';
import { filesIn, hdlGen, workspace } from './helpers.ts';

/** A measured design: a counter of 28 bits with a clock from outside. */
const measured = readRows(usualTable).find(({ name }) => name === '28-bit counter')!;

type Files = Readonly<Record<'placed.json' | 'delays.sdf', string>>;

async function placed(device: string): Promise<Files> {
  const { files, top } = measured;
  const built = await buildBitstream({ files, top, device, targetMHz: 12 });
  return { 'placed.json': built.placedJson, 'delays.sdf': built.sdf };
}

function inFolder(files: Readonly<Record<string, string>>): string {
  const folder = workspace();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What a simulation of the counter's source would dump: it changes some ns after the edge, and pins in the middle of a cycle. */
function dumpOfSource(delay: number): string {
  const edge = (cycle: number): string =>
    `#${10 * cycle}\n1!\n#${10 * cycle + delay}\nb${cycle.toString(2)} "\n#${10 * cycle + 5}\n0!\nb0 #\n#${10 * cycle + 7}\nb11111 #\n`;
  return `$timescale 1ns $end $scope module counter $end $var wire 1 ! clk $end $var wire 28 " count [27:0] $end
    $var wire 5 # pins [4:0] $end $upscope $end $enddefinitions $end
    #0\n0!\nb0 "\nb11111 #\n${Array.from({ length: 40 }, (_, i) => edge(i + 1)).join('')}`;
}

/** What a run of a placed design dumps, with inputs that keep their values. */
function dumpOf(placedJson: string, inputs: Readonly<Record<string, number>>, cycles: number): string {
  let text = '';
  const trace = vcd(piece => {
    text += piece;
  });
  const simulation = createSimulation(netlistCircuit(placedJson).circuit);
  for (const [name, value] of Object.entries(inputs)) simulation.set(name, value);
  const end = simulation.trace(trace);
  simulation.step(cycles);
  end();
  return text;
}

function expectOrdered({ low, mid, high }: Band): void {
  expect(low).toBeLessThanOrEqual(mid);
  expect(mid).toBeLessThanOrEqual(high);
}

describe('hdl-gen energy of an array', () => {
  test('tells power and energy, by kind and by module, and writes them', async () => {
    const cwd = workspace();
    const { status, stdout, stderr } = await hdlGen('energy --lanes 2 --cycles 300 --mhz 24 --json', { cwd });
    expect(stderr).toMatch(/for each MAC +[\d.]+ \([\d.]+ to [\d.]+\) pJ/);
    expect(status).toBe(0);
    const { out, ...document } = JSON.parse(stdout) as EnergyDocument & { out: string };
    expect(document).toMatchObject({
      schema: 'tercet.energy/1',
      command: 'hdl-gen energy --lanes 2 --mhz 24 --cycles 300',
      device: 'up5k',
      isMeasured: true,
      clockMHz: 24,
      activity: { cycles: 300, hasGlitches: true },
    });
    const { powerMw, byKind, byModule, perMac, energyPjPerCycle } = document;
    for (const which of ['low', 'mid', 'high'] as const) {
      const added = kinds.reduce((all, kind) => all + byKind[kind].powerMw[which], 0);
      expect(added).toBeCloseTo(powerMw[which], 9);
      const modules = Object.values(byModule).reduce((all, of) => all + of.powerMw[which], 0);
      expect(modules).toBeCloseTo(powerMw[which], 9);
      expect(energyPjPerCycle[which]).toBeCloseTo((powerMw[which] / 24) * 1000, 9);
    }
    const { volts, currentMa } = document.coreSupply;
    expect(currentMa.mid * volts).toBeCloseTo(powerMw.mid - byKind.io.powerMw.mid, 9);
    for (const band of [powerMw, perMac!.array.energyPjPerMac, perMac!.core.energyPjPerMac])
      expectOrdered(band);
    expect(perMac!.array.energyPjPerMac.mid).toBeLessThan(perMac!.core.energyPjPerMac.mid);
    expect(document.activity.changesPerCycle.all).toBeGreaterThan(
      document.activity.changesPerCycle.functional,
    );
    expect(filesIn(join(cwd, out))).toEqual(['energy.json', 'energy.svg']);
    expect(JSON.parse(readFileSync(join(cwd, out, 'energy.json'), 'utf8'))).toEqual(document);
  });

  test.each([
    ['--arch hardwired', 'TCT-6006'],
    ['--weights nowhere.npy', 'TCT-5001'],
    ['--coefficients nowhere.json', 'TCT-6031'],
    ['--vcd run.vcd', 'TCT-6037'],
    ['--sdf delays.sdf', 'TCT-6037'],
  ])('refuses %s', async (options, code) => {
    const { status, stderr } = await hdlGen(`energy ${options}`, { cwd: workspace() });
    expect(stderr).toContain(code);
    expect(status).toBe(2);
  });
});

describe('hdl-gen energy of a placed design', () => {
  let up5k: Files;
  let hx1k: Files;
  beforeAll(async () => {
    up5k = await placed('up5k');
    hx1k = await placed('hx1k');
  });
  const call = '--placed placed.json --sdf delays.sdf';

  test('says within a tenth what was measured', async () => {
    const { status, stdout } = await hdlGen(`energy ${call} --mhz 12 --set pins=31 --json`, {
      cwd: inFolder(up5k),
    });
    expect(status).toBe(0);
    const { powerMw, byKind, restsOn } = JSON.parse(stdout) as EnergyDocument;
    // Currents were measured at the core's supply of 1.219 V, without those of the pins.
    const microamps = ((powerMw.mid - byKind.io.powerMw.mid) / 1.219) * 1000;
    expect(Math.abs(microamps / measured.coreUa - 1)).toBeLessThan(0.1);
    expect(restsOn.guessed).toBeLessThan(0.1);
  });

  test('of a device without measurements is a guess, and says so', async () => {
    const { status, stdout, stderr } = await hdlGen(`energy ${call} --device hx1k --json`, {
      cwd: inFolder(hx1k),
    });
    expect(status).toBe(0);
    expect(stderr).toContain("warning TCT-6112: no current of 'hx1k' has been measured");
    const { restsOn, powerMw, isMeasured } = JSON.parse(stdout) as EnergyDocument;
    expect(isMeasured).toBe(false);
    expect(restsOn.guessed).toBeCloseTo(1);
    expect(powerMw.high / powerMw.low).toBeGreaterThan(3);
  });

  test('takes the coefficients of a file', async () => {
    const own = coefficientsOf(findDevice('up5k'));
    const table = Object.fromEntries(
      Object.entries(own.table).map(([name, band]) => [
        name,
        { ...band, low: 0, mid: name === 'static' ? 1000 : 0, high: 2000 },
      ]),
    );
    const cwd = inFolder({ ...up5k, 'my.json': JSON.stringify({ ...own, volts: 1, table }) });
    const { stdout } = await hdlGen(`energy ${call} --coefficients my.json --json`, { cwd });
    expect((JSON.parse(stdout) as EnergyDocument).powerMw.mid).toBe(1);
  });

  describe('with a VCD file', () => {
    const cycles = 400;
    const pins = 31;
    let dump: string;
    beforeAll(() => {
      dump = dumpOf(up5k['placed.json'], { pins }, cycles);
    });
    const documentOf = async (options: string) => {
      const ran = await hdlGen(`energy ${call} --mhz 12 --json ${options}`, {
        cwd: inFolder({ ...up5k, 'run.vcd': dump }),
      });
      expect(ran.status).toBe(0);
      return { ...ran, document: JSON.parse(ran.stdout) as EnergyDocument };
    };

    test('takes its inputs, and simulates the rest', async () => {
      const { document } = await documentOf('--stimulus run.vcd');
      const { document: same } = await documentOf(`--set pins=${pins} --cycles ${cycles} --reset-cycles 0`);
      expect(document.activity).toEqual({ ...same.activity, inputs: 'those of run.vcd' });
      expect(document.powerMw).toEqual(same.powerMw);
      expect(document.command).toContain('--stimulus run.vcd');
    });

    test('takes it packed too', async () => {
      const cwd = inFolder(up5k);
      writeFileSync(join(cwd, 'run.vcd.gz'), gzipSync(dump));
      writeFileSync(join(cwd, 'broken.vcd.gz'), gzipSync(dump).subarray(0, -20));
      const ran = await hdlGen(`energy ${call} --stimulus run.vcd.gz --json`, { cwd });
      expect((JSON.parse(ran.stdout) as EnergyDocument).activity.cycles).toBe(cycles - 1);
      const broken = await hdlGen(`energy ${call} --stimulus broken.vcd.gz`, { cwd });
      expect(broken.stderr).toContain('TCT-6031');
    });

    test('takes the counts of the nets that it has, and says which it has not', async () => {
      const { document, stderr } = await documentOf('--vcd run.vcd --least-share 0');
      const { document: simulated } = await documentOf('--stimulus run.vcd');
      expect(stderr).toMatch(/warning TCT-6115: \d+ of the \d+ nets are not in the VCD file/);
      const { activity, powerMw } = document;
      expect(activity).toMatchObject({ from: 'recorded', hasGlitches: false, cycles });
      expect(activity.inputs).toMatch(
        /^\d+ of \d+ nets are in run.vcd, in its scope '\w+', with \d+ bits? that (is|are) no nets?$/,
      );
      // The bits of the counter, which change twice a cycle in all, are there; its carries are not.
      expect(activity.changesPerCycle.all).toBeGreaterThan(1.9);
      expect(activity.changesPerCycle.all).toBeLessThan(simulated.activity.changesPerCycle.functional);
      expect(powerMw.mid / simulated.powerMw.mid).toBeGreaterThan(0.9);
    });

    test.each([
      ['without delays', 0, false],
      ['with delays', 1, true],
    ])(
      'counts glitches in one %s, whatever a test bench does in the middle of a cycle',
      async (_, delay, hasGlitches) => {
        const ran = await hdlGen(`energy ${call} --vcd own.vcd --least-share 0 --json`, {
          cwd: inFolder({ ...up5k, 'own.vcd': dumpOfSource(delay) }),
        });
        const { activity, byKind } = JSON.parse(ran.stdout) as EnergyDocument;
        expect(activity.hasGlitches).toBe(hasGlitches);
        // The inputs have some then; else those of tables are guessed, and there are none in the file.
        expect(byKind.glitches.powerMw.high > 0).toBe(hasGlitches);
      },
    );

    test('says which nets are never known', async () => {
      const unknown = dump.replaceAll(/^b[01]+ /gm, 'bx ');
      const { stderr } = await hdlGen(`energy ${call} --vcd x.vcd --least-share 0`, {
        cwd: inFolder({ ...up5k, 'x.vcd': unknown }),
      });
      expect(stderr).toMatch(
        /warning TCT-6116: \d+ of the \d+ nets are unknown \(x or z\) when the VCD file ends/,
      );
    });

    test.each([
      ['--vcd run.vcd --least-share 1', {}, 'TCT-3605', 'at least 100 % are needed'],
      // Its counter and pins are there, but no carry.
      ['--vcd own.vcd --least-share 0.3', { 'own.vcd': dumpOfSource(0) }, 'TCT-6253', 'a dump of the source'],
      ['--vcd run.vcd --least-share 0 --clock tick', {}, 'TCT-3606', "no clock 'tick'"],
      ['--vcd run.vcd --least-share 0 --scope bench', {}, 'TCT-3604', "no scope 'bench'"],
      ['--vcd nowhere.vcd', {}, 'TCT-6031', 'nowhere.vcd'],
      ['--stimulus run.vcd', { 'run.vcd': '$timescale 1ns $end' }, 'TCT-3602', 'not complete'],
      ['--vcd run.vcd --stimulus run.vcd', {}, 'TCT-6006', 'contradict'],
    ])('refuses %s with %o', async (options, files, code, says) => {
      const cwd = inFolder({ ...up5k, 'run.vcd': dump, ...files });
      const { status, stderr } = await hdlGen(`energy ${call} ${options}`, { cwd });
      expect(stderr).toContain(code);
      expect(stderr).toContain(says);
      expect(status).not.toBe(0);
    });
  });

  test('takes a dump of what it cannot simulate: a clock that logic makes', async () => {
    const text = `
      module top(input clk, output reg [7:0] count);
        reg half = 0;
        always @(posedge clk) half <= ~half;
        always @(posedge half) count <= count + 1;
      endmodule`;
    const built = await buildBitstream({
      files: { 'top.v': text },
      top: 'top',
      device: 'up5k',
      targetMHz: 12,
    });
    const edges = Array.from({ length: 400 }, (_, cycle) => {
      const rises = cycle % 2 === 0 ? `\nb${((cycle / 2) % 256).toString(2)} "` : '';
      return `#${10 * cycle + 10}\n1!\n${(cycle + 1) % 2}%${rises}\n#${10 * cycle + 15}\n0!`;
    });
    const dump = `$timescale 1ns $end $scope module top $end $var wire 1 ! clk $end $var wire 1 % half $end
      $var wire 8 " count [7:0] $end $upscope $end $enddefinitions $end\n#0\n0!\n0%\nb0 "\n${edges.join('\n')}\n`;
    const cwd = inFolder({ 'placed.json': built.placedJson, 'delays.sdf': built.sdf, 'run.vcd': dump });
    const options = `${call} --mhz 12 --least-share 0`;
    const { status, stdout, stderr } = await hdlGen(`energy ${options} --vcd run.vcd --json`, { cwd });
    expect([status, stderr.includes('TCT-6118')], stderr).toEqual([0, false]);
    const { activity } = JSON.parse(stdout) as EnergyDocument;
    // The divided clock once in a cycle, and two bits of the counter in every second one.
    expect(activity.changesPerCycle.all).toBeGreaterThan(1.9);
    expect(activity.changesPerCycle.all).toBeLessThan(2.1);
    expect((await hdlGen(`energy ${options}`, { cwd })).stderr).toContain('TCT-3209');
  });

  test('places a netlist that has no place yet', async () => {
    const { files, top } = measured;
    const { netlistJson } = await synthesise({ files, top, device: findDevice('up5k') });
    const cwd = inFolder({ 'design.json': netlistJson });
    const options = '--netlist design.json --mhz 12 --cycles 200 --set pins=31 --json';
    const { status, stdout } = await hdlGen(`energy ${options}`, { cwd });
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as EnergyDocument).subject).toBe('the netlist in design.json');
    // Its own files are no obstacle to the same call again.
    expect((await hdlGen(`energy ${options}`, { cwd })).status).toBe(0);
  });

  test.each([
    ['--placed placed.json --sdf delays.sdf --netlist placed.json', {}, 'TCT-6006', "'--netlist'"],
    [`${call} --clock clk`, {}, 'TCT-6037', "'--clock' is about '--vcd'"],
    ['--placed placed.json', {}, 'TCT-6037', "'--placed' is about '--sdf'"],
    [call, { 'placed.json': '{"modules":' }, 'TCT-3201', 'JSON'],
    [call, { 'delays.sdf': '(DELAYFILE)' }, 'TCT-3502', 'the delays do not belong to this netlist'],
    [`${call} --device hx1k`, {}, 'TCT-6251', "is for 'up5k', but 'hx1k' is asked for"],
    [`${call} --set nothing=1`, {}, 'TCT-6039', 'nothing'],
    [`${call} --coefficients my.json`, { 'my.json': '{' }, 'TCT-6250', 'it is no JSON'],
    ['--netlist text.json', { 'text.json': 'module top; endmodule' }, 'TCT-3201', 'not a netlist'],
    [
      `${call} --coefficients my.json`,
      { 'my.json': '{"device":"up5k","volts":1}' },
      'TCT-6250',
      'isMeasured',
    ],
  ])('refuses %s with %o', async (options, files, code, says) => {
    const { status, stderr } = await hdlGen(`energy ${options}`, { cwd: inFolder({ ...up5k, ...files }) });
    expect(stderr).toContain(code);
    expect(stderr).toContain(says);
    expect(status).toBe(2);
  });

  test('doubts delays of another placement of the same netlist', async () => {
    const { files, top } = measured;
    const other = await buildBitstream({ files, top, device: 'up5k', targetMHz: 12, seeds: [2] });
    const estimated = (files: Files) => hdlGen(`energy ${call} --cycles 100`, { cwd: inFolder(files) });
    const { status, stderr } = await estimated({ ...up5k, 'delays.sdf': other.sdf });
    expect(stderr).toContain("TCT-6117: the delays in 'delays.sdf' are not of the routes in 'placed.json'");
    expect(status).toBe(0);
    expect((await estimated(up5k)).stderr).not.toContain('TCT-6117');
  });

  test('refuses one without a clock', async () => {
    const files = { 'top.v': 'module top(input a, output b); assign b = ~a; endmodule' };
    const built = await buildBitstream({ files, top: 'top', device: 'hx1k', targetMHz: 12 });
    const cwd = inFolder({ 'placed.json': built.placedJson, 'delays.sdf': built.sdf });
    const { status, stderr } = await hdlGen(`energy ${call} --device hx1k`, { cwd });
    expect(stderr).toContain("TCT-6252: the design in 'placed.json' has no clock");
    expect(status).toBe(2);
  });
});
