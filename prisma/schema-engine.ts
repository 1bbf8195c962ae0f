import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

/** What a difference is taken from, or leads to. */
export type Side =
  | { tag: 'empty' }
  | { tag: 'schemaDatasource'; files: { path: string; content: string }[]; configDir: string }
  | { tag: 'schemaDatamodel'; files: { path: string; content: string }[] }

/**
 * The SQL that makes one side of the other, by Prisma's own schema engine, as WebAssembly: nothing is downloaded.
 *
 * @param factory what connects to the database that a side may be
 */
export async function difference(
  factory: SqlMigrationAwareDriverAdapterFactory,
  from: Side,
  to: Side,
): Promise<string> {
  engines ??= loaded()
  const { SchemaEngine } = await engines
  const engine: SchemaEngine = await SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  // The runner's own (migrate-postgresql.ts).
  const filters = { externalTables: factory.provider === 'postgres' ? ['public._migrating'] : [], externalEnums: [] }
  const { stdout } = await engine.diff({
    from,
    to,
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters,
  } as never)
  return stdout ?? ''
}

// It can be loaded once.
let engines: ReturnType<typeof loaded> | undefined

/** The package loads itself with a bundler alone. */
async function loaded() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = join(
    dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
    'schema_engine_bg.wasm',
  )
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': glue as never })
  const started = instance.exports as unknown as { __wbindgen_start(): void }
  ;(glue as unknown as { __wbg_set_wasm(exports: unknown): void }).__wbg_set_wasm(started)
  started.__wbindgen_start()
  return glue
}
