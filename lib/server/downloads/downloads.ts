import { readdir, readFile, stat } from 'node:fs/promises'
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

/**
 * A package's bytes.
 *
 * @throws Problem not_found for what is none, and for one that is not built
 */
export async function readDownload(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = isPackage(file) ? await readFile(join(folder(), file)).catch(() => undefined) : undefined
  if (bytes) return Uint8Array.from(bytes)
  throw new Problem(
    'not_found',
    isPackage(file)
      ? 'There is no such package here. GET /downloads lists those there are; “npm run package” on the server builds them.'
      : 'This is no package’s name. GET /downloads lists them.',
  )
}
