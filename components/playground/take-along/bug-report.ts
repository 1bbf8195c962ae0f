import { algorithmLabel } from '#lib/webauthn/algorithms.ts'
import { checksOf } from '../checks/checks-of.ts'
import { askedOf } from '../options/asked-options.ts'
import { keptOf } from '../runs/kept-run.ts'
import { type Place, standsAt } from '../runs/run-file.ts'
import { tookOf } from '../runs/run-times.ts'
import type { RunRecord } from '../state.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { messageOf } from './run-facts.ts'

/** A ceremony as Markdown to paste into an issue: what was asked, what came, what failed. No key and no token is in it. */
export function bugReport(record: RunRecord, here: Place): string {
  const { run, of, choices, example } = keptOf(record)
  const { server, browser } = standsAt(record, here)
  const { failure } = run
  const passkey = (run.registered ?? run.authenticated)?.passkey
  const { options, added, mediation } = askedOf(run.kind, choices)
  const what = run.kind === 'registration' ? 'Registration' : 'Authentication'
  const failed = (checksOf(run) ?? []).filter(({ outcome }) => outcome === 'fail')
  const facts = [
    ['At', `${new Date(run.startedAt).toISOString()}, ${tookOf(run.took ?? 0)} in all`],
    ['Server', server],
    ['Browser', browser],
    [
      'Authenticator',
      passkey
        ? `${passkey.provider ?? 'not in the catalogue'} (AAGUID ${passkey.aaguid ?? 'not told'})`
        : 'none answered',
    ],
    ...(passkey
      ? [
          [
            'Passkey',
            `${passkey.deviceType === 'multiDevice' ? 'synced' : 'device-bound'}, ${algorithmLabel(passkey.algorithm)}`,
          ],
        ]
      : []),
    ['In software', run.software],
    ['Example', example && 'made in a page: no server, no person and no authenticator had a part in it'],
    ['Tenant', of.tenantName],
    ['Username', of.username],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined)
  const asked = { ...(mediation === undefined ? {} : { mediation }), ...options, ...added }
  return withoutSecrets(
    [
      `# ${what} ${failure ? `ended with ${line(failure.code)}` : 'succeeded'}`,
      '',
      ...facts.map(([name, value]) => `- ${name}: ${line(value)}`),
      ...(failure
        ? [
            '',
            '## What happened',
            '',
            ...[failure.what, failure.why, failure.todo].map((text) => `${line(text)}\n`),
            ...fenced(failure.raw, 'text'),
          ]
        : []),
      ...(failed.length
        ? [
            ...['', '## Failed checks', '', '| Check | Step | Expected | Actual |', '| --- | --- | --- | --- |'],
            ...failed.map(
              ({ title, step = '', expected, actual }) =>
                `| ${[title, step, expected, actual].map(cell).join(' | ')} |`,
            ),
          ]
        : []),
      ...['', '## Options', '', ...fenced(JSON.stringify(asked, null, 2), 'json')],
      ...['', '## Messages', ''],
      ...run.messages.flatMap(({ label, from, to, at, duration, bytes, body }) => [
        `### ${line(label)}`,
        '',
        [
          `${from} → ${to}`,
          `at ${Math.round(at)} ms`,
          ...(duration === undefined ? [] : [`waited for ${Math.round(duration)} ms`]),
          ...(bytes === undefined ? [] : [`${bytes} bytes`]),
        ].join(', '),
        '',
        ...(body === undefined ? [] : [...fenced(JSON.stringify(body, null, 2), 'json'), '']),
      ]),
      ...(messageOf(run, 'answer') ? [] : ['No answer of the finish call came.', '']),
    ].join('\n'),
  )
}

/** Words that a file from elsewhere may have written: neither markup, nor a link or a picture of its own. */
function line(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`[\]]/g, '\\$&')
    .replaceAll('<', '&lt;')
}

function cell(text: string): string {
  return line(text).replaceAll('|', '\\|')
}

/** A block with a fence that is longer than any in it. */
function fenced(text: string, language: string): string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return [fence + language, text, fence]
}
