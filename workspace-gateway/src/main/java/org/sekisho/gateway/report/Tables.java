package org.sekisho.gateway.report;

import java.util.List;

/** The three forms in which the report tells something; what there is none of says so. */
final class Tables {
    /** Facts side by side in a grid. */
    private static final int ACROSS = 2;

    private final Html html;
    private final Spoken spoken;

    Tables(Html html, Spoken spoken) {
        this.html = html;
        this.spoken = spoken;
    }

    /** @param look empty, or a class of the style: {@code hash}, {@code bad}, {@code n} for a number */
    record Fact(String label, String value, String look) {}

    /** A line each. */
    void facts(List<Fact> facts) {
        html.open("table", " class=\"facts\"").open("tbody");
        for (var fact : facts) {
            html.open("tr");
            fact(fact);
            html.close("tr");
        }
        html.close("tbody").close("table");
    }

    /** Two on a line, read down the first half and then down the second. */
    void grid(List<Fact> facts) {
        int lines = (facts.size() + ACROSS - 1) / ACROSS;
        html.open("table", " class=\"grid\"").open("tbody");
        for (int line = 0; line < lines; line++) {
            html.open("tr");
            for (int at = line; at < lines * ACROSS; at += lines) {
                fact(at < facts.size() ? facts.get(at) : new Fact("", "", ""));
            }
            html.close("tr");
        }
        html.close("tbody").close("table");
    }

    private void fact(Fact fact) {
        html.element("th", " scope=\"row\"", fact.label());
        html.element("td", attribute(fact.value().equals(none()) ? fact.look() + " none" : fact.look()), fact.value());
    }

    /**
     * @param words how many columns from the left hold words; the others hold numbers
     * @param further rows that are not shown
     */
    void table(List<String> heads, int words, List<List<String>> rows, long further) {
        if (rows.isEmpty()) {
            html.element("p", " class=\"none\"", none());
            return;
        }
        html.open("table", " class=\"rows\"").open("thead").open("tr");
        for (int column = 0; column < heads.size(); column++) {
            html.element("th", " scope=\"col\"" + attribute(column < words ? "" : "n"), heads.get(column));
        }
        html.close("tr").close("thead").open("tbody");
        rows.forEach(row -> row(row, words));
        html.close("tbody").close("table");
        if (further > 0) {
            html.element(
                    "p",
                    " class=\"dim\"",
                    spoken.say("ほかに %s 件あります（監査ログを参照）。", "And %s more, in the log.")
                            .formatted(spoken.number(further)));
        }
    }

    private void row(List<String> row, int words) {
        html.open("tr");
        for (int column = 0; column < row.size(); column++) {
            var look = (column < words ? "" : "n") + (row.get(column).equals(none()) ? " none" : "");
            html.element("td", attribute(look.strip()), row.get(column));
        }
        html.close("tr");
    }

    private String none() {
        return spoken.say("なし", "none");
    }

    private static String attribute(String look) {
        return look.isBlank() ? "" : " class=\"" + look.strip() + "\"";
    }
}
