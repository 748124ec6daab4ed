import { phrases } from '../i18n/phrases.ts'
import type { IconName } from './Icon.tsx'

export type Tone = 'amber' | 'blue' | 'green' | 'violet' | 'red' | 'grey' | 'accent'

/** A state is a word, a colour and an icon, the same on every page. */
export const words = phrases({
  checking: { en: 'Checking', ja: '検査中' },
  held: { en: 'Held', ja: '保留中' },
  released: { en: 'Released', ja: '持出し済み' },
  returned: { en: 'Returned', ja: '差戻し' },
  refused: { en: 'Refused', ja: '不可' },
  withdrawn: { en: 'Withdrawn', ja: '取下げ' },
  queued: { en: 'Queued', ja: '順番待ち' },
  running: { en: 'Running', ja: '実行中' },
  failed: { en: 'Failed', ja: '失敗' },
  cancelled: { en: 'Cancelled', ja: '中止' },
  active: { en: 'In force', ja: '有効' },
  expired: { en: 'Expired', ja: '期限切れ' },
  closed: { en: 'Closed', ja: '終了' },
  submitted: { en: 'Submitted', ja: '申出済み' },
  approved: { en: 'Approved', ja: '承認' },
  rejected: { en: 'Rejected', ja: '不承認' },
  draft: { en: 'Draft', ja: '下書き' },
  done: { en: 'Done', ja: '完了' },
  uploading: { en: 'Uploading', ja: '送信中' },
  scanning: { en: 'Being checked', ja: '検査中' },
  waiting: { en: 'Waits for a steward', ja: '確認待ち' },
  accepted: { en: 'Accepted', ja: '配置中' },
  delivered: { en: 'Delivered', ja: '配置済み' },
  abandoned: { en: 'Given up', ja: '中断' },
  starting: { en: 'Starting', ja: '起動中' },
  open: { en: 'Open', ja: '稼働中' },
  locked: { en: 'Locked', ja: 'ロック中' },
  ended: { en: 'Ended', ja: '終了' },
  unknown: { en: 'Unknown', ja: '不明' },
  intent: { en: 'Begun', ja: '着手' },
})

export type State = keyof typeof words

export const looks: Record<State, { tone: Tone; icon: IconName; turning?: true }> = {
  checking: { tone: 'blue', icon: 'turn', turning: true },
  held: { tone: 'amber', icon: 'lock' },
  released: { tone: 'green', icon: 'check' },
  returned: { tone: 'violet', icon: 'back' },
  refused: { tone: 'red', icon: 'cross' },
  withdrawn: { tone: 'grey', icon: 'minus' },
  queued: { tone: 'grey', icon: 'clock' },
  running: { tone: 'blue', icon: 'turn', turning: true },
  failed: { tone: 'red', icon: 'warn' },
  cancelled: { tone: 'grey', icon: 'minus' },
  active: { tone: 'green', icon: 'check' },
  expired: { tone: 'red', icon: 'clock' },
  closed: { tone: 'grey', icon: 'minus' },
  submitted: { tone: 'amber', icon: 'clock' },
  approved: { tone: 'green', icon: 'check' },
  rejected: { tone: 'red', icon: 'cross' },
  draft: { tone: 'grey', icon: 'file' },
  done: { tone: 'green', icon: 'check' },
  uploading: { tone: 'blue', icon: 'upload' },
  scanning: { tone: 'blue', icon: 'turn', turning: true },
  waiting: { tone: 'amber', icon: 'clock' },
  accepted: { tone: 'blue', icon: 'turn', turning: true },
  delivered: { tone: 'green', icon: 'check' },
  abandoned: { tone: 'grey', icon: 'minus' },
  starting: { tone: 'blue', icon: 'turn', turning: true },
  open: { tone: 'green', icon: 'play' },
  locked: { tone: 'amber', icon: 'lock' },
  ended: { tone: 'grey', icon: 'stop' },
  unknown: { tone: 'amber', icon: 'warn' },
  intent: { tone: 'grey', icon: 'clock' },
}

export function isState(given: string): given is State {
  return given in looks
}
