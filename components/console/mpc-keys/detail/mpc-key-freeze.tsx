import { useState } from 'react'
import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { Only } from '../../role.tsx'
import { useChange } from '../../use-change.ts'
import { away } from '../away.ts'
import { beyondFreezing } from '../mpc-key-words.ts'

interface Props {
  of: MpcKeyView
  onChanged: () => Promise<void>
}

/** Stops a key at once, and lets it go on. To let it go on, a member confirms with a passkey. */
export function MpcKeyFreeze({ of: key, onChanged }: Props) {
  const { id, environment, frozenBy } = key
  const { run, busy, confirming, error } = useChange()
  const [said, say] = useState('')
  const byTenant = frozenBy.includes('tenant')
  const byUser = frozenBy.includes('user')

  async function change() {
    say('')
    const changed = byTenant
      ? await run((api) => api.mpcKeys.unfreeze(id, environment), 'fresh')
      : await run((api) => api.mpcKeys.freeze(id, environment))
    if (!changed) return
    await onChanged()
    say(saidOf(changed))
  }

  return (
    <Card
      title="Freeze"
      note="A frozen key signs nothing from that moment on, whatever is under way, and its shares are not renewed. What you freeze, only a member of this tenant unfreezes, with their passkey."
    >
      <div className="space-y-4">
        {frozenBy.length ? (
          <Notice tone="bad" title={titleOf(byTenant, byUser)}>
            {beyondFreezing(key)}
          </Notice>
        ) : null}
        <Only least="developer" to={byTenant ? 'unfreeze it' : 'freeze it'}>
          <Button look={byTenant ? 'secondary' : 'danger'} onClick={change} aria-disabled={busy}>
            {confirming ? 'Waiting for your passkey' : busy ? 'Working' : byTenant ? 'Unfreeze' : 'Freeze'}
          </Button>
        </Only>
      </div>
      <ChangeError error={error && away(error)} className="mt-4" />
      <p role="status" className={said ? 'mt-3 font-medium text-[14px] text-ok' : ''}>
        {said}
      </p>
    </Card>
  )
}

function titleOf(byTenant: boolean, byUser: boolean): string {
  if (byTenant && byUser) return 'Frozen by this tenant, and by its user'
  return byTenant ? 'Frozen by this tenant' : 'Frozen by its user, who alone can unfreeze that'
}

function saidOf({ frozenBy }: MpcKeyView): string {
  if (frozenBy.includes('tenant')) return 'Frozen. It signs nothing from now on.'
  return frozenBy.includes('user') ? 'Your freeze has ended; its user’s has not.' : 'Unfrozen. It signs again.'
}
