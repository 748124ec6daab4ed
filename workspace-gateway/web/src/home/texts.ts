import { phrases } from '../i18n/phrases.ts'

export const texts = phrases({
  lapsedTitle: { en: (role: string) => `${role}: your training is missing or out of date`, ja: (role: string) => `${role}：研修が未受講か、期限切れです` },
  lapsed: { en: 'The role counts for nothing until an administrator records the training.', ja: '運用管理者が受講を記録するまで、この役割は使えません。' },
  title: { en: 'Home', ja: 'ホーム' },
  hello: { en: (name: string) => `Hello, ${name}`, ja: (name: string) => `${name} さん` },
  nothing: { en: 'Nothing waits for you.', ja: '対応が必要なものはありません。' },
  waiting: {
    en: (count: number, since: string) => (count === 1 ? `1 output waits for you, since ${since}.` : `${count} outputs wait for you; the oldest since ${since}.`),
    ja: (count: number, since: string) => `審査待ちの成果物が${count}件あります。最も古いものは${since}からです。`,
  },
  held: {
    en: (count: number) => (count === 1 ? '1 of your outputs is held, waiting for its reviewers.' : `${count} of your outputs are held, waiting for their reviewers.`),
    ja: (count: number) => `あなたの成果物のうち${count}件が保留中で、審査を待っています。`,
  },
  released: {
    en: (count: number) => (count === 1 ? '1 output is released and can be downloaded.' : `${count} outputs are released and can be downloaded.`),
    ja: (count: number) => `持出し済みの成果物が${count}件あり、ダウンロードできます。`,
  },
  applications: {
    en: (count: number) => (count === 1 ? '1 application waits for a decision.' : `${count} applications wait for a decision.`),
    ja: (count: number) => `利用申出が${count}件、判断を待っています。`,
  },
  verified: {
    en: (upTo: string) => `The log holds: ${upTo} entries verified.`,
    ja: (upTo: string) => `監査ログは${upTo}件目まで検証済みで、整合しています。`,
  },
  alertsWait: { en: (count: number) => (count === 1 ? 'One alert waits for you.' : `${count} alerts wait for you.`), ja: (count: number) => `対応待ちのアラートが${count}件あります。` },
  noAlerts: { en: 'No alert waits.', ja: '対応待ちのアラートはありません。' },
  alerts: { en: 'Alerts', ja: 'アラート' },
  broken: { en: 'The audit log does not verify. Act now.', ja: '監査ログの検証に失敗しました。直ちに確認してください。' },
  inputs: {
    en: (count: number) => (count === 1 ? '1 input waits for you.' : `${count} inputs wait for you.`),
    ja: (count: number) => `確認待ちの持込みが${count}件あります。`,
  },
  open: {
    en: (count: number) => (count === 1 ? 'One of your workspaces is open.' : `${count} of your workspaces are open.`),
    ja: (count: number) => `稼働中の解析環境が${count}件あります。`,
  },
  closings: {
    en: (count: number) => (count === 1 ? 'The end of one project waits for a second person.' : `The end of ${count} projects waits for a second person.`),
    ja: (count: number) => `プロジェクトの終了の提案が${count}件、判断を待っています。`,
  },
  toClose: { en: 'Projects proposed to be closed', ja: '終了が提案されたプロジェクト' },
  toAccept: { en: 'Inputs to review', ja: '確認待ちの持込み' },
  noInputs: { en: 'Nothing to review', ja: '確認待ちの持込みはありません' },
  noInputsHint: { en: 'What members bring in appears here once it has been scanned.', ja: '参加者が持ち込んだものは、検査を終えるとここに表示されます。' },
  desktop: { en: 'Workspaces', ja: '解析環境' },
  queue: { en: 'Waiting for review', ja: '審査待ち' },
  recent: { en: 'Recent outputs', ja: '最近の成果物' },
  projects: { en: 'Projects', ja: 'プロジェクト' },
  latest: { en: 'Latest entries', ja: '最新の記録' },
  toDecide: { en: 'Applications to decide', ja: '判断待ちの利用申出' },
  all: { en: 'All', ja: 'すべて見る' },
  write: { en: 'Write SQL', ja: 'SQL を書く' },
  noOutputs: { en: 'No output yet', ja: '成果物はまだありません' },
  noOutputsHint: { en: 'Run a query in one of your projects. Its result is held, checked and reviewed, and appears here.', ja: 'プロジェクトで SQL を実行すると、結果が保留され、検査と審査を経てここに並びます。' },
  noQueue: { en: 'The queue is empty', ja: '審査待ちはありません' },
  noQueueHint: { en: 'New outputs appear here by themselves.', ja: '新しい成果物は自動でここに表示されます。' },
  catalogueHint: { en: 'Look at the data sets that are here, or at who uses them.', ja: 'データカタログと、データの利用状況をご覧いただけます。' },
  catalogue: { en: 'Catalogue', ja: 'データカタログ' },
  register: { en: 'Who uses the data', ja: '利用状況の公開' },
})
