import { type Command, Option } from 'commander'
import { services } from '../service-tokens/service-token.ts'
import { createServiceToken, listServiceTokens, revokeServiceToken } from '../service-tokens/service-tokens.ts'
import { json, print, table } from './print.ts'

/** service-tokens create, list, revoke */
export function serviceTokenCommands(program: Command): void {
  const tokens = program
    .command('service-tokens')
    .description('make, list and revoke what services of your own, such as the MPC server, report usage with')
  tokens
    .command('create')
    .addOption(new Option('--for <service>', 'the service').choices(services).makeOptionMandatory())
    .option('--name <name>', 'where it is used', 'MPC server')
    .addOption(json())
    .action(async ({ for: service, name, json }) => {
      const made = await createServiceToken({ service, name })
      const next = 'Give it to the MPC server as MPC_USAGE_TOKEN.'
      print(json, made, `${made.token}\n\nThis is the only time the token is shown. ${next}`)
    })
  tokens
    .command('list')
    .addOption(json())
    .action(async ({ json }) => {
      const data = await listServiceTokens()
      const rows = data.map(({ id, hint, name, service, revokedAt }) => [
        ...[id, hint, service, revokedAt ? 'revoked' : 'active', name],
      ])
      print(json, { data }, table(rows, 'No service tokens yet.'))
    })
  tokens
    .command('revoke')
    .argument('<id>', 'the twelve characters after st_mpc_')
    .addOption(json())
    .action(async (id, { json }) => {
      await revokeServiceToken(id)
      print(json, { id, revoked: true }, `Service token ${id} is revoked: its next request is refused.`)
    })
}
