import type { Alert, Column, Dataset, Evidence, Output, Permit, Project, Table, User } from '../src/api/types.ts'

/** Invented, for developing the pages without a gateway. Never part of the build. */
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()
const column = (name: string, type: string, kind: Column['kind'], ja: string, en: string): Column => ({ name, type, kind, description: { ja, en } })

const person: Table = {
  name: 'person',
  description: { ja: '被保険者の台帳。一人につき一行。', en: 'The register of insured persons: one row for each person.' },
  columns: [
    column('person_id', 'BIGINT', 'person', 'プロジェクトごとの仮名。', 'Pseudonym of this project.'),
    column('sex', 'VARCHAR', 'quasi-identifier', '性別。', 'Sex.'),
    column('birth_year', 'INTEGER', 'quasi-identifier', '生年（西暦）。', 'Year of birth.'),
    column('prefecture', 'VARCHAR', 'quasi-identifier', '居住する都道府県の名前。', 'Prefecture of residence.'),
    column('municipality', 'VARCHAR', 'quasi-identifier', '居住する市町村のコード。', 'Municipality of residence.'),
    column('insured_from', 'DATE', 'date', '観察期間の初日。', 'First day of observation.'),
  ],
}
const claim: Table = {
  name: 'claim',
  description: { ja: '診療報酬明細書（レセプト）。', en: 'Claims: one row for each person, facility and month.' },
  columns: [
    column('claim_id', 'BIGINT', 'record', 'レセプトの識別子。', 'Identifier of the claim.'),
    column('person_id', 'BIGINT', 'person', 'プロジェクトごとの仮名。', 'Pseudonym of this project.'),
    column('facility_id', 'BIGINT', 'facility', '医療機関の仮名。', 'Pseudonym of the facility.'),
    column('month', 'DATE', 'date', '診療月。', 'Month of treatment.'),
    column('claim_type', 'VARCHAR', 'code', '種別。', 'Kind of claim.'),
    column('points', 'INTEGER', 'value', '請求点数（1点は10円）。', 'Points claimed (10 yen each).'),
  ],
}
const diagnosis: Table = {
  name: 'diagnosis',
  description: { ja: 'レセプトに記載された傷病名。', en: 'Diagnoses on the claims.' },
  columns: [column('claim_id', 'BIGINT', 'record', '', ''), column('person_id', 'BIGINT', 'person', '', ''), column('icd10', 'VARCHAR', 'code', 'ICD-10コード。', 'ICD-10 code.')],
}
export const tables = [person, claim, diagnosis]

export const users: User[] = [
  { id: 'u1', name: 'researcher', displayName: '研究 花子', roles: ['researcher'] },
  { id: 'u2', name: 'analyst', displayName: '解析 太郎', roles: ['analyst'] },
  { id: 'u3', name: 'checker', displayName: '審査 一郎', roles: ['checker'] },
  { id: 'u4', name: 'checker2', displayName: '審査 次子', roles: ['checker'] },
  { id: 'u5', name: 'security', displayName: '警備 守', roles: ['security'] },
  { id: 'u6', name: 'steward', displayName: '管理 織江', roles: ['steward'] },
  { id: 'u7', name: 'reviewer', displayName: '判定 公', roles: ['reviewer'] },
  { id: 'u8', name: 'admin', displayName: '運用 司', roles: ['admin'] },
]

export const datasets: Dataset[] = [
  {
    id: 'life',
    title: { ja: '架空住民のライフコース', en: 'Life courses of an invented population' },
    description: { ja: '乱数から作った10万人の保険資格、レセプト、健診、介護認定です。実在の人は含まれません。', en: 'Insurance, claims, check-ups and care levels of 100,000 people who do not exist.' },
    publisher: 'Sekisho',
    keywords: ['claims', 'DPC', 'care', 'check-ups'],
    healthCategory: 'b',
    tables,
    snapshot: { id: 's1', loaded: days(-3), persons: 100_000, rows: { person: 100_000, claim: 4_812_330, diagnosis: 11_240_118 } },
  },
]

const permit = (project: string, title: [string, string], purpose: [string, string], reviews: number, rules: string, expires: string, members: string[]): Permit => ({
  project, version: 1, rules, reviews, expires, members, granted: days(-120),
  title: { ja: title[0], en: title[1] }, purpose: { ja: purpose[0], en: purpose[1] },
  outputs: { ja: '都道府県別・年齢階級別の集計表（最終生成物）', en: 'Tables by prefecture and age group (final outputs)' },
  visiting: { desktop: project !== 'ageing-towns', notebooks: true, clipboardIn: true, recorded: true, software: ['lifelines', 'survminer'] },
  data: [{ dataset: 'life', title: datasets[0]!.title, tables: {}, from: '2019-04-01', to: '2024-03-31', prefectures: [] }],
})
export const permits: Permit[] = [
  permit('stroke-care', ['脳卒中の診療と地域差', 'Stroke care across regions'], ['脳卒中後の診療とリハビリテーションの地域差を明らかにし、医療計画の改善に役立てます。', 'Find out how care and rehabilitation after a stroke differ between regions, so that plans can improve.'], 2, 'ndb@2024-11', days(240), ['研究 花子', '解析 太郎']),
  permit('ageing-towns', ['高齢化する町と介護', 'Ageing towns and care'], ['人口減少地域における介護需要を推計します。', 'Estimate the need for care in shrinking towns.'], 1, 'kaigo@2024-11', days(25), ['研究 花子']),
  permit('expired-cohort', ['終了した追跡調査', 'A cohort that has ended'], ['過去の追跡調査です。', 'A follow-up study of the past.'], 1, 'ndb@2024-11', days(-30), ['研究 花子']),
]
export const projects: Project[] = permits.map((one) => ({ id: one.project!, title: one.title!, expires: one.expires, rules: one.rules, reviews: one.reviews, state: new Date(one.expires) < new Date() ? 'expired' : 'active' }))
export const memberOf: Record<string, string[]> = { researcher: ['stroke-care', 'ageing-towns', 'expired-cohort'], analyst: ['stroke-care'] }

const prefectures = '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(' ')
const small: Record<number, ['primary' | 'secondary', number]> = { 17: ['primary', 4], 30: ['primary', 7], 31: ['secondary', 12], 35: ['primary', 3], 38: ['secondary', 14] }

export function evidenceFor(output: Output): Evidence {
  const value = (row: number) => small[row]?.[1] ?? 40 + ((row * 7919) % 1900)
  const rows = prefectures.map((name, row) => [name, value(row)])
  const findings = Object.entries(small).filter(([, [status]]) => status === 'primary').map(([row, [, count]]) => ({
    rule: 'minimum-persons', severity: 'fail' as const, file: 'result.csv', where: { row: Number(row), column: 'n' },
    message: { ja: '最小集計単位（10人）に満たないセルがあります（< 10）。', en: 'A cell is below the minimum count of 10 persons (< 10).' },
    evidence: { ja: `このセルの背後にいるのは${count}人で、最小集計単位の10人に足りません。`, en: `${count} persons stand behind this cell, fewer than the minimum of 10.` },
  }))
  return {
    sql: output.sql ?? '',
    table: { columns: ['prefecture', 'n'], rows },
    amended: { columns: ['prefecture', 'n'], rows: rows.map(([name, count], row) => [name, small[row] ? '-' : count]) },
    related: [],
    judgement: {
      verdict: 'amendable', rules: 'ndb@2024-11', findings,
      evidence: {
        structure: { rows: rows.length, columns: [{ column: 'prefecture', role: 'key', of: 'statement' }, { column: 'n', role: 'count', of: 'statement', counts: 'rows' }], totalRows: [] },
        cells: rows.map(([, count], row) => ({ row, column: 'n', status: small[row]?.[0] ?? 'safe', value: Number(count), persons: Number(count), facilities: null, ...(small[row] && { lower: small[row][0] === 'primary' ? 1 : 10, upper: small[row][0] === 'primary' ? 9 : 31 }), rules: small[row]?.[0] === 'primary' ? ['minimum-persons'] : [] })),
        compared: {
          releases: 3, known: true, cells: 141, unknown: [], damaged: [], complete: true,
          differences: [{ fresh: { kind: 'row', rows: [17], more: 0, columns: ['n'] }, release: 'o-earlier1', file: 'result.csv', earlier: { kind: 'sum', rows: [16, 17, 18], more: 0, columns: ['n'] }, of: 'persons', kind: 'fewer', now: 1204, then: 1207, common: 1204, hidden: true }],
        },
        audit: { hidden: 5, primary: 3, secondary: 2, exactlyComputable: 0, undoneBySingletons: 0, method: 'linear relations, then bounds by linear programming', intervals: true },
      },
    },
  }
}

export const alerts = (): Alert[] => [
  {
    id: 'a1', rule: 'differencing', severity: 'critical', state: 'open', about: 'project', subject: 'stroke-care', count: 2, first: '2026-11-20T01:10:00Z', last: '2026-11-20T02:40:00Z',
    title: { ja: '差分による特定のおそれ', en: 'Differencing' },
    happened: { ja: 'プロジェクト stroke-care の成果物に、過去の持出しとの差分で少数のセルが分かるものがありました（2件）。', en: 'Outputs of the project stroke-care, subtracted from earlier releases, would give small cells (2).' },
    todo: { ja: '審査担当に知らせ、利用者に理由を確かめてください。', en: 'Tell a checker, and ask its members why.' },
    measure: { kind: 'hold-project', state: 'in-force', since: '2026-11-20T01:10:01Z' },
  },
  {
    id: 'a2', rule: 'failed-sign-ins', severity: 'warning', state: 'open', about: 'person', subject: 'analyst', count: 7, first: '2026-11-20T00:10:00Z', last: '2026-11-20T00:14:00Z',
    title: { ja: 'サインインの失敗が続いています', en: 'Sign-ins keep failing' },
    happened: { ja: 'analyst の名前でのサインインが7回拒否されました。', en: 'Sign-ins as analyst were refused 7 times.' },
    todo: { ja: '本人に心当たりがあるか、別の手段で確かめてください。', en: 'Ask the person by another way whether it was them.' },
  },
]
