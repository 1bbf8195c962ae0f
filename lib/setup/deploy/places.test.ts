import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { DockerfileParser, type Instruction } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { mpcServerArguments } from '../../foundation/mpc-server-process.mjs'
import { freePort } from '../../testing/free-port.ts'
import { nginxCommand } from '../nginx-server.ts'
import { root } from '../preparation.ts'
import { selfSigned } from '../self-signed.ts'
import { compose, manifests } from './documents.ts'

const directory = mkdtempSync(join(tmpdir(), 'playground-places-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const has = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0

test('the image is built on the Node that the project runs on, and runs as nobody in particular', () => {
  const text = readFileSync('deploy/Dockerfile', 'utf8')
  expect(validate(text)).toEqual([])
  expect(validate('FROM node\nRUNN ls').length).toBeGreaterThan(0)
  const instructions = DockerfileParser.parse(text).getInstructions()
  const last = (keyword: string): Instruction | undefined =>
    instructions.findLast((one) => one.getKeyword() === keyword)
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(text).toContain(`ARG NODE=${dependencies.node}\n`)
  expect(last('USER')?.getArgumentsContent()).toBe('10001:10001')
  expect(instructions.indexOf(last('USER') as Instruction)).toBeGreaterThan(
    instructions.indexOf(last('FROM') as Instruction),
  )
  expect(instructions.filter((one) => one.getKeyword() === 'FROM')).toHaveLength(2)
  expect(last('HEALTHCHECK')).toBeDefined()
  expect(last('CMD')?.getArgumentsContent()).toBe('["node", "lib/server/main.ts"]')
})

test('the MPC server has the same bounds everywhere', () => {
  const words = mpcServerArguments.join(' ')
  const pod = manifests().objects.find(({ kind }) => kind === 'StatefulSet')?.spec.template.spec
  expect(pod.containers[0].command.join(' ')).toBe(`node ${words}`)
  const { command } = parse(readFileSync('deploy/compose.yaml', 'utf8')).services.mpc
  expect(command.join(' ')).toBe(`node ${words}`)
  expect(readFileSync('deploy/systemd/playground-mpc.service', 'utf8')).toContain(`/bin/node ${words}\n`)
})

test.skipIf(!has('systemd-analyze'))('systemd takes each unit, and finds little that it could get at', () => {
  const units = readdirSync('deploy/systemd').map((file) => {
    const [from, to] = [join('deploy/systemd', file), join(directory, file)]
    // To where the project is here: systemd looks whether the command is there.
    writeFileSync(to, readFileSync(from, 'utf8').replaceAll('/opt/playground/', root))
    return to
  })
  const verify = (files: string[]) =>
    spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' })
  const { status, stderr } = verify(units)
  expect([status, stderr]).toEqual([0, ''])
  const broken = join(directory, 'broken.service')
  writeFileSync(broken, '[Service]\nExecStart=relative/command\n')
  expect(verify([broken]).status).not.toBe(0)
  for (const name of ['playground-web@.service', 'playground-mpc.service']) {
    // In tenths: 20 stands for “OK”, the best but one of its words.
    const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', join(directory, name)])
    expect([name, judged.status]).toEqual([name, 0])
  }
})

test.skipIf(!nginxCommand)(
  'nginx takes the configuration that Compose makes of deploy/nginx.conf, with its names',
  async () => {
    const bin = join(directory, 'bin')
    mkdirSync(bin)
    // In nginx's place, what it is given is kept.
    writeFileSync(join(bin, 'nginx'), `#!/bin/bash\ncp "$2" ${join(directory, 'made.conf')}; rm "$2"\n`, {
      mode: 0o755,
    })
    const settings = {
      DOMAIN: 'auth.acme.example',
      CONFIGURATION: 'deploy/nginx.conf',
      MADE: join(directory, 'draft.conf'),
    }
    const PATH = `${bin}${delimiter}${process.env.PATH}`
    execFileSync('bash', ['deploy/nginx-in-compose.sh'], { env: { ...process.env, ...settings, PATH } })
    const made = readFileSync(join(directory, 'made.conf'), 'utf8')
    const names = Object.keys(compose().services)
    const servers = [...made.matchAll(/server ([\w.-]+):\d+ /g)].map(([, name = '']) => name)
    expect(new Set(servers)).toEqual(new Set(['web-1', 'web-2', 'mpc']))
    for (const name of servers) expect(names).toContain(name)
    expect(made).toContain('server_name auth.acme.example test.auth.acme.example;')
    expect(made).not.toContain('127.0.0.1')

    const { certificate, key } = selfSigned(directory)
    // To try a configuration nginx listens: at ports that are free here.
    const [https, http] = [await freePort(), await freePort()]
    const here = made
      .replaceAll('listen 443 ', `listen 127.0.0.1:${https} `)
      .replace('listen 80 ', `listen 127.0.0.1:${http} `)
      .replace('/etc/nginx/tls/certificate.pem', certificate)
      .replace('/etc/nginx/tls/key.pem', key)
      .replace(/server (?:web-[12]|mpc):/g, 'server 127.0.0.1:')
    const file = join(directory, 'here.conf')
    writeFileSync(file, `pid ${join(directory, 'pid')};\n${here}`)
    const { status, stderr } = spawnSync(nginxCommand ?? '', ['-t', '-q', '-c', file], { encoding: 'utf8' })
    // It may warn of what is this machine's.
    expect(status, stderr).toBe(0)
  },
)
