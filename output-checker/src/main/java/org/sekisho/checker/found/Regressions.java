package org.sekisho.checker.found;

import java.math.BigInteger;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds regressions in text as programmes print them: statsmodels, R (lm, glm, coxph, stargazer), Stata, and the same
 * pasted into Markdown or LaTeX. Numbers are taken from what stands behind their names, wherever the table puts them.
 */
public final class Regressions {
    /** What stands between a name and its number: spaces, colons, and the frames of tables. */
    private static final String GAP = "[\\s|&*}$:=\"',]{0,80}?";

    private static final String NUMBER = "(-?\\d[\\d,]*)(?:\\.0+)?(?![\\d.])";

    /** Degrees of freedom as they are stated. */
    private static final List<Pattern> DEGREES = List.of(
            after("(?:df[ _.]?resid(?:uals?)?|resid(?:ual)?s?[ .]*(?:df|degrees of freedom|d\\.f\\.)"
                    + "|degrees of freedom of residuals?|残差の?自由度|denom(?:inator)? df)"),
            Pattern.compile(
                    "residual (?:standard error|deviance)[^\\n]*?\\bon\\s+" + NUMBER + "\\s+degrees of freedom"),
            Pattern.compile("residual std\\.? error[^\\n]*?\\(df\\s*=\\s*" + NUMBER + "\\)"),
            Pattern.compile("f-statistic:[^\\n]*?\\bon\\s+[\\d.]+\\s+and\\s+" + NUMBER + "\\s+df"),
            Pattern.compile("(?m)^[ \\t]*residual[ \\t]*\\|[ \\t]*\\S+[ \\t]+" + NUMBER + "\\s"),
            Pattern.compile("\\bf\\(\\s*\\d+\\s*,\\s*" + NUMBER + "\\s*\\)"));

    private static final Pattern NONE_LEFT = Pattern.compile("no residual degrees of freedom");
    private static final Pattern OBSERVATIONS = after(
            "(?:no\\. observations|number of obs(?:ervations)?(?: used)?|num\\. ?obs\\.?|\\bnobs|\\bobservations|観測数|標本数)");
    private static final Pattern PARAMETERS =
            Pattern.compile("(?:df model|(?:lr|wald) chi2)" + GAP + "\\(?" + NUMBER + "\\)?");
    private static final Pattern EVENTS = after("(?:number of events|no\\. of failures|イベント数)");
    private static final Pattern SMALLEST_GROUP = after("min\\.? group size|obs per group:\\s*min");
    private static final Pattern EXPLAINED =
            Pattern.compile("(?<!adj\\. )(?:multiple )?r-?(?:squared|2)" + GAP + "([01]\\.\\d+|1)(?![\\d.])");
    private static final Pattern COEFFICIENTS = Pattern.compile(
            "(?m)^.*(?:coef(?:ficient|\\.)?s?\\s.*std\\.? ?err|estimate.*std\\. ?error|coef\\s+exp\\(coef\\)|estimate.*p[. ]value"
                    + "|係数.*標準誤差|coefficient.*s\\.?e\\.?\\b).*$");
    private static final Pattern TERM = Pattern.compile("^\\s*\\|?\\s*(\\S+)\\s.*\\d.*$");
    private static final Pattern CONSTANT = Pattern.compile("const|_cons|\\(?intercept\\)?|\\(定数\\)|切片");
    private static final Pattern CATEGORY =
            Pattern.compile("c\\(.*|.*\\[[ts]\\..*|(?:as\\.)?factor\\(.*|\\d+b?\\.\\w+");
    private static final double EVERYTHING = 0.9995;

    /** No programme prints longer lines, more models in one text, or more coefficients than anybody reads. */
    private static final int LINE_AT_MOST = 1_000;

    private static final int FOUND_AT_MOST = 200;
    private static final int TERMS_AT_MOST = 1_000;

    private final String text;
    private final List<Regression> found = new ArrayList<>();

    private Regressions(String text) {
        this.text = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .lines()
                .map(line -> line.substring(0, Math.min(line.length(), LINE_AT_MOST)))
                .collect(Collectors.joining("\n"));
    }

    private static Pattern after(String names) {
        return Pattern.compile("(?:" + names + ")" + GAP + NUMBER);
    }

    public static List<Regression> in(String text) {
        var search = new Regressions(text);
        search.run();
        return List.copyOf(search.found);
    }

    private void run() {
        DEGREES.forEach(pattern -> each(pattern, Regression.Kind.DEGREES));
        var none = NONE_LEFT.matcher(text);
        while (none.find() && room()) {
            add(none.start(), Regression.Kind.DEGREES, 0);
        }
        each(EVENTS, Regression.Kind.EVENTS);
        each(SMALLEST_GROUP, Regression.Kind.SMALLEST_GROUP);
        if (found.stream().noneMatch(each -> each.kind() == Regression.Kind.DEGREES)) {
            computed();
        }
        tables();
        if (!found.isEmpty()) {
            explained();
        }
    }

    private void each(Pattern pattern, Regression.Kind kind) {
        var matcher = pattern.matcher(text);
        while (matcher.find() && room()) {
            add(matcher.start(), kind, number(matcher.group(1)));
        }
    }

    /** Observations less parameters, the constant among them; of one model, for of several it is not known which is whose. */
    private void computed() {
        var observations = OBSERVATIONS.matcher(text);
        var parameters = PARAMETERS.matcher(text);
        long coefficients = coefficients();
        while (observations.find() && room()) {
            long left = number(observations.group(1)) - 1;
            add(
                    observations.start(),
                    Regression.Kind.DEGREES,
                    left - (parameters.find() ? number(parameters.group(1)) : coefficients));
        }
    }

    /** The most that stand in one table. */
    private long coefficients() {
        var matcher = COEFFICIENTS.matcher(text);
        long most = 0;
        for (int table = 0; matcher.find() && table < FOUND_AT_MOST; table++) {
            most = Math.max(most, terms(matcher).size());
        }
        return most;
    }

    private void tables() {
        long told = found.stream()
                .map(Regression::kind)
                .filter(kind -> kind != Regression.Kind.SMALLEST_GROUP)
                .count();
        var matcher = COEFFICIENTS.matcher(text);
        for (int table = 0; matcher.find() && table < FOUND_AT_MOST && room(); table++) {
            var terms = terms(matcher);
            if (terms.isEmpty()) {
                continue;
            }
            if (told-- <= 0) {
                add(matcher.start(), Regression.Kind.UNKNOWN, 0);
            }
            if (terms.stream().allMatch(term -> CATEGORY.matcher(term).matches())) {
                add(matcher.start(), Regression.Kind.CATEGORICAL, 0);
            }
        }
    }

    /** Of the lines under a header up to the next empty one, constants left out. */
    private List<String> terms(Matcher header) {
        var terms = new ArrayList<String>();
        for (var line : text.substring(header.end())
                .lines()
                .skip(1)
                .limit(TERMS_AT_MOST)
                .toList()) {
            if (line.isBlank()) {
                break;
            }
            var term = TERM.matcher(line);
            if (term.matches() && !CONSTANT.matcher(term.group(1)).matches()) {
                terms.add(term.group(1));
            } else if (!terms.isEmpty() && line.matches("[\\s=|+:-]+")) {
                break;
            }
        }
        return terms;
    }

    private void explained() {
        var matcher = EXPLAINED.matcher(text);
        while (matcher.find() && room()) {
            if (Double.parseDouble(matcher.group(1)) >= EVERYTHING) {
                add(matcher.start(), Regression.Kind.SATURATED, 0);
            }
        }
    }

    private boolean room() {
        return found.size() < FOUND_AT_MOST;
    }

    private void add(int at, Regression.Kind kind, long number) {
        int line = 1
                + (int) text.substring(0, at)
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
        found.add(new Regression(line, kind, number));
    }

    /** Numbers that no model has are none of ours. */
    private static long number(String digits) {
        return new BigInteger(digits.replace(",", ""))
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .longValue();
    }
}
