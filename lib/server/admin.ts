import { Command, Option } from 'commander'
import { closeDatabase } from './db/database.ts'
import { EnvError } from './env.ts'
import { createKey, listKeys, placeOfKey, revokeKey } from './keys/keys.ts'
import { Problem } from './problem.ts'
import { createTenant, findTenant, listTenants } from './tenants/tenants.ts'
import { rotate } from './tokens/signing-keys.ts'

// The operator's command line. It works beside a running server: both share the database.

const json = () => new Option('--json', 'print one JSON document')
const tenant = () => new Option('--tenant <slug>', 'the tenant').makeOptionMandatory()
const words = (text: string) => text.split(/[\s,]+/).filter(Boolean)

const program = new Command('admin')
  .description('Operate the auth server: tenants, API keys, signing keys.')
  .usage('-- <command>')
  .showHelpAfterError()

const tenants = program.command('tenants').description('make and list tenants')
tenants
  .command('create')
  .requiredOption('--name <name>', 'shown to people, and the providerTenantName of tokens')
  .requiredOption('--slug <slug>', 'how commands name it: a–z, 0–9, hyphens')
  .option('--rp-id <domain>', 'WebAuthn RP ID; by default the host of BASE_URL')
  .option('--origins <origins>', 'allowed origins, separated by spaces; by default BASE_URL', words)
  .addOption(json())
  .action(async ({ name, slug, rpId, origins, json }) => {
    const made = await createTenant({ name, slug, rpId, origins })
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

const keys = program.command('keys').description('make, list and revoke API keys')
keys
  .command('create')
  .addOption(tenant())
  .addOption(new Option('--type <type>', 'the environment').choices(['test', 'live']).makeOptionMandatory())
  .requiredOption('--name <name>', 'what the key is for')
  .requiredOption('--scopes <scopes>', 'separated by spaces', words)
  .addOption(
    new Option('--tier <tier>', 'limits of a live key').choices(['standard', 'enterprise']).default('standard'),
  )
  .option('--expires <date>', 'ISO 8601')
  .addOption(json())
  .action(async ({ tenant, type, name, scopes, tier, expires, json }) => {
    const { id } = await findTenant(tenant)
    const made = await createKey(id, { type, name, scopes, tier, expiresAt: expires })
    print(json, made, `${made.secret}\n\nThis is the only time the key is shown. Keep it in a secret manager.`)
  })
keys
  .command('list')
  .addOption(tenant())
  .addOption(json())
  .action(async ({ tenant, json }) => {
    const { id: tenantId } = await findTenant(tenant)
    const data = [
      ...(await listKeys({ tenantId, environment: 'test' })),
      ...(await listKeys({ tenantId, environment: 'live' })),
    ]
    const rows = data.map((key) => [
      key.id,
      key.hint,
      key.name,
      key.scopes.join(' '),
      key.revokedAt ? 'revoked' : 'active',
    ])
    print(json, { data }, table(rows, 'No keys yet.'))
  })
keys
  .command('revoke')
  .argument('<id>', 'the twelve characters after sk_test_ or sk_live_')
  .addOption(json())
  .action(async (id, { json }) => {
    await revokeKey(await placeOfKey(id), id)
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

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof Problem || error instanceof EnvError)) throw error
  console.error(error instanceof Problem ? lines(error) : error.message)
  process.exitCode = 1
} finally {
  await closeDatabase()
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
