export { faultReport } from '#lib/webauthn/faults/fault-report.ts'
export * from '#lib/webauthn/faults/index.ts'
export { asJUnit, asMarkdown, asSummary, type FaultReport } from '#lib/webauthn/faults/report.ts'
export { withCookies } from './with-cookies.ts'
