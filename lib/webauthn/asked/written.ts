import { algorithmName } from '../algorithms.ts'
import { brief } from '../checks/brief.ts'
import { count } from '../decode/count.ts'
import { dictionary } from '../dictionary.ts'

/** What was asked for, on one line. */
export function written(path: string, value: unknown): string {
  const invented = dictionary(dictionary(value)?.invented)
  if (invented) return `${count(Number(invented.count), 'invented ID')} of ${count(Number(invented.length), 'byte')}`
  if (path === 'pubKeyCredParams' && Array.isArray(value)) return value.map(Number).map(algorithmName).join(', ')
  if (/^(allow|exclude)Credentials$/.test(path) && Array.isArray(value)) return ids(value.length)
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.join(', ') || 'an empty list'
  return brief(value)
}

/** “1 ID”, “2 IDs”, “no ID”. */
export function ids(number: number): string {
  return number === 0 ? 'no ID' : `${number} ID${number === 1 ? '' : 's'}`
}
