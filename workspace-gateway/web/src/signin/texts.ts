import { phrases } from '../i18n/phrases.ts'

export const texts = phrases({
  title: { en: 'Sign in', ja: 'サインイン' },
  lede: { en: 'People visit health data here, and the data never leave.', ja: '健康医療データを訪ねて解析する場所です。データそのものが外へ出ることはありません。' },
  user: { en: 'User name', ja: 'ユーザー名' },
  password: { en: 'Password', ja: 'パスワード' },
  signIn: { en: 'Sign in', ja: 'サインイン' },
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
