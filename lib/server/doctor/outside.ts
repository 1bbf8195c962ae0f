import { connect } from 'node:tls'
import { env } from '../env.ts'
import { limitsHealth } from '../limits/limits.ts'
import { reasonOf } from '../limits/redis-client.ts'
import { redisLink } from '../limits/redis-link.ts'
import { failed, type Outcome, ok, skipped, warning } from './finding.ts'

const patience = 5_000
const day = 86_400_000
const localHosts = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

const isPublic = () => {
  const { hostname, protocol } = new URL(env().baseUrl)
  return protocol === 'https:' || !localHosts.test(hostname)
}

/** Whether this server, and nobody's figures, can be reached under its own name. */
export async function address(): Promise<Outcome> {
  const { baseUrl, demo, webhookAllowPrivate } = env()
  if (!isPublic()) return skipped(`${baseUrl} is this machine’s own.`)
  if (demo) return warning(`At ${baseUrl} the demo’s keys are for anybody.`, 'Set DEMO=off, unless that is meant.')
  if (webhookAllowPrivate) return warning('Webhooks may be at private addresses.', 'Leave WEBHOOK_ALLOW_PRIVATE unset.')
  const live = await statusAt('/livez')
  if (live !== 200) {
    const said = live ? `${baseUrl}/livez answers ${live}.` : `${baseUrl} does not answer.`
    return failed(said, 'Start the server, and lead its name and its proxy to it. Look at `tls` below first.')
  }
  if ((await statusAt('/metrics')) === 200) {
    return failed(
      `${baseUrl}/metrics is for anybody to read.`,
      'Answer /metrics with 404 at the proxy, as deploy/nginx.conf does.',
    )
  }
  return ok(`${baseUrl} answers, and keeps /metrics in.`)
}

async function statusAt(path: string): Promise<number | undefined> {
  const asked = fetch(env().baseUrl + path, { redirect: 'manual', signal: AbortSignal.timeout(patience) })
  return asked.then(
    ({ status }) => status,
    () => undefined,
  )
}

/** Whether browsers take the certificate, and for how long yet. */
export async function tls(): Promise<Outcome> {
  const { baseUrl } = env()
  if (!isPublic()) return skipped('Browsers offer passkeys on localhost without TLS.')
  const { protocol, hostname, port } = new URL(baseUrl)
  if (protocol === 'http:') {
    return failed(
      `${baseUrl} is http: browsers offer no passkeys there.`,
      'Put TLS in front, and set BASE_URL to the https address.',
    )
  }
  const seen = await certificateAt(hostname, Number(port || 443))
  if ('code' in seen) {
    return failed(
      `The certificate of ${hostname} is not taken: ${seen.code}.`,
      'Serve a certificate for this name, with its chain, that is not past its end. One of your own authority: NODE_EXTRA_CA_CERTS.',
    )
  }
  const days = Math.floor((seen.ends - Date.now()) / day)
  const said = `The certificate of ${hostname} holds for ${days} days yet.`
  return days < 14 ? warning(said, 'Renew it, and see why that does not happen by itself.') : ok(said)
}

function certificateAt(host: string, port: number): Promise<{ ends: number } | { code: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername: host, timeout: patience }, () => {
      resolve({ ends: Date.parse(socket.getPeerCertificate().valid_to) })
      socket.destroy()
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? 'no TLS' }))
    socket.once('timeout', () => {
      resolve({ code: 'no answer' })
      socket.destroy()
    })
  })
}

/** Whether it is known who asks. */
export async function proxies(): Promise<Outcome> {
  const { trustedProxies } = env()
  if (trustedProxies.some(([, bits]) => bits === 0)) {
    return failed(
      'TRUSTED_PROXIES has every address in it: anybody may say whom a request is from.',
      'Name the proxies’ own addresses.',
    )
  }
  if (trustedProxies.length > 0) return ok(`TRUSTED_PROXIES has ${trustedProxies.length} ranges.`)
  return isPublic()
    ? warning(
        'TRUSTED_PROXIES is not set: behind a proxy every request is the proxy’s, and keys with an allowlist are refused.',
        'Set it to the address that your proxy comes from.',
      )
    : skipped('Nothing stands in front of it.')
}

/** Whether processes count limits together. */
export async function redis(): Promise<Outcome> {
  if (!env().redisUrl) return skipped('REDIS_URL is not set: each process counts limits for itself.')
  const { degraded } = await limitsHealth()
  if (!degraded) return ok('Redis counts.')
  return failed(
    `Redis does not count: ${reasonOf(redisLink()?.failure)}. Each process counts limits for itself.`,
    'Look whether it runs, is reached at REDIS_URL with its password, has memory left (noeviction), and is no replica.',
  )
}

/** Whether the MPC servers take calls. */
export async function mpc(): Promise<Outcome> {
  const { mpc: beside, mpcUrls } = env()
  const places = [...new Set([...mpcUrls.live, ...mpcUrls.test])]
  if (places.length === 0) return skipped('There is no MPC server: MPC is off, and MPC_URL is not set.')
  const states = await Promise.all(places.map(async (place) => [place, await servingAt(place)] as const))
  const away = states.filter(([, state]) => state !== 'SERVING').map(([place, state]) => `${place} (${state})`)
  if (away.length === 0) return ok(`${places.join(', ')} take calls.`)
  const said = `No calls are taken at ${away.join(', ')}.`
  return beside
    ? warning(said, 'It runs as long as the web server beside it: start that.')
    : failed(said, 'Start it (npm run mpc). NOT_SERVING: it cannot reach its issuer, MPC_ISSUER, or its database.')
}

/** @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
async function servingAt(place: string): Promise<string> {
  try {
    const answer = await fetch(new URL('/grpc.health.v1.Health/Check', place), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(patience),
    })
    const { status = `${answer.status}` } = (await answer.json()) as { status?: string }
    return status
  } catch {
    return 'no answer'
  }
}
