package org.sekisho.gateway.report;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a change says of itself, in words. */
final class Details {
    private final Spoken spoken;

    Details(Spoken spoken) {
        this.spoken = spoken;
    }

    String of(Change change) {
        var said = change.said();
        return switch (change.kind()) {
            case INVITED, PROPOSED, CONFIRMED, REFUSED, ROLES ->
                joined(kind(said.getOrDefault("kind", "")), roles(said.getOrDefault("roles", "")));
            case TRAINED -> joined(training(said.getOrDefault("training", "")), until(said.getOrDefault("until", "")));
            case DECIDED ->
                switch (said.getOrDefault("decision", "")) {
                    case "approved", "approve" -> spoken.say("承認", "approved");
                    case "refused", "refuse" -> spoken.say("却下", "refused");
                    case "returned", "return" -> spoken.say("差戻し", "returned");
                    case String other -> other;
                };
            case DESTROYED ->
                spoken.say("%s ファイル、%s バイト", "%s files, %s bytes")
                        .formatted(number(said.get("files")), number(said.get("bytes")));
            case ACCEPTED, SUSPENDED, FORGOTTEN, CLOSING_PROPOSED, CLOSING_REFUSED, CLOSED -> "";
        };
    }

    String of(PermitChange change, ZoneId zone) {
        var parts = new ArrayList<String>();
        if (change.fresh()) {
            parts.add(spoken.say("新しいプロジェクト", "new project"));
        }
        if (!change.joined().isEmpty()) {
            parts.add(spoken.say("加わった人 ", "members + ") + String.join(", ", change.joined()));
        }
        if (!change.left().isEmpty()) {
            parts.add(spoken.say("外れた人 ", "members − ") + String.join(", ", change.left()));
        }
        if (change.fresh() || change.rulesBefore() != null) {
            parts.add(spoken.say("ルール ", "rules ") + became(change.rulesBefore(), change.rules()));
        }
        if (change.reviewsBefore() != null) {
            parts.add(spoken.say("審査者数 ", "reviews ") + became("" + change.reviewsBefore(), "" + change.reviews()));
        }
        if (change.fresh() || change.expiresBefore() != null) {
            var before = change.expiresBefore();
            parts.add(spoken.say("期限 ", "expires ")
                    + became(
                            before == null ? null : spoken.moment(before, zone),
                            spoken.moment(change.expires(), zone)));
        }
        return parts.isEmpty()
                ? spoken.say("構成員、ルール、期限の変更なし", "same members, rules and end")
                : String.join(spoken.say("、", "; "), parts);
    }

    private static String became(@Nullable String before, String now) {
        return before == null ? now : before + " → " + now;
    }

    private static String joined(String... parts) {
        return Arrays.stream(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    private String kind(String code) {
        return switch (code) {
            case "reset" -> spoken.say("認証の初期化", "reset");
            case "reinstate" -> spoken.say("利用再開", "reinstatement");
            case "roles" -> spoken.say("役割：", "roles:");
            default -> "";
        };
    }

    private String roles(String codes) {
        return List.of(codes.split("[ ,]+")).stream()
                .filter(code -> !code.isEmpty())
                .map(this::role)
                .collect(Collectors.joining(spoken.say("、", ", ")));
    }

    private String role(String code) {
        return switch (code) {
            case "researcher" -> spoken.say("研究者", code);
            case "analyst" -> spoken.say("解析担当", code);
            case "checker" -> spoken.say("成果物審査担当", code);
            case "security" -> spoken.say("セキュリティ担当", code);
            case "steward" -> spoken.say("データ管理者", code);
            case "reviewer" -> spoken.say("利用申出審査担当", code);
            case "admin" -> spoken.say("運用管理者", code);
            default -> code;
        };
    }

    private String training(String code) {
        return switch (code) {
            case "data-protection" -> spoken.say("安全管理研修", "data protection");
            case "output-checking" -> spoken.say("持出し審査研修", "output checking");
            default -> code;
        };
    }

    private String until(String instant) {
        var day = instant.toLowerCase(Locale.ROOT).split("t", 2)[0];
        return day.isEmpty() ? "" : spoken.say("（" + day + " まで）", "until " + day);
    }

    private String number(@Nullable String digits) {
        return digits == null ? "?" : spoken.number(Long.parseLong(digits));
    }
}
