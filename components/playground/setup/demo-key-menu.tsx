import { Menu } from '../../ui/menu.tsx'
import type { DemoKey } from './demo-key.ts'
import { Monogram } from './monogram.tsx'

/** Lends a key: one for each demo tenant of this server. */
export function DemoKeyMenu({ demoKeys, onPick }: { demoKeys: readonly DemoKey[]; onPick: (demo: DemoKey) => void }) {
  return (
    <Menu
      label="Use a demo key"
      items={demoKeys.map(({ tenantId, tenantName }) => ({
        id: tenantId,
        label: tenantName,
        icon: <Monogram name={tenantName} size="size-6 rounded-md text-[12px]" />,
      }))}
      onPick={(id) => {
        const demo = demoKeys.find(({ tenantId }) => tenantId === id)
        if (demo) onPick(demo)
      }}
    />
  )
}
