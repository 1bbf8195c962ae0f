import { type Command, CommanderError, Option } from 'commander'
import { type Checked, checkLedger, type Finding } from '../account/check/check.ts'
import { decideTopUp, listTopUps } from '../account/top-ups.ts'
import { findTenant, listTenants } from '../tenants/tenants.ts'
import { json, print, said, table } from './print.ts'

const idHelp = 'the top-up’s id: top_…'
const maxFindings = 1_000

/** topups list, confirm, decline; ledger check */
export function accountCommands(program: Command): void {
  const topUps = program.command('topups').description('look after money that tenants add')
  topUps
    .command('list')
    .description('list top-ups, newest first; those that are pending, unless told')
    .option('--tenant <slug>', 'of one tenant')
    .addOption(
      new Option('--status <status>', 'what became of them')
        .choices(['pending', 'succeeded', 'declined', 'all'])
        .default('pending'),
    )
    .addOption(json())
    .action(async ({ tenant, status, json }) => {
      const tenantId = tenant === undefined ? undefined : (await findTenant(tenant)).id
      const slugs = new Map((await listTenants()).map(({ id, slug }) => [id, slug]))
      const found = await listTopUps({ tenantId, status: status === 'all' ? undefined : status })
      const data = found.map(({ tenantId, ...topUp }) => ({ ...topUp, tenant: slugs.get(tenantId) ?? tenantId }))
      const rows = data.map(({ id, tenant, environment, status, amount, methodLabel, createdAt }) => [
        ...[id, tenant, environment, status, dollars(amount), createdAt.toISOString(), methodLabel],
      ])
      print(json, { data }, table(rows, 'No such top-ups.'))
    })
  topUps
    .command('confirm')
    .description('add the money of a pending top-up to its tenant’s balance: you have it')
    .argument('<id>', idHelp)
    .addOption(json())
    .action(async (id, { json }) => {
      const topUp = await decideTopUp(id, 'succeeded')
      print(json, topUp, `Top-up ${id} succeeded: ${dollars(topUp.amount)} are in the balance.`)
    })
  topUps
    .command('decline')
    .description('decline a pending top-up: no money came')
    .argument('<id>', idHelp)
    .addOption(json())
    .action(async (id, { json }) => {
      print(json, await decideTopUp(id, 'declined'), `Top-up ${id} is declined: the balance is as it was.`)
    })
  program
    .command('ledger')
    .description('prove that the books are right')
    .command('check')
    .description('go through every tenant’s books; exit code 1 where something cannot be')
    .addOption(json())
    .action(async ({ json }) => {
      const checked: Checked = { accounts: 0, transactions: 0, topUps: 0, reservations: 0 }
      const findings: Finding[] = []
      let wrong = 0
      for await (const finding of checkLedger(checked)) {
        wrong++
        if (!json) console.log(lineOf(finding))
        else if (findings.length < maxFindings) findings.push(finding)
      }
      const gone = `${checked.accounts} accounts, ${checked.transactions} transactions, ${checked.topUps} top-ups, ${checked.reservations} reservations`
      print(
        json,
        { ok: wrong === 0, wrong, checked, findings },
        `${gone}: ${wrong === 0 ? 'all is right' : `${wrong} wrong`}.`,
      )
      if (wrong > 0) throw new CommanderError(1, said, `${wrong} things in the ledger are wrong.`)
    })
}

function lineOf({ tenantId, environment, id, problem }: Finding): string {
  return `${tenantId} ${environment} ${id} ${problem}`
}

function dollars(amount: number): string {
  return `${(amount / 100).toFixed(2)} USD`
}
