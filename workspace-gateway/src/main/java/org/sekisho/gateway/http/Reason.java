package org.sekisho.gateway.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sekisho.engine.catalog.Text;

/** Every problem this interface answers with: the end of its URN, its status and its title. */
public enum Reason {
    INVALID(400, "リクエストの内容が正しくありません", "The request is not valid"),
    NOTE_NEEDED(400, "理由の記入が必要です", "A note with the reason is needed"),
    SECOND_FACTOR(400, "このアカウントには二要素目が登録されていません", "This account has no second factor"),
    PASSKEY_REFUSED(400, "このパスキーは登録できません", "This passkey cannot be taken"),
    NOT_SIGNED_IN(401, "サインインが必要です", "Please sign in"),
    WRONG_SIGN_IN(401, "名前またはパスワードが違います", "The name or the password is wrong"),
    WRONG_CODE(401, "コードが違うか、すでに使われています", "The code is wrong or has been used"),
    OTP_NEEDED(401, "二要素目が必要です", "A second factor is needed"),
    CLONED(401, "このパスキーは複製されたおそれがあります", "This passkey may have been copied"),
    CROSS_SITE(403, "別のサイトからの要求は受け付けません", "Requests from another site are not accepted"),
    ENROL(403, "先に二要素目を登録してください", "Set up a second factor first"),
    STEP_UP(403, "再認証が必要です", "Show your second factor once more"),
    TRAINING(403, "役割に必要な研修が未受講か、期限切れです", "The training that your role needs is missing or out of date"),
    OWN_CHANGE(403, "自分の提案や自分に関する変更は承認できません", "Nobody confirms an own proposal, or one about themselves"),
    OWN_ACCOUNT(403, "自分のアカウントは変更できません", "Nobody changes an own account"),
    ROLE(403, "この操作は役割の範囲外です", "None of your roles does this"),
    ROLE_CONFLICT(403, "兼ねることのできない役割があります", "You hold roles that one person must not hold together"),
    NOT_A_MEMBER(403, "このプロジェクトの構成員ではありません", "You are not a member of this project"),
    PERMIT_EXPIRED(403, "利用許可の期限が過ぎています", "The permit has expired"),
    PERMIT_CLOSED(403, "このプロジェクトは終了しています", "The project is closed"),
    HELD(403, "まだ持出しが認められていません", "Not released"),
    OWN_OUTPUT(403, "自分の成果物は審査できません", "Nobody reviews an own output"),
    OWN_INPUT(403, "自分の持込みは審査できません", "Nobody reviews an own input"),
    OWN_PROJECT(403, "自分が参加するプロジェクトのことは、審査も承認もできません", "Nobody reviews or decides what belongs to an own project"),
    OWN_APPLICATION(403, "自分の申出は審査できません", "Nobody decides about an own application"),
    NOT_THE_AUTHOR(403, "作成者だけができる操作です", "Only the author may do this"),
    NOT_PERMITTED(403, "この操作はできません", "Not permitted"),
    NOT_FOUND(404, "見つかりません", "Not found"),
    UPGRADE(426, "WebSocket で接続してください", "Connect with a WebSocket"),
    METHOD(405, "この方法では要求できません", "Not this method"),
    WRONG_STATE(409, "いまの状態ではできません", "Not in this state"),
    ALREADY_REVIEWED(409, "すでに審査しています", "You have already reviewed this"),
    OF_PROVIDER(409, "このアカウントは外部の認証基盤が管理しています", "This account is kept by the identity provider"),
    LAST_ADMIN(409, "運用管理者がいなくなります", "Nobody would be left to run the service"),
    ACCOUNT_EXISTS(409, "同じ名前のアカウントがあります", "There is an account of this name"),
    NO_INVITATION(404, "招待コードが違うか、期限が切れています", "The code is wrong, used, or out of date"),
    LAST_FACTOR(409, "最後の二要素目は削除できません", "The last second factor stays"),
    NO_PASSKEYS(409, "このアドレスではパスキーを使えません", "Passkeys cannot be used at this address"),
    VERDICT(409, "判定により、この決定はできません", "The verdict does not allow this decision"),
    ON_HOLD(409, "このプロジェクトの持出しは保留されています", "Releases of this project are on hold"),
    BYTES_CHANGED(409, "審査した内容と一致しません", "The bytes are not the reviewed ones"),
    OVERTAKEN(409, "判定の後に別の持出しがあり、判定をやり直しています", "Something else left since, so it is judged anew"),
    KEY_REUSED(409, "同じ Idempotency-Key が別の内容で使われています", "This Idempotency-Key stands for another request"),
    NAME_TAKEN(409, "同じ名前の持込みがあります", "There is an input of this name"),
    OFFSET(409, "続きの位置が違います", "The next piece belongs elsewhere"),
    QUOTA(409, "プロジェクトの上限を超えます", "More than the project may have"),
    RECORDING_BROKEN(409, "録画が記録時の内容と一致しません", "The recording is not what was recorded"),
    TOO_LARGE(413, "リクエストが大きすぎます", "The request is too large"),
    MEDIA_TYPE(415, "対応していない形式です", "This media type is not taken here"),
    HOST(421, "このホスト名では応答しません", "This host name is not served here"),
    TOO_MANY(429, "試行が多すぎます", "Too many attempts"),
    INTERNAL(500, "内部の誤りです", "Something went wrong here"),
    LOG_UNAVAILABLE(503, "監査ログに記録できないため、操作を行いません", "The audit log takes no entries, so nothing is done"),
    NO_SANDBOX(503, "この計算機では作業環境を使えません", "There are no workspaces on this machine"),
    PROVIDER_AWAY(503, "認証基盤に接続できません", "The identity provider cannot be reached"),
    BUSY(503, "混み合っています", "Busy"),
    NO_FONT(503, "日本語の書体がありません", "The font for Japanese is not here"),
    NO_ROOM(507, "空き容量が足りません", "No room is left here");

    private final int status;
    private final String ja;
    private final String en;

    Reason(int status, String ja, String en) {
        this.status = status;
        this.ja = ja;
        this.en = en;
    }

    public int status() {
        return status;
    }

    public Text title() {
        return new Text(ja, en);
    }

    public String urn() {
        return "urn:sekisho:" + code();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Reason> ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }
}
