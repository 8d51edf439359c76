import { z } from 'zod';

/*
 * The list of jobs that lies beside their results: what was asked for, by whom, so that `--collect` knows what is
 * missing and what does not belong.
 */

const finding = {
  outcome: z.enum(['placed', 'does-not-fit', 'impossible', 'failed', 'missing']),
  why: z.string().nullable(),
  key: z.string().nullable(),
  placed: z
    .object({
      lc: z.number(),
      lcPerMac: z.number(),
      bram: z.number(),
      spram: z.number(),
      dsp: z.number(),
      energyPjPerMac: z.object({ low: z.number(), mid: z.number(), high: z.number() }).optional(),
      fmaxMHz: z.number(),
      gmacs: z.number(),
      seed: z.number(),
      seeds: z.array(z.object({ seed: z.number(), fmaxMHz: z.number().nullable() })),
    })
    .nullable(),
};

const point = z.object({
  id: z.string(),
  config: z.object({
    device: z.string(),
    arch: z.string(),
    weights: z.string(),
    encoding: z.string(),
    form: z.enum(['array', 'stream']),
    lanes: z.number(),
    rows: z.number(),
    activationBits: z.number(),
    pipeline: z.number(),
    maxK: z.number(),
    maxM: z.number().nullable(),
    initBits: z.number(),
  }),
  ...finding,
});

const head = {
  version: z.string(),
  command: z.string(),
  tools: z.array(z.object({ name: z.string(), version: z.string() })),
  seeds: z.array(z.number()),
  cost: z.enum(['lc-per-mac', 'lc', 'pj-per-mac']),
};

/** The list, `jobs.json`. Its points are `missing` where a job is to find out. */
export const jobList = z.object({
  schema: z.literal('tercet.jobs/1'),
  ...head,
  /** Each job by the id of its point: the command that measures it. */
  commands: z.record(z.string(), z.string()),
  points: z.array(point),
});

/** What a job wrote. */
export const jobResult = z.object({
  schema: z.literal('tercet.explore/1'),
  ...head,
  points: z.array(point).length(1),
});

export type JobList = z.output<typeof jobList>;
export type JobResult = z.output<typeof jobResult>;

/** The name of the list in the folder of the results. */
export const jobListFile = 'jobs.json';
