/** How much wire a routed net takes, from the list of wires that nextpnr keeps in the net's `ROUTING` attribute. */

/** Numbers of wires by kind. */
export interface WireCounts {
  /** Within a tile, from its surroundings to the inputs of its cells. */
  readonly local: number;
  /** Four tiles long. */
  readonly span4: number;
  /** Twelve tiles long. */
  readonly span12: number;
  /** Across the chip, for clocks, enables and resets. */
  readonly global: number;
}

/** Counts the wires of `wire;pip;strength;wire;pip;strength…`; a wire is `X2/Y3/sp4_v_b_11`. */
export function countWires(routing: string): WireCounts {
  const counts = { local: 0, span4: 0, span12: 0, global: 0 };
  const parts = routing.split(';');
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const wire = parts[at]!.slice(parts[at]!.lastIndexOf('/') + 1);
    if (wire.startsWith('local_')) counts.local++;
    else if (/^(?:sp4|span4)_/.test(wire)) counts.span4++;
    else if (/^(?:sp12|span12)_/.test(wire)) counts.span12++;
    else if (wire.includes('glb')) counts.global++;
  }
  return counts;
}
