import { Hono } from 'hono'
import { auditQuery } from '#lib/contract/audit.ts'
import { consoleUsageQuery, usageExportQuery } from '#lib/contract/console.ts'
import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import { auditCsv, auditJson, listAudit } from '../../audit/audit.ts'
import type { Caller } from '../../caller.ts'
import { allClients } from '../../clients/clients.ts'
import { callerOf } from '../../console/sessions.ts'
import { keysOf, newestKeys } from '../../keys/newest.ts'
import { parse } from '../../problem.ts'
import { ceremonyReport } from '../../usage/ceremony-report.ts'
import { type Asker, type Askers, usageOverTime } from '../../usage/over-time.ts'
import { quotaOf } from '../../usage/quota.ts'
import { csvOf, report } from '../../usage/report.ts'
import { download } from '../download.ts'
import { type ConsoleEnv, viewer } from './context.ts'

const filter = auditQuery.omit({ limit: true, cursor: true })

/** What happened: usage and the audit log, to look at and to take home. */
export const figures = new Hono<ConsoleEnv>()
  .get('/quota', viewer, async (c) => {
    const { id, monthlyQuota } = c.get('signedIn').tenant
    return c.json(await quotaOf(id, monthlyQuota))
  })
  .get('/usage', viewer, async (c) => {
    const query = parse(consoleUsageQuery, c.req.query())
    const caller = callerOf(c.get('signedIn'), query.environment)
    return c.json(await usageOverTime(caller, query, askersOf(caller)))
  })
  .get('/usage/ceremonies', viewer, async (c) => {
    const { environment, ...range } = parse(consoleUsageQuery, c.req.query())
    return c.json(await ceremonyReport(callerOf(c.get('signedIn'), environment), range))
  })
  .get('/of/:tenantId/usage.csv', viewer, async (c) => {
    const { environment, ...range } = parse(usageExportQuery, c.req.query())
    const answer = await report(callerOf(c.get('signedIn'), environment), range)
    return download(c, `usage-${environment}-by-${range.groupBy}.csv`, csvOf(answer, range.groupBy))
  })
  .get('/audit', viewer, async (c) =>
    c.json(await listAudit(c.get('signedIn').tenant.id, parse(auditQuery, c.req.query()))),
  )
  .get('/of/:tenantId/audit.csv', viewer, (c) =>
    download(c, 'audit.csv', auditCsv(c.get('signedIn').tenant.id, parse(filter, c.req.query()))),
  )
  .get('/of/:tenantId/audit.json', viewer, (c) =>
    download(c, 'audit.json', auditJson(c.get('signedIn').tenant.id, parse(filter, c.req.query()))),
  )

/** The keys of the caller's environment, and the OAuth clients, the Playground's own among them. */
function askersOf(caller: Caller): Askers {
  const { environment: type, tenant } = caller
  const client = (id: string, name: string): Asker => ({ id, name, hint: id, type, tier: 'standard', status: 'client' })
  return {
    of: async (ids) => {
      const clients = await allClients(caller)
      return [
        ...(await keysOf(caller, ids)),
        ...clients.map(({ clientId, name }) => client(clientId, name)),
        client(playgroundClientId(tenant.id), 'The Playground’s OAuth tab'),
      ].filter(({ id }) => ids.includes(id))
    },
    newest: async (most) => (await newestKeys(caller, most)).data,
  }
}
