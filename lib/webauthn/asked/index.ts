import { dictionary, ownMember } from '../dictionary.ts'
import { type CeremonyKind, optionAt, optionsOf } from '../options.ts'
import { type AskedCeremony, type Evidence, evidenceOf } from './evidence.ts'
import { extensionJudges, unknownExtension } from './extension-judges.ts'
import { optionJudges } from './option-judges.ts'
import { type AskedRow, type Finding, found } from './row.ts'
import { ids, written } from './written.ts'

export type { AskedCeremony } from './evidence.ts'
export type { AskedRow, AskedVerdict } from './row.ts'

/**
 * What became of each thing that was asked for, in the catalogue’s order, members that it does not know last. What was
 * unset is not in it. Where nothing that came back can tell, the row says so: nothing is guessed.
 */
export async function askedAndGot(ceremony: AskedCeremony): Promise<AskedRow[]> {
  const evidence = evidenceOf(ceremony)
  const paths = Object.keys(ceremony.asked).sort((a, b) => placeOf(ceremony.kind, a) - placeOf(ceremony.kind, b))
  return Promise.all(
    paths.map(async (path) => {
      const value = ceremony.asked[path]
      const extension = path.startsWith('extensions.')
      return {
        path,
        title: extension ? path.slice('extensions.'.length) : (optionAt(path)?.title ?? path),
        group: extension ? ('Extensions' as const) : ('Options' as const),
        asked: written(path, value),
        ...(await findingOf(path, value, evidence)),
      }
    }),
  )
}

/** An entry’s place in its ceremony’s part of the catalogue; what is not in it stands last. */
function placeOf(kind: CeremonyKind, path: string): number {
  const options = optionsOf(kind)
  const place = options.findIndex((option) => option.path === path)
  return place < 0 ? options.length : place
}

async function findingOf(path: string, value: unknown, evidence: Evidence): Promise<Finding> {
  const { options, credential, refused } = evidence
  const called = optionAt(path)?.place === 'call'
  if (!options && !called) return found('cannot be told', '—', 'the server answered no options')
  const change = called ? undefined : changeOf(path, value, options)
  if (change) return change
  if (!credential)
    return (
      refusalOf(path, evidence) ??
      found('cannot be told', '—', refused ? `the browser ended it: ${refused}` : 'nothing came back')
    )
  const judge = ownMember(optionJudges, path) ?? ownMember(extensionJudges, path)
  if (judge) return judge(value, evidence)
  if (path.startsWith('extensions.')) return unknownExtension(path.slice('extensions.'.length), evidence)
  return found('cannot be told', undefined, 'sent to the browser as it is: nothing that came back tells of it')
}

/** Options that a browser’s refusal answers, by the exception’s name, where nothing was asked for that it can be for as well. */
const refusals: Readonly<
  Record<string, readonly [path: RegExp, verdict: 'honoured' | 'refused by the browser', why: string, asWell?: RegExp]>
> = {
  SecurityError: [
    /^rp\.?id$/i,
    'refused by the browser',
    'it is neither this page’s host nor a registrable suffix of it',
    /^extensions\.appid/,
  ],
  InvalidStateError: [/^excludeCredentials$/, 'honoured', 'the authenticator holds one of them, and made no other'],
  NotSupportedError: [
    /^pubKeyCredParams$/,
    'refused by the browser',
    'no authenticator knows one of them',
    /^extensions\.|^mediation$/,
  ],
}

function refusalOf(path: string, { refused = '', asked }: Evidence): Finding | undefined {
  const [paths, verdict, why, asWell] = ownMember(refusals, refused) ?? []
  if (Object.keys(asked).some((each) => asWell?.test(each))) return undefined
  return verdict && why && paths?.test(path) ? found(verdict, refused, why) : undefined
}

/** What the server put in the place of what was asked for; undefined where it sent just that, or where it sends none. */
function changeOf(path: string, value: unknown, options: Evidence['options']): Finding | undefined {
  if (!isSent(path)) return undefined
  const [head = '', ...rest] = path.split('.')
  const sent = rest.length ? dictionary(options?.[head])?.[rest.join('.')] : options?.[head]
  if (/^(allow|exclude)Credentials$/.test(path)) {
    if (value !== 'registered') return undefined
    const number = Array.isArray(sent) ? sent.length : 0
    return found(
      'changed by the server',
      ids(number),
      number ? 'the user’s passkeys, filled in' : 'there is none to fill in',
    )
  }
  const expected =
    path === 'pubKeyCredParams' && Array.isArray(value) ? value.map((alg) => ({ type: 'public-key', alg })) : value
  if (JSON.stringify(sent) === JSON.stringify(expected)) return undefined
  return found('changed by the server', written(path, sent), 'the server asked the browser for something else')
}

/** Whether the server sends a member: one that it does not know is added by the page. */
function isSent(path: string): boolean {
  return optionAt(path) !== undefined || path.startsWith('extensions.')
}
