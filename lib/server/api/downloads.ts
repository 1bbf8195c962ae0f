import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import { z } from 'zod'
import { pageOf } from '#lib/contract/page.ts'
import { listDownloads, openDownload } from '../downloads/downloads.ts'
import { answers, refuseMalformed } from './answers.ts'
import type { ApiEnv } from './context.ts'
import { problemAnswer } from './operation.ts'

const download = z.object({ file: z.string(), bytes: z.int(), install: z.string() })
const binary = z.string().openapi({ format: 'binary' })
const open = { method: 'get', security: [] as Record<string, string[]>[] } as const

/** The packages that fit this server, for whoever installs them from it. */
export const downloads = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...open,
      operationId: 'downloads.list',
      path: '/downloads',
      summary: 'The packages that this server hands out',
      responses: { ...answers(200, 'Packages, and how each is installed', pageOf(download)), ...problemAnswer },
    }),
    async (c) => c.json({ data: await listDownloads(), nextCursor: null }, 200, { 'Cache-Control': 'no-cache' }),
  )
  .openapi(
    createRoute({
      ...open,
      operationId: 'downloads.read',
      path: '/downloads/{file}',
      summary: 'A package: an npm tarball or a Python wheel',
      request: { params: z.object({ file: z.string() }) },
      middleware: [etag()] as const,
      responses: {
        200: {
          description: 'The package',
          content: { 'application/gzip': { schema: binary }, 'application/zip': { schema: binary } },
        },
        304: { description: 'The one that was named by its ETag' },
        ...problemAnswer,
      },
    }),
    async (c) => {
      const { file } = c.req.valid('param')
      const { bytes, tag, content } = await openDownload(file)
      // Who has it already is told so before any of it is read.
      const wanted = c.req.method === 'GET' && c.req.header('if-none-match') !== tag
      const headers = {
        'Content-Type': file.endsWith('.whl') ? 'application/zip' : 'application/gzip',
        'Content-Length': String(bytes),
        ETag: tag,
        'Content-Disposition': `attachment; filename="${file}"`,
        // Asked for by its ETag each time: another version has the same name.
        'Cache-Control': 'public, no-cache',
      }
      return wanted ? c.body(content(), 200, headers) : c.body(null, 200, headers)
    },
  )
