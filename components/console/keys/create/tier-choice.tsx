import type { Tier } from '#lib/contract/environment.ts'
import { ChoiceCards } from '../../choice-cards.tsx'
import { useTierCeiling } from '../../role.tsx'

/** How much a live key may ask for. */
export function TierChoice({ tier, onSelect }: { tier: Tier; onSelect: (tier: Tier) => void }) {
  const barred = useTierCeiling() === 'standard'
  return (
    <ChoiceCards
      legend="Tier"
      name="tier"
      choices={[
        { value: 'standard', label: 'Standard', note: '1,000 requests a minute, 50 at once.' },
        {
          value: 'enterprise',
          label: 'Enterprise',
          note: `10,000 requests a minute, 500 at once.${barred ? ' Not available: whoever runs this server holds this tenant to Standard, and can raise that.' : ''}`,
          barred,
        },
      ]}
      selected={tier}
      onSelect={onSelect}
    />
  )
}
