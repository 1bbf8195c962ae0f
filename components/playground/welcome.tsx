import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Button } from '../ui/button.tsx'
import type { DemoKey } from './setup/demo-key.ts'
import { Monogram } from './setup/monogram.tsx'
import { shownName } from './setup/tenant-mark.tsx'

interface WelcomeProps {
  /** What the key's tenant is, once it is known. */
  tenant: TenantAnswer | undefined
  username: string
  /** The key may register. */
  registers: boolean
  demo: DemoKey | undefined
  onTry: (demo: DemoKey) => void
  onImport: () => void
  onExample: () => void
}

const promises = [
  { title: 'See every byte', text: 'Each message, decoded or raw, with what each flag means.' },
  { title: 'See every check', text: 'The server’s verification, step by step, beside the specification.' },
  { title: 'Take it with you', text: 'The token and the call that uses it, ready to copy.' },
]

/** The page before the first ceremony: it teaches the next step, whichever that is. */
export function Welcome({ tenant, username, registers, demo, onTry, onExample, onImport }: WelcomeProps) {
  const tenantName = tenant && shownName(tenant)
  const { title, text } = wordsOf(tenantName, username, registers, demo)
  return (
    <div className="px-5 pt-7 pb-6 text-center sm:pt-12 sm:pb-12">
      {tenantName ? (
        <div className="mb-4 flex justify-center">
          <Monogram
            name={tenantName}
            color={tenant.branding?.color}
            logoUrl={tenant.branding?.logoUrl}
            size="size-12 rounded-xl text-[20px]"
          />
        </div>
      ) : null}
      <h2 className="text-balance font-semibold text-[24px] leading-tight tracking-tight sm:text-[28px]">{title}</h2>
      <p className="mx-auto mt-2.5 max-w-[52ch] text-balance text-soft">{text}</p>
      {demo && !tenantName ? (
        <Button className="mt-6" onClick={() => onTry(demo)}>
          Try it with {demo.tenantName}
        </Button>
      ) : null}
      <p className="mt-3">
        <Button look="quiet" onClick={onExample}>
          See an example
        </Button>
      </p>
      <ul className="mx-auto mt-9 grid max-w-[820px] gap-3.5 text-left sm:grid-cols-3">
        {promises.map((promise) => (
          <li key={promise.title} className="rounded-xl border border-line p-4">
            <h3 className="font-semibold">{promise.title}</h3>
            <p className="mt-1 text-pretty text-[14px] text-soft">{promise.text}</p>
          </li>
        ))}
      </ul>
      <p className="mt-6 text-[14px] text-soft">
        A run from another machine:{' '}
        <Button look="quiet" onClick={onImport}>
          Import
        </Button>
      </p>
    </div>
  )
}

function wordsOf(tenantName: string | undefined, username: string, registers: boolean, demo: DemoKey | undefined) {
  if (tenantName && !registers) {
    return {
      title: `This key makes no passkeys for ${tenantName}`,
      text: 'It does not hold the scope passkeys:register. To begin, take a key that does.',
    }
  }
  if (tenantName && username) {
    return {
      title: `Make a passkey for ${username}`,
      text: `Press Register. Your browser asks for a finger, a face, a PIN or a security key; the private key never leaves it, and ${tenantName} keeps the public half.`,
    }
  }
  if (tenantName) {
    return {
      title: `${tenantName} is ready`,
      text: 'Next, a username. Any name will do; the button inside the field makes one up.',
    }
  }
  return {
    title: 'From an API key to a token, in five steps',
    text: `Register a passkey and sign in with it. You will see every message, every check, and the token that the server issued for your tenant.${demo ? '' : ' Paste an API key to begin.'}`,
  }
}
