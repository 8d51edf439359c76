import { Diagnostic } from '../../diagnostic/index.ts';
import { counted, grouped } from './table.ts';

/* What is said of `hdl-gen explore`. */

const wrongCall = { exitStatus: 2 } as const;

/** Names that are listed before the rest is counted. */
const fewNames = 10;

function few(lines: readonly string[]): string[] {
  const rest = lines.length - fewNames;
  return [...lines.slice(0, fewNames), ...(rest > 0 ? [`and ${grouped(rest)} more`] : [])];
}

export function tooManyConfigurations(count: number, most: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6070',
    seen: `the options stand for ${grouped(count)} configurations, and ${grouped(most)} are the most`,
    help: 'give fewer values, or explore in several calls: what one has measured is known to the next',
    ...wrongCall,
  });
}

export function onePointOnly(count: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6071',
    seen: `'--point' writes one configuration, but the options stand for ${grouped(count)}`,
    help: 'give one value for each option, or leave --point out to explore them all',
    ...wrongCall,
  });
}

export function explorationFailed(failed: number, all: number, why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6072',
    seen: `${failed} of ${counted(all, 'configuration')} could not be placed because a tool failed; the first: ${why}`,
    help: 'call it again: what is done is kept, and only these are tried anew; with less memory take fewer --jobs',
  });
}

export function nothingPlaced(all: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6073',
    seen: `none of ${counted(all, 'configuration')} has a place on its device`,
    help: 'take fewer lanes or rows, or a larger --device; the table says why for each',
  });
}

export function noJobList(folder: string, why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6074',
    seen: `'${folder}' has no list of jobs that can be read: ${why}`,
    help: 'name the folder that --emit-jobs was given as --into; jobs.json lies there',
    ...wrongCall,
  });
}

/** @param refused `file: why` for each. */
export function resultsRefused(folder: string, refused: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6075',
    seen: `${counted(refused.length, 'file')} in '${folder}' cannot be put together with the others`,
    details: few(refused),
    help: 'take these files away, or make them again with the versions that the list of jobs tells; nothing was written',
  });
}

export function jobsMissing(missing: readonly string[], all: number, folder: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6076',
    seen: `${missing.length} of ${counted(all, 'job')} did not come back or failed`,
    details: few(missing),
    help: `'hdl-gen explore --collect ${folder} --emit-jobs again.txt' writes their commands alone`,
  });
}

/** Not an error: it may be a log. */
export function notRead(folder: string, files: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6110',
    seen: `${counted(files.length, 'file')} in '${folder}' ${files.length === 1 ? 'is' : 'are'} no result and not read`,
    details: few(files),
  });
}
