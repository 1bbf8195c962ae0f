import Database from 'better-sqlite3'
import pg from 'pg'
import type { DatabasePlace } from '#lib/foundation/database-place.ts'

// What the database is asked, and how it goes about each question: for the test that no list or search is without an index.

/** A step of a plan that goes through a table without an index that leads to what is asked. */
export interface Step {
  table: string
  step: string
  sql: string
}

const asked = new Map<string, unknown[]>()
// Prisma asks for nothing where nothing can be: `IN ()`. What brings a database up to date is asked once. What is changed or
// removed is looked for first, too.
const reads = /^\s*(?:SELECT|WITH|DELETE|UPDATE)\b(?!.*\b(?:WHERE 1=0|_prisma_migrations|pg_class)\b)/is

/** Once in a while, all rows there are: some of each key's. */
const sweep = 'DELETE FROM "KeySighting"'

const looksFor = (sql: string) => reads.test(sql) && !sql.includes(sweep)

const { prepare } = Database.prototype
Database.prototype.prepare = function (this: Database.Database, sql: string) {
  if (looksFor(sql)) asked.set(sql, [])
  return prepare.call(this, sql)
} as typeof prepare

// biome-ignore lint/suspicious/noExplicitAny: a method of many shapes, passed on as it came.
const query = pg.Client.prototype.query as (...given: any[]) => any
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [first, second] = given as [string | { text?: string; values?: unknown[] } | undefined, unknown]
  const text = typeof first === 'string' ? first : first?.text
  const values = typeof first === 'object' ? first.values : undefined
  if (text && looksFor(text)) asked.set(text, values ?? (Array.isArray(second) ? second : []))
  return query.apply(this, given)
}

// What is asked past that: by its text, or by the name that a connection keeps it under.
interface Connection {
  parse(statement: { text: string; name?: string | undefined }, ...more: unknown[]): void
  bind(values: { statement?: string | undefined; values?: unknown[] }, ...more: unknown[]): void
}
const connection = pg.Connection.prototype as unknown as Connection
const { parse, bind } = connection
const prepared = new WeakMap<object, Map<string, string>>()
connection.parse = function (this: Connection, statement, ...more) {
  const mine = prepared.get(this) ?? new Map<string, string>()
  prepared.set(this, mine.set(statement.name ?? '', statement.text))
  return parse.call(this, statement, ...more)
}
connection.bind = function (this: Connection, values, ...more) {
  const text = prepared.get(this)?.get(values.statement ?? '')
  if (text && looksFor(text)) asked.set(text, values.values ?? [])
  return bind.call(this, values, ...more)
}

/** Forgets what was asked until now. */
export function beginAsking(): void {
  asked.clear()
}

/** The text of everything that was read since. */
export function statementsAsked(): string[] {
  return [...asked.keys()]
}

/** The steps that walk through a table, of everything that was read since; and how many questions that was. */
export async function walks(place: DatabasePlace): Promise<{ questions: number; steps: Step[] }> {
  const questions = [...asked]
  const steps = place.engine === 'sqlite' ? ofSqlite(place.file, questions) : await ofPostgresql(place.url, questions)
  return { questions: questions.length, steps }
}

// Rows whose ids are named are led to by these, and not by the place that they are in, which has many more.
const namesIds = /["`]id["`] IN \(\?/
const ofPlace = /^SEARCH (?:main\.)?(\w+) USING .*\(tenantId=\?(?: AND environment=\?)?\)$/

function ofSqlite(file: string, questions: [string, unknown[]][]): Step[] {
  const database = new Database(file, { readonly: true })
  const plan = prepare.bind(database)
  const named = database.prepare<[], { name: string }>(`SELECT "name" FROM "sqlite_master" WHERE "type" = 'table'`)
  const tables = new Set(named.all().map(({ name }) => name))
  try {
    return questions.flatMap(([asked]) => {
      // Of some ids as many as a page has: of one, another index is chosen.
      const sql = asked.replace(/ IN \((?:\?, ?)*\?\)/g, ` IN (${new Array(100).fill('?').join(', ')})`)
      const values = Array.from(sql.matchAll(/\?/g), () => null)
      const steps = plan<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
      return steps.flatMap(({ detail }) => {
        const walks = /^SCAN (?:main\.)?(\w+)/.exec(detail) ?? (namesIds.test(sql) ? ofPlace.exec(detail) : undefined)
        const table = tableOf(walks?.[1], sql, tables)
        return table === undefined ? [] : [{ table, step: detail, sql }]
      })
    })
  } finally {
    database.close()
  }
}

/** The table of a name in a statement; undefined for what is made in the statement itself. */
function tableOf(name: string | undefined, sql: string, tables: ReadonlySet<string>): string | undefined {
  if (name === undefined || tables.has(name)) return name
  return new RegExp(`["\`]([A-Z]\\w+)["\`] (?:AS )?["\`]?${name}\\b`).exec(sql)?.[1]
}

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Filter?: string
  Plans?: Node[]
}

async function ofPostgresql(url: string, questions: [string, unknown[]][]): Promise<Step[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Where there is an index that leads to what is asked, it is taken, however few rows a test has.
    for (const way of ['seqscan', 'hashjoin', 'mergejoin']) await client.query(`SET enable_${way} = off`)
    return await stepsOf(questions, (sql, values) => query.call(client, `EXPLAIN (FORMAT JSON) ${sql}`, values))
  } finally {
    await client.end()
  }
}

/** So many times as much as a test has: of users, requests and what they leave, some millions. */
const times = 1_000

/**
 * The same of a PostgreSQL by its planner's own choice, which nothing is kept from, among many times as many rows: once for the
 * values that were asked for, and once for any, as what is planned once has it.
 */
export async function walksAmongMuch(url: string): Promise<Step[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('ANALYZE')
    await client.query(
      `UPDATE "pg_class" SET "reltuples" = "reltuples" * ${times}
       WHERE "relnamespace" = current_schema()::regnamespace AND "relkind" IN ('r', 'i') AND "reltuples" > 0`,
    )
    const ofThese = await stepsOf([...asked], (sql, values) =>
      query.call(client, `EXPLAIN (FORMAT JSON) ${sql}`, values),
    )
    await client.query('SET LOCAL plan_cache_mode = force_generic_plan')
    const ofAny = await stepsOf([...asked], async (sql) => {
      const places = Math.max(0, ...Array.from(sql.matchAll(/\$(\d+)/g), ([, number]) => Number(number)))
      const given = places > 0 ? `(${new Array(places).fill('NULL')})` : ''
      await query.call(client, `PREPARE "asked" AS ${sql}`)
      const plan = await query.call(client, `EXPLAIN (FORMAT JSON) EXECUTE "asked" ${given}`)
      await query.call(client, 'DEALLOCATE "asked"')
      return plan
    })
    return [...ofThese, ...ofAny]
  } finally {
    await client.query('ROLLBACK')
    await client.end()
  }
}

async function stepsOf(
  questions: [string, unknown[]][],
  explain: (sql: string, values: unknown[]) => Promise<{ rows: { 'QUERY PLAN': { Plan: Node }[] }[] }>,
): Promise<Step[]> {
  const steps: Step[] = []
  for (const [sql, values] of questions) {
    const { rows } = await explain(sql, values)
    for (const node of rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)))) {
      const table = node['Relation Name']
      const type = node['Node Type']
      // An index that leads nowhere is a walk, too.
      if (table && (type === 'Seq Scan' || (/^Index/.test(type) && !node['Index Cond'])))
        steps.push({ table, step: `${type} ${node['Index Name'] ?? ''} ${node.Filter ?? ''}`, sql })
    }
  }
  return steps
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}
