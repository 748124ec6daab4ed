import { phrases } from '../i18n/phrases.ts'

export const texts = phrases({
  copy: { en: 'Copy', ja: 'コピー' },
  copied: { en: 'Copied', ja: 'コピーしました' },
  loading: { en: 'Loading', ja: '読み込み中' },
  again: { en: 'Try again', ja: 'もう一度試す' },
  offlineTitle: { en: 'Sekisho cannot be reached', ja: 'Sekisho に接続できません' },
  offline: {
    en: 'The network or the gateway is down. Nothing that was accepted is lost; this page tries again by itself.',
    ja: 'ネットワークまたはゲートウェイが停止しています。受け付けた内容は失われません。接続が戻りしだい自動で再試行します。',
  },
  missingTitle: { en: 'There is nothing here for you', ja: '見つからないか、閲覧できません' },
  missing: {
    en: 'Either it does not exist, or it is not visible to you. Sekisho does not say which.',
    ja: '存在しないか、あなたには公開されていないページです。Sekisho はどちらであるかをお知らせしません。',
  },
  forbiddenTitle: { en: 'Not permitted', ja: '許可されていません' },
  brokenTitle: { en: 'This did not work', ja: '処理できませんでした' },
  broken: { en: 'The page met an error it does not know. Reload it; your work on the server is kept.', ja: '想定外の問題が起きました。再読み込みしてください。サーバー側の作業は保たれています。' },
  reload: { en: 'Reload', ja: '再読み込み' },
  home: { en: 'Go home', ja: 'ホームへ戻る' },
  cancel: { en: 'Cancel', ja: 'やめる' },
})
