import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  playgroundMapping,
  simpleWebAuthnMapping,
  type TargetCall,
  type TargetMapping,
} from '#lib/webauthn/faults/index.ts'

/** What a command line says of the server that is put to the test. */
export interface MappingWishes {
  url?: string
  apiKey?: string
  preset: 'playground' | 'simplewebauthn'
  /** A file with a TargetMapping, instead of a preset. */
  mapping?: string
  registerBegin?: string
  registerFinish?: string
  authenticateBegin?: string
  authenticateFinish?: string
}

const headers = z.record(z.string(), z.string()).optional()
const call = z.strictObject({ url: z.string().min(1), body: z.unknown().optional(), headers })
const ceremony = z.strictObject({ begin: call, finish: call })
const mappingFile = z.strictObject({
  registration: ceremony,
  authentication: ceremony,
  headers,
  optionsAt: z.string().optional(),
  ceremonyAt: z.string().optional(),
  acceptedAt: z.string().optional(),
})

/**
 * Where the two ceremonies are: as the file or the preset says, and the single URLs as they are given besides. A URL may be
 * relative to `url`. The key goes along to the origin of `url`, and nowhere else.
 *
 * @throws Error in words, where something is missing or is no URL
 */
export function mappingOf(wishes: MappingWishes): TargetMapping {
  const { url, registerBegin, registerFinish, authenticateBegin, authenticateFinish } = wishes
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
    throw new Error(`--url “${url}” is no http or https URL: write it whole, such as http://localhost:3000.`)
  const { mapping, key = {} } = wishes.mapping === undefined ? presetOf(wishes) : { mapping: read(wishes.mapping) }
  const { registration, authentication } = mapping
  const placed = (one: TargetCall, instead?: string) => {
    const place = absolute(instead ?? one.url, url)
    const isHome = url !== undefined && new URL(place).origin === new URL(url).origin
    return { ...one, url: place, headers: { ...one.headers, ...(isHome ? key : {}) } }
  }
  return {
    ...mapping,
    registration: {
      begin: placed(registration.begin, registerBegin),
      finish: placed(registration.finish, registerFinish),
    },
    authentication: {
      begin: placed(authentication.begin, authenticateBegin),
      finish: placed(authentication.finish, authenticateFinish),
    },
  }
}

/** A preset's calls, and the headers with the key. */
function presetOf({ preset, url, apiKey, ...urls }: MappingWishes): {
  mapping: TargetMapping
  key?: TargetMapping['headers']
} {
  const { registerBegin, registerFinish, authenticateBegin, authenticateFinish } = urls
  const isWhole = registerBegin && registerFinish && authenticateBegin && authenticateFinish
  if (!url && !isWhole) throw new Error('Where is the server? --url says it; --help tells what else there is.')
  const base = url?.replace(/\/+$/, '') ?? ''
  if (preset === 'simplewebauthn') return { mapping: simpleWebAuthnMapping(base) }
  if (!apiKey && !registerBegin)
    throw new Error('A key of the server’s test environment is missing: --api-key, or PLAYGROUND_API_KEY.')
  if (apiKey?.trim().startsWith('sk_live_'))
    throw new Error('The key is one of the live environment, and this makes users: use a test key.')
  const { headers, ...mapping } = playgroundMapping(base, apiKey ?? '')
  return apiKey ? { mapping, key: headers } : { mapping }
}

function read(file: string): TargetMapping {
  const parsed = mappingFile.safeParse(jsonOf(file))
  if (!parsed.success) throw new Error(`${file} is no mapping:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    // What is wrong with JSON is told with a piece of it, and a mapping may hold a key.
    const why = error instanceof SyntaxError ? 'it is none' : (error as Error).message
    throw new Error(`${file} cannot be read as JSON: ${why}`)
  }
}

function absolute(url: string, base: string | undefined): string {
  const parsed = URL.canParse(url, base) ? new URL(url, base) : undefined
  const isHttp = parsed?.protocol === 'http:' || parsed?.protocol === 'https:'
  if (isHttp && (parsed.username || parsed.password))
    throw new Error('A URL takes no password: where the server wants one, a mapping’s headers say it.')
  if (isHttp) return parsed.href
  throw new Error(`“${url}” is no http or https URL${base ? '' : '; where it is relative, --url says to what'}.`)
}
