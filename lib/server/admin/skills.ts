import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Environment } from '#lib/contract/environment.ts'
import type { JsonSchema } from '#lib/contract/skills.ts'
import type { Caller } from '../caller.ts'
import { createSkill, listManaged, removeSkill, rotateSkillSecret } from '../skills/remote.ts'
import { actFor, findTenant } from '../tenants/tenants.ts'
import { json, print, table, tenant, whole } from './print.ts'

const once = 'This is the only time that the secret is shown. The endpoint verifies its calls with it.'

/** skills create, list, rotate-secret, remove */
export function skillCommands(program: Command): void {
  const skills = program.command('skills').description('register, list and remove skills that endpoints of tenants do')
  skills
    .command('create')
    .addOption(tenant())
    .addOption(environment())
    .requiredOption('--id <id>', 'how it is executed: small letters and digits, in words with . or - between')
    .requiredOption('--name <name>', 'shown to people')
    .option('--description <text>', 'what it does')
    .requiredOption('--url <url>', 'its endpoint; https')
    .requiredOption(
      '--input-schema <schema>',
      'JSON Schema (2020-12) of what goes in; @file reads it from there',
      schema,
    )
    .requiredOption('--output-schema <schema>', 'the same of what comes out', schema)
    .option('--price <cents>', 'of a live execution that succeeds; by default 0', whole)
    .option('--timeout <seconds>', 'what the endpoint may take, 1 to 30; by default 10', whole)
    .addOption(json())
    .action(async ({ tenant, environment, json, price, timeout, ...rest }) => {
      const more = {
        ...(price === undefined ? {} : { priceAmount: price }),
        ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
      }
      const made = await createSkill(await callerIn(tenant, environment), { ...rest, ...more })
      print(json, made, `${made.id}\n${made.secret}\n\n${once}`)
    })
  skills
    .command('list')
    .addOption(tenant())
    .addOption(json())
    .action(async ({ tenant, json }) => {
      const each = (['test', 'live'] as const).map(async (place) => listManaged(await callerIn(tenant, place)))
      const data = (await Promise.all(each)).flat().filter(({ remote }) => remote)
      const rows = data.map(({ id, environment, name, price, remote }) => [
        ...[id, environment, name, `${(price.amount / 100).toFixed(2)} ${price.currency}`, remote?.url ?? ''],
      ])
      print(json, { data }, table(rows, 'No skills of the tenant’s own yet.'))
    })
  skills
    .command('rotate-secret')
    .description('make a new secret; the one before signs, too, for a day')
    .argument('<id>')
    .addOption(tenant())
    .addOption(environment())
    .addOption(json())
    .action(async (id, { tenant, environment, json }) => {
      const made = await rotateSkillSecret(await callerIn(tenant, environment), id)
      print(json, made, `${made.secret}\n\n${once} The one before signs, too, for a day.`)
    })
  skills
    .command('remove')
    .argument('<id>')
    .addOption(tenant())
    .addOption(environment())
    .addOption(json())
    .action(async (id, { tenant, environment, json }) => {
      await removeSkill(await callerIn(tenant, environment), id)
      print(json, { id, removed: true }, `Skill ${id} is removed. Its runs stay to be read.`)
    })
}

const environment = () => new Option('--environment <environment>').choices(['test', 'live']).makeOptionMandatory()

/** A schema as JSON, or the file that it is in. */
function schema(text: string): JsonSchema {
  try {
    return JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

/** The operator, in a tenant’s environment. */
async function callerIn(slug: string, environment: Environment): Promise<Caller> {
  return actFor((await findTenant(slug)).id, environment)
}
