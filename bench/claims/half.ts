/** The bits of the number of IEEE binary16 that is nearest to a value, ties to even; beyond the largest one, that one. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.min(Math.abs(value), 65504);
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude || 2 ** -15)));
  const unit = 2 ** (exponent - 10);
  const steps = roundedToEven(magnitude / unit);
  // A number that rounds up to the next power of two is that power: the bits carry over by themselves.
  return sign | (steps < 1024 ? steps : ((exponent + 15) << 10) + (steps - 1024));
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
