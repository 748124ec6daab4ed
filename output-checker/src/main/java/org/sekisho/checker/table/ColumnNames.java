package org.sekisho.checker.table;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the name of a column suggests. Used only where nobody said what the column is. */
final class ColumnNames {
    private static final Pattern PERSON = Pattern.compile(
            "(^|_)(person|patient|subject|insured|member|beneficiary|pat|pt)(_?(id|no|key|number|identifier|name))$"
                    + "|^(id|id\\d{1,2}n?|pid|uid|uuid|mrn|nhs_number|name|(full|first|last|family|given)_name|kana)$"
                    + "|^(dob|birth_?(date|day)|date_of_birth)$"
                    + "|^(個人|患者|被保険者|受給者|対象者).*(id|番号|識別子|コード|キー)$"
                    + "|^(受診者|利用者|加入者|入所者|要介護者|症例|匿名|仮名).*(id|番号|識別子)$"
                    + "|氏名|姓名|^患者名$|生年月日|^(カルテ|診察券)(番号|no)$");
    private static final Pattern COUNT = Pattern.compile(
            "^n(_?obs|_?rows)?$|(^|_)(n|count|counts|cnt|freq|frequency|num|number|persons|patients|people|cases|claims"
                    + "|facilities|ant|antall)(_|$)|(^|_)(died|dead|deceased|deaths?|survived|survivors|denominator|denom)$|^base([_ ]?n)?$|^count_?(star|distinct)?(\\(.*\\))?(_.*)?$"
                    + "|(人数|件数|患者数|人口|度数|頻度|回数|施設数|医療機関数|事業所数|者数|数|死亡|死亡者|生存者|対象者|患者|母数|分母|基数|ベース)$");
    private static final Pattern MEAN = Pattern.compile("(^|_|\\b)(avg|mean|average)(_|\\b|$)|平均");
    private static final Pattern OTHER = Pattern.compile(
            "(^|_|\\b)(min|max|median|mode|p\\d+|q[1-4]|quantile|percentile|std|stddev|sd|var|variance|ratio|rate"
                    + "|percent|pct|share|prop|proportion|first|last|range|skew|kurt|corr|se|ci)(_|\\b|$)"
                    + "|最小|最大|中央値|標準偏差|分散|割合|比率|率$|％|%|位$");
    private static final Pattern SUM =
            Pattern.compile("(^|_|\\b)(sum|total|tot|amount|cost|points|days|value)(_|\\b|$)|合計|総額|金額|点数|日数|費$|額$|計$");
    private static final Pattern KEY = Pattern.compile(
            "(^|_|\\b)(year|month|day|date|age|sex|gender|code|cd|region|reg|pref|prefecture|municipality|mun|city|town"
                    + "|area|ward|band|group|class|category|type|kind|level|grade|quarter|week|fiscal|fylke|kostragr|id|icd10?|atc"
                    + "|chap|chapter)(_|\\b|$)|年$|年度|月$|年齢|性別|コード|区分|地域|都道府県|市区町村|種別|階級|等級|番号");

    /** Longer ones are sentences. */
    private static final int NAME_AT_MOST = 100;

    /** Words of keys that come in several levels or systems, each of which may have a number. */
    private static final Pattern CODE =
            Pattern.compile("(^|_|\\b)(code|cd|id|icd|atc|chap|chapter|level|no|kostragr)(\\d*(_|\\b|$))|コード|番号|レベル");

    private static final String YEAR = "(明治|大正|昭和|平成|令和|[mtshr])?(\\d{1,4}|元)年";

    /** A year or a month itself. */
    private static final Pattern DATE =
            Pattern.compile(YEAR + "(度|(度)?\\d{1,2}月)?|\\d{1,2}月|(fiscal[ _]?)?(year|fy)[ _-]?(19|20)\\d\\d");

    /** One value of a category: a number, a span, a letter, a sex. */
    private static final Pattern VALUE = Pattern.compile(YEAR.replace("年", "(?=年)")
            + "|\\d+(st|nd|rd|th)?(?![a-z])"
            + "|(?<![a-z])([a-z]|male|female|men|women|boys|girls|other|unknown|under|over|and|plus)(?![a-z])"
            + "|男性?|女性?|不明|以上|以下|未満");

    private static final Pattern VALUES = Pattern.compile("[\\s~〜～–—<>≤≥=+-]*#[\\s~〜～–—<>≤≥=+#歳才-]*");

    private ColumnNames() {}

    /** Whether the name is that of one year or month. */
    static boolean date(String name) {
        return DATE.matcher(plain(name)).matches();
    }

    static boolean code(String name) {
        return CODE.matcher(plain(name)).find();
    }

    /** The name of a key with # for the one value that it holds: {@code #月} of 4月; nothing where it holds none. */
    static Optional<String> family(String name) {
        if (name.length() > NAME_AT_MOST) {
            return Optional.empty();
        }
        var family = VALUES.matcher(VALUE.matcher(plain(name)).replaceAll("#")).replaceAll("#");
        return Optional.of(family)
                .filter(each -> each.contains("#") && KEY.matcher(each).find());
    }

    static boolean person(String name) {
        return PERSON.matcher(plain(name)).find();
    }

    static boolean count(String name) {
        return COUNT.matcher(plain(name)).find();
    }

    static boolean mean(String name) {
        return MEAN.matcher(plain(name)).find();
    }

    static boolean other(String name) {
        return OTHER.matcher(plain(name)).find();
    }

    static boolean sum(String name) {
        return SUM.matcher(plain(name)).find();
    }

    static boolean key(String name) {
        return KEY.matcher(plain(name)).find();
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }
}
