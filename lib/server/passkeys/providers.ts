import type { ProviderFigures } from '#lib/contract/ceremony-figures.ts'
import { providerOf } from '#lib/webauthn/aaguid.ts'
import type { Place } from '../caller.ts'
import { keepAnswers } from '../kept-answers.ts'
import { countsByModel, modelsOf } from './providers/store.ts'

const keep = keepAnswers<Awaited<ReturnType<typeof countsByModel>>>(
  (counts) => counts.reduce((sum, { passkeys }) => sum + passkeys, 0) >= 10_000,
  10 * 60_000,
)

/**
 * Who made the passkeys of a place, those with the most passkeys first: how many there are, and how many of some sign-ins,
 * counted by passkey, they did. How many there are of very many is as it was within ten minutes.
 */
export async function providersOf(place: Place, signIns: ReadonlyMap<string, number>): Promise<ProviderFigures[]> {
  const [counts, models] = await Promise.all([counted(place), modelsOf(place, [...signIns.keys()])])
  const all = new Map<string | null, ProviderFigures>()
  const figuresOf = (aaguid: string): ProviderFigures => {
    const provider = providerOf(aaguid)
    const figures = all.get(provider) ?? { provider, synced: 0, bound: 0, signIns: 0 }
    all.set(provider, figures)
    return figures
  }
  for (const { aaguid, synced, passkeys } of counts) figuresOf(aaguid)[synced ? 'synced' : 'bound'] += passkeys
  for (const { id, aaguid } of models) figuresOf(aaguid).signIns += signIns.get(id) ?? 0
  const passkeys = ({ synced, bound }: ProviderFigures) => synced + bound
  return [...all.values()].sort(
    (one, other) =>
      passkeys(other) - passkeys(one) ||
      other.signIns - one.signIns ||
      (one.provider ?? '').localeCompare(other.provider ?? ''),
  )
}

// Each of them is gone through for it.
function counted(place: Place) {
  return keep(`${place.tenantId} ${place.environment}`, () => countsByModel(place))
}
