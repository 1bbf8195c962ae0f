import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { MetadataView } from '#lib/contract/attestation.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { metadataRoots } from './built-in-roots.ts'
import { type Metadata, MetadataFault, readMetadata } from './metadata-blob.ts'

/** About ten times what FIDO's file has. */
const mostBytes = 64 * 1024 * 1024

interface State {
  /** What tells the files that were read from others in their place. */
  seen?: string
  /** The last good one. */
  metadata?: Metadata
  fault?: string
  overdueSaid?: true
  reading?: Promise<void> | undefined
}

const shared = globalThis as { playgroundMetadata?: State }

/**
 * FIDO's metadata as its file (MDS_BLOB) has it now: read when it is first asked for, and again once the file is another one.
 * Of a broken file the log and `metadataHealth` tell, and the last good one holds. Undefined where there was none.
 */
export async function currentMetadata(): Promise<Metadata | undefined> {
  if (!env().mdsBlob) return undefined
  const state = stateHere()
  state.reading ??= refresh(state).finally(() => {
    state.reading = undefined
  })
  await state.reading
  return state.metadata
}

/** How the metadata stands; null where the server has no file of it. */
export async function metadataHealth(): Promise<MetadataView | null> {
  if (!env().mdsBlob) return null
  const metadata = await currentMetadata()
  return {
    number: metadata?.number ?? null,
    models: metadata?.models ?? 0,
    nextUpdate: metadata?.nextUpdate ?? null,
    overdue: isOverdue(metadata),
    fault: stateHere().fault ?? null,
  }
}

function stateHere(): State {
  shared.playgroundMetadata ??= {}
  return shared.playgroundMetadata
}

async function refresh(state: State): Promise<void> {
  const { mdsBlob = '', mdsRoot } = env()
  const seen = (await Promise.all([mdsBlob, mdsRoot].map(lookOf))).join(' ')
  if (seen !== state.seen) {
    state.seen = seen
    await load(state, mdsBlob, mdsRoot)
  }
  if (isOverdue(state.metadata) && !state.overdueSaid) {
    state.overdueSaid = true
    log().warn(
      { nextUpdate: state.metadata?.nextUpdate },
      'FIDO’s metadata (MDS_BLOB) is older than its nextUpdate: fetch the new file',
    )
  }
}

async function load(state: State, blob: string, root: string | undefined): Promise<void> {
  try {
    const roots = root ? await rootsIn(root) : metadataRoots()
    const metadata = await readMetadata((await textOf(blob)).trim(), roots, root ? undefined : 'fidoalliance.org')
    if (state.metadata && metadata.number < state.metadata.number) {
      throw new MetadataFault(
        `its number is ${metadata.number}, lower than the ${state.metadata.number} of the one before`,
      )
    }
    state.metadata = metadata
    delete state.fault
    delete state.overdueSaid
    log().info({ number: metadata.number, models: metadata.models }, 'FIDO’s metadata was read')
  } catch (error) {
    state.fault =
      error instanceof MetadataFault
        ? error.message
        : `it cannot be read (${(error as { code?: string }).code ?? 'unknown'})`
    log().warn({ fault: state.fault }, 'FIDO’s metadata (MDS_BLOB) is not used: the last good file holds')
  }
}

async function lookOf(file: string | undefined): Promise<string> {
  if (!file) return '-'
  return stat(file).then(
    ({ ino, size, mtimeMs }) => `${ino}/${size}/${mtimeMs}`,
    (error: NodeJS.ErrnoException) => String(error.code),
  )
}

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file)
  if (size > mostBytes) throw new MetadataFault('it is larger than 64 MiB')
  return readFile(file, 'utf8')
}

/** In PEM, one or several. */
async function rootsIn(file: string): Promise<X509Certificate[]> {
  const blocks = (await textOf(file)).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  try {
    if (blocks.length > 0) return blocks.map((pem) => new X509Certificate(pem))
  } catch {
    // Said below.
  }
  throw new MetadataFault('the file of its root (MDS_ROOT) holds no certificate in PEM')
}

function isOverdue(metadata: Metadata | undefined): boolean {
  return metadata !== undefined && metadata.nextUpdate < new Date(clock.now()).toISOString().slice(0, 10)
}
