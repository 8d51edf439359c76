import { Diagnostic } from '../../diagnostic/index.ts';

/* What is said of files that are written. */

const wrongCall = { exitStatus: 2 } as const;

export function outIsFile(path: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6010',
    seen: `'${path}' is a file, but a folder is needed there`,
    help: 'choose another folder with --out',
    ...wrongCall,
  });
}

export function outIsFolder(path: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6030',
    seen: `'${path}' is a folder, but a file is to be written there`,
    help: 'name the file itself',
    ...wrongCall,
  });
}

/** Files that Tercet did not make are never replaced. */
export function inTheWay(path: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6011',
    seen: `'${path}' is in the way: it is there already, and was not made by hdl-gen`,
    help: 'move it away, or choose another folder with --out',
    ...wrongCall,
  });
}

export function notWritable(path: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6012',
    seen: `'${path}' cannot be written: you have no permission to`,
    help: 'choose another place, or change the permission',
    cause,
    ...wrongCall,
  });
}

export function diskFull(path: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6013',
    seen: `the disk is full: '${path}' could not be written`,
    help: 'nothing is left half-written; make room, or choose another disk',
    cause,
  });
}

export function cannotWrite(path: string, why: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6014',
    seen: `'${path}' could not be written: ${why}`,
    help: 'nothing is left half-written; choose another place',
    cause,
  });
}
