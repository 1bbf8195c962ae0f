/** What of an OpenAPI document the reference is drawn from. */
export interface OpenApi {
  paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}

export interface Described {
  operationId: string
  summary?: string
  description?: string
  security?: readonly Readonly<Record<string, readonly string[]>>[]
  parameters?: readonly Parameter[]
  requestBody?: { required?: boolean; content: Readonly<Record<string, { schema?: Schema }>> }
  responses: Readonly<Record<string, { description: string; content?: Readonly<Record<string, { schema?: Schema }>> }>>
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema?: Schema
}

export interface Schema {
  type?: string | readonly string[]
  description?: string
  enum?: readonly unknown[]
  const?: unknown
  format?: string
  pattern?: string
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
}

/** An operation with where it is. */
export interface Operated extends Described {
  method: string
  path: string
}

/** All operations, grouped by what they are about, in the document's order. */
export function groupsOf({ paths }: OpenApi): { title: string; operations: Operated[] }[] {
  const groups = new Map<string, Operated[]>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, described] of Object.entries(methods)) {
      const title = titleOf(path)
      groups.set(title, [...(groups.get(title) ?? []), { ...described, method: method.toUpperCase(), path }])
    }
  return [...groups].map(([title, operations]) => ({ title, operations }))
}

const titles: Readonly<Record<string, string>> = {
  'hand-offs': 'Hand-offs',
  oauth: 'OAuth clients',
  livez: 'Public',
  readyz: 'Public',
  metrics: 'Public',
  downloads: 'Public',
  '.well-known': 'Public',
}

function titleOf(path: string): string {
  const [first = '', second = ''] = path.slice(1).split('/')
  const part = first === 'v1' ? second : first
  return titles[part] ?? `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`
}
