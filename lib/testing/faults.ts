export * from '#lib/webauthn/faults/index.ts'
export { asJUnit, asMarkdown, asSummary, type FaultReport, faultReport } from '#lib/webauthn/faults/report.ts'
export { withCookies } from './with-cookies.ts'
