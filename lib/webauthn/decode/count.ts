const numbers = new Intl.NumberFormat('en')

/** “1 byte”, “1,023 bytes”. */
export function count(number: number, noun: string): string {
  const written = number < 1000 ? number : numbers.format(number)
  return `${written} ${noun}${number === 1 ? '' : 's'}`
}
