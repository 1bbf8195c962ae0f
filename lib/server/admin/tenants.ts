import { Argument, type Command, Option } from 'commander'
import { operator } from '../caller.ts'
import { updateSignUp } from '../tenants/sign-up.ts'
import { createTenant, findTenant, listTenants, setQuota, setTierCeiling } from '../tenants/tenants.ts'
import { json, print, table, tenant, whole, words } from './print.ts'

const tiers = ['standard', 'enterprise'] as const
const onOrOff = ['on', 'off'] as const

/** tenants create, list, quota, tier, sign-up */
export function tenantCommands(program: Command): void {
  const tenants = program.command('tenants').description('make and list tenants')
  tenants
    .command('create')
    .requiredOption('--name <name>', 'shown to people, and the providerTenantName of tokens')
    .requiredOption('--slug <slug>', 'how commands name it: a–z, 0–9, hyphens')
    .option('--rp-id <domain>', 'WebAuthn RP ID; by default the host of BASE_URL')
    .option('--origins <origins>', 'allowed origins, separated by spaces; by default BASE_URL', words)
    .option('--quota <requests>', 'requests a month; by default none', whole)
    .addOption(
      new Option('--tier-ceiling <tier>', 'the highest tier that its keys may have')
        .choices(tiers)
        .default('enterprise'),
    )
    .addOption(
      new Option('--sign-up <on|off>', 'whether people may make an account on the sign-in page')
        .choices(onOrOff)
        .default('on'),
    )
    .addOption(json())
    .action(async ({ name, slug, rpId, origins, quota, tierCeiling, signUp, json }) => {
      const made = await createTenant({
        name,
        slug,
        rpId,
        origins,
        monthlyQuota: quota,
        tierCeiling,
        signUp: signUp === 'on',
      })
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
  tenants
    .command('tier')
    .description('set the highest tier that a tenant’s keys may have; those above it are held to it at once')
    .addOption(tenant())
    .addOption(new Option('--ceiling <tier>').choices(tiers).makeOptionMandatory())
    .addOption(json())
    .action(async ({ tenant, ceiling, json }) => {
      const { id } = await findTenant(tenant)
      const changed = await setTierCeiling(id, ceiling)
      print(json, changed, `Keys of ${changed.name} are ${changed.tierCeiling} at most.`)
    })
  tenants
    .command('sign-up')
    .description('say whether people may make an account on the sign-in page of OAuth')
    .addOption(tenant())
    .addArgument(new Argument('<on|off>').choices(onOrOff))
    .addOption(json())
    .action(async (wanted, { tenant, json }) => {
      const { id, name } = await findTenant(tenant)
      const changed = await updateSignUp(id, operator, { signUp: wanted === 'on' })
      print(json, changed, `People ${changed.signUp ? 'may' : 'may not'} make an account of ${name} themselves.`)
    })
}
