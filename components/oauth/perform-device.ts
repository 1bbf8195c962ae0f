import { Performance } from './performance.ts'

/** The device flow: the page plays the device, and the person answers in a window that stands for their phone. */
export class DevicePerformance extends Performance {
  codes(): Promise<boolean> {
    const { scopes } = this.recorder.flow.choices
    return this.recorder.step('codes', async () => {
      const oauth = await this.oauth
      await this.bind()
      const codes = await oauth.deviceAuthorization({
        ...this.client,
        scope: scopes.join(' '),
        resource: this.resource,
        signal: this.waiting,
      })
      this.recorder.show({ codes })
      return `The device shows ${codes.userCode}, and where to enter it.`
    })
  }

  /** Until the person has answered. The popup was opened in the click: null when the browser refused. */
  wait(popup: Window | null): Promise<boolean> {
    const { codes } = this.recorder.flow
    if (!codes) {
      popup?.close()
      return this.recorder.missing('wait', 'There are no codes yet: ask for them first.')
    }
    return this.recorder.step('wait', async () => {
      try {
        this.waiting.throwIfAborted()
        if (popup) popup.location.href = codes.verificationUriComplete
        else this.recorder.show({ blocked: codes.verificationUriComplete })
        const oauth = await this.oauth
        const { deviceCode, interval } = codes
        const asking = { ...this.client, deviceCode, interval, resource: this.resource, dpop: this.dpop }
        const tokens = await oauth.deviceTokens({ ...asking, signal: this.waiting })
        this.recorder.show({ tokens })
        return `The person allowed it. The device holds an access token${tokens.refreshToken ? ' and a refresh token' : ''}.`
      } finally {
        popup?.close()
      }
    })
  }
}
