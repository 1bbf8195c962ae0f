const brands = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
] as const

/** What people call a browser, by what it says of itself: for a caption, and for nothing that depends on it. */
export function browserName(userAgent: string = globalThis.navigator?.userAgent ?? ''): string {
  return brands.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'this browser'
}
