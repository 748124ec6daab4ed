package org.sekisho.gateway.report;

import java.time.ZoneId;
import org.sekisho.gateway.audit.Witnessed;

/** How far the log is signed, read and witnessed, in words that go with how many entries it has. */
record HeadWords(Head head, Spoken spoken, ZoneId zone) {
    String verification() {
        var verified = head.verified();
        if (!verified.holds()) {
            var where = verified.firstBad();
            return where == null
                    ? spoken.say("検証に失敗しました", "does not hold")
                    : spoken.say("%s 番の記録から検証に失敗しました", "does not hold from entry %s on")
                            .formatted(spoken.number(where));
        }
        var read = spoken.moment(verified.at(), zone);
        if (head.coversWeek()) {
            return spoken.say("すべて異常なし（%s 確認）", "all of these hold (read %s)").formatted(read);
        }
        return spoken.say(
                        "最初の %s 件に異常なし（%s 確認）。その後の %s 件は通常、数秒以内に確認されます",
                        "the first %s entries hold (read %s); newer ones, as a rule read within seconds: %s")
                .formatted(spoken.number(verified.upTo()), read, spoken.number(head.size() - verified.upTo()));
    }

    String signed() {
        var signed = spoken.number(head.signed());
        return head.signed() >= head.size()
                ? signed
                : spoken.say("%s（その後の %s 件は通常、数秒以内に署名されます）", "%s; newer entries, as a rule signed within seconds: %s")
                        .formatted(signed, spoken.number(head.size() - head.signed()));
    }

    String witnessed(Witnessed witness) {
        var seen = witness.at() == null
                ? spoken.say("まだ連署なし", "has cosigned nothing yet")
                : spoken.say("%s 件まで連署（%s）", "cosigned %s entries (%s)")
                        .formatted(spoken.number(witness.size()), spoken.moment(witness.at(), zone));
        return witness.trouble() == null ? seen : seen + spoken.say("。直近の試みは失敗", "; the last attempt failed");
    }
}
