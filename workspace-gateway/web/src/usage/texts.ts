import { phrases } from '../i18n/phrases.ts'

export const texts = phrases({
  title: { en: 'Usage', ja: '利用量' },
  lede: { en: (people: number, queries: number, releases: number, number: (n: number) => string) => `${people === 1 ? 'One person' : `${people} people`}, ${queries === 1 ? '1 query' : `${number(queries)} queries`}, ${releases === 1 ? '1 output' : `${number(releases)} outputs`} released.`, ja: (people: number, queries: number, releases: number, number: (n: number) => string) => `${people}人が${number(queries)}件の問合せを行い、${number(releases)}件の成果物が持ち出されました。` },
  from: { en: 'From', ja: '開始日' },
  to: { en: 'To', ja: '終了日' },
  week: { en: '7 days', ja: '7日間' },
  month: { en: '30 days', ja: '30日間' },
  all: { en: 'All', ja: '全期間' },
  period: { en: 'Period', ja: '期間' },
  project: { en: 'Project', ja: 'プロジェクト' },
  person: { en: 'Person', ja: '利用者' },
  queries: { en: 'Queries', ja: '問合せ' },
  outputs: { en: 'Outputs held', ja: '保留された成果物' },
  releases: { en: 'Released', ja: '持出し' },
  downloads: { en: 'Downloads', ja: 'ダウンロード' },
  desktop: { en: 'Desktop hours', ja: 'デスクトップ（時間）' },
  none: { en: 'Nobody did anything in this time', ja: 'この期間の利用はありません' },
  noneHint: { en: 'Choose a longer period.', ja: '期間を広げてください。' },
  counted: { en: 'Counted from the audit log. Desktops count when they have ended.', ja: '監査ログから集計しています。デスクトップは終了した時点で数えます。' },
})
