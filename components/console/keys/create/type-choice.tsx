import type { Environment } from '#lib/contract/environment.ts'
import { ChoiceCards } from '../../choice-cards.tsx'

interface Props {
  type: Environment
  onSelect: (type: Environment) => void
}

/** In which of the two worlds the key works. */
export function TypeChoice({ type, onSelect }: Props) {
  return (
    <ChoiceCards
      legend="Type"
      name="type"
      choices={[
        {
          value: 'test',
          label: 'Test',
          note: 'For development: works against the sandbox and never charges real money. 100 requests a minute, 5 at once.',
        },
        {
          value: 'live',
          label: 'Live',
          note: 'For production: real users and real money. Making, rotating or revoking one asks for your passkey.',
        },
      ]}
      selected={type}
      onSelect={onSelect}
    />
  )
}
