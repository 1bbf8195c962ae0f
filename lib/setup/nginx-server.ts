import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepted } from './accepted.ts'
import { freePort } from './serve.ts'

const runs = (command: string, version: string) => spawnSync(command, [version]).status === 0

/**
 * The command of nginx: the one that NGINX names, or one where it is usually kept; undefined without, or without the openssl
 * that makes its certificate.
 */
export const nginxCommand = [process.env.NGINX, 'nginx', '/usr/sbin/nginx'].find(
  (command) => command && runs(command, '-v') && runs('openssl', 'version'),
)

interface Settings {
  /** Ports of this machine that it hands requests to. */
  to: readonly number[]
  port?: number
  /** Files of a certificate and its key: with them it speaks TLS. */
  tls?: { certificate: string; key: string }
}

/**
 * Starts an nginx that listens on this machine only, as an operator would set it up in front of the server. It sends a
 * request to another process only where nothing was sent yet, or, of those that only read, where none was answered.
 *
 * @throws Error with its output when it does not come up within 10 s
 */
export async function startNginx({ to, port, tls }: Settings): Promise<RunningNginx> {
  const chosen = port ?? (await freePort())
  return runNginx(chosen, (temporary) => configuration(temporary, chosen, to, tls))
}

export interface RunningNginx {
  port: number
  /** Its errors so far, for the message of what fails. */
  output: readonly string[]
  stop(): Promise<void>
}

/**
 * Runs nginx with a configuration of its own, in one process and in a directory that goes with it.
 *
 * @param port where it listens, to see that it has come up
 * @param configured the configuration, given the lines for `http` that keep temporary files in that directory
 * @throws Error with its output when it does not come up within 10 s
 */
export async function runNginx(port: number, configured: (temporary: string) => string): Promise<RunningNginx> {
  const directory = mkdtempSync(join(tmpdir(), 'playground-nginx-'))
  const settings = join(directory, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => {
    mkdirSync(join(directory, kind))
    return `${kind}_temp_path ${directory}/${kind};`
  })
  writeFileSync(settings, configured(temporary.join('\n  ')))
  const process = `daemon off; master_process off; pid ${directory}/nginx.pid; error_log stderr error;`
  const args = ['-p', directory, '-c', settings, '-g', process]
  const child = spawn(nginxCommand ?? 'nginx', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)))
  child.once('error', (error) => output.push(error.message))
  const stop = async () => {
    if (child.exitCode === null && child.pid) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    }
    rmSync(directory, { recursive: true, force: true })
  }
  if (await accepted(port, child)) return { port, output, stop }
  await stop()
  throw new Error(`nginx did not come up:\n${output.join('')}`)
}

function configuration(temporary: string, port: number, to: readonly number[], tls: Settings['tls']): string {
  const servers = to.map((upstream) => `server 127.0.0.1:${upstream} max_fails=1 fail_timeout=3s;`)
  const certificate = tls ? `ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};` : ''
  return `
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary}
  upstream playground {
    ${servers.join('\n    ')}
    keepalive 32;
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_next_upstream error timeout;
  add_header X-Served-By $upstream_addr always;
  server {
    listen 127.0.0.1:${port}${tls ? ' ssl' : ''};
    ${certificate}
    location / { proxy_pass http://playground; }
    location = /metrics { return 404; }
  }
}
`
}
