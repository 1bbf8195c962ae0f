export interface Fence {
  language: 'sh' | 'ts' | 'python' | 'go' | 'java' | 'json' | 'text'
  label: string
  grammar: string
  with: string | undefined
  isOutput: boolean
}
export function languageOf(info: string): Fence
