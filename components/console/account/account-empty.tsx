'use client'

import type { Environment } from '#lib/contract/environment.ts'
import { useMay } from '../role.tsx'
import { Teaching } from '../teaching.tsx'

const facts = {
  test: [
    {
      title: 'Nothing here is real',
      text: 'Three cards are there already: one is accepted, one declined, one takes a minute. Each behaves as it is called.',
    },
    {
      title: 'Test runs cost nothing',
      text: 'A skill that is executed with a test key never charges. Try top-ups, alerts and webhooks here as often as you like.',
    },
    {
      title: 'The same calls',
      text: 'POST /v1/account/funds adds funds with a key that holds account:write, in both environments alike.',
    },
  ],
  live: [
    {
      title: 'First a payment method',
      text: 'A reference that the operator of this server knows, such as “Invoice, net 30”. A card’s number has no place here.',
    },
    {
      title: 'Then a top-up',
      text: 'It is pending until the operator has the money and confirms it. Then it is in the balance, and account.funded is told.',
    },
    {
      title: 'Held, then charged',
      text: 'A live execution holds its price first. It is charged with the result, and given back where the execution fails.',
    },
  ],
} as const

/** An account that no money has moved in yet. */
export function AccountEmpty({ environment }: { environment: Environment }) {
  const mayAdd = useMay('owner')
  return (
    <Teaching
      docs="/docs/skills-and-account"
      region="No money has moved yet"
      title={environment === 'live' ? 'Add funds before skills are executed' : 'Try it with a test card'}
      facts={facts[environment]}
    >
      {environment === 'live'
        ? 'Skills that cost something are paid from this balance, which is never overdrawn. ' +
          (mayAdd ? 'Add a payment method below, then add funds.' : 'An owner can add funds.')
        : `${mayAdd ? 'Press Add funds: it' : 'An owner can add funds: that'} takes the same way as real money will, and every step of it shows here.`}
    </Teaching>
  )
}
