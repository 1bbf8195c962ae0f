import { Command, Option } from 'commander'
import { operator } from './caller.ts'
import { invite } from './console/invitations.ts'
import { closeDatabase } from './db/database.ts'
import { EnvError } from './env.ts'
import { allKeys, placeOfKey, readKey, revokeKey } from './keys/keys.ts'
import { createKey, rotateKey } from './keys/make-key.ts'
import { Problem } from './problem.ts'
import { actFor, createTenant, findTenant, listTenants, setQuota } from './tenants/tenants.ts'
import { rotate } from './tokens/signing-keys.ts'

// The operator's command line. It works beside a running server: both share the database.

const json = () => new Option('--json', 'print one JSON document')
const tenant = () => new Option('--tenant <slug>', 'the tenant').makeOptionMandatory()
const words = (text: string) => text.split(/[\s,]+/).filter(Boolean)
const whole = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN)

const program = new Command('admin')
  .description('Operate the auth server: tenants, API keys, the Console, signing keys.')
  .usage('-- <command>')
  .showHelpAfterError()

const tenants = program.command('tenants').description('make and list tenants')
tenants
  .command('create')
  .requiredOption('--name <name>', 'shown to people, and the providerTenantName of tokens')
  .requiredOption('--slug <slug>', 'how commands name it: a–z, 0–9, hyphens')
  .option('--rp-id <domain>', 'WebAuthn RP ID; by default the host of BASE_URL')
  .option('--origins <origins>', 'allowed origins, separated by spaces; by default BASE_URL', words)
  .option('--quota <requests>', 'requests a month; by default none', whole)
  .addOption(json())
  .action(async ({ name, slug, rpId, origins, quota, json }) => {
    const made = await createTenant({ name, slug, rpId, origins, monthlyQuota: quota })
    print(json, made, `Tenant ${made.name} is ${made.id}. Next: keys create --tenant ${made.slug} …`)
  })
tenants
  .command('list')
  .addOption(json())
  .action(async ({ json }) => {
    const data = await listTenants()
    print(
      json,
      { data },
      table(
        data.map(({ id, slug, name, createdAt }) => [id, slug, name, createdAt]),
        'No tenants yet.',
      ),
    )
  })
tenants
  .command('quota')
  .description('set how many requests a month a tenant has; the Console tells when 80 % and 100 % are used')
  .addOption(tenant())
  .addOption(new Option('--requests <number>', 'a number, or none').makeOptionMandatory())
  .addOption(json())
  .action(async ({ tenant, requests, json }) => {
    const { id } = await findTenant(tenant)
    const changed = await setQuota(id, requests === 'none' ? null : whole(requests))
    print(json, changed, `${changed.name} has ${changed.monthlyQuota ?? 'no limit of'} requests a month.`)
  })

const keys = program.command('keys').description('make, list, rotate and revoke API keys')
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
  .command('rotate')
  .description('make a successor with the same rights')
  .argument('<id>', 'the twelve characters after sk_test_ or sk_live_')
  .option('--overlap <seconds>', 'how long the old key works on: 0 to 604800 (7 days); by default a day', whole)
  .addOption(json())
  .action(async (id, { overlap, json }) => {
    const made = await rotateKey(await callerFor(id), id, { overlapSeconds: overlap })
    const old = await readKey(await callerFor(id), id)
    const next = `Deploy it; key ${id} works until ${old.expiresAt}. Then revoke that: keys revoke ${id}`
    print(json, made, `${made.secret}\n\nThis is the only time the key is shown. Keep it in a secret manager.\n${next}`)
  })
keys
  .command('revoke')
  .argument('<id>', 'the twelve characters after sk_test_ or sk_live_')
  .addOption(json())
  .action(async (id, { json }) => {
    await revokeKey(await callerFor(id), id)
    print(json, { id, revoked: true }, `Key ${id} is revoked: its next request is refused.`)
  })

program
  .command('signing-keys')
  .description('rotate the keys that sign tokens')
  .command('rotate')
  .addOption(json())
  .action(async ({ json }) => {
    const turned = await rotate()
    print(
      json,
      turned,
      `Key ${turned.current} signs from now on; ${turned.next} is published as the next. Tokens in use stay valid.`,
    )
  })

program
  .command('console')
  .description('let people into the Console')
  .command('invite')
  .description('print a link that makes one member of a tenant, once, within a day')
  .addOption(tenant())
  .addOption(json())
  .action(async ({ tenant, json }) => {
    const { id, name } = await findTenant(tenant)
    const { link, invitation } = await invite(id, operator)
    print(
      json,
      { link, expiresAt: invitation.expiresAt },
      `${link}\n\nIt makes one member of ${name}, once, within a day.`,
    )
  })

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof Problem || error instanceof EnvError)) throw error
  console.error(error instanceof Problem ? lines(error) : error.message)
  process.exitCode = 1
} finally {
  await closeDatabase()
}

/** The operator, where a key belongs. */
async function callerFor(keyId: string) {
  const { tenantId, environment } = await placeOfKey(keyId)
  return actFor(tenantId, environment)
}

function print(asJson: boolean | undefined, document: object, text: string): void {
  console.log(asJson ? JSON.stringify(document) : text)
}

function table(rows: string[][], empty: string): string {
  return rows.length === 0 ? empty : rows.map((row) => row.join('  ')).join('\n')
}

/** What was wrong; where several things were, each on a line. */
function lines({ detail, details: { issues = [] } }: Problem): string {
  return issues.length > 1 ? issues.map(({ path, message }) => `${path}: ${message}`).join('\n') : detail
}
