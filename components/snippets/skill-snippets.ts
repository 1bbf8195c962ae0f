import type { Code } from '../ui/snippet.tsx'
import { nodeServer, pythonServer } from './endpoint-servers.ts'
import { verifyByHand } from './verify-by-hand.ts'
import { keyedCall, literal, python, pythonValue, shellWord, typescript, typescriptValue } from './written.ts'

/** Executes a skill with a key that stands in PLAYGROUND_API_KEY, and prints what came out. */
export function skillExecution(baseUrl: string, { id, input }: { id: string; input: unknown }): Code {
  return {
    curl: keyedCall(
      `${baseUrl}/v1/skills/execute`,
      '-H "Content-Type: application/json"',
      `-d ${shellWord(JSON.stringify({ skill_id: id, input }))}`,
    ),
    TypeScript: typescript(
      baseUrl,
      "import { Client } from '@webauthn-playground/sdk'",
      '',
      `const client = new Client({ baseUrl: '${baseUrl}' }) // its key is in PLAYGROUND_API_KEY`,
      'const run = await client.skills.execute({',
      `  skillId: ${literal(id)},`,
      `  input: ${typescriptValue(input)},`,
      '})',
      'console.log(run.id, run.output)',
    ),
    Python: python(
      baseUrl,
      'from webauthn_playground import Client',
      '',
      `client = Client(base_url="${baseUrl}")  # its key is in PLAYGROUND_API_KEY`,
      'run = client.skills.execute(',
      `    skill_id="${id}",`,
      `    input=${pythonValue(input)},`,
      ')',
      'print(run.id, run.output)',
    ),
  }
}

/**
 * The endpoint of a skill, which does what is asked for by the server alone: two servers, and a command for a call that is at
 * hand. Each reads the skill's secret from SKILL_SECRET.
 */
export function skillServer(baseUrl: string): Code {
  return {
    curl: verifyByHand('SKILL_SECRET'),
    TypeScript: nodeServer(baseUrl, {
      verify: 'verifySkillCall',
      port: 8080,
      lines: [
        "const { runId, input } = await verifySkillCall<{ text: string }>(request, process.env.SKILL_SECRET ?? '')",
        'console.log(runId, input)',
        'const output = { result: input.text.toUpperCase() }',
        "response.setHeader('Content-Type', 'application/json').end(JSON.stringify(output))",
      ],
    }),
    Python: pythonServer(baseUrl, {
      imports: ['import json'],
      verify: 'verify_skill_call',
      port: 8080,
      lines: [
        'try:',
        '    call = verify_skill_call(self.headers, body, os.environ["SKILL_SECRET"])',
        'except WebhookVerificationError as error:',
        '    print(error, flush=True)',
        '    return self.send_error(400)',
        'print(call.run_id, call.input, flush=True)',
        'output = {"result": call.input["text"].upper()}',
        'self.send_response(200)',
        'self.send_header("Content-Type", "application/json")',
        'self.end_headers()',
        'self.wfile.write(json.dumps(output).encode())',
      ],
    }),
  }
}
