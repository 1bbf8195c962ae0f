import { html, raw } from 'hono/html'
import { colorOf, fillOf, inkOn } from '#lib/contract/brand-colors.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { PageBranding } from '#lib/contract/oauth.ts'

/** A page's only form, which has no script: what is hidden in it comes back. */
export interface Form {
  action: string
  xsrf: string
  userCode?: string
}

/** A piece of HTML in which everything from outside is escaped. */
export type Html = ReturnType<typeof html>

export const nothing: Html = html``

interface Page {
  title: string
  tenant?: PageBranding | null
  environment?: Environment | null
  /** What stands below the heading. */
  body: Html
}

/** A whole page: one card, with the tenant on top of it. It needs no script, and works where there is none. */
export function shell({ title, tenant = null, environment = null, body }: Page): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(look + buttonsOf(tenant))}</style>
</head>
<body>
<main>
${tenant ? band(tenant, environment === 'test') : nothing}
<div class="body">
<h1>${title}</h1>
${body}
</div>
</main>
</body>
</html>
`
  return String(page)
}

/**
 * The tenant on its colour, and whether this is for trying out only, as on the pages for sign-in and consent
 * (components/interaction/frame.tsx).
 */
function band({ name, color, logoUrl }: PageBranding, test: boolean): Html {
  const ink = color && isColor(color) ? inkOn(color) : undefined
  const tile = ink ?? colorOf(name)
  const letter = html`<b aria-hidden="true" style="background:${tile};color:${inkOn(tile)}">${name.trim().charAt(0).toUpperCase()}</b>`
  const band = ink ? html` style="background:${color};color:${ink}"` : nothing
  return html`<header${band}>${isPicture(logoUrl) ? mark(logoUrl) : letter}<span>${name}</span>${test ? html`<small>test</small>` : nothing}</header>`
}

/** The buttons in a tenant's colour, as far as that can be told from the card. */
function buttonsOf(tenant: PageBranding | null): string {
  const { color } = tenant ?? {}
  if (!color || !isColor(color)) return ''
  const rule = (theme: 'light' | 'dark') => {
    const { fill, ink } = fillOf(color, theme)
    return `:root{--fill:${fill};--fill-ink:${ink}}`
  }
  return `${rule('light')}@media(prefers-color-scheme:dark){${rule('dark')}}`
}

function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text)
}

/** A tenant’s or an app’s picture; nothing where it has none. */
export function mark(logoUrl: string | null): Html {
  if (!isPicture(logoUrl)) return nothing
  return html`<img src="${logoUrl}" alt="" width="32" height="32" referrerpolicy="no-referrer">`
}

function isPicture(url: string | null): url is string {
  return url !== null && /^(?:https:|data:image\/)/.test(url)
}

/** The beginning of a form: what comes back unchanged. */
export function hidden(fields: Record<string, string>): Html {
  return html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}

const look = `
@font-face{font-family:Geist;src:url(/geist.woff2) format("woff2");font-weight:100 900;font-display:swap}
:root{color-scheme:light dark;--paper:#f7f7f4;--card:#fff;--sunk:#f1f1ec;--ink:#16171d;--soft:#565a68;--line:#e3e3dc;--strong:#d2d2c9;--accent:#2b45e8;--on:#fff;--fill:var(--accent);--fill-ink:var(--on);--bad:#b4232f;--bad-wash:#fdeaea;--warn:#8f5200;--warn-wash:#fdf0db}
@media(prefers-color-scheme:dark){:root{--paper:#0e0f13;--card:#16181e;--sunk:#1b1d25;--ink:#eceef4;--soft:#a9aebd;--line:#272a34;--strong:#363a47;--accent:#8597ff;--on:#0d1030;--bad:#ff8a8a;--bad-wash:#331a1d;--warn:#f0b55b;--warn-wash:#2e2313}}
*{box-sizing:border-box;margin:0}
body{min-height:100dvh;display:grid;align-content:center;padding:16px;background:var(--paper);color:var(--ink);font:15px/1.5 Geist,system-ui,sans-serif;overflow-wrap:anywhere;-webkit-font-smoothing:antialiased}
main{width:100%;max-width:440px;margin:auto;overflow:hidden;border:1px solid var(--line);border-radius:14px;background:var(--card);box-shadow:0 8px 24px -12px #16171d14}
header{display:flex;align-items:center;gap:12px;padding:14px 28px;border-bottom:1px solid var(--line);background:var(--sunk);font-size:16px;font-weight:600}
header b{flex:none;display:grid;place-items:center;width:36px;height:36px;border-radius:10px;font-weight:600}
header img{width:36px;height:36px;border-radius:10px}
header span{flex:1;min-width:0}
header small{padding:4px 8px;border-radius:99px;background:var(--warn-wash);color:var(--warn);font-size:11px;line-height:1;letter-spacing:.05em;text-transform:uppercase}
img{flex:none;width:32px;height:32px;padding:3px;border-radius:9px;background:#fff;object-fit:contain}
p img{width:22px;height:22px;padding:1px;border-radius:6px;vertical-align:-6px}
.body{padding:28px}
.body>*+*{margin-top:16px}
h1{font-size:24px;line-height:1.25;letter-spacing:-.02em;text-wrap:balance}
.body>h1+*{margin-top:8px}
.soft,.note{color:var(--soft)}
.note{font-size:13px}
.bad,.warn{padding:10px 14px;border-radius:12px;font-size:14px}
.bad{background:var(--bad-wash);color:var(--bad);font-weight:600}
.warn{background:var(--warn-wash)}
.warn b{color:var(--warn)}
code,output,input{font-family:ui-monospace,"Geist Mono",monospace;font-feature-settings:"zero"}
code{font-size:13px}
output{display:block;padding:14px;border-radius:12px;background:var(--sunk);font-size:26px;letter-spacing:.12em;text-align:center}
label{display:block;margin-bottom:6px;font-size:13px;font-weight:600}
input{width:100%;padding:11px 12px;border:1px solid var(--strong);border-radius:10px;background:var(--card);color:var(--ink);font-size:20px;letter-spacing:.12em;text-transform:uppercase}
input[aria-invalid]{border-color:var(--bad)}
.buttons{display:flex;flex-flow:row-reverse wrap;gap:10px;margin-top:20px}
button,.button{flex:1 1 140px;padding:11px 12px;white-space:nowrap;border:1px solid var(--fill);border-radius:10px;background:var(--fill);color:var(--fill-ink);font:600 15px/20px Geist,system-ui,sans-serif;text-align:center;text-decoration:none;cursor:pointer}
button+button{border-color:var(--strong);background:var(--card);color:var(--ink)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 14px;font-size:13px}
dt{color:var(--soft)}
section{padding-top:16px;border-top:1px solid var(--line)}
section>*+*{margin-top:8px}
h2{font-size:14px;color:var(--ink)}
mark{padding:1px 2px;border-radius:4px;background:var(--bad-wash);color:var(--bad);font-weight:700}
a{color:var(--accent)}
dd{min-width:0}
@media(max-width:480px){body{align-content:start}.body{padding:20px}header{padding:14px 20px}}
`
