import { type Command, Option } from 'commander'
import type { ClientView } from '#lib/contract/oauth.ts'
import { allClients, createClient, deleteClient, placeOfClient, readClient, updateClient } from '../clients/clients.ts'
import { addSecret, removeSecret } from '../clients/secrets.ts'
import { actFor, findTenant } from '../tenants/tenants.ts'
import { json, print, table, tenant, words } from './print.ts'

const once = 'This is the only time the secret is shown. Keep it in a secret manager.'
const grantHelp = 'authorization_code, refresh_token, client_credentials, device_code; separated by spaces'

/** Each time that an option is given, one more. */
const oneMore = (text: string, before: string[] = []) => [...before, text]

/** Grants by their names in OAuth; the longest may be said without its beginning. */
const grants = (text: string) =>
  words(text).map((grant) => (grant === 'device_code' ? 'urn:ietf:params:oauth:grant-type:device_code' : grant))

/** oauth-clients create, list, read, update, delete, secrets add, secrets remove */
export function oauthClientCommands(program: Command): void {
  const clients = program
    .command('oauth-clients')
    .description('make, list, read, change and delete OAuth clients, and their secrets')
  clients
    .command('create')
    .addOption(tenant())
    .addOption(new Option('--environment <environment>').choices(['test', 'live']).makeOptionMandatory())
    .addOption(
      new Option('--type <type>', 'whether it can keep a secret')
        .choices(['public', 'confidential'])
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'shown to people on the consent page')
    .option('--redirect-uri <uri>', 'where it takes users back; may be given several times', oneMore)
    .option('--post-logout-redirect-uri <uri>', 'after a sign-out; by default the redirect URIs', oneMore)
    .requiredOption('--scopes <scopes>', 'what it may ask for, separated by spaces', words)
    .option('--optional-scopes <scopes>', 'those of them that a user may leave out; by default none', words)
    .option('--grants <grants>', `${grantHelp}; by default the first two`, grants)
    .option('--dpop-required', 'its tokens must be bound to a key of its own (DPoP)')
    .option('--logo-url <url>', 'shown to people on the consent page; https')
    .addOption(json())
    .action(async ({ tenant, environment, json, redirectUri, postLogoutRedirectUri, ...rest }) => {
      const { id } = await findTenant(tenant)
      const uris = { redirectUris: redirectUri, postLogoutRedirectUris: postLogoutRedirectUri }
      const made = await createClient(await actFor(id, environment), { ...rest, ...uris })
      const { clientId, clientSecret } = made
      print(json, made, clientSecret ? `${clientId}\n${clientSecret}\n\n${once}` : clientId)
    })
  clients
    .command('list')
    .addOption(tenant())
    .addOption(json())
    .action(async ({ tenant, json }) => {
      const { id } = await findTenant(tenant)
      const data = [...(await allClients(await actFor(id, 'test'))), ...(await allClients(await actFor(id, 'live')))]
      const rows = data.map((client) => [
        client.clientId,
        client.environment,
        client.type,
        client.name,
        client.scopes.join(' '),
      ])
      print(json, { data }, table(rows, 'No OAuth clients yet.'))
    })
  clients
    .command('read')
    .argument('<id>')
    .addOption(json())
    .action(async (id, { json }) => {
      const client = await readClient(await callerFor(id), id)
      print(json, client, inWords(client))
    })
  clients
    .command('update')
    .description('change a client: all but its type')
    .argument('<id>')
    .option('--name <name>', 'shown to people on the consent page')
    .option('--redirect-uri <uri>', 'those that it has from now on; may be given several times', oneMore)
    .option('--post-logout-redirect-uri <uri>', 'those that it has from now on; "none" for the redirect URIs', oneMore)
    .option('--scopes <scopes>', 'those that it has from now on, separated by spaces', words)
    .option('--optional-scopes <scopes>', 'those that a user may leave out from now on; "" for none', words)
    .option('--grants <grants>', grantHelp, grants)
    .option('--dpop-required', 'its tokens must be bound to a key of its own (DPoP)')
    .option('--no-dpop-required', 'they need not')
    .option('--logo-url <url>', 'shown to people on the consent page; https; "none" for none')
    .addOption(json())
    .action(async (id, { json, redirectUri, postLogoutRedirectUri, logoUrl, ...rest }) => {
      const wanted = {
        ...rest,
        redirectUris: redirectUri,
        postLogoutRedirectUris: postLogoutRedirectUri?.join() === 'none' ? null : postLogoutRedirectUri,
        logoUrl: logoUrl === 'none' ? null : logoUrl,
      }
      const update = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
      const client = await updateClient(await callerFor(id), id, update)
      print(json, client, `OAuth client ${id} is changed.`)
    })
  clients
    .command('delete')
    .argument('<id>')
    .addOption(json())
    .action(async (id, { json }) => {
      await deleteClient(await callerFor(id), id)
      print(
        json,
        { clientId: id, deleted: true },
        `OAuth client ${id} is deleted, and all that it was given has ended.`,
      )
    })
  secretCommands(clients)
}

function secretCommands(clients: Command): void {
  const secrets = clients.command('secrets').description('replace a client’s secret without an interruption')
  secrets
    .command('add')
    .description('make a second secret: both work until one is removed')
    .argument('<id>')
    .addOption(json())
    .action(async (id, { json }) => {
      const made = await addSecret(await callerFor(id), id)
      const { secrets } = await readClient(await callerFor(id), id)
      const next = `Deploy it; then remove the old one: oauth-clients secrets remove ${id} ${secrets[0]?.id}`
      print(json, made, `${made.clientSecret}\n\n${once}\n${next}`)
    })
  secrets
    .command('remove')
    .argument('<id>', 'of the client')
    .argument('<secret id>', 'as oauth-clients read shows it')
    .addOption(json())
    .action(async (id, secretId, { json }) => {
      await removeSecret(await callerFor(id), id, secretId)
      print(
        json,
        { id: secretId, removed: true },
        `Secret ${secretId} is removed: the next request with it is refused.`,
      )
    })
}

function inWords({ secrets, ...client }: ClientView): string {
  const rows = Object.entries(client).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(' ') : `${value}`,
  ])
  const shown = secrets.map(({ id, hint, createdAt }) => ['secret', `${id}  ${hint}  ${createdAt}`])
  return table(
    [...rows, ...shown].map(([name = '', value = '']) => [name.padEnd(22), value]),
    '',
  )
}

/** The operator, where a client belongs. */
async function callerFor(clientId: string) {
  const { tenantId, environment } = await placeOfClient(clientId)
  return actFor(tenantId, environment)
}
