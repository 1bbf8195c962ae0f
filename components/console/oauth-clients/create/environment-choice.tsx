import type { Environment } from '#lib/contract/environment.ts'
import { ChoiceCards } from '../../choice-cards.tsx'

interface Props {
  environment: Environment
  onSelect: (environment: Environment) => void
}

/** Whose users the client signs in. */
export function EnvironmentChoice({ environment, onSelect }: Props) {
  return (
    <ChoiceCards
      legend="Environment"
      name="environment"
      choices={[
        {
          value: 'test',
          label: 'Test',
          note: 'For development: signs in test users, and its tokens work against the sandbox.',
        },
        {
          value: 'live',
          label: 'Live',
          note: 'For production: signs in real users. Making or changing one asks for your passkey.',
        },
      ]}
      selected={environment}
      onSelect={onSelect}
    />
  )
}
