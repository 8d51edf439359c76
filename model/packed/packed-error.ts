/** Why bytes are not what their type says, as a phrase that fits after "the tensor holds ". */
export class PackedError extends Error {}
