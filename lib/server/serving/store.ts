import { database } from '../db/database.ts'

const name = 'base-url'

/** The address that a server kept last; undefined where none has served yet. */
export async function findBaseUrl(): Promise<string | undefined> {
  return (await (await database()).setting.findUnique({ where: { name } }))?.value
}

/** Keeps the address that a server serves under. */
export async function saveBaseUrl(value: string): Promise<void> {
  await (await database()).setting.upsert({ where: { name }, create: { name, value }, update: { value } })
}
