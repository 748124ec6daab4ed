import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin } from 'vite'
import type { Application, Change, Closing, Decision, Entry, ImageState, Input, Job, Output, User, Workspace } from '../src/api/types.ts'
import { datasets, evidenceFor, memberOf, alerts, permits, projects, tables, users } from './fixtures.ts'

/** A development aid: answers /api from memory in the shapes of the gateway. It checks next to nothing. */
const state = { inputs: [] as Input[], workspaces: [] as Workspace[], image: 'missing' as ImageState['state'], percent: 0, sessions: new Map<string, User>(), jobs: [] as Job[], outputs: [] as Output[], log: [] as Entry[], alerts: alerts(), applications: [] as Application[], changes: [] as Change[], closings: new Map<string, Closing>() }
let serial = 0
const id = (kind: string) => `${kind}${(++serial).toString(36).padStart(4, '0')}${Math.random().toString(36).slice(2, 10)}`
const now = () => new Date().toISOString()

class Refused extends Error {
  readonly status: number
  readonly reason: string
  constructor(status: number, reason: string, title: string) {
    super(title)
    this.status = status
    this.reason = reason
  }
}

type Ask = { me: User; body: Record<string, unknown>; search: URLSearchParams; parts: string[] }

function log(actor: string, action: string, project?: string, object?: string, result = 'done') {
  const index = state.log.length
  state.log.push({ index, time: now(), actor, action, phase: 'intent', project, object, detail: {} })
  state.log.push({ index: index + 1, time: now(), actor, action, phase: 'outcome', result, project, object, intent: index, detail: { sql: 'sha256:9f86d081884c7d65' } })
}

function hold(job: Job, author: User) {
  const output: Output = {
    id: id('o'), project: job.project, author: author.name, job: job.id, title: job.title ?? '', state: 'checking',
    files: [{ name: 'result.csv', type: 'text/csv' }], findings: [], reviews: [], created: now(), sql: job.sql, projectTitle: permits.find(({ project }) => project === job.project)?.title,
    reviewsNeeded: permits.find(({ project }) => project === job.project)?.reviews ?? 1, rules: 'ndb@2024-11',
  }
  state.outputs.unshift(output)
  Object.assign(job, { state: 'held', ended: now(), output: output.id })
  setTimeout(() => Object.assign(output, { state: 'held', verdict: 'amendable', held: now(), findings: evidenceFor(output).judgement!.findings }), 1200)
  log(author.name, 'output.hold', job.project, output.id)
}

const cellsOf = (notebook: string) => (JSON.parse(notebook) as { cells: { cell_type: string; source: string | string[] }[] }).cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => [source].flat().join(''))

/** A cell fails where it raises; nothing is run. */
function submitNotebook({ me, body, parts }: Ask): Job {
  const cells = cellsOf(body.notebook as string)
  const job: Job = { id: id('j'), project: parts[1]!, kind: 'notebook', kernel: 'python3', cells: cells.length, state: 'queued', title: (body.title as string) ?? 'notebook', queued: now(), position: 1 }
  state.jobs.unshift(job)
  log(me.name, 'job.submit', job.project, job.id)
  let cell = 0
  const timer = setInterval(() => {
    if (job.state === 'cancelled') return clearInterval(timer)
    cell += 1
    Object.assign(job, { state: 'running', started: job.started ?? now(), position: null, progress: { phase: 'running', cell, of: cells.length } })
    const failed = /raise |KeyError/.test(cells[cell - 1] ?? '')
    if (!failed && cell < cells.length) return
    clearInterval(timer)
    if (failed) Object.assign(job, { state: 'failed', ended: now(), progress: null, error: { code: 'cell-failed', cell, class: 'KeyError', message: 'A cell of the notebook failed.' } })
    else {
      hold(job, me)
      const output = state.outputs[0]!
      Object.assign(output, { origin: 'notebook', context: body.context, sql: null, files: [{ name: 'notebook.ipynb', type: 'application/x-ipynb+json' }, { name: 'counts.csv', type: 'text/csv' }] })
      notebooks.set(output.id, body.notebook as string)
    }
  }, 300)
  return job
}
const notebooks = new Map<string, string>()

function evidence(output: Output, file: string | null) {
  if (output.origin !== 'notebook') return evidenceFor(output)
  const found = evidenceFor(output)
  const looked = file ?? 'counts.csv'
  const shown = looked.endsWith('.csv') ? {} : { table: null, amended: null }
  return { ...found, ...shown, sql: null, file: looked, judgement: { ...found.judgement!, files: output.files, amendedFiles: [{ name: 'amended-counts.csv', type: 'text/csv' }] } }
}

function submit(asked: Ask): Job {
  const { me, body, parts } = asked
  if (body.kind === 'notebook') return submitNotebook(asked)
  const job: Job = { id: id('j'), project: parts[1]!, kind: 'sql', state: 'queued', title: (body.title as string) ?? null, sql: body.sql as string, queued: now(), position: 1 }
  state.jobs.unshift(job)
  log(me.name, 'job.submit', job.project, job.id)
  const slow = /slow/.test(job.sql ?? '') ? 20_000 : 1500
  setTimeout(() => job.state === 'queued' && Object.assign(job, { state: 'running', started: now(), position: null, progress: { phase: 'running', fraction: 0.35 } }), 400)
  setTimeout(() => {
    if (job.state !== 'running') return
    const line = (job.sql ?? '').split('\n').findIndex((text) => /patiens/.test(text))
    if (line >= 0) Object.assign(job, { state: 'failed', ended: now(), error: { code: 'unknown-table', line: line + 1, column: job.sql!.split('\n')[line]!.indexOf('patiens') + 1, message: 'There is no table “patiens” in this project.' } })
    else hold(job, me)
  }, slow)
  return job
}

function review({ me, body, parts }: Ask): Output {
  const output = one(parts[1]!)
  if (output.author === me.name) throw new Refused(403, 'own-output', 'Nobody reviews an own output')
  if (output.state !== 'held') throw new Refused(409, 'wrong-state', 'Not in this state')
  output.reviews.push({ reviewer: me.name, decision: body.decision as Decision, note: body.note as string, at: now() })
  log(me.name, 'output.review', output.project, output.id)
  if (output.reviews.length < (output.reviewsNeeded ?? 1)) return output
  const decisions = output.reviews.map(({ decision }) => decision)
  const released = decisions.every((decision) => decision?.startsWith('release'))
  const next = released ? 'released' : decisions.every((decision) => decision === 'refuse') ? 'refused' : 'returned'
  Object.assign(output, { state: next, decided: now() })
  if (released) Object.assign(output, { release: { at: now(), amended: decisions.includes('release-amended') }, files: output.files.map((file) => ({ ...file, bytes: 842, sha256: '3b5d5c3712955042212316173ccf37be800b1a5b5c3712955042212316173ccf' })) })
  return output
}

function one(wanted: string): Output {
  const found = state.outputs.find((output) => output.id === wanted)
  if (!found) throw new Refused(404, 'not-found', 'Not found')
  return found
}

const seen = (output: Output, me: User): Output => (output.state === 'held' ? { ...output, reviews: me.roles.includes('checker') ? output.reviews.filter(({ reviewer }) => reviewer === me.name) : [], reviewsGiven: undefined } : output)
const visible = (me: User) => state.outputs.filter(({ project }) => me.roles.includes('checker') || memberOf[me.name]?.includes(project)).map((output) => seen(output, me))

function audit({ me, search }: Ask) {
  const wanted = (name: 'actor' | 'action' | 'project') => (entry: Entry) => !search.get(name) || entry[name] === search.get(name)
  const all = state.log.filter((entry) => wanted('actor')(entry) && wanted('action')(entry) && wanted('project')(entry)).toReversed()
  const before = search.get('cursor') ? Number(search.get('cursor')) : state.log.length
  const limit = Number(search.get('limit') || 100)
  if (!search.get('cursor')) log(me.name, 'log.read')
  const older = all.filter(({ index }) => index < before)
  const items = older.slice(0, limit)
  return { items, next: limit < older.length ? String(items.at(-1)!.index) : null, verified: { upTo: state.log.length - 2, size: state.log.length, at: now(), holds: true, witnesses: [{ name: 'hospital.example/witness', size: state.log.length - 2, at: now(), trouble: null }] } }
}

const closingOf = (project: string): Closing => state.closings.get(project) ?? { project, state: 'none' }

function proposeClosing({ me, body, parts }: Ask): Closing {
  state.closings.set(parts[1]!, { project: parts[1]!, state: 'proposed', by: me, note: body.note as string, proposed: now() })
  log(me.name, 'project.propose-closing', parts[1])
  return closingOf(parts[1]!)
}

function decideClosing({ me, body, parts }: Ask): Closing {
  const project = parts[1]!
  if (body.decision === 'refuse') state.closings.delete(project)
  else {
    const closing = Object.assign(closingOf(project), { state: 'destroying', decidedBy: me, decided: now() })
    projects.find((one) => one.id === project)!.state = permits.find((one) => one.project === project)!.state = 'closed'
    log(me.name, 'project.close', project)
    setTimeout(() => Object.assign(closing, { state: 'closed', closed: now(), files: 182, bytes: 41_300_000, certificate: state.log.length - 1 }), 1500)
  }
  return closingOf(project)
}

function decideApplication({ me, body, parts }: Ask) {
  const found = state.applications.find((one) => one.id === parts[1])!
  found.state = body.decision === 'approve' ? 'approved' : body.decision === 'reject' ? 'rejected' : 'returned'
  found.decisions = [{ decision: found.state, by: me.name, note: body.note as string, at: now() }]
  return found
}

const listed = <T extends { id: string }>(all: T[], wanted: string): T => {
  const one = all.find(({ id: known }) => known === wanted)
  if (!one) throw new Refused(404, 'not-found', 'Not found')
  return one
}

function bring({ me, body, parts }: Ask): Input {
  const input = { ...(body as Pick<Input, 'name' | 'bytes' | 'kind' | 'purpose'>), id: id('i'), project: parts[1]!, projectTitle: permits.find(({ project }) => project === parts[1])!.title!, uploader: me.name, mine: true, received: 0, state: 'uploading' as const, created: now() }
  state.inputs.unshift(input)
  log(me.name, 'input.upload', parts[1], input.id)
  return input
}

function piece(input: Input, length: number): Input {
  input.received += length
  if (input.received < input.bytes) return input
  input.state = 'scanning'
  const refused = /\.exe$|bomb/.test(input.name)
  setTimeout(() => Object.assign(input, {
    state: refused ? 'refused' : 'waiting', ending: refused ? 'scan' : undefined, sha256: '3b5d5c3712955042212316173ccf37be800b1a5b5c3712955042212316173ccf', needsNote: true,
    scan: { state: 'absent', words: { ja: '検査していません：この環境にウイルス検査ソフトがありません', en: 'not scanned: no scanner here' } },
    contents: { type: input.kind === 'file' ? 'text' : 'zip', names: input.kind === 'file' ? [] : ['lifelines/__init__.py', 'lifelines-0.30.0.dist-info/METADATA'], ...(input.kind !== 'file' && { software: 'lifelines 0.30.0', entries: 2, expandedBytes: 51_200 }) },
    findings: refused ? [{ severity: 'refuse', message: { ja: '実行形式のプログラムです', en: 'it is a program for a machine' } }] : [],
  }), 1500)
  return input
}

function reviewInput({ me, body, parts }: Ask): Input {
  const input = listed(state.inputs, parts[1]!)
  const accepted = body.decision === 'accept'
  Object.assign(input, { state: accepted ? 'accepted' : 'refused', ending: accepted ? undefined : 'steward', review: { decision: body.decision, by: me.name, note: body.note, at: now() } })
  log(me.name, 'input.review', input.project, input.id)
  if (accepted) setTimeout(() => Object.assign(input, { state: 'delivered', delivered: now(), place: input.kind === 'file' ? `~/inputs/${input.name}` : '/opt/project/python' }), 1000)
  return input
}

function openWorkspace({ me, parts }: Ask): Workspace {
  const workspace: Workspace = { id: id('w'), project: parts[1]!, owner: me.name, image: 'desktop', state: 'starting', since: now(), seen: now(), expires: permits.find(({ project }) => project === parts[1])!.expires, recorded: true, clipboardIn: true, progress: { words: { ja: 'イメージを作成しています', en: 'Building the image' }, percent: 0 } }
  state.workspaces.unshift(workspace)
  log(me.name, 'workspace.open', workspace.project, workspace.id)
  const timer = setInterval(() => {
    workspace.progress!.percent! += 20
    state.image = 'building'
    if (workspace.progress!.percent! < 100) return
    clearInterval(timer)
    state.image = 'built'
    if (workspace.state === 'starting') Object.assign(workspace, { state: 'running', progress: null })
  }, 700)
  return workspace
}

const ends = (me: User) => me.roles.some((role) => role === 'reviewer' || role === 'security')
const mine = (me: User) => state.inputs.filter(({ project }) => me.roles.includes('steward') || memberOf[me.name]?.includes(project)).map((input) => ({ ...input, mine: input.uploader === me.name }))

const bytes = (type: string, text: string) => ({ $type: type, text })
const routes: Record<string, (ask: Ask) => unknown> = {
  'GET projects': ({ me }) => ({ items: projects.filter(({ id: one }) => memberOf[me.name]?.includes(one) || me.roles.some((role) => role === 'reviewer' || role === 'security')).map((project) => ({ ...project, member: !!memberOf[me.name]?.includes(project.id), ...(ends(me) && { closing: state.closings.get(project.id) }) })) }),
  'GET projects/*/closing': ({ parts }) => closingOf(parts[1]!),
  'POST projects/*/closing': proposeClosing,
  'POST projects/*/closing/decisions': decideClosing,
  'GET recordings': () => ({ items: [] }),
  'GET projects/*': ({ me, parts }) => projects.filter(({ id: one }) => one === parts[1]).map((project) => ({ ...project, member: !!memberOf[me.name]?.includes(project.id), closed: state.closings.get(project.id)?.closed }))[0],
  'GET projects/*/permit': ({ parts }) => permits.find(({ project }) => project === parts[1]),
  'GET projects/*/tables': () => ({ items: tables }),
  'GET projects/*/jobs': ({ parts, search }) => ({ items: state.jobs.filter(({ project, kind }) => project === parts[1] && kind === (search.get('kind') ?? kind)) }),
  'POST projects/*/jobs': submit,
  'GET jobs/*': ({ parts }) => state.jobs.find((job) => job.id === parts[1]),
  'DELETE jobs/*': ({ parts }) => Object.assign(state.jobs.find((job) => job.id === parts[1])!, { state: 'cancelled', ended: now() }),
  'GET outputs': ({ me, search }) => ({ items: visible(me).filter(({ project }) => !search.get('project') || project === search.get('project')) }),
  'GET outputs/*': ({ me, parts }) => seen(one(parts[1]!), me),
  'POST outputs/*/withdraw': ({ parts }) => Object.assign(one(parts[1]!), { state: 'withdrawn', ended: now() }),
  'GET outputs/*/evidence': ({ parts, search }) => evidence(one(parts[1]!), search.get('file')),
  'POST outputs/*/reviews': review,
  'GET outputs/*/files/*': ({ me, parts }) => (log(me.name, 'output.download', undefined, parts[1]), parts[3]!.endsWith('.ipynb') ? bytes('application/x-ipynb+json', notebooks.get(parts[1]!) ?? '{}') : bytes('text/csv', 'prefecture,n\n北海道,1200\n')),
  'GET outputs/*/certificate': () => ({ kind: 'sekisho-release/1' }),
  'POST projects/*/inputs': bring,
  'GET inputs': ({ me, search }) => ({ items: mine(me).filter(({ state: at, project }) => (!search.get('state') || at === search.get('state')) && (!search.get('project') || project === search.get('project'))).map((input) => ({ ...input, scan: typeof input.scan === 'object' ? input.scan?.state : undefined })) }),
  'GET inputs/*': ({ me, parts }) => listed(mine(me), parts[1]!),
  'DELETE inputs/*': ({ parts }) => void Object.assign(listed(state.inputs, parts[1]!), { state: 'withdrawn' }),
  'POST inputs/*/reviews': reviewInput,
  'GET projects/*/images': () => ({ items: [] }),
  'POST projects/*/workspaces': openWorkspace,
  'GET workspaces': ({ me }) => ({ items: state.workspaces.filter(({ owner }) => owner === me.name) }),
  'GET workspaces/*': ({ parts }) => listed(state.workspaces, parts[1]!),
  'DELETE workspaces/*': ({ me, parts }) => void Object.assign(listed(state.workspaces, parts[1]!), { state: 'ended', ending: 'owner', endedBy: me.name }),
  'GET images': () => ({ items: [{ name: 'desktop', state: state.image, ...(state.image === 'building' && { progress: state.workspaces[0]?.progress }) }] }),
  'POST projects/*/preflight': ({ body }) => (/patiens/.test(String(body.sql)) ? { error: { code: 'unknown-table', line: 2, column: 6, message: 'There is no table “patiens” in this project.' } } : { verdict: 'amendable', findings: evidenceFor({} as Output).judgement!.findings }),
  'GET alerts': ({ search }) => ({ items: state.alerts.filter(({ state: at }) => at === (search.get('state') ?? at)) }),
  'POST alerts/*/acknowledgement': ({ me, body, parts }) => Object.assign(listed(state.alerts, parts[1]!), { state: 'acknowledged', acknowledged: { by: me.name, at: now(), note: body.note } }),
  'POST alerts/*/reversal': ({ me, parts }) => Object.assign(listed(state.alerts, parts[1]!).measure!, { state: 'reversed', reversedBy: me.name, reversed: now() }),
  'GET usage': () => ({ items: [{ project: 'stroke-care', person: 'analyst', queries: 214, outputs: 31, releases: 12, downloads: 14, desktopSeconds: 0 }, { project: 'stroke-care', person: 'researcher', queries: 88, outputs: 9, releases: 4, downloads: 4, desktopSeconds: 93_600 }] }),
  'GET audit': audit,
  'GET audit/proof/*': ({ parts }) => bytes('text/plain', `c2sp.org/tlog-proof@v1\nindex ${parts[2]}\n`),
  'GET sessions': () => ({ items: [...state.workspaces.filter(({ state: at }) => at !== 'ended').map(({ id: one, owner, project, since, state: at }) => ({ id: one, kind: 'workspace', person: owner, project, since, seen: now(), state: at })), ...[...state.sessions].map(([session, user]) => ({ id: session, kind: 'web', user, since: now(), expires: now() }))] }),
  'DELETE sessions/*': ({ parts }) => void state.sessions.delete(parts[1]!),
  'GET account': ({ me }) => ({ user: me, secondFactor: 'optional', passkeys: [], recoveryCodes: 0, trainings: [{ training: 'data-protection', until: '2028-04-01T00:00:00Z' }] }),
  'POST account/totp': ({ me }) => ({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', uri: `otpauth://totp/Sekisho:${me.name}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sekisho` }),
  'PUT account/totp': () => ({ recoveryCodes: Array.from({ length: 10 }, (_, at) => `abcd-efgh-ijkl-mno${at}`) }),
  'GET accounts': () => ({ items: users.map((user) => ({ ...user, active: true, factors: [], lapsed: [], trainings: [{ training: 'data-protection', until: '2028-04-01T00:00:00Z' }] })) }),
  'POST accounts': ({ body }) => ({ account: { ...(body as object), id: id('u'), roles: [], factors: [], lapsed: [], trainings: [], active: true }, invitation: { code: 'abcd-efgh-ijkl-mnop', until: now() } }),
  'POST accounts/*/changes': ({ me, body, parts }) => (state.changes.push({ ...(body as Change), id: id('c'), account: users.find((user) => user.id === parts[1])!, held: users.find((user) => user.id === parts[1])!.roles, awaited: true, by: me, proposed: now(), state: 'open' }), state.changes.at(-1)),
  'GET changes': () => ({ items: state.changes.filter(({ state: at }) => at === 'open') }),
  'POST changes/*/decisions': ({ parts }) => Object.assign(state.changes.find((found) => found.id === parts[1])!, { state: 'confirmed' }),
  'GET applications': () => ({ items: state.applications }),
  'POST applications': ({ me, body }) => (state.applications.unshift({ ...(body as object), id: id('a'), applicant: me.name, state: 'submitted', submitted: now() } as Application), state.applications[0]),
  'GET applications/*': ({ parts }) => state.applications.find((found) => found.id === parts[1]),
  'POST applications/*/decisions': decideApplication,
}
const open: Record<string, (ask: Ask) => unknown> = {
  'GET public/instance': () => ({ demo: true, version: '0.1.0', sandbox: { isolated: false, text: { ja: 'サンドボックスが利用できないため、通常のプロセスとして動いています。実データには使えません。', en: 'No sandbox can be had here: queries run as plain processes. Not for real data.' } } }),
  'GET public/projects': () => ({ items: permits.map(({ project, title, purpose, granted, expires, data }) => ({ id: project, title, purpose, datasets: data, since: granted, expires, state: projects.find((one) => one.id === project)?.state })) }),
  'GET datasets': () => ({ items: datasets }),
  'GET datasets/*': ({ parts }) => datasets.find((dataset) => dataset.id === parts[1]),
}

function find(table: typeof routes, method: string, parts: string[]) {
  return Object.entries(table).find(([pattern]) => {
    const [verb, path] = pattern.split(' ') as [string, string]
    const wanted = path.split('/')
    return verb === method && wanted.length === parts.length && wanted.every((part, at) => part === '*' || part === parts[at])
  })?.[1]
}

function read(request: IncomingMessage, text: string) {
  const boundary = /boundary=(\S+)/.exec(request.headers['content-type'] ?? '')?.[1]
  if (!boundary) return JSON.parse(text)
  const fields = text.split(`--${boundary}`).map((part) => /name="(\w+)"[^]*?\r\n\r\n([^]*)\r\n$/.exec(part)).filter((found) => found !== null)
  return Object.fromEntries(fields.map(([, name, value]) => [name, value]))
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url!, 'http://mock')
  const parts = url.pathname.replace('/api/', '').split('/').map(decodeURIComponent)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (request.method === 'PATCH') {
    const input = piece(listed(state.inputs, parts[1]!), Buffer.concat(chunks).length)
    response.setHeader('Upload-Offset', String(input.received))
    return undefined
  }
  const body = chunks.length ? read(request, Buffer.concat(chunks).toString()) : {}
  const token = /sekisho=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  const me = state.sessions.get(token)
  const ask = { me: me!, body, search: url.searchParams, parts }
  const method = request.method!
  const free = find(open, method, parts)
  if (free) return free(ask)
  if (parts[0] === 'session') return session(method, token, me, body, response)
  if (!me) throw new Refused(401, 'not-signed-in', 'Please sign in')
  const route = find(routes, method, parts)
  const found = route?.(ask)
  if (!route || (found === undefined && method === 'GET')) throw new Refused(404, 'not-found', 'Not found')
  return found
}

function session(method: string, token: string, me: User | undefined, body: { user?: string; password?: string }, response: ServerResponse) {
  if (method === 'DELETE') return void state.sessions.delete(token)
  if (method === 'POST') {
    const user = users.find(({ name }) => name === body.user)
    if (!user || body.password !== 'sekisho-demo') throw new Refused(401, 'wrong-sign-in', 'The name or the password is wrong')
    const secret = id('s')
    state.sessions.set(secret, user)
    log(user.name, 'session.open')
    response.setHeader('Set-Cookie', `sekisho=${secret}; Path=/; HttpOnly; SameSite=Strict`)
    return { token: secret, expires: now(), user }
  }
  if (!me) throw new Refused(401, 'not-signed-in', 'Please sign in')
  return { user: me, projects: projects.filter(({ id: one }) => memberOf[me.name]?.includes(one)).map(({ id: one, title }) => ({ id: one, title })), expires: now(), demo: true, sandbox: { isolated: true } }
}

function send(response: ServerResponse, status: number, type: string, body: string) {
  response.statusCode = status
  response.setHeader('Content-Type', type)
  response.end(body)
}

/** As strict as the gateway's; the nonce is the mark that the gateway would replace. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-__CSP_NONCE__'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

function serve(request: IncomingMessage, response: ServerResponse, next: () => void) {
  if (!request.url?.startsWith('/api/')) return next()
  answer(request, response).then(
    (found) => {
      if (found === undefined) return send(response, 204, 'text/plain', '')
      const raw = found as { $type?: string; text: string }
      send(response, 200, raw.$type ?? 'application/json', raw.$type ? raw.text : JSON.stringify(found))
    },
    (refused: Refused) => send(response, refused.status ?? 500, 'application/problem+json', JSON.stringify({ type: `urn:sekisho:${refused.reason}`, title: refused.message, status: refused.status })),
  )
}

export function mockGateway(): Plugin {
  return {
    name: 'mock-gateway',
    apply: 'serve',
    configureServer: ({ middlewares }) => void middlewares.use(serve),
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use((_request, response, next) => {
        response.setHeader('Content-Security-Policy', policy)
        next()
      })
      middlewares.use(serve)
    },
  }
}
