package org.sekisho.gateway.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sekisho.gateway.alert.Usage;

/** How much was done, by project and by person, the most active first. */
final class UsageTables {
    private static final int MOST = 15;

    private final Tables tables;
    private final Spoken spoken;
    private final Weekly weekly;

    UsageTables(Tables tables, Spoken spoken, Weekly weekly) {
        this.tables = tables;
        this.spoken = spoken;
        this.weekly = weekly;
    }

    void write(Html html) {
        html.element("h2", spoken.say("プロジェクト別の利用", "Usage by project"));
        table(spoken.say("プロジェクト", "Project"), spoken.say("利用者数", "People"), Usage::project, Usage::person);
        html.element("h2", spoken.say("利用者別の利用", "Usage by person"));
        table(spoken.say("利用者", "Person"), spoken.say("プロジェクト数", "Projects"), Usage::person, Usage::project);
    }

    private void table(String head, String others, Function<Usage, String> by, Function<Usage, String> with) {
        Map<String, List<Usage>> groups =
                weekly.usage().stream().collect(Collectors.groupingBy(usage -> named(by.apply(usage))));
        var rows = groups.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, List<Usage>> each) -> -acts(each.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST)
                .map(each -> row(each.getKey(), each.getValue(), with))
                .toList();
        tables.table(
                List.of(
                        head,
                        others,
                        spoken.say("問合せ", "Queries"),
                        spoken.say("成果物", "Outputs"),
                        spoken.say("持出し", "Released"),
                        spoken.say("ダウンロード", "Downloads"),
                        spoken.say("デスクトップ（時間）", "Desktop hours")),
                1,
                rows,
                groups.size() - rows.size());
    }

    private static long acts(List<Usage> group) {
        return group.stream().mapToLong(Usage::queries).sum();
    }

    private List<String> row(String name, List<Usage> group, Function<Usage, String> with) {
        var others = group.stream().map(with).distinct().count();
        long seconds = group.stream().mapToLong(Usage::desktopSeconds).sum();
        return List.of(
                name,
                count(others),
                count(acts(group)),
                count(group.stream().mapToLong(Usage::outputs).sum()),
                count(group.stream().mapToLong(Usage::releases).sum()),
                count(group.stream().mapToLong(Usage::downloads).sum()),
                seconds == 0 ? count(0) : spoken.hours(seconds));
    }

    private String count(long number) {
        return number == 0 ? spoken.say("なし", "none") : spoken.number(number);
    }

    private static String named(String name) {
        return name.isEmpty() ? "–" : name;
    }
}
