import * as store from './store.ts'

export interface KeyName {
  id: string
  name: string
  hint: string
}

/** What keys of a tenant are called, by their ids; whatever their state. Others' are not there. */
export async function keyNames(tenantId: string, ids: readonly string[]): Promise<Map<string, KeyName>> {
  const found = ids.length > 0 ? await store.namesOf(tenantId, ids) : []
  return new Map(found.map(({ id, name, hint }) => [id, { id, name, hint }]))
}
