import { mostCounted } from '#lib/contract/most-counted.ts'

/** A count for people, of which no more than so many are counted: “1,000+”. */
export function countWords(count: number): string {
  return `${Math.min(count, mostCounted).toLocaleString('en')}${count > mostCounted ? '+' : ''}`
}
