import type { AttestationPolicyUpdate, AttestationPolicyView } from '#lib/contract/attestation.ts'
import { providerOf } from '#lib/webauthn/aaguid.ts'

/** What is in the form's fields. */
export type Draft = Pick<AttestationPolicyView, 'policy' | 'allowedAaguids'>

const example = 'ee882879-721c-4913-9775-3dfcce97072a'
const shape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What differs from what is saved, as the server takes it. Where nothing is asked, no list of models holds. */
export function changesOf(draft: Draft, saved: Draft): AttestationPolicyUpdate {
  const wanted = draft.policy === 'none' ? [] : modelsOf(draft)
  const same = wanted.join(' ') === saved.allowedAaguids.join(' ')
  return {
    ...(draft.policy === saved.policy ? {} : { policy: draft.policy }),
    ...(same ? {} : { allowedAaguids: wanted }),
  }
}

/** The models of a draft as they are kept: in small letters, each once. */
export function modelsOf({ allowedAaguids }: Draft): string[] {
  return [...new Set(allowedAaguids.map((text) => text.trim().toLowerCase()).filter(Boolean))]
}

/** What is to be said of a model: why it is none, or what it is called. */
export function saidOfModel(text: string, editing: boolean): { error?: string; note?: string } {
  const aaguid = text.trim()
  if (aaguid === '') return {}
  if (!shape.test(aaguid)) {
    return editing ? { note: `An AAGUID, such as ${example}` } : { error: `“${aaguid}” is no AAGUID.` }
  }
  return { note: providerOf(aaguid) ?? 'A model that the catalogue does not name.' }
}
