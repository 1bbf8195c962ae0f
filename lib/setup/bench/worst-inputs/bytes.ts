/** So many bytes, the unit over and over. */
export function pattern(unit: number[], bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => unit[at % unit.length] as number)
}

/** The parts, one after the other. */
export function bytesOf(...parts: (Uint8Array | number[])[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as number[]))))
}
