import { phrases } from '../i18n/phrases.ts'

export const texts = phrases({
  title: { en: 'Sign in', ja: 'サインイン' },
  lede: { en: 'People visit health data here, and the data never leave.', ja: '健康医療データを訪ねて解析する場所です。データそのものが外へ出ることはありません。' },
  user: { en: 'User name', ja: 'ユーザー名' },
  password: { en: 'Password', ja: 'パスワード' },
  signIn: { en: 'Sign in', ja: 'サインイン' },
  secondTitle: { en: (user: string) => `Is it you, ${user}?`, ja: (user: string) => `${user} さんの本人確認` },
  second: { en: 'The password is right. Now a second factor.', ja: 'パスワードを確認しました。続けて二要素目を入力してください。' },
  secondPasskey: { en: 'The password is right. Now your passkey.', ja: 'パスワードを確認しました。続けてパスキーを使ってください。' },
  otp: { en: 'Code', ja: 'コード' },
  otpHint: { en: 'Six digits of your application, or a recovery code', ja: '認証アプリの 6 桁、または回復コード' },
  passkey: { en: 'Sign in with a passkey', ja: 'パスキーでサインイン' },
  passkeyNamed: { en: 'Passkeys need an address with a name:', ja: 'パスキーは、数字ではなくホスト名のアドレスで使えます：' },
  passkeyLeft: { en: 'The device gave no passkey.', ja: '端末からパスキーが得られませんでした。' },
  provider: { en: (name: string) => `Sign in with ${name}`, ja: (name: string) => `${name} でサインイン` },
  refusedTitle: { en: 'You were not signed in', ja: 'サインインできませんでした' },
  otherPerson: { en: 'Begin again', ja: '最初からやり直す' },
  signingIn: { en: 'Signing in…', ja: 'サインインしています…' },
  endedTitle: { en: 'Your session has ended', ja: 'セッションが終了しました' },
  ended: { en: 'Sign in again; you return to where you were.', ja: 'もう一度サインインすると、元のページへ戻ります。' },
  demoTitle: { en: 'Demo accounts', ja: 'デモアカウント' },
  demo: { en: 'Everything here is synthetic. Choose who to be.', ja: 'すべて人工のデータです。立場を選んでサインインできます。' },
  noSandboxTitle: { en: 'No sandbox is in force', ja: 'サンドボックスが有効になっていません' },
  noSandbox: {
    en: 'Queries run as plain processes on this machine. Good for a trial, not for real data.',
    ja: '問合せは通常のプロセスとして動きます。試用には使えますが、実データには使えません。',
  },
  logged: { en: 'Every act here stands in an audit log that nobody can quietly change.', ja: 'ここでの操作はすべて、ひそかに書き換えることのできない監査ログに残ります。' },
  public: { en: 'Without an account', ja: 'アカウントなしで見られるもの' },
  catalogue: { en: 'Data catalogue', ja: 'データカタログ' },
  register: { en: 'Who uses the data, and for what', ja: 'だれが何のためにデータを使っているか' },
})

/** Why somebody who came back from the identity provider was not let in. */
export const refused = phrases({
  denied: { en: 'The identity provider said no, or the sign-in was broken off.', ja: '認証基盤で拒否されたか、サインインが中断されました。' },
  state: { en: 'The sign-in took too long, was used already, or was begun in another browser. Begin again.', ja: '時間切れか、使用済みか、別のブラウザーで始められたサインインです。もう一度お試しください。' },
  token: { en: 'What the identity provider sent could not be verified. Begin again; if it happens twice, tell the security officer.', ja: '認証基盤からの応答を検証できませんでした。もう一度試し、続く場合はセキュリティ担当に連絡してください。' },
  context: { en: 'The identity provider did not ask for a second factor, which is needed here.', ja: '認証基盤で二要素目の確認が行われていません。' },
  'other-person': { en: 'Somebody else came back than who is signed in here.', ja: '現在サインインしている人とは別の人が認証されました。' },
  suspended: { en: 'The account is suspended here.', ja: 'このアカウントは停止されています。' },
})
