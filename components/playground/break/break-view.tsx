'use client'

import { useMemo, useState } from 'react'
import { playgroundMapping } from '#lib/webauthn/faults/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Segments } from '../../ui/segments.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import { lackingScopes } from '../setup/lacking-scopes.ts'
import { shownName } from '../setup/tenant-mark.tsx'
import type { KeyCheck } from '../state.ts'
import { Bench } from './bench.tsx'
import { OwnServer } from './own-server.tsx'
import type { BenchServer } from './trial.ts'
import { useLab } from './use-lab.ts'

export interface BreakProps {
  /** The tab is on show. */
  selected: boolean
  keyCheck: KeyCheck
  apiKey: string
  baseUrl: string
  demo: DemoKey | undefined
  onBorrow: (demo: DemoKey) => void
}

const places = ['here', 'own'] as const

/** The failure lab: faults against this server, or against the developer's own. */
export function BreakView(props: BreakProps) {
  const [place, setPlace] = useState<(typeof places)[number]>('here')
  const choice = (
    <Segments
      label="Server"
      name="break-place"
      choices={places}
      called={{ here: 'This server', own: 'Your own' }}
      selected={place}
      onSelect={setPlace}
    />
  )
  return (
    <>
      <div className="mb-3">{choice}</div>
      <div hidden={place !== 'here'}>
        <Here key={props.apiKey} {...props} selected={props.selected && place === 'here'} />
      </div>
      <div hidden={place !== 'own'}>
        <OwnServer baseUrl={props.baseUrl} selected={props.selected && place === 'own'} />
      </div>
    </>
  )
}

function Here({ selected, keyCheck, apiKey, baseUrl, demo, onBorrow }: BreakProps) {
  const obstacle = obstacleOf(keyCheck)
  const server = useMemo(
    () => (obstacleOf(keyCheck) ? undefined : serverHere(keyCheck, apiKey, baseUrl)),
    [keyCheck, apiKey, baseUrl],
  )
  const lab = useLab(server, selected)
  const note = (
    <div className="mb-4">
      {obstacle ? (
        <Notice title={obstacle.title}>
          {obstacle.text}
          {keyCheck.status === 'empty' && demo ? (
            <Button look="small" className="mt-2 flex!" onClick={() => onBorrow(demo)}>
              Begin with {demo.tenantName}
            </Button>
          ) : null}
        </Notice>
      ) : (
        <p className="max-w-[90ch] text-pretty text-[13.5px] text-soft">
          The software authenticator in this page lies to the server, in one thing at a time, and each lie has a check
          that must refuse it. No authenticator of yours is asked. It makes users <code>break-it-…</code> in{' '}
          {keyCheck.status === 'ready' ? shownName(keyCheck.tenant) : 'the tenant'}’s test environment, and takes their
          passkeys away at the end. Who closes the page before that may leave some there.
        </p>
      )}
    </div>
  )
  return <Bench lab={lab} server={server} note={note} ready={() => true} barred={Boolean(obstacle)} />
}

/** Why a key is none to try faults with. */
function obstacleOf(key: KeyCheck): { title: string; text: string } | undefined {
  if (key.status !== 'ready')
    return {
      title: 'It takes a test key',
      text: 'Faults are tried in a tenant’s test environment, with a key that registers and authenticates. A server of your own needs none.',
    }
  if (key.tenant.environment === 'live')
    return {
      title: 'A live environment is not there to be broken',
      text: 'It has your users in it, and does not tell which check refuses. Nothing was tried. Use a test key of the same tenant: the checks are the same.',
    }
  const lacking = lackingScopes(key)
  if (lacking.length)
    return {
      title: 'This key may not try it',
      text: `It does not hold ${lacking.join(' and ')}. Nothing was tried. Use a key that does, or make one in the Console.`,
    }
}

function serverHere(key: KeyCheck, apiKey: string, baseUrl: string): BenchServer | undefined {
  if (key.status !== 'ready') return
  const { tenant } = key
  const { origins, id: rpId } = tenant.relyingParty
  const origin = origins.includes(location.origin)
    ? location.origin
    : (origins.find((each) => each.startsWith('http')) ?? baseUrl)
  return {
    name: `this server, ${shownName(tenant)}, test`,
    origin,
    rpId,
    mapping: playgroundMapping(location.origin, apiKey),
    apiKey,
    manages: tenant.key?.scopes.includes('passkeys:manage') ?? false,
  }
}
