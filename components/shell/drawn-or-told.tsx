import { Component, type ReactNode } from 'react'
import { NotDrawn } from './not-drawn.tsx'

interface State {
  error?: Error
}

/** What it holds, and where that breaks while it is drawn, that it did: pages of app/ have their error.tsx for it. */
export class DrawnOrTold extends Component<{ children: ReactNode }, State> {
  override state: State = {}

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override render() {
    const { error } = this.state
    return error ? <NotDrawn error={error} again={() => this.setState({ error: undefined })} /> : this.props.children
  }
}
