import { type Command, Option } from 'commander'
import { allKeys, placeOfKey, readKey, revokeKey, updateKey } from '../keys/keys.ts'
import { createKey, rotateKey } from '../keys/make-key.ts'
import { actFor, findTenant } from '../tenants/tenants.ts'
import { json, print, table, tenant, whole, words } from './print.ts'

const idHelp = 'the twelve characters after sk_test_ or sk_live_'

/** keys create, list, read, update, rotate, revoke */
export function keyCommands(program: Command): void {
  const keys = program.command('keys').description('make, list, read, change, rotate and revoke API keys')
  keys
    .command('create')
    .addOption(tenant())
    .addOption(new Option('--type <type>', 'the environment').choices(['test', 'live']).makeOptionMandatory())
    .requiredOption('--name <name>', 'what the key is for')
    .requiredOption('--scopes <scopes>', 'separated by spaces', words)
    .addOption(
      new Option('--tier <tier>', 'limits of a live key').choices(['standard', 'enterprise']).default('standard'),
    )
    .option(
      '--allowed-ips <addresses>',
      'addresses and CIDRs that may use it, separated by spaces; by default any',
      words,
    )
    .option('--expires <date>', 'ISO 8601')
    .addOption(json())
    .action(async ({ tenant, type, name, scopes, tier, allowedIps, expires, json }) => {
      const { id } = await findTenant(tenant)
      const made = await createKey(await actFor(id, type), { type, name, scopes, tier, allowedIps, expiresAt: expires })
      print(json, made, `${made.secret}\n\nThis is the only time the key is shown. Keep it in a secret manager.`)
    })
  keys
    .command('list')
    .addOption(tenant())
    .addOption(json())
    .action(async ({ tenant, json }) => {
      const { id: tenantId } = await findTenant(tenant)
      const data = [
        ...(await allKeys(await actFor(tenantId, 'test'))),
        ...(await allKeys(await actFor(tenantId, 'live'))),
      ]
      const rows = data.map((key) => [key.id, key.hint, key.name, key.scopes.join(' '), key.status])
      print(json, { data }, table(rows, 'No keys yet.'))
    })
  keys
    .command('read')
    .argument('<id>', idHelp)
    .addOption(json())
    .action(async (id, { json }) => {
      const key = await readKey(await callerFor(id), id)
      const lines = Object.entries(key).map(([name, value]) => [
        name.padEnd(14),
        String(Array.isArray(value) ? value.join(' ') : value),
      ])
      print(json, key, table(lines, ''))
    })
  keys
    .command('update')
    .description('change a key: name, fewer scopes, addresses, expiry')
    .argument('<id>', idHelp)
    .option('--name <name>', 'what the key is for')
    .option('--scopes <scopes>', 'those that it keeps, separated by spaces', words)
    .option('--allowed-ips <addresses>', 'addresses and CIDRs that may use it; "any" for all', words)
    .option('--expires <date>', 'ISO 8601; "never" for none')
    .addOption(json())
    .action(async (id, { name, scopes, allowedIps, expires, json }) => {
      const addresses = allowedIps?.join(' ') === 'any' ? [] : allowedIps
      const expiresAt = expires === 'never' ? null : expires
      const wanted = { name, scopes, allowedIps: addresses, expiresAt }
      const update = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
      const key = await updateKey(await callerFor(id), id, update)
      print(json, key, `Key ${id} is changed.`)
    })
  keys
    .command('rotate')
    .description('make a successor with the same rights')
    .argument('<id>', idHelp)
    .option('--overlap <seconds>', 'how long the old key works on: 0 to 604800 (7 days); by default a day', whole)
    .addOption(json())
    .action(async (id, { overlap, json }) => {
      const made = await rotateKey(await callerFor(id), id, { overlapSeconds: overlap })
      const old = await readKey(await callerFor(id), id)
      const next = `Deploy it; key ${id} works until ${old.expiresAt}. Then revoke that: keys revoke ${id}`
      print(
        json,
        made,
        `${made.secret}\n\nThis is the only time the key is shown. Keep it in a secret manager.\n${next}`,
      )
    })
  keys
    .command('revoke')
    .argument('<id>', idHelp)
    .addOption(json())
    .action(async (id, { json }) => {
      await revokeKey(await callerFor(id), id)
      print(json, { id, revoked: true }, `Key ${id} is revoked: its next request is refused.`)
    })
}

/** The operator, where a key belongs. */
async function callerFor(keyId: string) {
  const { tenantId, environment } = await placeOfKey(keyId)
  return actFor(tenantId, environment)
}
