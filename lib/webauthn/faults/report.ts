import { html } from 'hono/html'
import type { FaultResult } from './fault-result.ts'

/** What a report is about. */
export interface ReportOf {
  /** The server that was put to the test, in words or by its URL. */
  target: string
  /** When it began, ISO 8601. */
  at: string
  /** Milliseconds that the whole took. */
  took: number
}

/** What a report says of a fault, whatever protocol it is of. */
export interface Described {
  id: string
  title: string
  group: string
  /** Of WebAuthn's faults. */
  ceremony?: string
  attack: string
  refusedBy: string
}

/** What became of a fault, as reports say it. */
export type Outcome = Omit<FaultResult, 'sent' | 'checks'>

type Reported = Described & Outcome

/** What became of all faults: numbers, and a line for each. Nothing in it is secret. */
export interface FaultReport extends ReportOf {
  total: number
  caught: number
  elsewhere: number
  holes: number
  untried: number
  results: readonly Reported[]
}

/** The report on what was tried of a catalogue, in its order; a fault without a result is not in it. */
export function reportOn(
  catalogue: readonly Described[],
  results: readonly Outcome[],
  { target, at, took }: ReportOf,
): FaultReport {
  const reported = catalogue.flatMap((fault) => {
    const result = results.find(({ id }) => id === fault.id)
    return result ? [line(fault, result)] : []
  })
  const count = (verdict: FaultResult['verdict']) => reported.filter((one) => one.verdict === verdict).length
  return {
    ...{ target, at, took: Math.round(took), total: reported.length },
    ...{ caught: count('caught'), elsewhere: count('elsewhere'), holes: count('hole'), untried: count('untried') },
    results: reported,
  }
}

/** The verdict in a line: “35 of 35 caught”, and what the others are. */
export function asSummary({ total, caught, elsewhere, holes, untried }: Omit<FaultReport, 'results'>): string {
  const others = [
    holes ? `${holes} accepted` : '',
    elsewhere ? `${elsewhere} refused by another check` : '',
    untried ? `${untried} not tried` : '',
  ].filter(Boolean)
  return [`${caught} of ${total} caught`, ...others].join(', ')
}

/** The report for an issue or a pull request: the holes first, then all in a table. */
export function asMarkdown(report: FaultReport): string {
  const holes = report.results.filter(({ verdict }) => verdict === 'hole')
  const place = report.results.some(({ ceremony }) => ceremony) ? 'Ceremony' : 'Where'
  return [
    `# Failure lab: ${asSummary(report)}`,
    `${cell(report.target)}, ${report.at}, ${seconds(report.took)} s`,
    ...(holes.length ? ['## Accepted, and must not be', ...holes.map(hole)] : []),
    '## All that was tried',
    [
      `| Fault | ${place} | Verdict | Must be refused by | Refused by | Status |`,
      '| --- | --- | --- | --- | --- | --- |',
      ...report.results.map((result) =>
        [
          '',
          ...[result.title, placeOf(result), verdicts[result.verdict], result.refusedBy].map(cell),
          cell(result.reason ?? result.by.join(', ')),
          cell([result.status, result.code].filter(Boolean).join(' ')),
          '',
        ]
          .join(' | ')
          .trim(),
      ),
    ].join('\n'),
    '',
  ].join('\n\n')
}

/** The report for a CI: a suite for each group; a hole is a failure, and what could not be tried is skipped. */
export function asJUnit(report: FaultReport): string {
  const groups = [...new Set(report.results.map(({ group }) => group))]
  return String(html`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${text(`Failure lab: ${report.target}`)}" tests="${report.total}" failures="${report.holes}" errors="0" skipped="${report.untried}" time="${seconds(report.took)}" timestamp="${report.at}">${groups.map(
    (group) => suite(group, report),
  )}
</testsuites>
`)
}

function suite(group: string, { results, at }: FaultReport) {
  const own = results.filter((result) => result.group === group)
  const count = (verdict: FaultResult['verdict']) => own.filter((result) => result.verdict === verdict).length
  const took = own.reduce((sum, result) => sum + (result.took ?? 0), 0)
  return html`
  <testsuite name="${group}" tests="${own.length}" failures="${count('hole')}" errors="0" skipped="${count('untried')}" time="${seconds(took)}" timestamp="${at}">${own.map(
    (result) => html`
    <testcase classname="${placeOf(result)}" name="${result.title}" time="${seconds(result.took ?? 0)}">${outcome(result)}
    </testcase>`,
  )}
  </testsuite>`
}

function outcome({ verdict, reason = '', is, refusedBy, attack, by, status, code }: Reported) {
  if (verdict === 'untried')
    return html`
      <skipped message="${text(reason)}"/>`
  if (verdict === 'hole')
    return html`
      <failure type="${refusedBy}" message="${text(`Accepted (${status}): ${refusedBy} must refuse it.`)}">${text(`${attack} Sent: ${is}`)}</failure>`
  return html`
      <system-out>${text(`${verdicts[verdict]}: ${by.join(', ') || code || status}`)}</system-out>`
}

const verdicts: Readonly<Record<FaultResult['verdict'], string>> = {
  caught: 'caught',
  elsewhere: 'refused by another check',
  hole: 'accepted',
  untried: 'not tried',
}

/** By name: what else is known of a result may be secret. */
function line(fault: Described, { id, verdict, by, was, is, status, code, took, reason }: Outcome): Reported {
  const { title, group, ceremony, attack, refusedBy } = fault
  return {
    ...{ id, verdict, by, was, is },
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(took === undefined ? {} : { took }),
    ...(reason === undefined ? {} : { reason }),
    ...{ title, group, ...(ceremony ? { ceremony } : {}), attack, refusedBy },
  }
}

function placeOf({ ceremony, group }: Described): string {
  return ceremony ?? group
}

function hole({ title, refusedBy, attack, was, is, status }: Reported): string {
  return [
    `### ${title}`,
    attack,
    `Sent ${code(is)} in place of ${code(was)}; answered ${status}. The check that must refuse it: ${code(refusedBy)}.`,
  ].join('\n\n')
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3)
}

/** What a server said, as the words of a table's cell: nothing in it is Markdown or begins another row. */
function cell(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, '\\$&')
}

/** Code within a line, which a run of backticks in it does not end. */
function code(value: string): string {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const room = longest ? ' ' : ''
  return `${fence}${room}${value.replace(/\s+/g, ' ')}${room}${fence}`
}

/** What may stand in XML at all: a server may say anything. */
function text(value: string): string {
  return value.toWellFormed().replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
