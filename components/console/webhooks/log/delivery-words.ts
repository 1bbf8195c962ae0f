import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { endedWith } from '../failure-words.ts'

export interface DeliveryWords {
  tone: 'ok' | 'bad' | 'soft'
  /** What became of it. */
  said: 'Delivered' | 'Not delivered' | 'Under way'
  /** Of its last attempt: the answer's status or the kind of failure. */
  result: string
  /** How long it took; or how often it was tried, and when the next try is. */
  note: string
}

/** What a line of the log says of a delivery; `enabled`: whether its endpoint is. */
export function wordsOf(delivery: DeliveryView, enabled = true): DeliveryWords {
  const { status, attempts, lastStatus, lastFailure, lastMilliseconds, nextAttemptAt } = delivery
  const result = endedWith(lastStatus, lastFailure)
  if (status === 'delivered') {
    const note = attempts > 1 ? `at try ${attempts}` : durationWords(lastMilliseconds ?? 0)
    return { tone: 'ok', said: 'Delivered', result, note }
  }
  if (attempts === 0 && status === 'pending' && enabled) {
    return { tone: 'soft', said: 'Under way', result, note: 'first try' }
  }
  const tries = attempts === 0 ? 'no try' : attempts === 1 ? '1 try' : `${attempts} tries`
  const next = nextAttemptAt !== null ? `next ${clockOf(nextAttemptAt, false)}` : enabled ? 'next now' : 'now off'
  return { tone: 'bad', said: 'Not delivered', result, note: `${tries}, ${status === 'failed' ? 'given up' : next}` }
}

/** Whom or what a delivery is about; of an example, that it is one. */
export function aboutOf({ test, subject }: Pick<DeliveryView, 'test' | 'subject'>): string | null {
  return test ? 'test event' : subject
}

/** A duration for people: “84 ms”, “15.0 s”. */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`
}

/** A moment on the reader's clock, with the day where that is not today. */
export function clockOf(iso: string, seconds = true): string {
  const at = new Date(iso)
  const second = seconds ? ({ second: '2-digit' } as const) : {}
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...second })
  if (at.toDateString() === new Date().toDateString()) return time
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`
}
