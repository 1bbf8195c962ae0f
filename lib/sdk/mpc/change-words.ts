import type { Action } from '#lib/contract/action.ts'

/** What a change comes to, in sentences for the user who is asked to approve it. */
export function changeWords(change: NonNullable<Action['change']>): string[] {
  if ('approval' in change) {
    const { approval, maxPerHour } = change
    return [
      approval === 'always'
        ? 'Each signature needs your passkey.'
        : 'Signatures need no passkey: whoever has the token of your sign-in can sign.',
      maxPerHour === 0 ? 'No limit of signatures an hour.' : `At most ${maxPerHour} signatures an hour.`,
    ]
  }
  const { parties, threshold, contributors } = change
  return [
    `Shares for ${listed(parties)}; ${threshold} of them sign together.`,
    `Made of the shares of ${listed(['server', ...contributors])}. Old shares sign with none of the new.`,
  ]
}

function listed(names: readonly string[]): string {
  return [...names.slice(0, -2), names.slice(-2).join(' and ')].join(', ')
}
