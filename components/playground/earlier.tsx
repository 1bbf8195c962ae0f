interface EarlierProps {
  username?: string | undefined
  tenantName?: string | undefined
}

/** Says whose result is still on show after the key or the username has changed. */
export function Earlier({ username, tenantName }: EarlierProps) {
  const whose = [username, tenantName].filter(Boolean).join(' at ')
  return (
    <p className="border-line border-b bg-sunk px-4 py-2 text-[13px] text-soft first:rounded-t-card sm:px-5">
      {whose ? `Still on show: the last result of ${whose}.` : 'Still on show: the last result.'}
    </p>
  )
}
