import { openAsBlob } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '../env.ts'
import { Problem } from '../problem.ts'

/** A package that this server hands out. */
export interface Download {
  file: string
  bytes: number
  /** The command that installs it from here. */
  install: string
}

// As `npm run package` leaves them.
const folder = () => join(process.cwd(), 'dist/packages')
const isPackage = (file: string) => /^\w[\w.-]*\.(?:tgz|whl)$/.test(file)

/** What there is to be installed: nothing where nothing is built. */
export async function listDownloads(): Promise<Download[]> {
  const files = (await readdir(folder()).catch(() => [])).filter(isPackage).sort()
  return Promise.all(
    files.map(async (file) => ({
      file,
      bytes: (await stat(join(folder(), file))).size,
      install: `${file.endsWith('.whl') ? 'pip' : 'npm'} install ${env().baseUrl}/downloads/${file}`,
    })),
  )
}

/** A package as it is handed out. */
export interface OpenedDownload {
  bytes: number
  /** Another one where the file is another one. */
  tag: string
  /** Read when it is asked for, a piece at a time. */
  content: () => ReadableStream<Uint8Array>
}

/**
 * Opens a package; none of it is read before its content is asked for.
 *
 * @throws Problem not_found for what is none, and for one that is not built
 */
export async function openDownload(file: string): Promise<OpenedDownload> {
  const path = join(folder(), file)
  const found = isPackage(file) ? await stat(path).catch(() => undefined) : undefined
  if (found) {
    const blob = await openAsBlob(path)
    const tag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs * 1000).toString(36)}"`
    return { bytes: found.size, tag, content: () => blob.stream() }
  }
  throw new Problem(
    'not_found',
    isPackage(file)
      ? 'There is no such package here. GET /downloads lists those there are; “npm run package” on the server builds them.'
      : 'This is no package’s name. GET /downloads lists them.',
  )
}
