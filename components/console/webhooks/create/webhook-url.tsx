import { UrlField } from '../../endpoint/url-field.tsx'

interface Props {
  url: string
  error: string | undefined
  onChange: (url: string) => void
}

/** Where the events go. */
export function WebhookUrl(props: Props) {
  return (
    <UrlField label="URL" hint="where the events are sent" placeholder="https://api.example.com/webhooks" {...props} />
  )
}
