const numbers = new Intl.NumberFormat('en')

/** “1 byte”, “1,023 bytes”. */
export function count(number: number, noun: string): string {
  return `${numbers.format(number)} ${noun}${number === 1 ? '' : 's'}`
}
