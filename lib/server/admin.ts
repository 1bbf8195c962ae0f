import { Command } from 'commander'
import { keyCommands } from './admin/keys.ts'
import { oauthClientCommands } from './admin/oauth-clients.ts'
import { json, print, tenant } from './admin/print.ts'
import { tenantCommands } from './admin/tenants.ts'
import { operator } from './caller.ts'
import { invite } from './console/invitations.ts'
import { closeDatabase } from './db/database.ts'
import { EnvError } from './env.ts'
import { Problem } from './problem.ts'
import { findTenant } from './tenants/tenants.ts'
import { rotate } from './tokens/signing-keys.ts'

// The operator's command line. It works beside a running server: both share the database.

const program = new Command('admin')
  .description('Operate the auth server: tenants, API keys, OAuth clients, the Console, signing keys.')
  .usage('-- <command>')
  .showHelpAfterError()

tenantCommands(program)
keyCommands(program)
oauthClientCommands(program)
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

/** What was wrong; where several things were, each on a line. */
function lines({ detail, details: { issues = [] } }: Problem): string {
  return issues.length > 1 ? issues.map(({ path, message }) => `${path}: ${message}`).join('\n') : detail
}
