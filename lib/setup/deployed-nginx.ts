import { readFileSync } from 'node:fs'
import { runNginx } from './nginx-server.ts'
import { freePort } from './serve.ts'

interface Deployed {
  /** Where it listens for HTTPS. */
  port: number
  /** The live environment’s host name; the test environment’s is `test.` before it. */
  host: string
  /** Ports of this machine. */
  web: readonly [number, number]
  mpcLive: readonly [number, number]
  mpcTest: readonly [number, number]
  tls: { certificate: string; key: string }
  /** A file that notes where each call went: path, session, and the addresses that were asked. */
  log: string
  /** Whether one address may ask as often as it likes, as where a load stands for many. */
  anyRate?: boolean
}

/**
 * Starts nginx with deploy/nginx.conf, as an operator would adapt it: other names, ports, certificate and log, and nothing of
 * this machine’s own directories.
 *
 * @throws Error where the file has not what is to be replaced, or nginx does not come up
 */
export async function startDeployedNginx({ port, host, web, mpcLive, mpcTest, tls, log, anyRate }: Deployed) {
  const replaced: [string, string][] = [
    ...Object.entries({ 3000: web[0], 3001: web[1], 4001: mpcLive[0], 4002: mpcLive[1] }),
    ...Object.entries({ 4011: mpcTest[0], 4012: mpcTest[1] }),
  ].map(([from, to]) => [`127.0.0.1:${from} `, `127.0.0.1:${to} `])
  replaced.push(['/etc/nginx/tls/certificate.pem', tls.certificate], ['/etc/nginx/tls/key.pem', tls.key])
  replaced.push(['listen 443 ', `listen 127.0.0.1:${port} `], ['listen 80 ', `listen 127.0.0.1:${await freePort()} `])
  const format = "log_format calls '$uri $http_mpc_session $upstream_addr';"
  replaced.push(['playground.example', host], ['access_log off;', `${format}\n  access_log ${log} calls;`])
  if (anyRate) replaced.push(['rate=100r/s', 'rate=100000r/s'])
  let text = readFileSync('deploy/nginx.conf', 'utf8')
  for (const [from, to] of replaced) {
    if (!text.includes(from)) throw new Error(`deploy/nginx.conf has no “${from}”.`)
    text = text.replaceAll(from, to)
  }
  return runNginx(port, (temporary) => text.replace('http {', `http {\n${temporary}`))
}
