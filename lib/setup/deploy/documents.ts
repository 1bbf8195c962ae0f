import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'

/** A Kubernetes object, as far as tests look into it. */
export interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string }
  // biome-ignore lint/suspicious/noExplicitAny: of each kind another, which the schema of the kind has checked.
  [member: string]: any
}

const folder = 'deploy/kubernetes'

/** Every object in deploy/kubernetes, and what puts them together. */
export function manifests(): { objects: Manifest[]; kustomization: { resources: string[] } } {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  const objects = files
    .filter((file) => file !== 'kustomization.yaml')
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((one) => one.toJS() as Manifest))
  return { objects, kustomization: parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) }
}

/** A service of deploy/compose.yaml, as far as tests look into it. */
interface Service {
  image: string
  environment?: Record<string, string>
  volumes?: string[]
  read_only?: boolean
  cap_drop?: string[]
  ports?: string[]
  networks: string[] | Record<string, { ipv4_address?: string }>
}

/** deploy/compose.yaml with its anchors put in, and a value for each variable that it asks for. */
export function compose(): { services: Record<string, Service>; document: object } {
  const text = readFileSync('deploy/compose.yaml', 'utf8')
  const filled = text.replace(/\$\{(\w+):[?-]\}/g, (_, name) =>
    name === 'DOMAIN' ? 'auth.acme.example' : 'a'.repeat(40),
  )
  const document = parse(filled, { merge: true })
  return { services: document.services, document }
}
