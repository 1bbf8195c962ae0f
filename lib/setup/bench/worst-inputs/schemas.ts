import { z } from 'zod'
import { accountUpdate, fundRequest, paymentMethodCreate } from '#lib/contract/account.ts'
import { approvalCreate } from '#lib/contract/approvals.ts'
import { attestationPolicyUpdate, trustAnchorCreate } from '#lib/contract/attestation.ts'
import {
  brandingUpdate,
  confirmBegin,
  consoleWebhookCreate,
  invitationCreate,
  joinAccept,
  joinBegin,
  joinRead,
  ownPasskeyRename,
  relyingPartyUpdate,
  roleChange,
  tenantEnter,
} from '#lib/contract/console.ts'
import { accountPlace, consoleAccountUpdate, consoleFund, consoleMethodCreate } from '#lib/contract/console-account.ts'
import { handOffCreate, handOffTake } from '#lib/contract/hand-offs.ts'
import { allowlistTest, keyCreate, keyRotate, keyUpdate } from '#lib/contract/keys.ts'
import { mpcKeyPlace } from '#lib/contract/mpc-keys.ts'
import { clientCreate, clientUpdate, signUpSetting } from '#lib/contract/oauth.ts'
import {
  authenticateBegin,
  authenticateFinish,
  passkeyRename,
  registerBegin,
  registerFinish,
} from '#lib/contract/passkeys.ts'
import { remoteSkillCreate, remoteSkillUpdate, skillExecute, skillInput } from '#lib/contract/skills.ts'
import { toldEvents } from '#lib/contract/usage-events.ts'
import { webhookCreate, webhookRecover, webhookTest, webhookUpdate } from '#lib/contract/webhooks.ts'

/** What may stand in the body of a route, as `POST /v1/keys`; undefined where a body says nothing. */
export function schemaOf(route: string): z.ZodType | undefined {
  const found = schemas.find(([routes]) => routes.test(route))
  if (!found) throw new Error(`Of ${route} it is not known what its body may be: say so in worst-inputs/schemas.ts.`)
  return found[1]
}

const named = z.object({ username: z.string() })

/** The first that fits is it. */
const schemas: [routes: RegExp, schema: z.ZodType | undefined][] = [
  [/\/(?:sign-out|deny|switch|decline|revoke|resend|secrets|rotate-secret)$/, undefined],
  [/\/console\/api\/sign-in\/begin$|\/account\/api\/sign-in\/begin$|\/approval\/:id\/api\/begin$/, undefined],
  [/\/console\/api\/passkeys\/begin$/, undefined],
  // Its messages are the MPC server's, and are read there.
  [/\/v1\/mpc\//, undefined],
  [/\/(?:passkeys\/register|passkeys|sign-up)\/finish$/, registerFinish],
  [/\/join\/finish$/, joinRead.extend(registerFinish.shape)],
  [/\/finish$/, authenticateFinish],
  [/\/passkeys\/register\/begin$/, registerBegin],
  [/\/passkeys\/authenticate\/begin$/, authenticateBegin],
  [/\/interaction\/:uid\/api\/sign-(?:in|up)\/begin$/, named],
  [/\/interaction\/:uid\/api\/allow$/, z.object({ leftOut: z.array(z.string()) })],
  [/\/account\/api\/confirm$/, z.object({ for: z.object({ delete: z.string() }) })],
  [/\/account\/api\/passkeys\/(?:begin|:id\/delete)$/, authenticateFinish],
  [/\/console\/api\/confirm\/begin$/, confirmBegin],
  [/\/join\/begin$/, joinBegin],
  [/\/join\/accept$/, joinAccept],
  [/\/join\/read$/, joinRead],
  [/\/console\/api\/passkeys\/:id$/, ownPasskeyRename],
  [/\/passkeys\/:\w+$/, passkeyRename],
  [/\/session\/tenant$/, tenantEnter],
  [/\/members\/:id$/, roleChange],
  [/\/invitations$/, invitationCreate],
  [/\/trust-anchors$/, trustAnchorCreate],
  [/\/attestation$/, attestationPolicyUpdate],
  [/\/keys$/, keyCreate],
  [/\/keys\/:id$/, keyUpdate],
  [/\/keys\/:id\/rotate$/, keyRotate],
  [/\/allowlist\/test$/, allowlistTest],
  [/\/mpc-keys\/:id\/(?:un)?freeze$/, mpcKeyPlace],
  [/\/v1\/hand-offs$/, handOffCreate],
  [/\/v1\/hand-offs\/take$/, handOffTake],
  [/\/v1\/approvals$/, approvalCreate],
  [/\/usage\/events$/, toldEvents],
  [/\/skills\/execute$/, skillExecute],
  [/\/skills\/:environment$/, remoteSkillCreate],
  [/\/skills\/:environment\/:id$/, remoteSkillUpdate],
  [/\/skills\/:environment\/:id\/(?:request|try)$/, skillInput],
  [/clients$/, clientCreate],
  [/clients\/:id$/, clientUpdate],
  [/\/v1\/webhooks$/, webhookCreate],
  [/\/console\/api\/webhooks$/, consoleWebhookCreate],
  [/\/webhooks\/:id$/, webhookUpdate],
  [/\/webhooks\/:id\/test$/, webhookTest],
  [/\/webhooks\/:id\/recover$/, webhookRecover],
  [/\/v1\/account$/, accountUpdate],
  [/\/v1\/account\/payment-methods$/, paymentMethodCreate],
  [/\/v1\/account\/funds$/, fundRequest],
  [/\/console\/api\/account$/, consoleAccountUpdate],
  [/\/console\/api\/account\/payment-methods$/, consoleMethodCreate],
  [/\/payment-methods\/:id\/remove$/, accountPlace],
  [/\/console\/api\/account\/funds$/, consoleFund],
  [/\/console\/api\/sign-up$/, signUpSetting],
  [/\/relying-party$/, relyingPartyUpdate],
  [/\/branding$/, brandingUpdate],
]
