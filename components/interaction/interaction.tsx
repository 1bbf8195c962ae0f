import type { InteractionView } from '#lib/contract/oauth.ts'
import { Consent } from './consent.tsx'
import { Frame } from './frame.tsx'
import { SignIn } from './sign-in.tsx'

/** What an app sends its users to: the page where they sign in, or allow what it asks for. */
export function Interaction({ interaction, preview }: { interaction: InteractionView; preview?: boolean }) {
  const { prompt, tenant, environment, client } = interaction
  return (
    <Frame
      tenant={tenant}
      environment={environment}
      preview={preview}
      foot={
        prompt === 'login'
          ? `You sign in here, not at ${client.name}: it never sees your passkey.`
          : `Deny, and ${client.name} learns nothing but that.`
      }
    >
      {prompt === 'login' ? <SignIn interaction={interaction} /> : <Consent interaction={interaction} />}
    </Frame>
  )
}
