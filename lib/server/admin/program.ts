import { Command, Option } from 'commander'
import { roleNames, roles } from '#lib/contract/roles.ts'
import { operator } from '../caller.ts'
import { invite } from '../console/invitations.ts'
import { followServer } from '../serving/serving.ts'
import { findTenant } from '../tenants/tenants.ts'
import { rotate } from '../tokens/signing-keys.ts'
import { accountCommands } from './account.ts'
import { databaseCommands } from './database.ts'
import { doctorCommands } from './doctor.ts'
import { keyCommands } from './keys.ts'
import { oauthClientCommands } from './oauth-clients.ts'
import { json, print, tenant } from './print.ts'
import { serviceTokenCommands } from './service-tokens.ts'
import { skillCommands } from './skills.ts'
import { tenantCommands } from './tenants.ts'

/** All commands of the operator. What cannot be parsed throws a CommanderError; `silent`: and is not said. */
export function adminProgram(silent = false): Command {
  const program = new Command('admin')
    .description(
      'Operate the auth server: tenants, API keys, OAuth clients, service tokens, money, skills, the Console, signing keys, the database.',
    )
    .usage('-- <command>')
    .showHelpAfterError()
    .exitOverride()
    // What moves a database opens it by itself, and what says why it cannot be opened does not begin by opening it.
    .hook('preAction', async (_, command) => {
      if (command.parent?.name() !== 'database' && command.name() !== 'doctor') await followServer()
    })
  if (silent) program.configureOutput({ writeErr: () => undefined })
  tenantCommands(program)
  keyCommands(program)
  oauthClientCommands(program)
  serviceTokenCommands(program)
  accountCommands(program)
  skillCommands(program)
  databaseCommands(program)
  doctorCommands(program)
  program
    .command('console')
    .description('let people into the Console')
    .command('invite')
    .description('print a link that makes one member of a tenant, once, within a day')
    .addOption(tenant())
    .option('--for <who>', 'a name or address, shown until it is used', 'Whoever has the link')
    .addOption(new Option('--role <role>', 'what it makes them').choices(roleNames).default('owner'))
    .addOption(json())
    .action(async ({ tenant, for: invitee, role, json }) => {
      const { id, name } = await findTenant(tenant)
      const { link, invitation } = await invite(id, operator, { invitee, role })
      print(
        json,
        { link, expiresAt: invitation.expiresAt },
        `${link}\n\nIt makes one member of ${name}, ${roles[invitation.role].name}, once, within a day.`,
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
  program
    .command('batch')
    .description(
      'read commands from standard input, a JSON array of words on each line, and answer each with a line of JSON',
    )
    .action(() => undefined)
  return program
}
