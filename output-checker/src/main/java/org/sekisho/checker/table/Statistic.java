package org.sekisho.checker.table;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which statistic a number is, as the name of its column or row tells, in English or Japanese, as people and the usual
 * programmes write them (pandas, statsmodels, lifelines, R, Stata).
 *
 * @param quantile 0 to 1 for percentiles; NaN for others
 */
public record Statistic(Kind kind, double quantile) {
    /** What is told apart. */
    public enum Kind {
        COUNT,
        WEIGHTED_COUNT,
        MEAN,
        MINIMUM,
        MAXIMUM,
        PERCENTILE,
        SPREAD,
        SHARE,
        CORRELATION,
        ODDS_RATIO,
        LOWER_LIMIT,
        UPPER_LIMIT,
        AT_RISK,
        EVENTS,
        CENSORED,
        SURVIVAL,
        TIME,
        BIN_FROM,
        BIN_TO,
        RESIDUAL_DEGREES,
        COEFFICIENT
    }

    /** Longer ones are sentences. */
    private static final int NAME_AT_MOST = 100;

    private record Named(Kind kind, Pattern pattern) {}

    /** The first that fits. Names are narrow, in lower case, with spaces for what else parts words. */
    private static final List<Named> NAMES = List.of(
            named(
                    Kind.RESIDUAL_DEGREES,
                    "df resid(uals?)?|dof|resid(ual)? (df|degrees of freedom)|df denom",
                    "残差(の)?自由度"),
            named(
                    Kind.AT_RISK,
                    "(n|num|no|number|nb|persons|patients)? ?at ?risk( n)?|n risk|nrisk",
                    "リスク(集合|人数|数)|観察人数"),
            named(Kind.CENSORED, "(n|num|number)? ?(censored|censor|lost)", "打切り|打ち切り|追跡不能"),
            named(Kind.EVENTS, "(n|num|no|number of)? ?(events?|deaths?|observed)", "イベント数?$|死亡数$|発生数$"),
            named(
                    Kind.SURVIVAL,
                    "surv(ival)?( prob(ability)?| rate| function)?|km( estimate)?|kaplan meier.*|cumulative survival",
                    "生存(率|割合|確率|関数)"),
            named(
                    Kind.WEIGHTED_COUNT,
                    "(weighted|wtd|grossed|extrapolated) .*|.* (weighted|wtd)|sum of weights",
                    "加重|重み|推計"),
            named(Kind.ODDS_RATIO, "or|a?or|odds ?ratio.*|.* odds ?ratio", "オッズ比"),
            named(
                    Kind.CORRELATION,
                    "(.* )?(corr(elation)?( coeff?(icient)?)?|pearson|spearman|kendall|rho|r)( r)?",
                    "相関"),
            named(
                    Kind.LOWER_LIMIT,
                    "(?!.*quartile)(.* )?(lower|lcl|lwr|conf low|ci low|ci lower|low ci|ll)( .*)?|\\d+(\\.\\d+)?lcl|.*ci .*lower.*|2\\.5 ?%|0\\.025",
                    "下限"),
            named(
                    Kind.UPPER_LIMIT,
                    "(?!.*quartile)(.* )?(upper|ucl|upr|conf high|ci high|ci upper|high ci|ul)( .*)?|\\d+(\\.\\d+)?ucl|.*ci .*upper.*|97\\.5 ?%|0\\.975",
                    "上限"),
            named(
                    Kind.COEFFICIENT,
                    "coefs?|coefficients?|estimates?|beta|b|std err(or)?|se|t( value)?|z( value)?|statistic|p( value)?|pr ?[|(>].*|p ?> ?\\|? ?[tz] ?\\|?|exp coef|se coef|hazard ratio|hr",
                    "回帰係数|標準誤差|ハザード比|p値"),
            named(Kind.BIN_FROM, "(bins?|class|interval|edge)? ?(from|start|left|lower edge)|xmin", "階級下端|以上$"),
            named(Kind.BIN_TO, "(bins?|class|interval|edge)? ?(to|end|right|upper edge)|xmax", "階級上端|未満$"),
            named(
                    Kind.PERCENTILE,
                    "(.* )?(median|med|mdn)( .*)?|(.* )?[pq]t?l?e?\\d{1,2}( .*)?|(.* )?(1st|2nd|3rd) qu(artile)?( .*)?|(.* )?(lower|upper) quartile( .*)?|"
                            + "(.* )?\\d{1,2}(\\.\\d+)?(st|nd|rd|th)? (percentile|pctl|pct|centile)( .*)?|"
                            + "(.* )?(percentile|pctl|quantile|quartile|decile|q|p) ?(0\\.)?\\d{1,2}(\\.\\d+)?( .*)?|\\d{1,2}(\\.\\d+)? ?%",
                    "中央値|四分位(数|点|$)|パーセンタイル|百分位|分位点"),
            named(Kind.MINIMUM, "(.* )?(min|minimum|smallest|lowest|earliest|q0|p0|0 ?%)( .*)?", "最小|最低|最年少|最短"),
            named(
                    Kind.MAXIMUM,
                    "(.* )?(max|maximum|largest|highest|latest|oldest|q100|p100|100 ?%)( .*)?",
                    "最大|最高|最年長|最長"),
            named(
                    Kind.SPREAD,
                    "(.* )?(std( dev)?|stddev|sd|st dev|var|variance|iqr|cv|range|skew(ness)?|kurt(osis)?)( .*)?",
                    "標準偏差|分散|四分位範囲|範囲"),
            named(
                    Kind.SHARE,
                    "(.* )?(percent(age)?|pct|share|prop(ortion)?|fraction|ratio|rate|prevalence|%)( .*)?|.*%",
                    "割合|比率|構成比|率$|率[（(]|％|%"),
            named(Kind.MEAN, "(.* )?(avg|mean|average)( .*)?", "平均"),
            named(
                    Kind.COUNT,
                    "n|count|n ?obs|nobs|obs|n ?rows|number of obs(ervations)?|cases|freq|frequency|total n|n total",
                    "^(人数|件数|例数|度数|症例数|対象者数|患者数)$"),
            named(
                    Kind.TIME,
                    "event at|time|t|timeline|days?|months?|years?|weeks?|follow up|.* (days|months|years)",
                    "時間|時点|日数|月数|年数|経過"));

    /** The number of a percentile stands behind p or q, or before its sign; else it is the first there is. */
    private static final List<Pattern> NUMBERS = List.of(
            Pattern.compile("(?:\\b[pq]|percentile|pctl|quantile|decile) ?(0\\.\\d+|\\d{1,2}(?:\\.\\d+)?)"),
            Pattern.compile("(\\d{1,2}(?:\\.\\d+)?) ?(?:%|th|st|nd|rd|パーセンタイル|百分位)"),
            Pattern.compile("(0\\.\\d+|\\d{1,2}(?:\\.\\d+)?)"));

    /** Ends in its number, or in the w of lower. */
    private static final Pattern QUARTER = Pattern.compile(
            "(?:\\bq|第|quartile ?)[123](?!\\d)|[123](?=(?:st|nd|rd) qu)|low(?=er quartile)|upp(?=er quartile)");

    private static Named named(Kind kind, String words, String japanese) {
        return new Named(kind, Pattern.compile("^(?:" + words + ")$|" + japanese));
    }

    /** @return nothing when the name tells nothing */
    public static Optional<Statistic> named(String name) {
        if (name.length() > NAME_AT_MOST) {
            return Optional.empty();
        }
        var plain = plain(name);
        return NAMES.stream()
                .filter(each -> each.pattern().matcher(plain).find())
                .findFirst()
                .map(each -> each.kind() == Kind.PERCENTILE
                        ? percentile(quantile(plain))
                        : new Statistic(each.kind(), Double.NaN));
    }

    /** With nobody beyond it, it is an extreme. */
    public static Statistic percentile(double quantile) {
        return quantile == 0 || quantile == 1
                ? new Statistic(quantile == 0 ? Kind.MINIMUM : Kind.MAXIMUM, Double.NaN)
                : new Statistic(Kind.PERCENTILE, quantile);
    }

    /** Points stay between digits, percent signs stay; whatever else parts words is one space. */
    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?<!\\d)\\.|\\.(?!\\d)", " ")
                .replaceAll("[\\s_:/()\\[\\]{},-]+", " ")
                .strip();
    }

    private static double quantile(String plain) {
        if (plain.matches(".*(median|med|mdn|中央値).*")) {
            return 0.5;
        }
        var quarter = QUARTER.matcher(plain);
        if (quarter.find()) {
            return switch (plain.charAt(quarter.end() - 1)) {
                case '1', 'w' -> 0.25;
                case '2' -> 0.5;
                default -> 0.75;
            };
        }
        return NUMBERS.stream()
                .map(pattern -> pattern.matcher(plain))
                .filter(Matcher::find)
                .findFirst()
                .map(found -> {
                    double value = Double.parseDouble(found.group(1));
                    return plain.contains("decile") ? value / 10 : value >= 1 ? value / 100 : value;
                })
                .orElse(Double.NaN);
    }
}
