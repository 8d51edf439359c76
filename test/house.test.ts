import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * The shape of the house, which ARCHITECTURE.md tells: who may know whom. A room is a folder; other rooms enter it
 * through its index.ts alone.
 */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What each room may import from. `hdl-gen/cli` may know all, and is known by none. */
const rules: Readonly<Record<string, readonly string[]>> = {
  diagnostic: [],
  protocol: [],
  ir: ['diagnostic'],
  'hdl-gen/lang': ['ir', 'diagnostic'],
  'hdl-gen/emit': ['hdl-gen/lang', 'ir', 'diagnostic'],
  'rtl/bus': ['hdl-gen/lang', 'protocol', 'rtl/host-port', 'rtl/ternary'],
  'rtl/host-port': ['hdl-gen/lang', 'protocol'],
  'rtl/link': ['hdl-gen/lang', 'protocol', 'rtl/host-port', 'diagnostic'],
  'rtl/memory': ['hdl-gen/lang', 'diagnostic'],
  'rtl/core': ['hdl-gen/lang', 'rtl/host-port', 'rtl/memory', 'rtl/ternary', 'protocol', 'diagnostic'],
  'rtl/ternary': ['hdl-gen/lang', 'diagnostic'],
  'rtl/top': [
    ...['hdl-gen/lang', 'protocol', 'rtl/bus', 'rtl/core', 'rtl/host-port', 'rtl/link', 'rtl/ternary'],
  ],
  sim: ['ir', 'diagnostic'],
  'sim/activity': ['sim', 'sim/netlist', 'sim/timed', 'ir', 'diagnostic'],
  'sim/cosim': ['sim', 'sim/netlist', 'sim/trace', 'ir', 'diagnostic'],
  'sim/oracle': ['sim', 'ir', 'diagnostic'],
  'sim/engine': ['sim', 'ir', 'diagnostic'],
  'sim/netlist': ['sim', 'ir', 'diagnostic'],
  'sim/timed': ['sim', 'sim/netlist', 'ir', 'diagnostic'],
  'sim/trace': ['sim', 'ir', 'diagnostic'],
  'sim/reference': [],
  synth: ['diagnostic'],
  'synth/cost': ['synth'],
  estimate: ['rtl/ternary', 'synth', 'synth/cost'],
  proof: ['hdl-gen/lang', 'rtl/ternary', 'sim', 'sim/cosim', 'synth', 'diagnostic'],
  constraints: ['synth', 'diagnostic'],
  flash: ['constraints', 'diagnostic'],
  model: ['diagnostic'],
  'model/schemes': ['diagnostic'],
  'model/layers': ['model', 'model/plan', 'model/schemes', 'diagnostic'],
  'model/plan': ['model/core', 'model/schemes'],
  'model/core': ['rtl/core', 'rtl/ternary', 'protocol', 'diagnostic'],
  roofline: [],
  energy: ['synth', 'diagnostic'],
  explore: [],
  plot: [],
  embedding: [],
  host: ['protocol', 'model/core', 'model/plan', 'model/schemes', 'sim', 'diagnostic'],
  'hdl-gen/cli': [
    'diagnostic',
    'ir',
    'protocol',
    'hdl-gen/lang',
    'hdl-gen/emit',
    'rtl/bus',
    'rtl/core',
    'rtl/link',
    'rtl/ternary',
    'rtl/top',
    'host',
    'sim',
    'sim/activity',
    'sim/cosim',
    'sim/reference',
    'sim/timed',
    'synth',
    'estimate',
    'energy',
    'constraints',
    'flash',
    'model',
    'model/core',
    'model/layers',
    'model/plan',
    'model/schemes',
    'proof',
    'roofline',
    'explore',
    'plot',
    'embedding',
  ],
};

/** The one place where the simulator knows the language: its face for typed records. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  'sim/typed.ts': ['hdl-gen/lang'],
  'sim/index.ts': ['sim/trace'],
};

const rooms = Object.keys(rules).sort((a, b) => b.length - a.length);
const files = rooms
  .flatMap(room => sourcesIn(join(root, room)))
  .map(path => relative(root, path))
  .filter((path, i, all) => all.indexOf(path) === i);

describe('the house', () => {
  it.each(Object.keys(rules))('keeps %s to what it may know', room => {
    const known = new Set(
      files
        .filter(file => roomOf(file) === room)
        .flatMap(file => {
          const allowed = [...rules[room]!, ...(exceptions[file] ?? [])];
          return importsOf(file)
            .map(roomOf)
            .filter(other => other !== room && !isInner(other, room) && !allowed.includes(other))
            .map(other => `${file} knows ${other}`);
        }),
    );
    expect([...known]).toEqual([]);
  });

  it('enters a room through its door', () => {
    const aside = files.flatMap(file =>
      importsOf(file)
        .filter(target => roomOf(target) !== roomOf(file) && !isInner(roomOf(file), roomOf(target)))
        .filter(target => !target.endsWith('/index.ts'))
        .map(target => `${file} imports ${target}`),
    );
    expect(aside).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(circles()).toEqual([]);
  });

  it('has small files', () => {
    const long = files.filter(file => readFileSync(join(root, file), 'utf8').split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('finds what it looks for', () => {
    expect(files).toContain('hdl-gen/lang/signal.ts');
    expect(importsOf('hdl-gen/lang/signal.ts')).toContain('ir/index.ts');
  });
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesIn(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

function roomOf(file: string): string {
  return rooms.find(room => file.startsWith(`${room}/`)) ?? dirname(file);
}

/** Whether a room lies inside another one, whose files may enter it and be entered. */
function isInner(room: string, outer: string): boolean {
  return room.startsWith(`${outer}/`);
}

function importsOf(file: string, { values = false } = {}): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?([^'"]*?)from\s+'(\.[^']+)'/gms)];
  const lazy = [...text.matchAll(/import\('(\.[^']+)'\)/g)].map(match => match[1]!);
  const isType = (only: string | undefined, names: string): boolean => {
    const inside = /^\{([\s\S]*)\}\s*$/.exec(names.trim())?.[1];
    return only !== undefined || (inside?.split(',').every(name => /^\s*(type\s|$)/.test(name)) ?? false);
  };
  return [
    ...found.filter(([, only, names]) => !values || !isType(only, names!)).map(match => match[3]!),
    ...(values ? [] : lazy),
  ].map(target => normalize(join(dirname(file), target)));
}

/** Files that need each other's values before they are there themselves. */
function circles(): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const next of importsOf(file, { values: true }))
      if (files.includes(next)) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return found;
}
