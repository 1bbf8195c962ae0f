import { Performance } from './performance.ts'

/** Client credentials: a confidential client gets a token that speaks for itself. */
export class OwnPerformance extends Performance {
  ask(): Promise<boolean> {
    const { scopes } = this.recorder.flow.choices
    return this.recorder.step('itself', async () => {
      const oauth = await this.oauth
      await this.bind()
      const scope = scopes.join(' ')
      const asking = { ...this.client, resource: this.resource, dpop: this.dpop }
      const tokens = await oauth.clientCredentials({ ...asking, ...(scope ? { scope } : {}) })
      this.recorder.show({ tokens })
      return 'The client holds an access token that no user stands behind.'
    })
  }
}
