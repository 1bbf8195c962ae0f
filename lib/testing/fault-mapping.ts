import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { playgroundMapping, simpleWebAuthnMapping, type TargetMapping } from '#lib/webauthn/faults/index.ts'

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

const call = z.strictObject({ url: z.string().min(1), body: z.unknown().optional() })
const ceremony = z.strictObject({ begin: call, finish: call })
const mappingFile = z.strictObject({
  registration: ceremony,
  authentication: ceremony,
  headers: z.record(z.string(), z.string()).optional(),
  optionsAt: z.string().optional(),
  ceremonyAt: z.string().optional(),
  acceptedAt: z.string().optional(),
})

/**
 * Where the two ceremonies are: as the file or the preset says, and the single URLs as they are given besides. A URL may be
 * relative to `url`.
 *
 * @throws Error in words, where something is missing or is no URL
 */
export function mappingOf(wishes: MappingWishes): TargetMapping {
  const { url, registerBegin, registerFinish, authenticateBegin, authenticateFinish } = wishes
  const given = wishes.mapping === undefined ? presetOf(wishes) : read(wishes.mapping)
  const placed = (one: { url: string }, instead?: string) => ({ ...one, url: absolute(instead ?? one.url, url) })
  const { registration, authentication } = given
  return {
    ...given,
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

function presetOf({ preset, url = '', apiKey, ...wishes }: MappingWishes): TargetMapping {
  const base = url.replace(/\/+$/, '')
  if (preset === 'simplewebauthn') return simpleWebAuthnMapping(base)
  if (!apiKey && !wishes.registerBegin)
    throw new Error('A key of the server’s test environment is missing: --api-key, or PLAYGROUND_API_KEY.')
  if (apiKey?.startsWith('sk_live_'))
    throw new Error('The key is one of the live environment, and this makes users: use a test key.')
  const { headers, ...mapping } = playgroundMapping(base, apiKey ?? '')
  return apiKey && headers ? { ...mapping, headers } : mapping
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
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`)
  }
}

function absolute(url: string, base: string | undefined): string {
  const parsed = URL.canParse(url, base) ? new URL(url, base) : undefined
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return parsed.href
  throw new Error(`“${url}” is no http or https URL${base ? '' : '; where it is relative, --url says to what'}.`)
}
