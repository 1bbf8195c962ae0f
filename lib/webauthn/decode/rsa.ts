/**
 * What is wrong with an RSA modulus, if anything: it must be odd, of 2048 to 8192 bits (less is weak, more makes
 * verification a way to keep a server busy), in the fewest bytes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8230#section-4
 */
export function rsaModulusError(n: Uint8Array): string | undefined {
  const [first = 0] = n
  if (first === 0) return 'a leading zero byte, where the fewest bytes are asked for'
  const bits = n.length * 8 - (Math.clz32(first) - 24)
  if (bits < 2048) return `${bits} bits are weak: at least 2048 are needed`
  if (bits > 8192) return `${bits} bits are too many: at most 8192 are read`
  if (isEven(n)) return 'an even number is no RSA modulus'
}

/**
 * What is wrong with an RSA public exponent, if anything: it must be odd and at least 65537 (NIST's rule), in the fewest
 * bytes and no more than eight, so that verification stays fast.
 *
 * @see https://csrc.nist.gov/pubs/fips/186-5/final
 */
export function rsaExponentError(e: Uint8Array): string | undefined {
  if (!e[0]) return 'a leading zero byte, where the fewest bytes are asked for'
  if (e.length > 8) return 'too large: at most 8 bytes are read'
  const number = e.reduce((sum, byte) => sum * 256 + byte, 0)
  if (number < 65537) return `${number} is too small: at least 65537 is needed`
  if (isEven(e)) return 'an even number is no RSA exponent'
}

function isEven(number: Uint8Array): boolean {
  return ((number.at(-1) ?? 0) & 1) === 0
}
