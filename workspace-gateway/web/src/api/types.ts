import type { Text } from '../i18n/phrases.ts'

export type Role = 'researcher' | 'analyst' | 'checker' | 'security' | 'steward' | 'reviewer' | 'admin'
export type User = { id: string; name: string; displayName?: string; roles: Role[] }
export type Sandbox = { isolated: boolean; text?: Text }
export type Instance = { demo: boolean; provider?: string; sandbox?: Sandbox; version?: string }
export type Factor = 'totp' | 'passkey' | 'recovery-code' | 'provider'
export type Assurance = 'enrolling' | 'signed-in' | 'fresh'
export type Passkey = { id: string; name: string; since: string; used?: string }
export type Account = { user: User; provider?: string; secondFactor: 'required' | 'optional'; totp?: { since: string }; passkeys: Passkey[]; recoveryCodes: number; trainings?: TrainingUntil[] }
export type Training = 'data-protection' | 'output-checking'
export type TrainingUntil = { training: Training; until: string }
export type Invitation = { code: string; until: string }
export type Person = { id: string; name: string; displayName: string; roles: Role[]; lapsed: Role[]; active: boolean; factors: Factor[]; trainings: TrainingUntil[]; invitedUntil?: string }
export type Change = { id: string; account: Named; kind: 'roles' | 'reset' | 'reinstate'; roles?: Role[]; held?: Role[]; awaited?: boolean; by: Named; proposed: string; state: 'open' | 'confirmed' | 'refused' | 'done'; invitation?: Invitation }
export type Closing = { project: string; state: 'none' | 'proposed' | 'destroying' | 'closed'; by?: Named; note?: string; proposed?: string; decidedBy?: Named; decided?: string; closed?: string; files?: number; bytes?: number; certificate?: number }
export type Session = { assurance?: Assurance; freshUntil?: string; factors?: Factor[]; lapsed?: Role[]; provider?: boolean; user: User; projects?: { id: string; title: Text }[]; expires: string; demo?: boolean; sandbox?: Sandbox }
export type Page<T> = { items: T[]; next?: string | null }

export type DataGrant = {
  dataset: string
  title?: Text
  tables?: Record<string, string[]> | string[]
  from?: string | null
  to?: string | null
  prefectures?: string[]
}
export type Member = { id?: string; name: string; displayName?: string; roles?: string[] } | string
export type Permit = {
  project?: string
  version: number
  title?: Text
  purpose?: Text
  outputs?: Text
  data?: DataGrant[]
  datasets?: DataGrant[]
  members?: Member[]
  rules: string
  reviews: number
  from?: string
  granted?: string
  expires: string
  state?: 'active' | 'expired' | 'closed'
  visiting?: Visiting
}
export type Visiting = { desktop: boolean; notebooks: boolean; clipboardIn: boolean; recorded: boolean; software?: string[] }
export type Project = Partial<Omit<Permit, 'state' | 'version'>> & {
  id: string
  title: Text
  state?: 'active' | 'expired' | 'closed'
  /** Whether I am one of its members. */
  member?: boolean
  closed?: string
  closing?: Pick<Closing, 'state' | 'by' | 'proposed'>
  permit?: Permit
  permitVersion?: number
  version?: number
}

export type ColumnKind = 'person' | 'facility' | 'record' | 'date' | 'code' | 'quasi-identifier' | 'value'
export type Column = { name: string; type: string; kind: ColumnKind; description?: Text }
export type Table = { name: string; description?: Text; columns: Column[]; rows?: number }
export type Dataset = {
  id: string
  title: Text
  description?: Text
  publisher?: Text
  keywords?: string[]
  healthCategory?: string
  tables?: Table[]
  snapshot?: { id?: string; loaded?: string; persons?: number; rows?: Record<string, number> } | string | null
  persons?: number
}
export type PublicProject = {
  id: string
  title: Text
  purpose?: Text
  datasets?: (string | { id?: string; dataset?: string; title?: Text })[]
  data?: (string | { id?: string; dataset?: string; title?: Text })[]
  since?: string
  from?: string
  expires?: string
  state?: string
  organisation?: Text
}

export type JobState = 'queued' | 'running' | 'held' | 'failed' | 'cancelled'
export type JobError = { code: string; line?: number | null; column?: number | null; message: string; cell?: number | null; class?: string | null }
export type Job = {
  id: string
  project: string
  kind: string
  state: JobState
  title?: string | null
  sql?: string | null
  kernel?: string | null
  image?: string | null
  cells?: number | null
  output?: string | null
  error?: JobError | null
  queued: string
  started?: string | null
  ended?: string | null
  position?: number | null
  progress?: { phase?: string; fraction?: number | null; position?: number | null; cell?: number; of?: number } | null
}

export type OutputState = 'checking' | 'held' | 'released' | 'returned' | 'refused' | 'withdrawn'
export type Verdict = 'clear' | 'amendable' | 'refer' | 'refuse'
export type Decision = 'release' | 'release-amended' | 'return' | 'refuse'
export type Where = { row?: number | null; column?: string | null } | string | null
export type Finding = { rule: string; severity: 'info' | 'review' | 'fail'; file?: string; where?: Where; message: Text; evidence?: Text }
export type Review = { decision?: Decision | null; by?: Named; reviewer?: Named; note?: string | null; at?: string; turn?: number; visible?: boolean }
export type Named = string | { id?: string; name?: string; displayName?: string } | null
export type OutputFile = { name: string; type?: string; bytes?: number | null; sha256?: string | null; rows?: number | null }
export type Output = {
  id: string
  project: string
  projectTitle?: Text
  author?: Named
  job?: string | null
  origin?: 'query' | 'workspace' | 'notebook'
  context?: string | null
  title?: string | null
  state: OutputState
  verdict?: Verdict | null
  rules?: string | null
  files: OutputFile[]
  findings: Finding[]
  reviews: Review[]
  release?: { at?: string; released?: string; by?: Named; decision?: string; amended?: boolean; sha256?: string; entry?: number; certificate?: string } | null
  submitted?: string
  created?: string
  held?: string
  ended?: string
  decided?: string
  reviewsNeeded?: number
  reviewsRequired?: number
  reviewsGiven?: number
  history?: { state: string; at: string; by?: Named }[]
  sql?: string | null
}

export type CellStatus = 'safe' | 'primary' | 'secondary' | 'empty'
export type Cell = {
  row: number
  column: string
  status: CellStatus
  value?: number | string | null
  persons?: number | null
  facilities?: number | null
  lower?: number | null
  upper?: number | null
  rules?: string[]
}
export type Grid = { columns: (string | { name: string; role?: string })[]; rows: unknown[][] }
export type ColumnRole = { column: string; role: 'key' | 'count' | 'sum' | 'mean' | 'other'; of: string; counts?: string | null }
/** A place of a table: one row, the sum of several, or what a total leaves for its hidden rows. */
export type Spot = { kind: 'row' | 'sum' | 'rest'; rows: number[]; more: number; columns: string[] }
export type Difference = {
  fresh: Spot
  release: string
  file: string
  earlier: Spot
  of: 'persons' | 'facilities'
  kind: 'more' | 'fewer' | 'exchanged'
  now: number
  then: number
  common: number
  hidden: boolean
}
/** The output beside everything that its project was given before. */
export type Compared = { releases: number; known: boolean; cells: number; unknown: string[]; damaged: string[]; complete: boolean; differences: Difference[] }
export type CellEvidence = {
  structure?: { rows: number; columns: ColumnRole[]; totalRows: number[]; hierarchies?: string[][]; equations?: number; assumed?: string[] }
  cells: Cell[]
  cellsTruncated?: boolean
  audit?: { hidden: number; primary: number; secondary: number; exactlyComputable: number; undoneBySingletons?: number; method: string; intervals?: boolean } | null
  compared?: Compared | null
}
export type Judgement = {
  verdict: Verdict
  rules: string
  findings: Finding[]
  files?: OutputFile[]
  amended?: OutputFile | null
  amendedFiles?: OutputFile[]
  evidence?: CellEvidence | null
}
export type Evidence = {
  judgement?: Judgement | null
  file?: string | null
  table?: Grid | null
  amended?: Grid | null
  sql?: string | null
  related?: { id: string; title?: string | null; state?: string; released?: string; at?: string; note?: Text }[]
  truncated?: boolean
  total?: number
}

export type Entry = {
  index: number
  time: string
  actor: string
  action: string
  phase: 'intent' | 'outcome'
  result?: string | null
  project?: string | null
  object?: string | null
  intent?: number | null
  detail?: Record<string, string>
}
export type Verified = { upTo: number; at: string; size: number; holds: boolean; witnesses?: Witnessed[] }
export type Witnessed = { name: string; size: number; at?: string | null; trouble?: string | null }
export type Alert = {
  id: string
  rule: string
  severity: 'notice' | 'warning' | 'critical'
  state: 'open' | 'acknowledged'
  about: 'person' | 'project' | 'everybody'
  subject?: string | null
  title: Text
  happened: Text
  todo: Text
  count: number
  firstEntry?: number | null
  lastEntry?: number | null
  first: string
  last: string
  acknowledged?: { by: string; at: string; note: string } | null
  measure?: { kind: 'lock-workspaces' | 'suspend-person' | 'hold-project'; state: 'wanted' | 'in-force' | 'nothing' | 'failed' | 'reversed'; since?: string | null; reversedBy?: string | null; reversed?: string | null } | null
}
export type Usage = { project?: string | null; person: string; queries: number; outputs: number; releases: number; downloads: number; desktopSeconds: number }
export type LogPage = Page<Entry> & { verified?: Verified }
export type LiveSession = { id: string; kind?: 'web' | 'workspace'; person?: Named; project?: string | null; state?: string; user?: Named; started?: string; since?: string; opened?: string; seen?: string; lastSeen?: string; address?: string; current?: boolean; expires?: string }

export type Application = {
  id: string
  title: Text
  purpose?: Text
  outputs?: Text
  applicant?: Named
  state: 'submitted' | 'approved' | 'rejected' | 'returned' | 'draft'
  datasets?: DataGrant[]
  members?: Member[]
  visiting?: Visiting
  rules?: string
  reviews?: number
  expires?: string
  submitted?: string
  project?: string | null
  decisions?: { decision: string; by?: Named; note?: string; at?: string }[]
}

export type InputKind = 'file' | 'python-wheel' | 'r-package' | 'container-image'
export type InputState = 'uploading' | 'scanning' | 'waiting' | 'accepted' | 'delivered' | 'refused' | 'withdrawn' | 'abandoned'
export type ScanState = 'clean' | 'found' | 'absent' | 'failed'
export type Remark = { severity: 'info' | 'look' | 'refuse'; message: Text }
export type Input = {
  id: string
  project: string
  projectTitle?: Text
  uploader: string
  mine: boolean
  name: string
  kind: InputKind
  bytes: number
  received: number
  state: InputState
  ending?: string | null
  purpose?: string
  sha256?: string | null
  scan?: ScanState | { state: ScanState; engine?: string | null; words: Text } | null
  contents?: { type: string; software?: string | null; entries?: number; expandedBytes?: number; names: string[] } | null
  findings?: Remark[]
  image?: ImageContents | null
  review?: { decision: 'accept' | 'refuse'; by: string; note: string; at: string } | null
  needsNote?: boolean
  place?: string | null
  created: string
  delivered?: string | null
}

export type PackageChange = { name: string; before?: string | null; now?: string | null }
/** What is seen of a container image: its layers from the lowest up, and what they change of the image of ours below them. */
export type ImageContents = {
  digest: string
  files: string
  base?: string | null
  desktop: boolean
  notebook: boolean
  layers: { digest: string; bytes: number; expandedBytes: number; entries: number; ours: boolean; made?: string | null }[]
  changes: { added: number; addedBytes: number; replaced: number; removed: number }
  largest: { path: string; bytes: number; replaces: boolean }[]
  debian: PackageChange[]
  python: PackageChange[]
  r: PackageChange[]
}
/** An image that a project has brought in. */
export type BroughtImage = { name: string; digest: string; input: string; desktop: boolean; notebook: boolean; delivered: string }

export type WorkspaceState = 'starting' | 'running' | 'locked' | 'ended'
export type Progress = { words?: Text; percent?: number | null }
export type Workspace = {
  id: string
  project: string
  owner?: Named
  image: string
  state: WorkspaceState
  since: string
  seen?: string
  expires?: string
  recorded?: boolean
  clipboardIn?: boolean
  endedBy?: string | null
  ending?: string | null
  problem?: Text | null
  progress?: Progress | null
}
export type ImageState = { name: string; state: 'missing' | 'building' | 'built' | 'failed'; progress?: Progress | null; why?: Text | null; hash?: string | null }
/** What can be had here at all: images, sandboxes for them, and homes of a bounded size. */
export type Images = Page<ImageState> & { sandbox?: { available: boolean; words?: Text }; homes?: { limited: boolean; words?: Text } }
export type Preflighted = { verdict?: Verdict; findings?: Finding[]; error?: { code: string; line?: number | null; column?: number | null; message: Text } }
